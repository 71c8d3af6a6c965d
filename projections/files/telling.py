"""One event on its way into a file: its id, department and civil day, worked out once for all handlers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from projections.files.values import civil_day

if TYPE_CHECKING:
    from schemas.event import Event

Json = dict[str, Any]


@dataclass(slots=True)
class Telling:
    """What a handler needs to know of an event beside its body."""

    id: str
    type: str
    by: str
    """The department."""
    day: str
    """The civil day in Asia/Kolkata, ISO text."""
    anchor: str
    body: Any
    """The decoded record; each handler casts it to the TypedDict of its type."""


def telling(event: Event) -> Telling:
    """Look at an event once."""
    kind = event.type
    return Telling(
        str(event.event_id),
        kind,
        kind[: kind.index(".")],
        civil_day(event.sort_key[0]),
        event.anchor,
        event.body,
    )


def listed(event: Event, told: Telling) -> Json:
    """The event as the file lists it, so that each Fact's event id resolves inside the file.

    `at` is the instant at which it stands in the order; `occurred_at` is a civil day where the source knows no more.
    """
    at = event.sort_key[0].isoformat()
    precision = event.body["envelope"]["occurred_precision"]
    return {
        "id": told.id,
        "type": told.type,
        "department": told.by,
        "source": event.source,
        "anchor": told.anchor,
        "occurred_at": told.day if precision == "DAY" else event.occurred_at.isoformat(),
        "precision": precision,
        "recorded_at": event.recorded_at.isoformat(),
        "at": at,
    }


def item(told: Telling) -> Json:
    """The start of an entry of a list: it names its event and its day."""
    return {"event": told.id, "on": told.day}
