"""The record in PostgreSQL: append, verify, and who has seen a record.

`append` returns when the entry is committed. Whoever cannot append gets AuditUnavailable, and answers nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any

import psycopg
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool, PoolTimeout

from ops.base.clock import Clock
from projections.audit.chain import Broken, Entry, verify
from projections.questions.errors import Unavailable

Connection = psycopg.Connection[tuple[Any, ...]]
_COLUMNS = tuple(one.name for one in fields(Entry))
_INSERT = (
    f"INSERT INTO access.entry ({', '.join(_COLUMNS)})"
    f" VALUES ({', '.join('%(' + name + ')s' for name in _COLUMNS)})"
)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM access.entry"


class AuditUnavailable(Unavailable):
    """The read cannot be recorded, and so is not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an entry says, before it has its place in the chain."""

    kind: str
    subject: str
    issuer: str
    role: str
    purpose: str
    question: str
    about: str
    reason: str = ""
    opened: int | None = None
    roots: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()


class Clerk:
    """Connections through the clerk's door, for the record and for sessions. Open while its `with` block runs."""

    def __init__(self, database: str, clock: Clock, most: int = 4, patience: float = 5.0) -> None:
        self.clock = clock
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            database,
            kwargs={"autocommit": True, "options": "-c timezone=UTC -c statement_timeout=10s"},
            min_size=1,
            max_size=most,
            open=False,
            timeout=patience,
            reconnect_timeout=patience,
            check=ConnectionPool.check_connection,
        )

    def __enter__(self) -> Clerk:
        self._pool.open()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection in autocommit. Raises AuditUnavailable."""
        try:
            with self._pool.connection() as conn:
                yield conn
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise AuditUnavailable(
                "the read cannot be put on record, and so is not answered: look at `sangam status`, then ask again"
            ) from error

    def append(self, said: Said, ticket: str | None = None) -> Entry:
        """Put an entry at the chain's end; it is committed when this returns. Raises AuditUnavailable."""
        with self.connection() as conn:
            try:
                return _append(conn, self.clock, said, ticket)
            except psycopg.errors.InsufficientPrivilege as error:
                raise AuditUnavailable(
                    "the record of reads cannot be written: tell whoever runs the hub"
                ) from error

    def open(self, said: Said) -> tuple[Entry, str]:
        """Put a question on record and get the ticket under which the database answers it."""
        ticket = secrets.token_urlsafe(24)
        return self.append(said, ticket), ticket


def _append(conn: Connection, clock: Clock, said: Said, ticket: str | None) -> Entry:
    with conn.transaction():
        head = conn.execute("SELECT seq, hash FROM access.head FOR UPDATE").fetchone()
        if head is None:
            raise AuditUnavailable("the record of reads has lost its head: run `sangam audit verify`")
        entry = Entry(
            seq=head[0] + 1, at=clock.now(), kind=said.kind, subject=said.subject, issuer=said.issuer,
            role=said.role, purpose=said.purpose, question=said.question, about=said.about, reason=said.reason,
            opened=said.opened, roots=sorted(said.roots), reach=sorted(said.reach),
            ticket=None if ticket is None else sha256(ticket.encode()).digest(), previous=bytes(head[1]),
        )  # fmt: skip
        entry = replace(entry, hash=entry.sealed())
        conn.execute(_INSERT, {name: getattr(entry, name) for name in _COLUMNS})
        conn.execute("UPDATE access.head SET seq = %s, hash = %s", (entry.seq, entry.hash))
    return entry


def check(conn: Connection) -> tuple[int, list[Broken]]:
    """Read the whole chain and say what is wrong with it; nothing is held in memory but one entry."""
    with conn.transaction():
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        ends: dict[int, bytes] = {
            row[0]: bytes(row[1])
            for row in conn.execute(
                "SELECT seq, hash FROM access.checkpoint UNION ALL SELECT seq, hash FROM access.head"
            )
        }
        with conn.cursor("chain", row_factory=class_row(Entry)) as cursor:
            cursor.execute(f"{_SELECT} ORDER BY seq, at, hash")
            return verify(cursor, ends)


def checkpoint(conn: Connection, clock: Clock) -> tuple[int, bytes]:
    """Note where the chain ends now; returns number and hash, for others to keep."""
    with conn.transaction():
        head = conn.execute("SELECT seq, hash FROM access.head FOR UPDATE").fetchone()
        assert head is not None  # noqa: S101  (000_access.sql puts it there)
        conn.execute(
            "INSERT INTO access.checkpoint (seq, hash, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (head[0], head[1], clock.now()),
        )
    return int(head[0]), bytes(head[1])


def who_saw(conn: Connection, root: str, most: int = 200) -> list[Entry]:
    """Every answer that showed a file, newest first."""
    with conn.cursor(row_factory=class_row(Entry)) as cursor:
        return cursor.execute(
            f"{_SELECT} WHERE roots @> ARRAY[%s] AND roots <> '{{}}' ORDER BY seq DESC LIMIT %s", (root, most)
        ).fetchall()


def latest(conn: Connection, before: int | None = None, most: int = 100) -> list[Entry]:
    """Entries, newest first; `before` is the number from which to go on."""
    with conn.cursor(row_factory=class_row(Entry)) as cursor:
        return cursor.execute(
            f"{_SELECT} WHERE %s::bigint IS NULL OR seq < %s ORDER BY seq DESC LIMIT %s",
            (before, before, most),
        ).fetchall()
