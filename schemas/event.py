"""An event as the hub works with it: decoded, checked, with its digest and its place in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from schemas.catalogue import CATALOGUE, DEPARTMENTS

SortKey = tuple[datetime, int, int, UUID]

# Asia/Kolkata has kept this offset, without summer time, for all the years that an event can have.
KOLKATA: Final = timedelta(hours=5, minutes=30)
_ORDER: Final = {department: order for order, department in enumerate(DEPARTMENTS)}
_NOMINAL: Final = {name: line.nominal - KOLKATA for name, line in CATALOGUE.items()}


class Event(NamedTuple):
    """One valid event. A named tuple, since one is made for every record that is read."""

    type: str  # "court.BailGranted"
    event_id: UUID
    digest: bytes  # content digest, 32 bytes
    anchor: str  # canonical text
    claims: tuple[str, ...]  # canonical texts, sorted, unique
    supersedes: UUID | None
    source: str
    source_epoch: int
    source_seq: int
    source_record: str
    occurred_at: datetime  # aware, UTC
    recorded_at: datetime  # aware, UTC
    sort_key: SortKey
    writer: bytes  # fingerprint of the writer's schema, 32 bytes
    body: dict[str, Any]  # the record as our newest schema has it, envelope included


def sort_key(event: str, topic: str, envelope: dict[str, Any]) -> SortKey:
    """Where an event stands among others: moment, department, source sequence, event id.

    An event of which only the day is known stands at its type's nominal hour of that day in Asia/Kolkata. The
    department is the topic's, so that a retraction stands with its department.
    """
    moment = envelope["occurred_at"]
    if envelope["occurred_precision"] == "DAY":
        there = moment + KOLKATA
        moment = datetime(there.year, there.month, there.day, tzinfo=UTC) + _NOMINAL[event]
    return moment, _ORDER[topic.partition(".")[0]], envelope["source_seq"], envelope["event_id"]


def event_id_of(text: str) -> UUID | None:
    """The UUID that a text is the canonical spelling of, or None."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None
