"""The forms of the gateway's answers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from connectors.outbox.records import State


class Status(StrEnum):
    """What became of one event of a request."""

    KEPT = "KEPT"
    """On disk, numbered: it will arrive."""
    KNOWN = "KNOWN"
    """It was kept before: nothing to do."""
    VALID = "VALID"
    """It would be kept; it was only checked."""
    REFUSED = "REFUSED"
    """It was not kept: see reason and detail."""


class Item(BaseModel):
    """What became of one event, in the order of the request."""

    index: int = Field(description="its place in the request, from 0")
    status: Status
    event_id: str | None = Field(
        default=None, description="its id; derived from source, row and content if it had none"
    )
    source_epoch: int | None = None
    source_seq: int | None = Field(default=None, description="the number that it has in its source, for good")
    reason: str | None = Field(default=None, description="why it was refused, as docs/departments.md lists")
    detail: str | None = Field(default=None, description="which field, and what was expected")
    what_to_do: str | None = None
    topic: str | None = Field(default=None, description="validate: where it would stand")
    key: str | None = Field(
        default=None, description="validate: the record's key, that of the file it joins first"
    )
    event: dict[str, Any] | None = Field(
        default=None, description="validate: the event as it would be published"
    )


class Answer(BaseModel):
    """What became of the events of a request."""

    accepted: int = Field(description="KEPT, KNOWN or VALID")
    refused: int
    items: list[Item]


class ReceiptAnswer(BaseModel):
    """What became of an event that was kept."""

    event_id: str
    state: State = Field(description="WAITING on disk, SENT and acknowledged by the broker, VOIDED")
    type: str
    source: str
    source_epoch: int
    source_seq: int
    kept_at: datetime
    settled_at: datetime | None = None
    topic: str
    partition: int | None = None
    offset: int | None = None
    reason: str | None = Field(default=None, description="why its number was voided")


class PublisherAnswer(BaseModel):
    """Who you are, and what you may publish."""

    publisher: str
    department: str
    sources: list[str] = Field(description="beginnings of envelope.source")
    types: list[str]
    numbers_itself: bool = Field(description="whether envelope.source_seq is yours to give")
    events_per_second: int


class Health(BaseModel):
    """Whether events can be taken, and how far they are."""

    status: str
    waiting: int = Field(description="events on disk that the broker does not have yet")
    trouble: str | None = Field(default=None, description="why the broker does not get them")
