"""A ledger row, on its way in (`Arrival`) and on its way out (`Entry`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from schemas.event import Event

COLUMNS = (
    "event_id", "digest", "repair", "type", "topic", "key", "value", "headers", "fingerprint", "source",
    "source_epoch", "source_seq", "source_record", "recorded_at", "known_at", "anchor", "claims", "supersedes",
)  # fmt: skip
TYPES = (
    "uuid", "bytea", "bool", "text", "text", "bytea", "bytea", "bytea", "bytea", "text",
    "int4", "int8", "text", "timestamptz", "timestamptz", "text", "text[]", "uuid",
)  # fmt: skip


#: The columns of an `Entry`, in its order: what was settled of the row, and the row.
ENTRY = ("standing", "effective", "refused", "live", *COLUMNS)


@dataclass(slots=True)
class Arrival:
    """An event with what the ledger keeps of the record that brought it."""

    event: Event
    topic: str
    key: bytes | None
    value: bytes
    headers: bytes
    """JSON [[name, text]…] of the headers that do not repeat the envelope."""
    known_at: datetime
    repair: bool = False
    """It came inside an approved repair."""

    def merged(self, other: Arrival) -> Arrival:
        """Two copies of one content as one: the least times, the least place in the source's numbering."""
        one, two = self.event, other.event
        recorded_at = min(one.recorded_at, two.recorded_at)
        epoch, seq = min((one.source_epoch, one.source_seq), (two.source_epoch, two.source_seq))
        return replace(
            self,
            event=restated(one, recorded_at, epoch, seq),
            known_at=min(self.known_at, other.known_at),
            repair=self.repair or other.repair,
        )


@dataclass(slots=True)
class Entry:
    """A ledger row. `digest` None: a stub for an event that has not come; then all after `event_id` is None."""

    standing: bool
    effective: bool
    refused: str | None
    live: bool
    event_id: UUID
    digest: bytes
    repair: bool
    type: str
    topic: str
    key: bytes | None
    value: bytes
    headers: bytes
    fingerprint: bytes
    source: str
    source_epoch: int
    source_seq: int
    source_record: str
    recorded_at: datetime
    known_at: datetime
    anchor: str
    claims: list[str]
    supersedes: UUID | None


#: Reads a ledger row's value back into an event, with the times that its copies came to.
Revive = Callable[[Entry], Event]


def row_of(arrival: Arrival) -> tuple[Any, ...]:
    """The row of an arrival, in the order of COLUMNS."""
    e = arrival.event
    return (
        e.event_id, e.digest, arrival.repair, e.type, arrival.topic, arrival.key, arrival.value, arrival.headers,
        e.writer, e.source, e.source_epoch, e.source_seq, e.source_record, e.recorded_at,
        arrival.known_at, e.anchor, list(e.claims), e.supersedes,
    )  # fmt: skip


def restated(event: Event, recorded_at: datetime, epoch: int, seq: int) -> Event:
    """An event with the times that its copies came to; its place in the order of events moves with them."""
    if (event.recorded_at, event.source_epoch, event.source_seq) == (recorded_at, epoch, seq):
        return event
    instant, department, _, event_id = event.sort_key
    return event._replace(
        recorded_at=recorded_at,
        source_epoch=epoch,
        source_seq=seq,
        sort_key=(instant, department, seq, event_id),
    )
