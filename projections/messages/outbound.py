"""The first part of every message: which it is, of which key, its place there, and what it replaces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

import orjson

Json = dict[str, Any]

_NAMESPACE: Final = UUID("5b0c5e0e-64a1-5d0b-a4d7-0b9a3d0f6a11")


class Place(NamedTuple):
    """The last message of a key: its id and its place, from 1."""

    message_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent: `name` as the catalogue of messages has it; `record` None takes the key's state away."""

    topic: str
    name: str
    key: str
    record: Json | None
    place: Place


def outgoing(
    topic: str, name: str, key: str, content: Json | None, before: Place | None, at: datetime, generation: str
) -> Outgoing:
    """A message with this content. Sent twice it has one id: UUIDv5 of key, content and what it replaces."""
    replaces = "" if before is None else str(before.message_id)
    place = Place(
        uuid5(_NAMESPACE, orjson.dumps([key, digest(content).hex(), replaces]).decode()),
        1 if before is None else before.number + 1,
    )
    if content is None:
        return Outgoing(topic, name, key, None, place)
    head = {
        "message_id": place.message_id,
        "key": key,
        "order": place.number,
        "replaces": replaces,
        "sent_at": at,
        "generation": generation,
    }
    return Outgoing(topic, name, key, {"message": head, **content}, place)


def digest(content: Json | None) -> bytes:
    """SHA-256 of a message's content, which is what it says and not when or how it was sent."""
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()
