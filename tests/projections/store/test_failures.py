"""What the store does when the database refuses a value, a fold fails, or another generation became the active one."""

from __future__ import annotations

from typing import Any

import pytest

from projections.files import case_police
from projections.files.case import HANDLERS
from projections.files.state import FileState
from projections.files.telling import Telling
from projections.store import generation
from projections.store.ports import RawRecord
from tests.projections.store.ground import Ground
from tests.projections.store.worlds import encoded
from tests.schemas.samples import plain

pytestmark = pytest.mark.stack

FIR = "FIR:BR-PATKOT-2025-0123"


def arrests(many: int) -> list[RawRecord]:
    """Arrests in one case, each a day after the one before."""
    return [
        encoded(
            plain(
                "police.ArrestMade",
                place=f"place {n}",
                envelope={
                    "event_id": f"00000000-0000-4000-8000-00000000000{n}", "source_seq": n, "source_record": f"row-{n}",
                    "occurred_at": f"2025-03-0{n}T10:30:00+05:30", "recorded_at": f"2025-03-0{n}T18:00:00+05:30",
                    "anchor": {"kind": "FIR", "value": FIR.removeprefix("FIR:")},
                },
            ),
            1_740_000_000_000 + n,
        )
        for n in range(1, many + 1)
    ]  # fmt: skip


@pytest.fixture
def ground(database: str) -> Ground:
    return Ground(database)


def asked(ground: Ground, query: str) -> list[tuple[Any, ...]]:
    with ground.connect() as conn:
        return conn.execute(query.encode()).fetchall()


def test_what_the_database_refuses_is_found_and_set_aside_alone(ground: Ground) -> None:
    # No value is known that the contract lets through and PostgreSQL does not: so one is made unbearable here.
    with ground.connect() as conn:
        conn.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE SQLSTATE '22000'; END $$;"
            "CREATE TRIGGER refuse BEFORE INSERT ON ledger FOR EACH ROW WHEN (NEW.source_record = 'row-3')"
            " EXECUTE FUNCTION refuse()"
        )
    ground.project(arrests(5), [5])
    assert asked(ground, "SELECT source_seq FROM ledger WHERE effective ORDER BY 1") == [
        (1,),
        (2,),
        (4,),
        (5,),
    ]
    assert asked(ground, "SELECT reason, source_seq, anchor FROM set_aside") == [("DATABASE_REFUSED", 3, FIR)]
    assert asked(ground, "SELECT next_offset FROM watermark") == [(5,)]
    assert b'"reason":"DATABASE_REFUSED"' in ground.contents().files[FIR]


@pytest.mark.parametrize("sizes", [[1], [5], [2, 3]])
def test_an_event_that_a_fold_cannot_take_is_left_out_of_its_file_however_it_was_batched(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, sizes: list[int]
) -> None:
    def fails_on_the_third(state: FileState, told: Telling) -> None:
        case_police.arrest_made(state, told)
        if told.body["place"] == "place 3":
            raise ValueError("a fault of the fold")

    monkeypatch.setitem(HANDLERS, "police.ArrestMade", fails_on_the_third)
    ground.project(arrests(5), sizes)
    content = ground.contents().files[FIR]
    assert [f"place {n}".encode() in content for n in range(1, 6)] == [True, True, False, True, True]
    assert content.count(b'"reason":"FOLD_FAILED"') == 1
    assert asked(ground, "SELECT count(*) FROM ledger WHERE effective") == [(5,)]


def test_a_worker_stores_nothing_more_once_another_generation_is_active(ground: Ground) -> None:
    other = generation.create(ground.database)
    generation.switch(ground.database, other)
    with pytest.raises(generation.GenerationMismatch):
        ground.project(arrests(2), [2])
    assert asked(ground, "SELECT count(*) FROM ledger") == [(0,)]
    assert generation.prepare(ground.database) == other


def test_tables_of_other_folds_are_not_written_to(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "FOLD_VERSION", "of tomorrow")
    with pytest.raises(generation.GenerationMismatch, match="sangam rebuild --switch"):
        generation.prepare(ground.database)
