"""A partition fetch as one item, and the byte budget that all fetches in memory share.

The transport hands on whole fetches, because per-message work between client and agent is what makes stock
Faust slow. What bounds memory is therefore not a number of messages but a number of bytes: a `Buffer`
counts what was fetched and is not yet stored, and the transport pauses its partitions while it is full.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ops.base.metrics import BUFFER_BYTES
from projections.store.ports import TP

RECORD_OVERHEAD = 450
HEADER_OVERHEAD = 180
"""Bytes that a record, and each of its headers, takes in memory beside its value (measured): the client's
object, the tuple made of it, the key. Small records cost mostly this."""


class Record(Protocol):
    """What is read of the client's record."""

    offset: int
    timestamp: int
    timestamp_type: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]
    serialized_value_size: int


class Buffer:
    """Counts the bytes of one assignment's fetches that are not stored yet. Belongs to the event loop.

    Each assignment gets a new one, so that fetches of an earlier assignment which nobody will store (they
    were dropped with the queues) can't use up the budget of the next.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self._room = asyncio.Event()
        self._room.set()

    @property
    def full(self) -> bool:
        """True from reaching the limit until half of it is free again, so that pausing does not flutter."""
        return not self._room.is_set()

    def take(self, nbytes: int) -> None:
        """Count a fetch in."""
        self.used += nbytes
        BUFFER_BYTES.set(self.used)
        if self.used >= self.limit:
            self._room.clear()

    def give_back(self, nbytes: int) -> None:
        """Count a fetch out, stored or dropped."""
        self.used -= nbytes
        BUFFER_BYTES.set(self.used)
        if self.used <= self.limit // 2:
            self._room.set()

    async def wait_for_room(self, seconds: float) -> bool:
        """Wait at most so long; True if there is room."""
        try:
            async with asyncio.timeout(seconds):
                await self._room.wait()
        except TimeoutError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Fetch:
    """All records that one fetch brought for one partition, in offset order; at least one.

    `start` and `next`: the reading position before and after. Offsets may have holes, positions have none:
    the next fetch of this partition starts where this one ended, or something in between was dropped.
    `end`: the partition's end offset at that moment, for the lag. `epoch`: of the claim that it was read
    under; a fetch that comes out of a queue after its partition was claimed anew is void.
    """

    tp: TP
    records: Sequence[Record]
    start: int
    next: int
    end: int
    epoch: int
    nbytes: int
    buffer: Buffer


def size_of(records: Sequence[Record]) -> int:
    """The bytes that these records take in memory, about. (A null value counts -1: not worth a branch.)"""
    return RECORD_OVERHEAD * len(records) + sum(
        record.serialized_value_size + HEADER_OVERHEAD * len(record.headers) for record in records
    )
