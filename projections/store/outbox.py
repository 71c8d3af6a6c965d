"""What a batch leaves to be told: one row in its own transaction, so that nothing is told that is not stored, and
whatever is stored is told.

The row names files and events and says nothing of them; it costs a batch one INSERT. Who sends (streams/outbound.py)
reads what they have come to by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Cursor

Connection = psycopg.Connection[tuple[Any, ...]]

#: Roots of one row where a whole generation is to be told: what bounds the memory of whoever sends it.
_CHUNK = 500
_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Note:
    """One row: what one batch changed and took in."""

    id: int
    told_at: datetime
    roots: list[str]
    events: list[UUID]
    asides: list[UUID]


def leave(cur: Cursor[Any], roots: Sequence[str], events: Iterable[UUID], asides: Iterable[UUID]) -> None:
    """Leave a batch's row. Nothing is written for a batch that changed nothing and took nothing in."""
    packed, set_aside = _packed(events), _packed(asides)
    if roots or packed or set_aside:
        cur.execute(
            "INSERT INTO outbox (roots, events, asides) VALUES (%s, %s, %s)", (roots, packed, set_aside)
        )


def leave_all(conn: Connection, name: str, former: str | None) -> None:
    """Leave it to be told how every file of the generation `name`, and of the one before, stands there now.

    In the transaction that makes it the active one; whoever sends passes over what was sent already.
    """
    of_former = f" UNION SELECT root FROM {former}.file WHERE content IS NOT NULL" if former else ""
    conn.execute(
        f"INSERT INTO {name}.outbox (roots, events, asides) SELECT array_agg(root), '', ''"
        f" FROM (SELECT root, (row_number() OVER (ORDER BY root)) / {_CHUNK} AS part"
        f" FROM (SELECT root FROM {name}.file WHERE content IS NOT NULL{of_former}) f) p"
        " GROUP BY part ORDER BY part"
    )


def waiting(conn: Connection, most: int) -> list[Note]:
    """The oldest rows, at most so many."""
    return [
        Note(row[0], row[1], row[2], _unpacked(row[3]), _unpacked(row[4]))
        for row in conn.execute(
            "SELECT id, told_at, roots, events, asides FROM outbox ORDER BY id LIMIT %s", (most,), binary=True
        )
    ]


def newest(conn: Connection) -> int:
    """The greatest id of the rows that wait; 0 where none does."""
    row = conn.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()
    return int(row[0]) if row else 0


def told(conn: Connection, notes: Iterable[Note]) -> None:
    """Delete rows that were sent."""
    conn.execute("DELETE FROM outbox WHERE id = ANY(%s)", ([note.id for note in notes],))


def _packed(ids: Iterable[UUID]) -> bytes:
    return b"".join([one.bytes for one in ids])


def _unpacked(packed: bytes) -> list[UUID]:
    return [UUID(bytes=packed[at : at + _WIDTH]) for at in range(0, len(packed), _WIDTH)]
