"""Events on disk until the broker has them: kept, numbered, sent, settled.

Promises: a number is given in the transaction that stores its event for good, so that a crash at any moment leaves
neither a hole nor a double; the same event id with the same content is kept once, and is told the number that it has;
what was kept stays until the broker has acknowledged it, or until its number is voided, and then common.SequenceVoided
says so under the source's next number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Final
from uuid import UUID

import orjson

from connectors.outbox.batch import Batch, micros, moment_of
from connectors.outbox.database import Database
from connectors.outbox.drafts import Draft
from connectors.outbox.records import Kept, Outcome, Receipt, Refusal, Sent, Unsent
from ops.base.clock import Clock
from ops.base.metrics import OUTBOX_KEPT, OUTBOX_VOIDED, OUTBOX_WAITING

KEPT_FOR: Final = timedelta(days=7)
"""How long a receipt can be asked for once its event was settled. A copy that comes later gets a number of its own,
and is one event for the hub all the same."""
_FORGOTTEN_AT_ONCE: Final = 2000


class Outbox:
    """The outbox in a folder; for any number of threads of one process. Close it, or use it in a `with`."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Raises OutboxUnavailable."""
        self.database = Database(folder, clock)
        self._clock = clock
        self._lock = RLock()
        with self.database.reading() as conn:
            self._last: int = conn.execute("SELECT coalesce(max(position), 0) FROM event").fetchone()[0]
            self.waiting: int = conn.execute("SELECT count(*) FROM unsent").fetchone()[0]
            """How many events wait for the broker."""

    def __enter__(self) -> Outbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file up."""
        self.database.close()

    def keep(self, drafts: Sequence[Draft], traceparent: str | None = None) -> list[Kept]:
        """Number and store events, all in one transaction; what became of each, in order.

        Those that are kept are on disk when this returns. Raises OutboxUnavailable: none is kept then.
        """
        with self._batch() as batch:
            told = batch.keep(drafts, traceparent)
        for draft, kept in zip(drafts, told, strict=True):
            if kept.outcome is Outcome.KEPT:
                OUTBOX_KEPT.labels(draft.topic.partition(".")[0]).inc()
        return told

    def settle(self, sent: Collection[Sent], refused: Collection[Refusal] = ()) -> None:
        """Note what the broker has acknowledged, and void the numbers of what will never be taken."""
        with self._batch() as batch:
            batch.sent(sent)
            for refusal in refused:
                batch.void(refusal)
        OUTBOX_VOIDED.inc(len(refused))

    def close_windows(self, open_for: timedelta = timedelta(0)) -> int:
        """Keep a manifest (common.WindowClosed) of each source whose window is open for that long; how many."""
        since = micros(self._clock.now() - open_for)
        with self._batch() as batch:
            rows = batch.conn.execute(
                "SELECT name FROM source WHERE epoch = ? AND next_seq IS NOT NULL AND in_window > 0"
                " AND window_since <= ?",
                (self.database.epoch, since),
            ).fetchall()
            for (name,) in rows:
                batch.close_window(name)
        return len(rows)

    def unsent(self, after: int, limit: int) -> list[Unsent]:
        """The first `limit` unsent events kept after this position, in order."""
        with self.database.reading() as conn:
            rows = conn.execute(
                "SELECT u.position, e.event_id, e.type, e.topic, u.key, u.headers, w.mark, u.body FROM unsent u"
                " JOIN event e USING (position) JOIN writer w ON w.id = u.writer"
                " WHERE u.position > ? ORDER BY u.position LIMIT ?",
                (after, limit),
            ).fetchall()
        return [
            Unsent(
                position, UUID(bytes=event_id), event, topic, key.encode(),
                [(name, text.encode()) for name, text in orjson.loads(headers)], mark, body,
            )
            for position, event_id, event, topic, key, headers, mark, body in rows
        ]  # fmt: skip

    def writer_schema(self, mark: bytes) -> str:
        """The schema that an unsent body was written with, by its fingerprint."""
        with self.database.reading() as conn:
            found: str = conn.execute("SELECT schema FROM writer WHERE mark = ?", (mark,)).fetchone()[0]
            return found

    def receipt(self, event_id: UUID) -> Receipt | None:
        """What became of an event; None if it was never kept, or was settled longer ago than receipts are kept."""
        with self.database.reading() as conn:
            row = conn.execute(
                'SELECT e.type, e.topic, s.name, s.epoch, e.seq, e.kept_at, e.settled_at, e.partition, e."offset",'
                " e.reason FROM event e JOIN source s ON s.id = e.source WHERE e.event_id = ?"
                " ORDER BY e.position DESC LIMIT 1",
                (event_id.bytes,),
            ).fetchone()
        if row is None:
            return None
        event, topic, source, epoch, seq, kept_at, settled_at, partition, offset, reason = row
        settled: datetime | None = None if settled_at is None else moment_of(settled_at)
        kept = moment_of(kept_at)
        return Receipt(event_id, event, topic, source, epoch, seq, kept, settled, partition, offset, reason)

    def voided(self) -> dict[UUID, str]:
        """Event id -> reason, of events whose number was voided and that were not kept anew."""
        with self.database.reading() as conn:
            rows = conn.execute(
                "SELECT event_id, reason FROM event v WHERE reason IS NOT NULL AND NOT EXISTS"
                " (SELECT 1 FROM event e WHERE e.event_id = v.event_id AND e.reason IS NULL)"
            )
            return {UUID(bytes=event_id): reason for event_id, reason in rows}

    def forget(self, settled_for: timedelta = KEPT_FOR) -> int:
        """Forget receipts of events that were settled that long ago and lie in a closed window; how many."""
        before = micros(self._clock.now() - settled_for)
        with self.database.writing() as conn:
            # The newest row stays, so that no position is given twice.
            return conn.execute(
                "DELETE FROM event WHERE position IN (SELECT position FROM event e JOIN source s ON s.id = e.source"
                " WHERE e.settled_at < ? AND (s.next_seq IS NULL OR e.seq < s.window_first) AND e.position < ?"
                " ORDER BY e.position LIMIT ?)",
                (before, self._last, _FORGOTTEN_AT_ONCE),
            ).rowcount

    @contextmanager
    def _batch(self) -> Iterator[Batch]:
        # Positions are those of what is committed: nobody else may begin before this one has ended.
        with self._lock:
            with self.database.writing() as conn:
                batch = Batch(conn, self.database.epoch, self._last, self._clock.now())
                yield batch
                batch.write()
            self._last = batch.last
            self.waiting += batch.more
            OUTBOX_WAITING.set(self.waiting)
