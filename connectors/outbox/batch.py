"""What one transaction of the outbox puts in: numbers, events, and what is said about numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

import orjson

from connectors.outbox.drafts import Draft
from connectors.outbox.notices import voided, window_closed
from connectors.outbox.records import Kept, Outcome, Refusal, Sent
from connectors.outbox.sequencer import Sequencer
from schemas.headers import headers_of
from schemas.identifiers import text_of
from schemas.loader import schema_text
from schemas.writer import writer_of
from schemas.writers import fingerprint

_MICRO: Final = timedelta(microseconds=1)
_ZERO: Final = datetime(1970, 1, 1, tzinfo=UTC)
_AT_ONCE: Final = 500  # parameters of one statement


def micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - _ZERO) // _MICRO


def moment_of(number: int) -> datetime:
    """The moment of so many microseconds since 1970."""
    return _ZERO + number * _MICRO


class Batch:
    """One transaction's writing. Call `write` last; positions go on after `last`."""

    def __init__(self, conn: sqlite3.Connection, epoch: int, last: int, now: datetime) -> None:
        self.conn = conn
        self._epoch = epoch
        self._now = now
        self._sequencer = Sequencer(conn)
        self._writers: dict[str, int] = {}
        self.last = last
        self.more = 0
        """By how many more events are unsent after it."""

    def write(self) -> None:
        """The sequencer's rows, before the COMMIT."""
        self._sequencer.write()

    def keep(self, drafts: Sequence[Draft], traceparent: str | None) -> list[Kept]:
        """Number and store those that are not known; what became of each, in order."""
        known = dict(self._known([draft.event_id for draft in drafts]))
        told = []
        for draft in drafts:
            found = known.get(draft.event_id)
            if found is None:
                kept = self._put(draft, traceparent)
                if kept.outcome is Outcome.KEPT:
                    known[draft.event_id] = draft.digest, kept.epoch, kept.seq
            elif found[0] == draft.digest:
                kept = Kept(draft.event_id, Outcome.KNOWN, *found[1:])
            else:
                kept = Kept(draft.event_id, Outcome.ID_REUSED, 0, 0)
            told.append(kept)
        return told

    def sent(self, sent: Collection[Sent]) -> None:
        """Settle events that the broker has acknowledged."""
        now = micros(self._now)
        self.conn.executemany(
            'UPDATE event SET settled_at = ?, partition = ?, "offset" = ? WHERE position = ?',
            [(now, one.partition, one.offset, one.position) for one in sent],
        )
        self._gone([one.position for one in sent])

    def void(self, refusal: Refusal) -> None:
        """Settle an event that will never be taken, and say so under its source's next number.

        A source that numbers itself is told by the receipt, and says so itself.
        """
        position, reason = refusal
        self.conn.execute(
            "UPDATE event SET settled_at = ?, reason = ? WHERE position = ?",
            (micros(self._now), reason, position),
        )
        self._gone([position])
        event_id, event, seq, source, epoch, next_seq = self.conn.execute(
            "SELECT e.event_id, e.type, e.seq, s.name, s.epoch, s.next_seq FROM event e"
            " JOIN source s ON s.id = e.source WHERE e.position = ?",
            (position,),
        ).fetchone()
        if next_seq is not None:
            number, named = (epoch, seq), (UUID(bytes=event_id), event)
            self._put(voided(source, number, named, reason, self._now), None)

    def close_window(self, name: str) -> None:
        """Keep the manifest of the window that a source has open in this epoch."""
        source = self._sequencer.source(name, self._epoch)
        rows = self.conn.execute(
            "SELECT seq, event_id FROM event WHERE source = ? AND seq >= ? ORDER BY seq",
            (source.id, source.window_first),
        )
        numbered = [(seq, UUID(bytes=event_id)) for seq, event_id in rows]
        opened = moment_of(source.window_since)
        manifest = window_closed(name, self._epoch, numbered, opened, self._now)
        source.open_window()
        self._put(manifest, None)

    def _gone(self, positions: Sequence[int]) -> None:
        gone = self.conn.executemany("DELETE FROM unsent WHERE position = ?", [(one,) for one in positions])
        self.more -= gone.rowcount

    def _known(self, ids: Sequence[UUID]) -> Iterator[tuple[UUID, tuple[bytes, int, int]]]:
        for start in range(0, len(ids), _AT_ONCE):
            some = [event_id.bytes for event_id in ids[start : start + _AT_ONCE]]
            rows = self.conn.execute(
                "SELECT e.event_id, e.digest, s.epoch, e.seq FROM event e JOIN source s ON s.id = e.source"
                f" WHERE e.event_id IN ({','.join('?' * len(some))}) AND e.reason IS NULL",
                some,
            )
            for event_id, digest, epoch, seq in rows:
                yield UUID(bytes=event_id), (digest, epoch, seq)

    def _put(self, draft: Draft, traceparent: str | None) -> Kept:
        envelope = draft.record["envelope"]
        epoch = envelope["source_epoch"] if draft.numbered else self._epoch
        source = self._sequencer.source(envelope["source"], epoch, draft.numbered)
        if draft.numbered != (source.next_seq is None):
            return Kept(draft.event_id, Outcome.NUMBER_TAKEN, 0, 0)
        if not draft.numbered:
            envelope |= {"source_epoch": epoch, "source_seq": source.give(draft.type, micros(self._now))}
        seq = envelope["source_seq"]
        # That the id is new was seen in this transaction: what is ignored is a number that was given before.
        inserted = self.conn.execute(
            "INSERT OR IGNORE INTO event (position, event_id, digest, type, topic, source, seq, kept_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.last + 1, draft.event_id.bytes, draft.digest, draft.type, draft.topic, source.id, seq,
                micros(self._now),
            ),
        )  # fmt: skip
        if not inserted.rowcount:
            return Kept(draft.event_id, Outcome.NUMBER_TAKEN, 0, 0)
        self.last += 1
        self.more += 1
        body = bytearray()
        writer_of(draft.type)(draft.record, body)
        headers = [[name, text.decode()] for name, text in headers_of(draft.type, envelope, traceparent)]
        self.conn.execute(
            "INSERT INTO unsent (position, key, headers, writer, body) VALUES (?, ?, ?, ?, ?)",
            (self.last, text_of(envelope["anchor"]), orjson.dumps(headers), self._writer(draft.type), body),
        )
        return Kept(draft.event_id, Outcome.KEPT, epoch, seq)

    def _writer(self, event: str) -> int:
        found = self._writers.get(event)
        if found is None:
            mark = mark_of(event)
            self.conn.execute(
                "INSERT OR IGNORE INTO writer (mark, schema) VALUES (?, ?)", (mark, schema_text(event))
            )
            row = self.conn.execute("SELECT id FROM writer WHERE mark = ?", (mark,)).fetchone()
            found = self._writers[event] = int(row[0])
        return found


@cache
def mark_of(event: str) -> bytes:
    """The fingerprint of an event type's schema as it is today."""
    return fingerprint(schema_text(event))
