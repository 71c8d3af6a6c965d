"""One event on its way into a file: its id, department and civil day, worked out once for all handlers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

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
    recorded_at: str
    at: str
    """The instant at which it stands in the order, ISO text."""


def telling(event: Event) -> Telling:
    """Look at an event once."""
    kind = event.type
    at = event.sort_key[0]
    # One call writes the three texts in a third of the time that str() and isoformat() take: ["…","…","…"].
    texts = orjson.dumps((event.event_id, event.recorded_at, at)).decode()
    event_id, recorded_at, stands_at = texts[2:-2].split('","')
    department = kind[: kind.index(".")]
    return Telling(
        event_id, kind, department, civil_day(at), event.anchor, event.body, recorded_at, stands_at
    )


def listed(event: Event, told: Telling) -> Json:
    """The event as the file lists it, so that each Fact's event id resolves inside the file.

    `occurred_at` is a civil day where the source knows no more; then `at` is the instant at which it stands in the
    order, else it stands at `occurred_at`. `sensitivity` stands where it is not NORMAL.
    """
    precision = told.body["envelope"]["occurred_precision"]
    row = {
        "id": told.id,
        "type": told.type,
        "department": told.by,
        "source": event.source,
        "anchor": told.anchor,
        "occurred_at": told.at,
        "precision": precision,
        "recorded_at": told.recorded_at,
    }
    sensitivity = told.body["envelope"]["sensitivity"]
    if sensitivity != "NORMAL":
        row["sensitivity"] = sensitivity
    if precision == "DAY":
        row["occurred_at"] = told.day
        row["at"] = told.at
    return row


def item(told: Telling) -> Json:
    """The start of an entry of a list: it names its event and its day."""
    return {"event": told.id, "on": told.day}
