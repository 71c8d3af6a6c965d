"""Cases and prisoners over HTTP: any spelling, the stored bytes, several files, two times, and what is unchanged."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import orjson
import psycopg
import pytest
from fastapi.testclient import TestClient

from projections.store import generation
from projections.store.batch import HubProjector
from projections.store.packing import unpack
from projections.store.ports import RawRecord
from tests.fix_api import Client
from tests.projections.api import district as d
from tests.projections.store.worlds import identifier, new_intake

pytestmark = pytest.mark.stack


def got(asker: TestClient, path: str, **parameters: str) -> Any:
    answer = asker.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    "spelling",
    [
        d.FIR,
        f"FIR:{d.FIR}",
        "fir:br-patkot-2025-123",
        "PATKOT P.S. No. 123/2025",
        "CNR No. BRPA01-000123/2025",
        "BRPA01-000123-2025",
        d.CNR,
        d.PID,
        "BR/0123/45678",
        f"CCTNS_CODE:FIR:{d.FIR}:A2",
    ],
)
def test_any_spelling_of_any_identifier_leads_to_the_case(ask: TestClient, spelling: str) -> None:
    assert got(ask, f"/cases/{spelling}")["root"] == f"FIR:{d.FIR}"


def test_the_files_bytes_are_served_as_they_are_stored(ask: TestClient, district: str) -> None:
    with psycopg.connect(district) as conn:
        name = generation.active(conn)
    with generation.connect(district, name) as conn:
        row = conn.execute("SELECT content FROM file WHERE root = %s", (f"FIR:{d.FIR}",)).fetchone()
    assert row is not None
    assert b'"file":' + unpack(row[0]) + b',"status":' in ask.get(f"/cases/{d.FIR}").content


def test_each_accused_has_a_status_of_the_day(ask: TestClient) -> None:
    answer = got(ask, f"/cases/{d.FIR}")
    one, two = answer["status"]
    assert answer["day"] == d.TODAY.isoformat()
    assert one["accused"].endswith(":A1")
    assert one["today"]["days_inside"] == (d.TODAY - date(2025, 1, 3)).days
    assert two["accused"].endswith(":A2")
    assert two["custody"]["inside"]["value"] is False


def test_names_stand_beside_the_file_and_not_in_it(ask: TestClient) -> None:
    answer = got(ask, f"/cases/{d.FIR}")
    said = answer["descriptions"][f"CCTNS_CODE:FIR:{d.FIR}:A1"]
    assert tuple(said[part]["value"] for part in ("name", "relative_name", "village")) == d.NAMES
    within = orjson.dumps([answer["file"], answer["status"]]).decode()
    assert not any(name in within for name in d.NAMES)


def test_how_far_each_departments_data_reach_is_told(ask: TestClient) -> None:
    reach = got(ask, f"/cases/{d.FIR}")["as_of_departments"]
    assert reach["prison"]["records"] == 1 + d.JAILED
    assert reach["court"]["appended_at"].startswith("2025-02-10")


def test_a_court_case_that_tries_several_firs_answers_with_their_list(ask: TestClient) -> None:
    listed = got(ask, f"/cases/{d.JOINT_CNR}")["files"]
    assert [row["root"] for row in listed] == [f"FIR:{d.JOINT}", f"FIR:{d.JOINED}"]
    for row in listed:
        assert f"CNR:{d.JOINT_CNR}" in got(ask, row["path"])["file"]["court"]


def test_a_record_that_is_in_no_case_is_answered_with_its_own_file(ask: TestClient) -> None:
    answer = got(ask, f"/cases/COURT:{d.COURT}")
    assert answer["file"]["kind"] == "RECORD"
    assert answer["status"] == []


def test_a_prisoner_is_answered_with_his_own_file_and_his_status_alone(ask: TestClient) -> None:
    answer = got(ask, f"/custody/{d.PID}")
    assert answer["file"]["kind"] == "CUSTODY"
    assert [status["pid"] for status in answer["status"]] == [[f"PID:{d.PID}"]]


def test_a_prisoner_of_whom_no_jail_has_written_is_found_in_his_case_alone(ask: TestClient) -> None:
    assert ask.get(f"/custody/{d.UNWRITTEN_PID}").status_code == 404
    assert got(ask, f"/cases/{d.UNWRITTEN_PID}")["root"] == f"FIR:{d.FIR}"


def test_as_of_a_day_what_came_later_has_not_happened(ask: TestClient) -> None:
    states = {
        day: got(ask, f"/cases/{d.FIR}", as_of=day)["status"][0]
        for day in ("2025-01-19", "2025-01-20", "2025-01-24")
    }
    assert [status["bail"]["state"] for status in states.values()] == ["NONE", "APPLIED", "GRANTED"]
    assert states["2025-01-19"]["today"]["day"] == "2025-01-19"


def test_known_at_a_moment_a_correction_that_came_later_is_unknown(ask: TestClient) -> None:
    then = got(ask, f"/cases/{d.FIR}", known_at="2025-02-01T12:00:00+05:30")["status"][0]["bail"]
    now = got(ask, f"/cases/{d.FIR}")["status"][0]["bail"]
    assert (then["granted_on"], now["granted_on"]) == ("2025-01-25", "2025-01-24")


def test_a_correction_that_was_known_counts_for_a_day_before_it_was_made(ask: TestClient) -> None:
    for known_at, state in (("2025-02-09", "APPLIED"), ("2025-02-10", "GRANTED")):
        answer = got(ask, f"/cases/{d.FIR}", as_of="2025-01-24", known_at=known_at)
        assert answer["status"][0]["bail"]["state"] == state


def test_a_moments_zone_may_stand_unquoted_in_the_address(ask: TestClient) -> None:
    answer = ask.get(f"/cases/{d.FIR}?known_at=2025-02-01T12:00:00+05:30")
    assert answer.json()["status"][0]["bail"]["granted_on"] == "2025-01-25"


def test_nothing_is_found_before_anything_was_known(ask: TestClient) -> None:
    answer = ask.get(f"/cases/{d.FIR}", params={"known_at": "2024-12-31"})
    assert answer.status_code == 404
    assert "31-12-2024" in answer.json()["detail"]


def test_an_answer_that_is_known_already_is_not_sent_again(ask: TestClient) -> None:
    for path in (
        f"/cases/{d.FIR}",
        f"/custody/{d.PID}",
        f"/cases/{d.JOINT_CNR}",
        "/undertrials",
        f"/events/{d.TWICE}",
    ):
        tag = ask.get(path).headers["etag"]
        for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
            again = ask.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert ask.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_tag_changes_with_the_day(district: str, client: Client) -> None:
    tags = {
        client(district, day).get(f"/cases/{d.FIR}").headers["etag"] for day in (d.TODAY, date(2025, 3, 2))
    }
    assert len(tags) == 2


def test_the_tag_changes_with_file_and_descriptions_and_with_nothing_else(
    database: str, client: Client
) -> None:
    log = d.Log(database)
    asker = client(database, d.TODAY)

    def tag_after(record: RawRecord) -> str:
        log.add(record)
        return str(asker.get(f"/cases/{d.FIR}").headers["etag"])

    fir = identifier("FIR", d.FIR)
    plain = {"ref": d.A1["ref"]}
    first = tag_after(d.event("police.FirRegistered", fir, "2025-01-01", 1, accused=[plain]))
    other = tag_after(d.event("police.FirRegistered", identifier("FIR", d.OTHER), "2025-01-01", 2))
    happened = tag_after(d.event("police.ArrestMade", fir, "2025-01-02", 3, accused=plain))
    named = tag_after(
        d.event("police.FirRegistered", fir, "2025-01-01", 4, accused=[d.A1], supersedes=d.id_of(1))
    )
    assert first == other
    assert len({first, happened, named}) == 3


def test_a_switch_of_generation_is_followed_without_a_restart(database: str, client: Client) -> None:
    d.Log(database, [d.event("police.FirRegistered", identifier("FIR", d.FIR), "2025-01-01", 1)])
    asker = client(database, d.TODAY)
    assert asker.get(f"/cases/{d.OTHER}").status_code == 404
    rebuilt = generation.create(database)
    other = d.event("police.FirRegistered", identifier("FIR", d.OTHER), "2025-01-01", 1)
    projector = HubProjector(database, rebuilt, new_intake(), live=False)
    claims = projector.assign({(other.topic, other.partition): UUID(int=1)})
    projector.project(projector.prepare([other]), claims)
    projector.close()
    assert asker.get(f"/cases/{d.OTHER}").status_code == 404
    generation.switch(database, rebuilt)
    assert asker.get(f"/cases/{d.OTHER}").status_code == 200
    assert asker.get("/health").json()["generation"] == rebuilt
