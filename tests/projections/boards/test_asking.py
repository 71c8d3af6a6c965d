"""Any board is asked in one way: narrowed, put in order and turned over page by page, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from projections.boards import LISTINGS
from projections.boards.listing import How
from projections.questions.boards import board
from projections.questions.errors import NotFound, NotUnderstood
from projections.store.ports import RawRecord
from projections.store.reading import Reader
from schemas.examples import example
from tests.projections.store.ground import Ground
from tests.projections.store.worlds import encoded, new_intake

pytestmark = pytest.mark.stack

Json = dict[str, Any]
TODAY = date(2025, 3, 1)
#: Events of each board's records; each is sent three times, as of three records.
TOLD = (
    "emergency.IncidentReported", "emergency.UnitDispatched", "emergency.UnitArrived", "citizen.ApplicationSubmitted",
    "citizen.ApplicationMoved", "cyber.ComplaintReceived", "cyber.AmountHeld", "cyber.EZeroFirCreated",
    "economic.PropertyAttached", "forensics.ExhibitReceived", "probation.ReportRequested",
    "probation.SupervisionStarted", "prison.HeadcountTaken", "police.FirRegistered", "prison.Admitted",
    "court.BailGranted",
)  # fmt: skip
DAYS = ("promised_on", "due_on", "sign_by", "confirmation_due", "expected_on", "next_contact_due")


def numbered(value: str, n: int) -> str:
    """An identifier's value with another last digit."""
    return value[:-1] + str(n) if value[-1].isdigit() else f"{value}-{n}"


def records() -> list[RawRecord]:
    found = []
    for place, kind in enumerate(TOLD):
        for n in range(3):
            plain = example(kind)
            envelope = plain["envelope"]
            envelope["event_id"] = str(UUID(int=1000 + 10 * place + n))
            envelope["source_seq"] = 1 + 10 * place + n
            envelope["source_record"] += f"/{n}"
            envelope["anchor"]["value"] = numbered(envelope["anchor"]["value"], n)
            for name in DAYS:
                if name in plain and n < 2:
                    plain[name] = (date.fromisoformat(plain[name]) + timedelta(days=n)).isoformat()
                else:
                    plain.pop(name, None)
            if kind == "prison.Admitted":
                plain["jail"] = "BR-0120"
                plain["cases"] = [{"identifier": {"kind": "FIR", "value": f"BR-PATKOT-2025-012{n}"}}]
            if kind == "police.FirRegistered" and n == 0:
                plain["sections"] = [{"act": "BNS", "section": "999"}]
            if kind == "court.BailGranted":
                prisoner = numbered(example("prison.Admitted")["envelope"]["anchor"]["value"], n)
                plain["accused"] = {"ref": {"scheme": "PID", "scope": "", "code": prisoner}}
                envelope["occurred_at"] = "2025-02-20"
                envelope["recorded_at"] = "2025-02-20T18:00:00+05:30"
                envelope["claims"] = [{"kind": "FIR", "value": f"BR-PATKOT-2025-012{n}"}]
            found.append(encoded(plain, 1_740_000_000_000 + place))
    return found


@pytest.fixture(scope="module")
def reader(postgres: str) -> Iterator[Reader]:
    name = f"boards_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    ground = Ground(f"{postgres.rpartition('/')[0]}/{name}")
    ground.project(records(), [7])
    with ground.connect() as conn:
        yield Reader(conn, new_intake().revive)


def pages(reader: Reader, name: str, sort: str | None, limit: int, **filters: str) -> list[Json]:
    found: list[Json] = []
    after = None
    for _ in range(50):
        page = board(reader, name, filters, sort, after, limit, TODAY)
        assert len(page.rows) <= limit
        found += page.rows
        after = page.next
        if after is None:
            return found
    raise AssertionError("the pages do not end")


def test_every_board_has_rows_here(reader: Reader) -> None:
    assert {name: len(pages(reader, name, None, 100)) >= 3 for name in LISTINGS} == dict.fromkeys(
        LISTINGS, True
    )


@pytest.mark.parametrize(
    ("name", "sort"), [(name, sort.name) for name, listing in LISTINGS.items() for sort in listing.sorts]
)
def test_pages_of_one_row_are_the_page_of_all_in_the_order_that_is_declared(
    reader: Reader, name: str, sort: str
) -> None:
    every = pages(reader, name, sort, 100)
    assert pages(reader, name, sort, 1) == every
    order = next(one for one in LISTINGS[name].sorts if one.name == sort)
    stand = [[(row[column] is None, row[column]) for column in order.columns] for row in every]
    assert stand == sorted(stand, key=_placed, reverse=order.down)


def _placed(values: list[tuple[bool, Any]]) -> list[tuple[bool, Any]]:
    return [(empty, 0 if empty else value) for empty, value in values]


