"""Reads again what was set aside because of what the hub did not know then: a schema, or an event type.

A rebuild reads every record with what is known at its time. So must the live tables, or the two would differ: what is
in the log is as if it had been readable at once. A record that can be read now is taken out of `set_aside` and goes the
way of every arrival, with the broker's time at which it first came. What is set aside for another reason by now is set
aside for that one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import orjson
import psycopg
from psycopg import Cursor

from projections.store.aside import Aside
from projections.store.entries import Arrival
from projections.store.intake import Intake
from projections.store.ports import RawRecord
from schemas.reasons import Reason

Cur = Cursor[Any]

_AT_ONCE: Final = 500

# Locked, and left to the other worker that has them: two that read the same record again would meet in the ledger.
_DUE: Final = """
SELECT id, digest, reason, topic, key, value, headers, anchor, copies, (extract(epoch FROM known_at) * 1000)::bigint
FROM set_aside WHERE reason = ANY(%s) AND (id, digest) > (%s, %s)
AND (%s::bytea[] IS NULL OR substr(value, 1, 5) = ANY(%s)) ORDER BY id, digest LIMIT %s
FOR UPDATE SKIP LOCKED
"""
_MISSING: Final = "SELECT DISTINCT substr(value, 2, 4) FROM set_aside WHERE reason = 'SCHEMA_NOT_FOUND'"


@dataclass(slots=True)
class Retaken:
    """What some records came to, read again. `anchors`: those whose files were incomplete for their sake."""

    arrivals: list[Arrival] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    copies: dict[tuple[UUID, bytes], int] = field(default_factory=dict)
    read: int = 0
    after: tuple[UUID, bytes] = (UUID(int=0), b"")
    done: bool = False
    """Whether there is nothing after these."""

    @property
    def changed(self) -> bool:
        """Whether anything is to be stored."""
        return bool(self.arrivals or self.asides)


@dataclass(frozen=True, slots=True)
class Due:
    """What is read again: records set aside for these reasons; of these schema ids, where any are named."""

    reasons: frozenset[Reason]
    schema_ids: frozenset[int] | None = None


def missing(conn: psycopg.Connection[Any]) -> set[int]:
    """The ids of schemas for want of which records were set aside."""
    return {int.from_bytes(row[0]) for row in conn.execute(_MISSING) if len(row[0]) == 4}


def take_out(cur: Cur, intake: Intake, due: Due, after: tuple[UUID, bytes]) -> Retaken:
    """Read the next records that are due again, and take those out that come to something else."""
    found = Retaken(after=after)
    frames = None if due.schema_ids is None else [b"\0" + number.to_bytes(4) for number in due.schema_ids]
    rows = cur.execute(_DUE, (sorted(due.reasons), *after, frames, frames, _AT_ONCE)).fetchall()
    found.done = len(rows) < _AT_ONCE
    for event_id, digest, reason, topic, key, value, headers, anchor, copies, known in rows:
        found.after = event_id, digest
        raw = RawRecord(topic, 0, 0, known, key, value, _headers(headers))
        got = intake.take(raw)
        if isinstance(got, Aside) and (got.reason, got.id) == (reason, event_id):
            continue
        cur.execute("DELETE FROM set_aside WHERE id = %s AND digest = %s", (event_id, digest))
        found.read += 1
        if anchor is not None:
            found.anchors.add(anchor)
        if isinstance(got, Aside):
            found.asides.append(got)
            found.copies[got.id, digest] = copies
        else:
            found.arrivals += got
    return found


def recount(cur: Cur, found: Retaken) -> None:
    """Of what was set aside anew: how often it had come."""
    for (event_id, digest), copies in found.copies.items():
        cur.execute(
            "UPDATE set_aside SET copies = greatest(copies, %s) WHERE id = %s AND digest = %s",
            (copies, event_id, digest),
        )


def _headers(kept: bytes | None) -> list[tuple[str, bytes | None]]:
    return [(name, None if text is None else text.encode()) for name, text in orjson.loads(kept or b"[]")]
