"""Fetches made without a broker, for tests of what comes after it."""

from aiokafka import ConsumerRecord

from projections.store.ports import TP
from streams.fetches import Buffer, Fetch, size_of


def fetched(
    tp: TP, offsets: range, buffer: Buffer, *, start: int | None = None, epoch: int = 1, size: int = 10
) -> Fetch:
    """A fetch of these offsets; `start`: the reading position before it, by default its first offset."""
    records = [
        ConsumerRecord(tp[0], tp[1], n, 0, 1, b"k", f"{n:0{size}}".encode(), None, 1, size, ())
        for n in offsets
    ]
    first = offsets.start if start is None else start
    return Fetch(tp, records, first, offsets.stop, offsets.stop, epoch, size_of(records), buffer)
