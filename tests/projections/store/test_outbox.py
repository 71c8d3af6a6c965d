"""What a batch leaves to be told: one row, in its own transaction, by workers of the active generation alone."""

from __future__ import annotations

from uuid import UUID

import pytest

from projections.store import generation, outbox
from projections.store.ports import RawRecord
from tests.projections.store.ground import Ground
from tests.projections.store.hands import event, id_of, record
from tests.projections.store.worlds import raw

pytestmark = pytest.mark.stack

FIR, OTHER = "FIR:BR-PATKOT-2025-0001", "FIR:BR-PATKOT-2025-0002"


@pytest.fixture
def ground(database: str) -> Ground:
    return Ground(database)


def registered(anchor: str, n: int) -> RawRecord:
    return record(event("police.FirRegistered", anchor, n, police_station="PATKOT"))


def left(ground: Ground) -> list[outbox.Note]:
    with ground.connect() as conn:
        return outbox.waiting(conn, 100)


def test_a_batch_leaves_one_row_that_names_its_files_its_events_and_what_was_set_aside(
    ground: Ground,
) -> None:
    broken = raw("police.events", FIR, b"no Avro", 1_740_000_000_000)
    ground.project([registered(FIR, 1), registered(OTHER, 2), broken], [3])
    [note] = left(ground)
    assert note.roots == [FIR, OTHER]
    assert set(note.events) == {UUID(id_of(1)), UUID(id_of(2))}
    with ground.connect() as conn:
        assert [(one,) for one in note.asides] == conn.execute("SELECT id FROM set_aside").fetchall()


def test_a_batch_that_was_rolled_back_leaves_nothing(ground: Ground) -> None:
    ground.project([registered(FIR, 1)], [1])
    with ground.connect() as conn:
        conn.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'never'; END $$;"
            "CREATE TRIGGER refuse BEFORE UPDATE ON watermark FOR EACH ROW WHEN (NEW.next_offset = 2)"
            " EXECUTE FUNCTION refuse()"
        )
    with pytest.raises(Exception, match="never"):
        ground.project([registered(FIR, 1), registered(OTHER, 2)], [2])
    assert [note.roots for note in left(ground)] == [[FIR]]


def test_a_rebuild_leaves_nothing_and_its_switch_leaves_the_files_of_both_generations(ground: Ground) -> None:
    ground.project([registered(FIR, 1)], [1])
    rebuilt = Ground(ground.database)
    rebuilt.name = generation.create(ground.database)
    rebuilt.project_deferred([registered(OTHER, 2)], 1)
    assert left(rebuilt) == []
    generation.switch(ground.database, rebuilt.name)
    assert [(note.roots, note.events, note.asides) for note in left(rebuilt)] == [([FIR, OTHER], [], [])]


def test_rows_are_deleted_once_they_were_sent_and_no_others(ground: Ground) -> None:
    ground.project([registered(FIR, 1), registered(OTHER, 2)], [1])
    with ground.connect() as conn:
        first, second = outbox.waiting(conn, 100)
        outbox.told(conn, [first])
        assert outbox.newest(conn) == second.id
    assert left(ground) == [second]
