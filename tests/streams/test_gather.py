"""The gatherer on a real database: what it refuses to store, and what it does while the database is busy or
gone."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence, Set
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import psycopg
import pytest

from projections.store.ports import TP, RawRecord
from streams.batches import Limits
from streams.fetches import Buffer
from streams.gather import Gatherer
from tests.streams.fetched import fetched
from tests.streams.ground import create_tables
from tests.streams.projector import TableProjector

pytestmark = pytest.mark.stack

A: TP = ("a", 0)
B: TP = ("b", 0)
IDS = {"a": uuid4(), "b": uuid4()}


def topic_ids(topics: Set[str]) -> Mapping[str, UUID]:
    return IDS


class Watched(TableProjector):
    """Tells how many batches were decoded."""

    prepared = 0

    def prepare(self, records: Sequence[RawRecord]) -> list[RawRecord]:
        self.prepared += 1
        return super().prepare(records)


@pytest.fixture
def tables(database: str) -> str:
    create_tables(database, "g")
    return database


@pytest.fixture
async def buffer() -> Buffer:
    return Buffer(1 << 20)


def stored(tables: str) -> list[tuple[str, int]]:
    with psycopg.connect(tables) as connection:
        rows = connection.execute("SELECT topic, record_offset FROM g.stored ORDER BY 1, 2").fetchall()
    return [(topic, offset) for topic, offset in rows]


@asynccontextmanager
async def gathering(
    projector: TableProjector, limits: Limits | None = None
) -> AsyncIterator[Gatherer[list[RawRecord]]]:
    gatherer = Gatherer(projector, topic_ids, limits or Limits(linger=0.01))
    task = asyncio.create_task(gatherer.run())
    try:
        yield gatherer
        assert not task.done()
    finally:
        await gatherer.revoke()
        task.cancel()
        await asyncio.wait([task])


async def eventually(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 (the database tells nobody)
            await asyncio.sleep(0.02)


async def test_fetches_are_stored_together_and_acknowledged_after_commit(tables: str, buffer: Buffer) -> None:
    projector = Watched(tables, "g", "0")
    async with gathering(projector) as gatherer:
        await gatherer.assign({A, B})
        seen: list[int] = []
        gatherer.put(fetched(A, range(3), buffer), lambda: seen.append(len(stored(tables))))
        gatherer.put(fetched(B, range(2), buffer), lambda: seen.append(len(stored(tables))))
        await eventually(lambda: len(seen) == 2)
    assert seen == [5, 5]
    assert projector.prepared == 1


async def test_nothing_is_stored_beyond_a_gap_in_what_was_fetched(tables: str, buffer: Buffer) -> None:
    async with gathering(TableProjector(tables, "g", "0")) as gatherer:
        await gatherer.assign({A, B})
        lost: list[Set[TP]] = []
        gatherer.reclaim = lost.append
        gatherer.put(fetched(A, range(3), buffer), lambda: None)
        await eventually(lambda: len(stored(tables)) == 3)
        gatherer.put(fetched(A, range(4, 6), buffer), lambda: None)
        gatherer.put(fetched(A, range(6, 8), buffer), lambda: None)
        gatherer.put(fetched(B, range(2), buffer), lambda: None)
        await eventually(lambda: len(stored(tables)) == 5)
    assert lost == [{A}]
    assert stored(tables) == [("a", 0), ("a", 1), ("a", 2), ("b", 0), ("b", 1)]
    assert gatherer.progress == {}


async def test_holes_between_offsets_are_no_gap(tables: str, buffer: Buffer) -> None:
    async with gathering(TableProjector(tables, "g", "0")) as gatherer:
        await gatherer.assign({A})
        gatherer.put(fetched(A, range(3), buffer), lambda: None)
        gatherer.put(fetched(A, range(7, 9), buffer, start=3), lambda: None)
        await eventually(lambda: len(stored(tables)) == 5)


async def test_a_fetch_of_an_earlier_claim_is_void(tables: str, buffer: Buffer) -> None:
    async with gathering(TableProjector(tables, "g", "0")) as gatherer:
        await gatherer.assign({A})
        await gatherer.revoke()
        await gatherer.assign({A})
        gatherer.put(fetched(A, range(5, 9), buffer, start=0, epoch=1), lambda: None)
        gatherer.put(fetched(A, range(3), buffer, epoch=2), lambda: None)
        await eventually(lambda: stored(tables))
    assert stored(tables) == [("a", 0), ("a", 1), ("a", 2)]


async def test_the_next_batch_is_decoded_while_the_database_works_on_this_one(
    tables: str, buffer: Buffer
) -> None:
    projector = Watched(tables, "g", "0", dwell=1.0)
    async with gathering(projector, Limits(linger=0.01, lookahead=2)) as gatherer:
        await gatherer.assign({A})
        gatherer.put(fetched(A, range(2), buffer), lambda: None)
        await eventually(lambda: projector.prepared == 1)
        gatherer.put(fetched(A, range(2, 4), buffer), lambda: None)
        await eventually(lambda: projector.prepared == 2)
        assert stored(tables) == []
        await eventually(lambda: len(stored(tables)) == 4)


async def test_few_records_that_come_while_the_database_is_busy_wait_to_become_one_batch(
    tables: str, buffer: Buffer
) -> None:
    projector = Watched(tables, "g", "0", dwell=0.5)
    async with gathering(projector) as gatherer:
        await gatherer.assign({A})
        for n in range(10):
            gatherer.put(fetched(A, range(n, n + 1), buffer), lambda: None)
            await asyncio.sleep(0.03)
        await eventually(lambda: len(stored(tables)) == 10)
    assert projector.prepared == 2


async def test_revocation_waits_for_the_running_batch_and_drops_the_rest(tables: str, buffer: Buffer) -> None:
    projector = Watched(tables, "g", "0", dwell=0.5)
    async with gathering(projector, Limits(linger=0.0, lookahead=1)) as gatherer:
        await gatherer.assign({A})
        gatherer.put(fetched(A, range(2), buffer), lambda: None)
        await eventually(lambda: projector.prepared == 1)
        gatherer.put(fetched(A, range(2, 4), buffer), lambda: None)
        await eventually(lambda: projector.prepared == 2)
        await gatherer.revoke()
        assert len(stored(tables)) == 2
        await asyncio.sleep(1.0)
    assert len(stored(tables)) == 2


async def test_a_batch_whose_connection_broke_is_tried_again(tables: str, buffer: Buffer) -> None:
    projector = TableProjector(tables, "g", "0", dwell=0.5)
    async with gathering(projector) as gatherer:
        await gatherer.assign({A})
        gatherer.put(fetched(A, range(3), buffer), lambda: None)
        with psycopg.connect(tables, autocommit=True) as other:
            kill = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE state = 'idle in transaction' AND datname = current_database()"
            )
            await eventually(lambda: other.execute(kill).fetchall())
        await eventually(lambda: len(stored(tables)) == 3)


async def test_an_error_of_ours_ends_the_worker(tables: str, buffer: Buffer) -> None:
    gatherer = Gatherer(TableProjector(tables, "g", "0"), topic_ids, Limits(linger=0.0))
    task = asyncio.create_task(gatherer.run())
    await gatherer.assign({A})
    with psycopg.connect(tables) as connection:
        connection.execute("DROP TABLE g.stored")
    gatherer.put(fetched(A, range(3), buffer), lambda: None)
    with pytest.raises(psycopg.errors.UndefinedTable):
        async with asyncio.timeout(20):
            await task
