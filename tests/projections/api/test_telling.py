"""Alarms and receipts over HTTP: whose they are, in pages, and what became of an event."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from fastapi.testclient import TestClient

from ops.base.clock import INDIA
from projections.alarms.gate import DataGate
from projections.alarms.looking import next_look
from projections.api.models import AlarmRows, ReceiptRows
from projections.messages.telling import next_round
from projections.store import generation
from projections.store.ports import RawRecord
from tests.fix_api import Client
from tests.projections.api.district import Log
from tests.projections.store.worlds import encoded, raw
from tests.stories.telling import DAY, TODAY, Case, id_of

pytestmark = pytest.mark.stack

Json = dict[str, Any]
JAIL, ELSEWHERE = "BR-0123", "BR-0555"


@pytest.fixture
def cases() -> list[Case]:
    return [Case(8001), Case(8002), Case(8003)]


def stamped(*events: Json) -> list[RawRecord]:
    return [encoded(event, 1_740_000_000_000 + n) for n, event in enumerate(events)]


def of_a_prisoner(case: Case, days: int, jail: str = JAIL) -> list[Json]:
    since = TODAY - days * DAY
    admitted = case.admitted(since, since + 14 * DAY)
    admitted["jail"] = jail
    admitted["person"] = {"name": "Rakep Zumal", "relative_name": "Tolen Zumal"}
    remanded = case.remanded(since, since + 14 * DAY)
    remanded["jail"] = jail
    return [case.registered(since), case.arrested(since), remanded, admitted]


def told(database: str) -> None:
    """All that a messenger would tell and note, without a broker."""
    with generation.connect(database, generation.prepare(database), autocommit=True) as conn:
        conn.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        now = datetime.combine(TODAY, time(6), INDIA).astimezone(UTC)
        gate = DataGate(now, now, {"police": now})
        while True:
            with conn.transaction():
                made = next_round(conn, now, "g1") or next_look(conn, TODAY, gate, now, "g1")
            if made is None:
                return
            with conn.transaction():
                made.settle(conn)


def alarms(asker: TestClient, **parameters: str) -> list[Json]:
    """All pages."""
    found: list[Json] = []
    after: dict[str, str] = {}
    while True:
        answer = asker.get("/alarms", params={"limit": "4", **parameters, **after})
        assert answer.status_code == 200, answer.text
        AlarmRows.model_validate(answer.json())
        found += answer.json()["alarms"]
        if answer.json()["next"] is None:
            return found
        after = {"after": answer.json()["next"]}


@pytest.fixture
def told_of(database: str, cases: list[Case]) -> str:
    first, second, third = cases
    Log(
        database,
        stamped(*of_a_prisoner(first, 70), *of_a_prisoner(second, 65, ELSEWHERE), *of_a_prisoner(third, 64)),
    )
    told(database)
    return database


def test_alarms_come_by_due_date_each_once_with_the_person_and_the_reason_in_both_languages(
    told_of: str, client: Client, cases: list[Case]
) -> None:
    found = alarms(client(told_of, TODAY))
    assert [a["due_date"] for a in found] == sorted(a["due_date"] for a in found)
    clocks = {(a["rule"], a["start_event"], a["accused"], a["due_date"]) for a in found}
    assert len({a["id"] for a in found}) == len(clocks) == len(found) > 8
    lapsed = next(
        a
        for a in found
        if a["rule"] == "default-bail" and a["stage"] == "LAPSED" and a["root"] == cases[0].fir
    )
    assert (lapsed["pid"], lapsed["person"]["name"]) == (cases[0].pid, "Rakep Zumal")
    assert lapsed["days_left"] == -11
    assert "60" in lapsed["text_en"]
    assert "जमानत" in lapsed["text_hi"]
    assert lapsed["start_event"] in str(lapsed["inputs"])


def test_a_jail_is_shown_its_own_prisoners(told_of: str, client: Client, cases: list[Case]) -> None:
    everybody = client(told_of, TODAY)
    assert {a["root"] for a in alarms(everybody, jail=JAIL)} == {cases[0].fir, cases[2].fir}
    assert {a["root"] for a in alarms(everybody, jail=ELSEWHERE, rule="default-bail")} == {cases[1].fir}
    # Its superintendent sees no others, whatever he asks for.
    own = client(told_of, TODAY, "JAIL_SUPERINTENDENT", f"JAIL:{ELSEWHERE}")
    assert {a["root"] for a in alarms(own)} == {cases[1].fir}
    assert alarms(own, jail=JAIL) == []


def test_whoever_has_no_alarms_among_his_boards_is_refused(told_of: str, client: Client) -> None:
    assert client(told_of, TODAY, "OPS").get("/alarms").status_code == 403
    assert client(told_of, TODAY, "").get("/alarms").status_code == 401


@pytest.mark.parametrize("wrong", [{"jail": "X", "court": "Y"}, {"after": "nonsense"}, {"rule": "a\0b"}])
def test_what_is_not_understood_is_told(told_of: str, client: Client, wrong: dict[str, str]) -> None:
    assert client(told_of, TODAY).get("/alarms", params=wrong).status_code == 400


def test_a_department_learns_what_became_of_each_of_its_events(
    database: str, client: Client, cases: list[Case]
) -> None:
    case = cases[0]
    registered, arrested = case.registered(TODAY - 3 * DAY), case.arrested(TODAY - 2 * DAY)
    corrected = case.event("police.ArrestMade", case.fir, TODAY - 2 * DAY, [], id_of(arrested),
                           accused={"ref": case.a1()}, outcome="NOTICE")  # fmt: skip
    foreign = case.event(
        "police.ArrestMade", case.fir, TODAY, [], id_of(registered), accused={"ref": case.a1()}
    )
    broken = raw("police.events", case.fir, b"no Avro", 1_740_000_000_000)
    Log(database, [*stamped(registered, arrested, corrected, foreign), broken])
    asker = client(database, TODAY)
    unknown = str(uuid4())
    with generation.connect(database, generation.prepare(database)) as conn:
        [(aside,)] = conn.execute("SELECT id::text FROM set_aside").fetchall()
    ids = [*map(id_of, (registered, arrested, corrected, foreign)), aside, unknown]
    answer = asker.get("/receipts", params={"event_id": ids})
    assert answer.status_code == 200, answer.text
    ReceiptRows.model_validate(answer.json())
    rows = {row["event_id"]: row for row in answer.json()["receipts"]}
    assert [rows[one]["state"] for one in ids] == [
        "VISIBLE",
        "REPLACED",
        "VISIBLE",
        "REFUSED",
        "REFUSED",
        "NOT_COME",
    ]
    assert rows[ids[0]]["files"] == [case.fir]
    assert rows[ids[0]]["known_at"] is not None
    assert rows[ids[3]]["reason"] == "SUPERSEDES_OTHER_TYPE"
    assert all(rows[one]["meaning"] for one in (ids[1], ids[3], ids[4]))
    by_record = asker.get(
        "/receipts", params={"source": "police.tests/1", "record": arrested["envelope"]["source_record"]}
    )
    assert [row["event_id"] for row in by_record.json()["receipts"]] == [id_of(arrested)]


def test_a_receipt_is_asked_for_by_id_or_by_record(database: str, client: Client, cases: list[Case]) -> None:
    Log(database, stamped(cases[0].registered(TODAY)))
    asker = client(database, TODAY)
    for wrong in ({}, {"source": "police.tests/1"}, {"source": "a", "record": "b", "event_id": str(uuid4())},
                  {"source": "", "record": ""}):  # fmt: skip
        assert asker.get("/receipts", params=wrong).status_code == 400
