"""The world that every measurement reads: one simulated district, encoded once, more than twenty events a case.

`stream` of ops.simulate is lived through in flat memory, with the usual disorder; what comes out are messages as a
publisher sends them, with the topic and the partition that the broker would give them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from zlib import crc32

from connectors.publisher import topic_of
from ops.simulate import USUAL, Settings, stream
from projections.store.ports import RawRecord
from schemas.codec import Encoder, Message
from schemas.topics import PARTITIONS

DAYS = 180
EVENTS_A_CASE = 46
"""What a case comes to in so many days under the usual disorder (measured; `World` counts what it really was)."""
CALLS = 0.2
"""Calls to 112 for each FIR: fewer than there are, since a call's file is short and flatters every rate."""


class Sent(NamedTuple):
    """One message and where it goes."""

    topic: str
    message: Message


def cases_for(events: int) -> int:
    """How many cases make about so many events."""
    return max(1, round(events / EVENTS_A_CASE))


def messages(events: int, id_of: Callable[[str], int], seed: int = 1) -> Iterator[Sent]:
    """About `events` events of whole cases, in order of arrival, encoded with the schema ids that `id_of` gives."""
    encoder = Encoder(id_of)
    for event, record in stream(Settings(cases_for(events), DAYS, seed, USUAL, calls=CALLS)):
        yield Sent(topic_of(event, record), encoder.encode(event, record))


def partition_of(key: bytes | None) -> int:
    """A partition for a key, where no broker is there to choose: one key, one partition."""
    return crc32(key or b"") % PARTITIONS


def records(events: int, id_of: Callable[[str], int], seed: int = 1) -> Iterator[RawRecord]:
    """The same events as the log would hold them, without a broker; append times are a millisecond apart."""
    ends: dict[tuple[str, int], int] = {}
    for number, (topic, message) in enumerate(messages(events, id_of, seed)):
        partition = partition_of(message.key)
        offset = ends.get((topic, partition), 0)
        ends[topic, partition] = offset + 1
        yield RawRecord(
            topic, partition, offset, 1_740_000_000_000 + number, message.key, message.value, message.headers
        )


def in_fetches(log: list[RawRecord], size: int) -> list[RawRecord]:
    """The order in which a worker that is far behind meets a log: `size` records of one partition, then of the next."""
    queues: dict[tuple[str, int], list[RawRecord]] = {}
    for raw in log:
        queues.setdefault((raw.topic, raw.partition), []).append(raw)
    found: list[RawRecord] = []
    at = 0
    while len(found) < len(log):
        for queue in queues.values():
            found += queue[at : at + size]
        at += size
    return found
