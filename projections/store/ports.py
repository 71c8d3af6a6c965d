"""What the streams hand to the store, and what the store promises them: the one seam between the two rooms.

`streams/` knows brokers and threads, a projector knows tables. Between them go records, claims on
partitions and outcomes, nothing else; so the store never imports a Kafka client and the streams never write
SQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

import psycopg

TP = tuple[str, int]
"""(topic, partition)."""

ENVIRONMENT_ERRORS: tuple[type[Exception], ...] = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    # What befalls a process that was frozen in mid-transaction, and one that reached a replica after a
    # fail-over: psycopg counts them among internal errors.
    psycopg.errors.IdleInTransactionSessionTimeout,
    psycopg.errors.ReadOnlySqlTransaction,
)
"""The database is away, restarting, out of room, or asks to try again (deadlock, lock time-out): no fault of
the batch. Whoever calls a projector repeats the call with the same arguments; anything else that a
projector raises is an error of ours and ends the process."""


class RawRecord(NamedTuple):
    """One record as it stands in the log. `timestamp_ms` is the broker's append time (topics use
    LogAppendTime)."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]


class Claim(NamedTuple):
    """One owner's right to move one partition's watermark: void as soon as the row's epoch is another."""

    topic_id: UUID
    epoch: int
    next_offset: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one committed batch did.

    `next_offsets`: the watermark of each partition that it had a right to, after it.
    `lost`: partitions whose epoch was no longer the caller's; nothing of theirs was stored by this call.
    `events`: how many records were new (those below the watermark are not counted).
    """

    next_offsets: Mapping[TP, int]
    lost: frozenset[TP]
    events: int


P = TypeVar("P")
"""What `prepare` makes and `project` takes: the projector's own business."""


class Projector(Protocol[P]):
    """Stores batches. Its database methods are called from one thread, one at a time; `prepare` from another."""

    def assign(self, partitions: Mapping[TP, UUID]) -> dict[TP, Claim]:
        """Take over these partitions (partition -> topic id), fencing whoever had them; says where to resume."""
        ...

    def positions(self, partitions: Mapping[TP, UUID]) -> dict[TP, int]:
        """The watermarks of these partitions, whoever owns them; 0 where nothing was ever stored."""
        ...

    def prepare(self, records: Sequence[RawRecord]) -> P:
        """Decode. Processor only, no database: it runs while the batch before is in the database."""
        ...

    def project(self, prepared: P, claims: Mapping[TP, Claim]) -> Outcome:
        """Store the batch and move the watermarks in one transaction.

        Records of partitions that are not in `claims`, or whose epoch is no longer the claim's, are left
        out and the partition is reported lost; records below the watermark are left out silently. So the
        call may be repeated after any of ENVIRONMENT_ERRORS, also when it is unknown whether the COMMIT
        arrived.
        """
        ...
