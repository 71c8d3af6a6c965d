"""What goes into the outbox and comes out of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Outcome(StrEnum):
    """What became of an event that was to be kept."""

    KEPT = "KEPT"
    """It is on disk, under a number."""
    KNOWN = "KNOWN"
    """It was kept before, with the same content."""
    ID_REUSED = "ID_REUSED"
    """Its id was given to an event of another content: nothing was kept."""
    NUMBER_TAKEN = "NUMBER_TAKEN"
    """Its source, which numbers itself, gave this number to another event: nothing was kept."""


class Kept(NamedTuple):
    """The outcome, and the number that stands for this id; zeroes where there is none."""

    event_id: UUID
    outcome: Outcome
    epoch: int
    seq: int


class Unsent(NamedTuple):
    """An event that the broker has not acknowledged. `mark` is the fingerprint of the body's schema."""

    position: int
    event_id: UUID
    type: str
    topic: str
    key: bytes
    headers: list[tuple[str, bytes]]
    mark: bytes
    body: bytes


class Sent(NamedTuple):
    """Where the broker keeps an event."""

    position: int
    partition: int
    offset: int


class Refusal(NamedTuple):
    """An event that the broker or the registry will never take, and their reason."""

    position: int
    reason: str


class State(StrEnum):
    """How far a kept event is."""

    WAITING = "WAITING"
    """On disk; the broker has not acknowledged it."""
    SENT = "SENT"
    """The broker has it for good."""
    VOIDED = "VOIDED"
    """The broker or the registry will never take it; its number was voided."""


class Receipt(NamedTuple):
    """What is known of a kept event. `partition` and `offset` once it was sent, `reason` once it was voided."""

    event_id: UUID
    type: str
    topic: str
    source: str
    epoch: int
    seq: int
    kept_at: datetime
    settled_at: datetime | None
    partition: int | None
    offset: int | None
    reason: str | None

    @property
    def state(self) -> State:
        """How far it is."""
        if self.settled_at is None:
            return State.WAITING
        return State.SENT if self.reason is None else State.VOIDED