@pytest.mark.parametrize(
    ("name", "narrowed"), [(name, one.name) for name, listing in LISTINGS.items() for one in listing.filters]
)
def test_a_filter_and_its_contrary_part_the_rows(reader: Reader, name: str, narrowed: str) -> None:
    one = next(one for one in LISTINGS[name].filters if one.name == narrowed)
    every = pages(reader, name, None, 100)
    if one.how in (How.YES, How.PASSED):
        yes, no = (pages(reader, name, None, 100, **{narrowed: answer}) for answer in ("yes", "No"))
        assert sorted(map(str, [*yes, *no])) == sorted(map(str, every))
        if one.how is How.PASSED:
            assert all(
                row[one.column] < TODAY and (one.unless is None or row[one.unless] is None) for row in yes
            )
    elif one.how is How.BY:
        kept = pages(reader, name, None, 100, **{narrowed: "31-12-2024"})
        assert all(row[one.column] <= date(2024, 12, 31) for row in kept)
        assert len(pages(reader, name, None, 100, **{narrowed: "2099-01-01"})) == sum(
            row[one.column] is not None for row in every
        )
    else:
        for value in {row[one.column] for row in every if row[one.column] is not None}:
            kept = pages(reader, name, None, 100, **{narrowed: value})
            assert kept == [row for row in every if row[one.column] == value]


def test_what_depends_on_the_day_is_reckoned_when_it_is_asked(reader: Reader) -> None:
    row = pages(reader, "probation", "due", 100, what="REPORT")[0]
    assert row["days_left"] == (row["due_on"] - TODAY).days
    later = board(reader, "probation", {"what": "REPORT"}, None, None, 100, TODAY + timedelta(days=10)).rows[
        0
    ]
    assert later["days_left"] == row["days_left"] - 10


def test_a_row_about_a_person_has_what_is_said_of_him(reader: Reader) -> None:
    assert {row["person"]["village"] for row in pages(reader, "undertrials", None, 100)} == {"RAMPUR"}


@pytest.mark.parametrize(
    ("filters", "sort", "after", "limit"),
    [
        ({"colour": "red"}, None, None, 10),
        ({"answered": "perhaps"}, None, None, 10),
        ({"until": "soon"}, None, None, 10),
        ({"district": "P\0"}, None, None, 10),
        ({}, "beauty", None, 10),
        ({}, None, "none of ours", 10),
        ({}, None, None, 0),
        ({}, None, None, 501),
    ],
)
def test_what_is_not_understood_is_said(
    reader: Reader, filters: dict[str, str], sort: str | None, after: str | None, limit: int
) -> None:
    with pytest.raises(NotUnderstood):
        board(reader, "emergency", filters, sort, after, limit, TODAY)


def test_a_cursor_of_one_order_is_none_of_another(reader: Reader) -> None:
    first = board(reader, "emergency", {}, "oldest", None, 1, TODAY)
    with pytest.raises(NotUnderstood):
        board(reader, "emergency", {}, "slowest", first.next, 1, TODAY)


def test_there_is_no_board_that_is_not_declared(reader: Reader) -> None:
    with pytest.raises(NotFound, match="emergency"):
        board(reader, "nonsense", {}, None, None, 10, TODAY)


def test_the_load_of_an_officer_is_what_is_open_and_overdue(reader: Reader) -> None:
    rows = pages(reader, "probation", None, 100)
    (load,) = pages(reader, "probation_load", None, 100)
    assert load["officer"] == "PO-PAT-01"
    assert load["reports"] == sum(row["what"] == "REPORT" for row in rows)
    late = board(reader, "probation_load", {"officer": "PO-PAT-01"}, None, None, 100, date(2026, 3, 1)).rows[
        0
    ]
    assert late["reports_overdue"] == sum(
        row["what"] == "REPORT" and row["due_on"] is not None for row in rows
    )
    assert pages(reader, "probation_load", None, 100, officer="NOBODY") == []


def test_a_jail_is_as_full_as_its_last_count_says(reader: Reader) -> None:
    found = {row["jail"]: row for row in pages(reader, "occupancy", None, 100)}
    assert found["BR-0120"] == pages(reader, "occupancy", None, 100, jail="Jail 0120")[0]
    jail = found["BR-0120"]
    assert (jail["n"], jail["capacity"], jail["percent"]) == (2546, 2360, 107)
    assert jail["undertrials"] == 3
    assert jail["warrants_expired"] == 3
    assert (found["BR-0121"]["undertrials"], found["BR-0121"]["n"]) == (0, 2546)


def test_sections_that_no_clock_can_reckon_with_are_listed_by_how_many_they_concern(reader: Reader) -> None:
    rows = pages(reader, "unknown_sections", None, 100)
    concerned = [
        {row["root"] for name in ("s479", "investigations") for row in pages(reader, name, None, 100)
         if any(text.endswith(f": {one['section']}") for text in row["missing"])}
        for one in rows
    ]  # fmt: skip
    assert "BNS2023 999" in {row["section"] for row in rows}
    assert [row["cases"] for row in rows] == [len(roots) for roots in concerned]
    assert rows == sorted(rows, key=lambda row: (-row["accused"], row["section"]))
