"""The queue of fetches and how a batch is cut from it: whole fetches where they fit, pieces where they don't."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from projections.store.ports import RawRecord
from streams.fetches import Fetch


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a batch, and the pauses between tries of one that fails, in seconds.

    `linger`: how long a batch's first record waits for others while the database is free. `lookahead`:
    records that are worth cutting, and so decoding, while the database is busy. A worker far behind gains by
    large batches: a file is folded once a batch, however many of its events are in it.
    """

    records: int = 4000
    nbytes: int = 8 << 20
    linger: float = 0.02
    lookahead: int = 1000
    first_retry: float = 0.1
    longest_retry: float = 5.0


@dataclass(slots=True)
class Waiting:
    """A fetch in the queue. `at`: when it came. `taken`: how many of its records are in batches already."""

    fetch: Fetch
    acknowledge: Callable[[], object]
    at: float
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Pieces of fetches, in order within each partition; `finished`: fetches whose last record is in it.

    `tenure`: under which assignment it was cut; it is stored under no other.
    """

    pieces: Sequence[tuple[Fetch, int, int]]
    finished: Sequence[Waiting]
    tenure: int

    def records(self) -> Iterator[RawRecord]:
        """The records as the store takes them."""
        for fetch, start, end in self.pieces:
            topic, partition = fetch.tp
            for r in fetch.records[start:end]:
                yield RawRecord(topic, partition, r.offset, r.timestamp, r.key, r.value, r.headers)


class FetchQueue:
    """Fetches in the order in which they came, with the number of records and bytes that are in no batch yet."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self.records = 0
        self.nbytes = 0

    def __bool__(self) -> bool:
        return bool(self._waiting)

    @property
    def since(self) -> float:
        """When the first fetch came."""
        return self._waiting[0].at

    def append(self, waiting: Waiting) -> None:
        """Queue a fetch."""
        self._waiting.append(waiting)
        self.records += len(waiting.fetch.records)
        self.nbytes += waiting.fetch.nbytes

    def cut(self, limits: Limits, tenure: int) -> Batch:
        """Take a batch off the front: up to the limits, and at least one record if there is one."""
        room, nbytes = limits.records, limits.nbytes
        pieces: list[tuple[Fetch, int, int]] = []
        finished: list[Waiting] = []
        while self._waiting and room > 0 and nbytes > 0:
            waiting = self._waiting[0]
            fetch, start = waiting.fetch, waiting.taken
            end = min(start + room, len(fetch.records))
            pieces.append((fetch, start, end))
            room -= end - start
            nbytes -= fetch.nbytes * (end - start) // len(fetch.records)
            self.records -= end - start
            waiting.taken = end
            if end == len(fetch.records):
                self.nbytes -= fetch.nbytes
                finished.append(self._waiting.popleft())
        return Batch(pieces, finished, tenure)

    def drop(self, unwanted: Callable[[Fetch], bool]) -> None:
        """Take fetches out and give their room back."""
        kept: deque[Waiting] = deque()
        for waiting in self._waiting:
            if unwanted(waiting.fetch):
                self.records -= len(waiting.fetch.records) - waiting.taken
                self.nbytes -= waiting.fetch.nbytes
                waiting.fetch.buffer.give_back(waiting.fetch.nbytes)
            else:
                kept.append(waiting)
        self._waiting = kept
