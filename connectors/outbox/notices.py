"""What a source says about its own numbers: the window that it has closed, the number that it has voided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from connectors.outbox.drafts import NO_ID, Draft, draft
from schemas.windows import SEQUENCE_VOIDED, WINDOW_CLOSED, source_identifier, window_digest

_NO_PERSON = b""  # nobody is described in these events, so that no key is needed


def window_closed(
    source: str, epoch: int, numbered: Sequence[tuple[int, UUID]], opened: datetime, now: datetime
) -> Draft:
    """The manifest of a window: all its numbers, in order, with the ids of their events; not empty."""
    first, last = numbered[0][0], numbered[-1][0]
    body = {
        "opened_at": opened,
        "closed_at": now,
        "first_seq": first,
        "last_seq": last,
        "count": len(numbered),
        "digest": window_digest(numbered),
    }
    return _notice(WINDOW_CLOSED, source, f"window/{epoch}/{first}-{last}", now, body)


def voided(
    source: str, number: tuple[int, int], event: tuple[UUID, str], reason: str, now: datetime
) -> Draft:
    """That nothing will come under `number` (epoch, sequence), given to `event` (id, type)."""
    epoch, seq = number
    body = {
        "voided_epoch": epoch,
        "voided_seq": seq,
        "voided_event": str(event[0]),
        "voided_type": event[1],
        "reason": reason,
    }
    return _notice(SEQUENCE_VOIDED, source, f"void/{epoch}/{seq}", now, body)


def _notice(event: str, source: str, row: str, now: datetime, body: dict[str, Any]) -> Draft:
    envelope = {
        "event_id": NO_ID,
        "source": source,
        "source_seq": 1,  # until it is kept
        "source_record": row,
        "occurred_at": now,
        "occurred_precision": "INSTANT",
        "recorded_at": now,
        "anchor": source_identifier(source),
    }
    return draft(event, {"envelope": envelope, **body}, _NO_PERSON)
