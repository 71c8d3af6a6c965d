"""The record in the database: what its keepers can do and cannot, and that the database answers nothing without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import psycopg
import pytest

from ops.base.clock import SystemClock
from projections.audit.log import AuditUnavailable, Clerk, Said, check, checkpoint, who_saw
from projections.store import generation
from projections.store.doors import Doors, doors
from tests.projections.api.district import FIR, PID

pytestmark = pytest.mark.stack
ASKED = Said(
    kind="ASKED", subject="s", issuer="i", role="COURT", purpose="TRIAL", question="CASE", about=f"FIR:{FIR}"
)


@dataclass
class House:
    owner: str
    doors: Doors
    clerk: Clerk
    generation: str


def _house(database: str) -> Iterator[House]:
    made = doors(database)
    with Clerk(made.clerk, SystemClock(), patience=1) as clerk:
        yield House(database, made, clerk, generation.prepare(database))


@pytest.fixture
def house(district: str) -> Iterator[House]:
    """Over the district that all share: appended to, and otherwise only tried."""
    yield from _house(district)


@pytest.fixture
def own_house(database: str) -> Iterator[House]:
    yield from _house(database)


def rows(house: House, table: str, ticket: str | None) -> int:
    with psycopg.connect(house.doors.reader) as conn:
        conn.execute(f"SET search_path = {house.generation}")
        if ticket is not None:
            conn.execute("SELECT set_config('sangam.ticket', %s, true)", (ticket,))
        found = conn.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert found is not None
        return int(found[0])


TABLES = (
    "file",
    "description",
    "ledger",
    "identifier",
    "link",
    "board_undertrial",
    "board_relation",
    "set_aside",
)


@pytest.mark.parametrize("ticket", [None, "", "forged", "' OR true --"])
def test_the_database_shows_nothing_without_a_recorded_read(house: House, ticket: str | None) -> None:
    for table in TABLES:
        assert rows(house, table, ticket) == 0


def test_a_ticket_shows_what_its_entry_reaches_and_no_more(house: House) -> None:
    _, mine = house.clerk.open(replace(ASKED, reach=("JAIL:BR-0123",)))
    _, none = house.clerk.open(replace(ASKED, reach=("JAIL:BR-9999",)))
    _, all_ = house.clerk.open(replace(ASKED, reach=("STATE",)))
    with psycopg.connect(house.owner) as conn:
        conn.execute(f"SET search_path = {house.generation}")
        held = conn.execute("SELECT count(*) FROM board_relation WHERE relation = 'JAIL:BR-0123'").fetchone()
        every = conn.execute("SELECT count(*) FROM file").fetchone()
    assert held is not None
    assert every is not None
    assert 0 < held[0] < every[0]
    assert rows(house, "file", mine) == held[0]
    assert rows(house, "board_undertrial", mine) == 1
    assert [rows(house, table, none) for table in TABLES] == [0] * len(TABLES)
    assert rows(house, "file", all_) == every[0]


def test_numbers_are_counted_over_boards_and_open_no_file(house: House) -> None:
    _, ticket = house.clerk.open(replace(ASKED, reach=("NUMBERS",)))
    assert rows(house, "board_undertrial", ticket) > 0
    assert [rows(house, table, ticket) for table in ("file", "description", "ledger", "identifier")] == [
        0
    ] * 4


def test_a_closing_entry_is_no_ticket_and_an_old_one_is_void(house: House) -> None:
    house.clerk.append(replace(ASKED, kind="ANSWERED", reach=("STATE",)), "closing")
    assert rows(house, "file", "closing") == 0

    class Yesterday:
        def now(self) -> datetime:
            return datetime(2025, 1, 1, tzinfo=UTC)

        def today(self) -> object:
            raise AssertionError

    with Clerk(house.doors.clerk, Yesterday()) as late:  # type: ignore[arg-type]
        _, ticket = late.open(replace(ASKED, reach=("STATE",)))
    assert rows(house, "file", ticket) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access.entry SET about = 'x'",
        "DELETE FROM access.entry",
        "TRUNCATE access.entry",
        "SELECT password FROM access.door",
        "UPDATE access.granted SET role = 'COURT'",
        "SET ROLE sangam_reader",
        "SELECT * FROM {generation}.file",
    ],
)
def test_the_clerk_cannot_change_the_record_nor_read_a_file(house: House, statement: str) -> None:
    with psycopg.connect(house.doors.clerk) as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
        conn.execute(statement.format(generation=house.generation))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO access.entry (seq) VALUES (1)",
        "SELECT * FROM access.entry",
        "SELECT * FROM access.session",
        "SET ROLE sangam_clerk",
        "ALTER TABLE {generation}.file DISABLE ROW LEVEL SECURITY",
        "DELETE FROM {generation}.file",
        "SELECT * FROM {generation}.dirty",
    ],
)
def test_the_reader_cannot_write_nor_reach_the_record(house: House, statement: str) -> None:
    with psycopg.connect(house.doors.reader) as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
        conn.execute(statement.format(generation=house.generation))


def test_nothing_bypasses_row_level_security(house: House) -> None:
    with psycopg.connect(house.doors.reader) as conn:
        conn.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute(f"SELECT * FROM {house.generation}.file")


def test_the_chain_is_whole_and_a_change_by_the_owner_is_found_where_it_was(own_house: House) -> None:
    for n in range(5):
        own_house.clerk.append(replace(ASKED, about=f"FIR:{n}"))
    with psycopg.connect(own_house.owner, autocommit=True) as conn:
        assert check(conn) == (5, [])
        checkpoint(conn, SystemClock())
        conn.execute("UPDATE access.entry SET about = 'FIR:other' WHERE seq = 3")
        assert [one.seq for one in check(conn)[1]] == [3]
        conn.execute("UPDATE access.entry SET about = 'FIR:2' WHERE seq = 3")
        assert check(conn) == (5, [])
        # The end is cut off, and the head moved back to hide it: the checkpoint still knows.
        conn.execute("DELETE FROM access.entry WHERE seq = 5")
        conn.execute(
            "UPDATE access.head SET (seq, hash) = (SELECT seq, hash FROM access.entry WHERE seq = 4)"
        )
        assert [one.seq for one in check(conn)[1]] == [5]


def test_who_has_seen_a_record_is_told(own_house: House) -> None:
    own_house.clerk.append(replace(ASKED, kind="ANSWERED", roots=(f"FIR:{FIR}",)))
    own_house.clerk.append(replace(ASKED, kind="ANSWERED", roots=(f"PID:{PID}",)))
    with own_house.clerk.connection() as conn:
        assert [one.seq for one in who_saw(conn, f"FIR:{FIR}")] == [1]


def test_what_cannot_be_recorded_is_refused(own_house: House) -> None:
    with psycopg.connect(own_house.owner, autocommit=True) as conn:
        conn.execute("REVOKE INSERT ON access.entry FROM sangam_clerk")
        with pytest.raises(AuditUnavailable):
            own_house.clerk.append(ASKED)
