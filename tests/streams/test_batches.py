"""Cutting batches, and the byte budget. Pure."""

import pytest

from projections.store.ports import TP
from streams.batches import Batch, FetchQueue, Limits, Waiting
from streams.fetches import Buffer
from tests.streams.fetched import fetched

A: TP = ("a", 0)
B: TP = ("b", 0)


@pytest.fixture
def buffer() -> Buffer:
    return Buffer(1 << 20)


def queue_of(*sizes: tuple[TP, range], buffer: Buffer) -> FetchQueue:
    queue = FetchQueue()
    for at, (tp, offsets) in enumerate(sizes):
        fetch = fetched(tp, offsets, buffer)
        buffer.take(fetch.nbytes)
        queue.append(Waiting(fetch, lambda: None, float(at)))
    return queue


def offsets_of(batch: Batch) -> list[tuple[str, int]]:
    return [(record.topic, record.offset) for record in batch.records()]


def test_a_batch_takes_the_fetches_of_all_partitions(buffer: Buffer) -> None:
    queue = queue_of((A, range(3)), (B, range(5, 7)), buffer=buffer)
    batch = queue.cut(Limits(), 1)
    assert offsets_of(batch) == [("a", 0), ("a", 1), ("a", 2), ("b", 5), ("b", 6)]
    assert len(batch.finished) == 2
    assert not queue
    assert (queue.records, queue.nbytes) == (0, 0)


def test_a_fetch_larger_than_a_batch_is_cut_in_pieces_and_finished_by_the_last(buffer: Buffer) -> None:
    queue = queue_of((A, range(10)), (B, range(2)), buffer=buffer)
    first, second, third = (queue.cut(Limits(records=4), 1) for _ in range(3))
    assert [n for _, n in offsets_of(first) + offsets_of(second)] == list(range(8))
    assert not first.finished
    assert not second.finished
    assert offsets_of(third) == [("a", 8), ("a", 9), ("b", 0), ("b", 1)]
    assert [waiting.fetch.tp for waiting in third.finished] == [A, B]


def test_a_batch_ends_at_its_limit_of_bytes_but_holds_one_fetch_at_least(buffer: Buffer) -> None:
    queue = queue_of((A, range(10)), (B, range(10)), buffer=buffer)
    assert len(offsets_of(queue.cut(Limits(nbytes=1), 1))) == 10
    assert len(offsets_of(queue.cut(Limits(nbytes=1), 1))) == 10


def test_dropped_fetches_give_their_room_back_and_the_others_stay(buffer: Buffer) -> None:
    queue = queue_of((A, range(10)), (B, range(10)), buffer=buffer)
    queue.cut(Limits(records=4), 1)
    used = buffer.used
    queue.drop(lambda fetch: fetch.tp == A)
    assert buffer.used == used // 2
    assert queue.records == 10
    assert offsets_of(queue.cut(Limits(), 1)) == [("b", n) for n in range(10)]


async def test_a_full_buffer_has_room_again_when_half_of_it_is_free() -> None:
    buffer = Buffer(100)
    full = []
    for change in (99, 1, -49, -1):
        if change > 0:
            buffer.take(change)
        else:
            buffer.give_back(-change)
        full.append(buffer.full)
        assert await buffer.wait_for_room(0.01) is not buffer.full
    assert full == [False, True, True, False]
