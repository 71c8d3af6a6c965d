"""Connections for reading: each question gets one snapshot of the generation that is active when it is asked.

A switch of generation is followed with the next question; nothing is restarted. Connections only read, and come from
a pool, checked before they are handed out, so that a restarted database costs no question.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from projections.questions.errors import Unavailable
from projections.store.generation import FOLD_VERSION
from projections.store.intake import Intake
from projections.store.reading import Reader
from schemas.codec import Decoder
from schemas.writers import SchemaTable

Connection = psycopg.Connection[tuple[Any, ...]]

#: A question that takes longer than this is given up by the database.
LONGEST = 20
_OPTIONS = (
    f"-c timezone=UTC -c statement_timeout={LONGEST}s -c idle_in_transaction_session_timeout={2 * LONGEST}s"
)


class Readers:
    """Gives out readers. Open while its `with` block runs; at most `most` questions are answered at a time."""

    def __init__(self, database: str, most: int = 8, patience: float = 5.0) -> None:
        self._decoder = Decoder(SchemaTable())
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            database,
            kwargs={"autocommit": True, "options": _OPTIONS, "client_encoding": "UTF8"},
            min_size=1,
            max_size=most,
            open=False,
            timeout=patience,
            # Else an attempt to connect is repeated for so long that the database's return is noticed late.
            reconnect_timeout=patience,
            configure=_configure,
        )
        self._most = most

    def __enter__(self) -> Readers:
        self._pool.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    @contextmanager
    def reader(self, ticket: str | None = None) -> Iterator[Reader]:
        """A reader of the active generation, for one question. Raises Unavailable.

        `ticket`: of the entry in the record of reads under which the question is asked (projections/audit); through
        a door without rights of its own nothing is seen without one.
        """
        try:
            with self._connection() as conn, conn.transaction():
                if ticket is not None:
                    conn.execute("SELECT set_config('sangam.ticket', %s, true)", (ticket,))
                _enter(conn)
                # Its own intake for each question: what one has decoded is not shared between threads.
                yield Reader(conn, Intake(self._decoder, lambda mark: _schema(conn, mark)).revive)
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise Unavailable(
                "the database does not answer: look at `sangam status`, then ask again"
            ) from error
        except psycopg.errors.UndefinedTable as error:
            raise Unavailable("the hub has just gone over to a rebuilt generation: ask again") from error

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """A connection that answers. After a restart of the database every idle one is broken: the next is tried at
        once, where the pool's own check would wait longer and longer between them.
        """
        for _ in range(self._most):
            conn = self._pool.getconn()
            try:
                conn.execute(
                    "", prepare=False
                )  # an empty statement cannot be kept prepared: it would be, each time
            except psycopg.OperationalError:
                self._pool.putconn(conn)
                continue
            break
        else:
            conn = self._pool.getconn()
        try:
            yield conn
        finally:
            self._pool.putconn(conn)


def _enter(conn: Connection) -> None:
    """Let this transaction see the active generation. Raises Unavailable when there is none to be read."""
    try:
        row = conn.execute(
            "SELECT fold_version, set_config('search_path', name, true) FROM sangam.generation WHERE active"
        ).fetchone()
    except psycopg.errors.UndefinedTable:
        row = None
    if row is None:
        raise Unavailable("nothing has been projected yet: run `sangam work`")
    fold_version = row[0]
    if fold_version != FOLD_VERSION:
        raise Unavailable(
            f"the active generation was made by fold version {fold_version} and this program reads {FOLD_VERSION}: "
            "run `sangam rebuild --switch`"
        )


def active(conn: Connection) -> str:
    """The generation that this transaction sees."""
    row = conn.execute("SELECT current_schema()").fetchone()
    return str(row[0]) if row is not None else ""


def _configure(conn: Connection) -> None:
    # What an answer is put together from (a file, its descriptions, how far the data reach) must be of one moment.
    conn.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    conn.read_only = True
    # The same few statements come again and again.
    conn.prepare_threshold = 0


def _schema(conn: Connection, mark: bytes) -> str:
    row = conn.execute("SELECT schema FROM writer_schema WHERE fingerprint = %s", (mark,)).fetchone()
    if row is None:
        raise LookupError(f"the ledger keeps no schema of fingerprint {mark.hex()}")
    return str(row[0])
