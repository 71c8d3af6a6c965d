"""Reads a department's outbox table and publishes each row.

Promises: every committed row is taken, at least once, and is one event, since its id follows from the row; a row that
cannot be taken is told why, in the row; the relay, its machine and the database may be killed at any moment.

**Why there is no cursor.** Numbers of a sequence are given at the INSERT and become visible at the COMMIT, so row 7
may appear after row 8. A reader that remembers "up to 8" loses row 7. To hold back everything younger than the oldest
running transaction (pg_snapshot_xmin) mends that, but stops the relay for as long as any transaction of the whole
server is open, and can still turn two rows round: a transaction has its number from its first write, however late it
inserts. A lock on the table makes the department's programs wait. So each row carries its own mark instead: whatever is
visible and not marked is taken, in the order of id. What a later row rests on was committed before that row was
inserted, so it has a smaller number and is visible with it: it goes first, or went before. That needs numbers that rise
in the order of the inserts, which is why the sequence has no cache.

**Why a row is not twice.** It is kept on the relay's own disk first and marked then. Killed in between, it is read
again, and its id is known there.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

from connectors.outbox.database import OutboxUnavailable
from connectors.outbox.drafts import Draft, draft_of_plain
from connectors.outbox.records import Kept, Outcome
from connectors.sdk import Connector
from ops.base.errors import UserError
from ops.base.log import get_logger
from schemas.reasons import FaultError

log = get_logger(__name__)

DDL: Final = Path(__file__).with_name("outbox_table.sql")
"""What makes the table."""
CHANNEL: Final = "sangam_outbox"
_AT_ONCE: Final = 500
_PAUSE: Final = 2.0
_NOT_TWICE: Final = 0x53414E47  # with the table's oid: which table a relay has


class _NotOurs(UserError):
    """Another session holds the table."""


class _Row(NamedTuple):
    id: int
    written_at: datetime
    event: Any


class Relay:
    """One table, one relay. `run` until `stop` is set."""

    def __init__(
        self, database: str, table: str, source: str, connector: Connector, poll_seconds: float = 1.0
    ) -> None:
        """`source`: envelope.source of rows that name none. `poll_seconds`: how often to look where no NOTIFY comes."""
        self._database = database
        self._name = table
        self._table = sql.Identifier(*table.split("."))
        self._source = source
        self._connector = connector
        self._poll = poll_seconds

    def run(self, stop: threading.Event) -> None:
        """Relay until `stop` is set; a database that is away is waited for.

        Raises UserError at the beginning where the table is not there, or is another relay's.
        """
        begun = False
        while not stop.is_set():
            try:
                with psycopg.connect(self._database, autocommit=True) as conn:
                    try:
                        self._claim(conn)
                    except _NotOurs:
                        # Once begun, it may be a session of our own that the server has not missed yet.
                        if not begun:
                            raise
                        stop.wait(_PAUSE)
                        continue
                    begun = True
                    conn.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    while not stop.is_set():
                        if self.batch(conn) < _AT_ONCE:
                            for _ in conn.notifies(timeout=self._poll, stop_after=1):
                                pass
            except (psycopg.OperationalError, OutboxUnavailable) as error:
                log.warning("relay.waits", error=error)
                stop.wait(_PAUSE)

    def once(self) -> int:
        """Take what is there now; how many rows. Raises psycopg.Error, OutboxUnavailable and UserError."""
        with psycopg.connect(self._database, autocommit=True) as conn:
            self._claim(conn)
            taken = 0
            while (found := self.batch(conn)) == _AT_ONCE:
                taken += found
            return taken + found

    def batch(self, conn: psycopg.Connection[Any]) -> int:
        """Take the first rows that wait, all in one transaction; how many."""
        self._tell_voided(conn)
        with conn.transaction():
            rows = [
                _Row(*row)
                for row in conn.execute(
                    sql.SQL(
                        "SELECT id, written_at, event FROM {} WHERE relayed_at IS NULL AND refused IS NULL"
                        " ORDER BY id LIMIT {} FOR NO KEY UPDATE"
                    ).format(self._table, _AT_ONCE)
                )
            ]
            if rows:
                self._take(conn, rows)
        return len(rows)

    def _take(self, conn: psycopg.Connection[Any], rows: Sequence[_Row]) -> None:
        drafts: list[tuple[int, Draft]] = []
        refused: list[tuple[int, str]] = []
        for row in rows:
            try:
                drafts.append((row.id, self._draft(row)))
            except FaultError as fault:
                refused.append((row.id, f"{fault.reason}: {fault.detail}. {fault.reason.sentence}"))
        kept: list[tuple[int, UUID]] = []
        told = self._connector.keep([draft for _, draft in drafts]) if drafts else []
        for (row_id, _), one in zip(drafts, told, strict=True):
            if one.outcome in (Outcome.KEPT, Outcome.KNOWN):
                kept.append((row_id, one.event_id))
            else:
                refused.append((row_id, _conflict(one)))
        self._mark(conn, kept)
        self._refuse(conn, refused)

    def _draft(self, row: _Row) -> Draft:
        event = row.event
        if isinstance(event, dict) and isinstance(envelope := event.get("envelope"), dict):
            given = {
                "source": self._source,
                "source_record": f"{self._name}/{row.id}",
                "recorded_at": row.written_at.isoformat(),
            }
            event = event | {"envelope": given | envelope}
        return draft_of_plain(event, self._connector.salt_key)

    def _mark(self, conn: psycopg.Connection[Any], kept: Sequence[tuple[int, UUID]]) -> None:
        if kept:
            conn.execute(
                sql.SQL(
                    "UPDATE {} AS o SET relayed_at = clock_timestamp(), event_id = k.event_id"
                    " FROM unnest(%s::bigint[], %s::uuid[]) AS k (id, event_id) WHERE o.id = k.id"
                ).format(self._table),
                ([row_id for row_id, _ in kept], [event_id for _, event_id in kept]),
            )

    def _refuse(self, conn: psycopg.Connection[Any], refused: Sequence[tuple[int, str]]) -> None:
        if refused:
            log.warning("relay.refused", rows=len(refused))
            conn.execute(
                sql.SQL(
                    "UPDATE {} AS o SET refused = r.why"
                    " FROM unnest(%s::bigint[], %s::text[]) AS r (id, why) WHERE o.id = r.id"
                ).format(self._table),
                ([row_id for row_id, _ in refused], [why for _, why in refused]),
            )

    def _tell_voided(self, conn: psycopg.Connection[Any]) -> None:
        """Rows whose event the broker or the registry refused later; rare, and told again after a crash."""
        voided = self._connector.outbox.voided()
        if voided:
            conn.execute(
                sql.SQL(
                    "UPDATE {} AS o SET refused = v.why FROM unnest(%s::uuid[], %s::text[]) AS v (event_id, why)"
                    " WHERE o.event_id = v.event_id AND o.relayed_at IS NOT NULL AND o.refused IS NULL"
                ).format(self._table),
                (list(voided), [f"{why}: refused when it was sent" for why in voided.values()]),
            )

    def _claim(self, conn: psycopg.Connection[Any]) -> None:
        oid = conn.execute("SELECT to_regclass(%s)::oid::int8", (self._name,)).fetchone()
        if oid is None or oid[0] is None:
            raise UserError(
                f"the database has no table {self._name}: make it with the output of `sangam relay --ddl`"
            )
        mine = conn.execute(
            "SELECT pg_try_advisory_lock(%s, %s::int8::bit(32)::int4)", (_NOT_TWICE, oid[0])
        ).fetchone()
        if mine is None or not mine[0]:
            # Two relays have two outboxes: each row would get two numbers.
            raise _NotOurs(f"another relay reads {self._name} already: end that one first")


def _conflict(kept: Kept) -> str:
    return (
        f"{kept.outcome}: event {kept.event_id} was published before with another content; leave event_id out"
    )
