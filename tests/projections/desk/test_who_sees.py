"""The matrix: who may ask what about whom, over HTTP; what is not granted is refused, and everything is on record."""

from __future__ import annotations

import psycopg
import pytest
from fastapi.testclient import TestClient

from projections.access.role import Reach
from projections.access.roles import ROLES
from projections.audit.log import check, latest
from tests.fix_api import Client, HouseOf
from tests.projections.api import district as d

pytestmark = pytest.mark.stack

CASE, PRISONER, EVENT, BOARD = (
    f"/cases/{d.FIR}",
    f"/custody/{d.PID}",
    f"/events/{d.CORRECTION}",
    "/undertrials",
)
#: Offices that stand in a relation to the case of d.FIR, and such as do not.
NEAR = {"JAIL": "BR-0123", "COURT": d.COURT, "STATION": "PATKOT", "DISTRICT": "PAT"}


def offices(code: str, near: bool) -> list[str]:
    return [f"{kind}:{NEAR.get(kind, 'NONE') if near else 'ELSEWHERE'}" for kind in sorted(ROLES[code].about)]


@pytest.mark.parametrize("code", [code for code in ROLES if code != "CITIZEN"])
def test_what_a_role_may_not_ask_is_refused_and_what_is_not_its_own_is_not_there(
    district: str, client: Client, code: str
) -> None:
    role = ROLES[code]
    far = client(district, d.TODAY, code, *offices(code, near=False))
    near = client(district, d.TODAY, code, *offices(code, near=True))
    related = role.reach is Reach.STATE or bool(role.about & NEAR.keys())
    for path, question in ((CASE, "CASE"), (PRISONER, "CUSTODY"), (EVENT, "EVENT")):
        if question not in role.questions:
            assert (far.get(path).status_code, near.get(path).status_code) == (403, 403)
            continue
        assert far.get(path).status_code == (200 if role.reach is Reach.STATE else 404)
        if question != "CUSTODY":
            assert near.get(path).status_code == (200 if related else 404)
    if "undertrials" in role.boards:
        assert (far.get(BOARD).json()["undertrials"] == []) == (role.reach is not Reach.STATE)
    else:
        assert far.get(BOARD).status_code == 403


def test_what_is_anothers_and_what_is_not_there_are_told_in_the_same_words(
    district: str, client: Client
) -> None:
    asker = client(district, d.TODAY, "JAIL_SUPERINTENDENT", "JAIL:BR-0124")
    there = asker.get(CASE).json()["detail"].replace(d.FIR, "X")
    absent = asker.get("/cases/FIR:BR-PATKOT-2025-9999").json()["detail"].replace("BR-PATKOT-2025-9999", "X")
    assert there == absent


def test_a_jail_reads_of_its_prisoner_and_of_nobody_else(district: str, client: Client) -> None:
    asker = client(district, d.TODAY, "JAIL_SUPERINTENDENT", "JAIL:BR-0123")
    answer = asker.get(CASE)
    assert d.NAMES[0] in answer.text
    assert "Mivan Dorpal" not in answer.text
    assert len(answer.json()["status"]) == 1
    rows = asker.get(BOARD).json()["undertrials"]
    assert {row["jail"] for row in rows} == {"BR-0123"}


def test_access_goes_back_no_further_than_it_stands_today(district: str, client: Client) -> None:
    far = client(district, d.TODAY, "JAIL_SUPERINTENDENT", "JAIL:BR-0124")
    near = client(district, d.TODAY, "JAIL_SUPERINTENDENT", "JAIL:BR-0123")
    assert far.get(CASE, params={"as_of": "2025-01-10"}).status_code == 404
    assert near.get(CASE, params={"as_of": "2025-01-10"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer forged"}, 401),
        ({"Authorization": "Basic dTpw"}, 401),
        ({"Cookie": "sangam=forged"}, 401),
    ],
)
def test_nobody_is_answered_nothing(
    district: str, client: Client, headers: dict[str, str], status: int
) -> None:
    nobody = client(district, d.TODAY, "")
    for path in (CASE, PRISONER, EVENT, BOARD):
        answer = nobody.get(path, headers=headers)
        assert answer.status_code == status
        assert answer.headers["www-authenticate"] == "Bearer"
        assert d.FIR not in answer.text
    assert nobody.get("/health").status_code == 200
    assert nobody.get("/metrics").status_code == 200


def test_a_purpose_that_is_not_the_roles_and_a_role_that_was_not_granted_are_refused(
    ask: TestClient,
) -> None:
    assert ask.get(CASE, headers={"Sangam-Purpose": "CUSTODY"}).status_code == 403
    assert ask.get(CASE, headers={"Sangam-Purpose": "CURIOSITY"}).status_code == 400
    assert ask.get(CASE, headers={"Sangam-Purpose": "TRIAL"}).status_code == 200
    assert ask.get(CASE, headers={"Sangam-Role": "COURT"}).status_code == 401


def test_every_read_and_refusal_is_on_record_with_what_was_shown(district: str, client: Client) -> None:
    asker = client(district, d.TODAY, "JAIL_SUPERINTENDENT", "JAIL:BR-0123")
    with psycopg.connect(district, autocommit=True) as conn:
        before = latest(conn, most=1)[0].seq
        asker.get(CASE)
        asker.get("/cases/FIR:BR-PATKOT-2025-9999")
        asker.get("/cases/Rakep Zumal")
        asker.get("/undertrials", headers={"Authorization": "Bearer a.b.c"})
        told = [one for one in reversed(latest(conn, most=20)) if one.seq > before]
        assert [(one.kind, one.question, one.reason) for one in told] == [
            ("ASKED", "CASE", ""), ("ANSWERED", "CASE", ""),
            ("ASKED", "CASE", ""), ("REFUSED", "CASE", "NOT_FOUND"),
            ("ASKED", "CASE", ""), ("REFUSED", "CASE", "NOT_UNDERSTOOD"),
            ("REFUSED", "SIGN_IN", "SIGNATURE"),
        ]  # fmt: skip
        assert told[1].roots == [f"FIR:{d.FIR}"]
        assert "Rakep" not in str(told)
        assert check(conn)[1] == []


def test_a_read_that_cannot_be_put_on_record_is_not_answered(database: str, house_of: HouseOf) -> None:
    from fastapi.testclient import TestClient as Asker

    from projections.api.app import create

    d.Log(database, d.records())
    housed = house_of(database, d.TODAY)
    with housed.clerk:
        subject = housed.granted("HIGH_COURT")
    token = {"Authorization": f"Bearer {housed.development.token(subject, 'tests')}"}
    with Asker(create(housed.house), "http://127.0.0.1", headers=token) as asker:
        assert asker.get(CASE).status_code == 200
        with psycopg.connect(database, autocommit=True) as conn:
            # Only the entry that closes the question fails: what was read is not told.
            conn.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE insufficient_privilege; END $$"
            )
            conn.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON access.entry FOR EACH ROW WHEN (NEW.kind = 'ANSWERED')"
                " EXECUTE FUNCTION refuse()"
            )
        answer = asker.get(CASE)
        assert answer.status_code == 503
        assert d.FIR not in answer.text
