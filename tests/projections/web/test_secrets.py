"""A world with marked victims and children: a crawl of pages, API and exports under every role finds no secret where it
may not be, and neither logs nor metrics hold one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from projections.access.role import Persons, Reach
from projections.access.roles import ROLES
from projections.store.ports import RawRecord
from tests.fix_api import HouseOf
from tests.projections.api import district as d
from tests.projections.store.worlds import encoded, identifier, police_ref
from tests.projections.web.people import signed_in

pytestmark = pytest.mark.stack
Json = dict[str, Any]

SHIELDED, YOUNG = "BR-PATKOT-2025-0501", "BR-PATKOT-2025-0502"
VILLAGE, FATHER, PLACE, TOKEN = "Xanthivillage", "Quorfather", "XBEAT-SECRET", "XVICTIM-TOKEN"
CHILD, CHILDS_FATHER = "Yuvchild", "Zorgfather"
WITNESS = "XWITNESS_PURPOSE"


def planted() -> list[RawRecord]:
    fir, cnr = identifier("FIR", SHIELDED), identifier("CNR", "BRPA010005012025")
    man = {
        "name": "Abluk Quorman",
        "relative_name": FATHER,
        "relation": "FATHER",
        "village": VILLAGE,
        "gender": "M",
    }
    child = {"name": CHILD, "relative_name": CHILDS_FATHER, "village": "Dorpatola", "age_stated": 16}
    one, two = police_ref(SHIELDED, "A1"), police_ref(YOUNG, "A1")
    party = {"ref": {"scheme": "CIS_PARTY", "scope": "CNR:BRPA010005012025", "code": "1"}, "same_as": [one]}
    return [
        d.event("police.FirRegistered", fir, "2025-01-01", 901, police_station="PATKOT", district="PAT",
                sections=[{"act": "BNS2023", "section": "64(2)(f)"}], place_of_occurrence=PLACE, victims=[TOKEN],
                accused=[{"ref": one, "person": man}]),
        d.event("court.RemandOrdered", cnr, "2025-01-03", 902, fir, custody_kind="JUDICIAL", to_date="2025-01-16",
                jail="BR-0123", accused=party, court=d.COURT),
        d.event("prison.Admitted", identifier("PID", "BR-0123-00501"), "2025-01-03", 903, jail="BR-0123", person=man,
                cases=[{"identifier": fir, "accused": one}]),
        d.event("police.FirRegistered", identifier("FIR", YOUNG), "2025-01-01", 911, police_station="PATKOT",
                district="PAT", accused=[{"ref": two, "person": child}]),
        d.event("prison.Admitted", identifier("PID", "BR-0123-00502"), "2025-01-03", 912, jail="BR-0123", person=child,
                cases=[{"identifier": identifier("FIR", YOUNG), "accused": two}]),
        _witness(),
    ]  # fmt: skip


def _witness() -> RawRecord:
    """A hearing that is marked as a protected witness's."""
    envelope = {
        "event_id": d.id_of(904), "source": "court.tests/1", "source_seq": 904, "source_record": "row-904",
        "occurred_at": "2025-02-02T00:00:00+05:30", "recorded_at": "2025-02-02T20:00:00+05:30",
        "anchor": identifier("CNR", "BRPA010005012025"), "claims": [identifier("FIR", SHIELDED)],
        "sensitivity": "WITNESS_PROTECTED",
    }  # fmt: skip
    line = {"type": "court.HearingHeld", "envelope": envelope, "purpose": WITNESS, "court": d.COURT}
    return encoded(line, 1_738_500_000_000)


@pytest.fixture(scope="module")
def world(postgres: str) -> Iterator[str]:
    name = f"secrets_{uuid4().hex[:12]}"
    url = f"{postgres.rpartition('/')[0]}/{name}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            d.Log(url, planted())
            yield url
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


NEAR = {"JAIL": "BR-0123", "COURT": d.COURT, "STATION": "PATKOT", "DISTRICT": "PAT"}


@pytest.mark.parametrize("code", [code for code in ROLES if code != "CITIZEN"])
def test_no_secret_is_where_it_may_not_be(
    world: str, house_of: HouseOf, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    role = ROLES[code]
    offices = [f"{kind}:{NEAR.get(kind, 'NONE')}" for kind in sorted(role.about)]
    forbidden = {TOKEN}
    if not role.keeps_identity or role.persons is Persons.NONE:
        forbidden |= {VILLAGE, FATHER, "64(2)(f)", PLACE} if not role.keeps_identity else {VILLAGE, FATHER}
    if not role.sees_children or role.persons is Persons.NONE:
        forbidden |= {CHILD, CHILDS_FATHER}
    if not role.sees_witness:
        forbidden |= {WITNESS}
    pages = 0
    with caplog.at_level(logging.DEBUG), signed_in(house_of, world, d.TODAY, code, *offices) as browser:
        todo = ["/", f"/case/FIR:{SHIELDED}", f"/case/FIR:{YOUNG}", f"/cases/{SHIELDED}", f"/cases/{YOUNG}",
                f"/search?q={CHILD}", "/search?q=Quorman", f"/search?q={FATHER}", "/prisoner/PID:BR-0123-00501",
                "/prisoner/PID:BR-0123-00502", "/custody/PID:BR-0123-00501", "/undertrials", "/review", "/ops",
                f"/case/FIR:{SHIELDED}?as_of=02-01-2025", "/board/undertrials/taken.csv", "/set-aside", "/children",
                *(f"/events/{d.id_of(seq)}" for seq in (901, 902, 903, 904, 911, 912)), "/metrics"]  # fmt: skip
        seen: set[str] = set()
        while todo:
            path = todo.pop(0)
            seen.add(path)
            answer = browser.get(path)
            pages += answer.status_code == 200
            # What was typed comes back in the search field; it is the reader's own.
            told = re.sub(r'(value|href)="[^"]*(q|back)[=%][^"]*"|value="[^"]*"', "", answer.text)
            found = {secret: told.partition(secret)[0][-80:] for secret in forbidden if secret in told}
            assert not found, path
            for link in re.findall(r'href="(/(?:event|board|case|prisoner)[^"]*)"', answer.text):
                plain = link.replace("&amp;", "&").partition("#")[0]
                if plain not in seen and plain not in todo and len(seen) < 45:
                    todo.append(plain)
        if (
            role.reach in (Reach.OFFICE, Reach.STATE)
            and "CASE" in role.questions
            and role.about & NEAR.keys()
        ):
            assert pages > 4
    ours = [record for record in caplog.records if record.name.startswith(("projections", "ops"))]
    for record in ours:
        assert not {
            s for s in (VILLAGE, FATHER, CHILD, TOKEN) if s in f"{record.getMessage()} {record.__dict__}"
        }


def test_the_record_of_reads_holds_no_name(world: str, house_of: HouseOf) -> None:
    with signed_in(house_of, world, d.TODAY, "HIGH_COURT") as browser:
        assert CHILD in browser.get(f"/search?q={CHILD}").text
    with psycopg.connect(world) as conn:
        told = "\n".join(str(row) for row in conn.execute("SELECT * FROM access.entry"))
    assert not {secret for secret in (CHILD, FATHER, VILLAGE) if secret in told}
