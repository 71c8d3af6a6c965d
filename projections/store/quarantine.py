"""Reads what is set aside and not settled yet: records that could not be read, and events that the ledger refused.

One view says what is open, for lists; the same condition as in given.py, which says it for one file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]

# The view says what is open, of both kinds, under the names of set_aside (ddl/055_open.sql).
_OPEN: Final = "open_aside"
_PROPOSALS: Final = (
    "SELECT event_id FROM ledger WHERE type = 'hub.RepairProposed' AND effective ORDER BY known_at"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are alike: set aside for one reason, of one source, of one type."""

    reason: str
    source: str | None
    topic: str
    type: str | None
    records: int
    copies: int
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """One record that is set aside, whole."""

    id: UUID
    digest: bytes
    reason: str
    detail: str
    topic: str
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, str | None]]
    type: str | None
    source: str | None
    source_epoch: int | None
    source_seq: int | None
    anchor: str | None
    known_at: datetime
    copies: int


def groups(conn: Connection, source: str | None, reason: str | None, *, door: bool = False) -> list[Group]:
    """The open records in groups, the largest first. `door`: as somebody whom the database knows by his ticket."""
    shown = "steward_open" if door else _OPEN
    return [
        Group(*row)
        for row in conn.execute(
            f"SELECT reason, source, topic, type, count(*), sum(copies)::bigint, min(known_at), max(known_at)"
            f" FROM {shown} WHERE (%(source)s::text IS NULL OR source = %(source)s)"
            " AND (%(reason)s::text IS NULL OR reason = %(reason)s)"
            " GROUP BY reason, source, topic, type ORDER BY count(*) DESC, reason, source, topic, type",
            {"source": source, "reason": reason},
        )
    ]


@dataclass(frozen=True, slots=True)
class OfSource:
    """How many open records of one source are set aside for one reason."""

    source: str | None
    epoch: int | None
    topic: str
    reason: str
    records: int


def by_source(conn: Connection, source: str | None) -> list[OfSource]:
    """How many open records each source has, by reason."""
    return [
        OfSource(*row)
        for row in conn.execute(
            "SELECT source, source_epoch, topic, reason, records FROM ops_open"
            " WHERE %(source)s::text IS NULL OR source = %(source)s ORDER BY source, source_epoch, topic, reason",
            {"source": source},
        )
    ]


def records(conn: Connection, source: str | None, reason: str | None, limit: int) -> list[Record]:
    """Open records, the newest first."""
    return _read(
        conn,
        f"SELECT * FROM {_OPEN} WHERE (%(source)s::text IS NULL OR source = %(source)s)"
        " AND (%(reason)s::text IS NULL OR reason = %(reason)s) ORDER BY known_at DESC, id LIMIT %(limit)s",
        {"source": source, "reason": reason, "limit": limit},
    )


def one(conn: Connection, record_id: UUID) -> list[Record]:
    """The open records of an id; several where one id came with several contents."""
    return _read(
        conn,
        f"SELECT * FROM {_OPEN} WHERE id = %(id)s ORDER BY known_at, digest",
        {"id": record_id},
    )


def proposals(conn: Connection) -> list[UUID]:
    """Event ids of all repairs that were proposed, oldest first."""
    return [row[0] for row in conn.execute(_PROPOSALS)]


def _read(conn: Connection, query: str, parameters: dict[str, Any]) -> list[Record]:
    found = []
    for row in conn.execute(query, parameters):
        values = list(row)
        values[7] = [(name, text) for name, text in orjson.loads(row[7] or b"[]")]
        found.append(Record(*values))
    return found
