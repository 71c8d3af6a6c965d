"""An event by its id: what it says, since when the hub knows it, whether it counts, and if not, why."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from projections.questions.errors import NotFound
from projections.reasons import SUPERSEDED, meaning
from projections.store.reading import Found, FoundAside, Reader
from schemas.plain import to_plain

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """Every content that came under the id, the one that stands first, and what was set aside under it."""

    event_id: UUID
    contents: list[Json]
    set_aside: list[Json]

    def json(self) -> bytes:
        """The answer."""
        return orjson.dumps(self.plain())

    def plain(self) -> Json:
        """The answer before it is JSON."""
        return {"event_id": self.event_id, "contents": self.contents, "set_aside": self.set_aside}

    @property
    def tag(self) -> str:
        """Changes with the answer."""
        return hashlib.sha256(self.json()).hexdigest()[:32]


def event(reader: Reader, event_id: UUID) -> EventAnswer:
    """An event by its id. Raises NotFound."""
    found, aside = reader.event(event_id), reader.aside(event_id)
    if not found and not aside:
        raise NotFound(f"no event of the id {event_id} has come")
    return EventAnswer(event_id, [_content(one) for one in found], [_aside(one) for one in aside])


def _content(found: Found) -> Json:
    event = found.event
    return {
        "event": unsalted(to_plain(event.type, event.body)),
        "digest": event.digest.hex(),
        "topic": found.topic,
        "known_at": found.known_at,
        "effective": found.effective,
        "why_not": _why_not(found),
        "files": list(found.roots),
    }


def _why_not(found: Found) -> Json | None:
    """Why an event counts for nothing; None when it counts."""
    if found.effective:
        return None
    if found.refused is not None:
        return {"reason": found.refused, "meaning": meaning(found.refused)}
    if found.standing:
        reason, told = "SUPERSEDED", SUPERSEDED
    else:
        reason, told = (
            "ALIAS",
            "The same content of the same record came under another id, under which it stands.",
        )
    return {"reason": reason, "meaning": told, "instead": list(found.instead)}


def _aside(found: FoundAside) -> Json:
    return {
        "reason": found.reason,
        "meaning": meaning(found.reason),
        "detail": found.detail,
        "type": found.type,
        "topic": found.topic,
        "known_at": found.known_at,
    }


def unsalted(value: Any) -> Any:
    """Without salts: beside a digest, a salt lets anyone try names against a description that he may not see."""
    if isinstance(value, dict):
        return {key: unsalted(inner) for key, inner in value.items() if key != "salt"}
    return [unsalted(one) for one in value] if isinstance(value, list) else value
