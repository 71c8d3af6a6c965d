"""Reading the store: files as they are, as they stood on a day, as they were known at a moment.

Reads only, on the caller's connection, whose search_path is the active generation's. What is to agree (a file and how
far the data reach, say) is asked within one transaction of the caller's: `projections.questions.readers` opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import psycopg

from projections.files.state import FileState
from projections.linking.roots import dependencies, dependents
from projections.store import given
from projections.store.entries import ENTRY, Entry, Revive
from projections.store.packing import unpack
from projections.store.surroundings import Surroundings
from projections.whole import Broken, Known, whole
from schemas.event import Event

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as stored: `content` are the bytes that the API serves, `digest` their SHA-256."""

    root: str
    content: bytes
    digest: bytes
    descriptions: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """An event of the ledger, with what became of it."""

    event: Event
    topic: str
    known_at: datetime
    standing: bool
    effective: bool
    refused: str | None
    roots: tuple[str, ...]
    instead: tuple[UUID, ...]
    """What stands in its place: for an alias the id of the same content, else those that correct it or take it back."""


@dataclass(frozen=True, slots=True)
class FoundAside:
    """A record that was set aside under an event's id."""

    reason: str
    detail: str
    type: str | None
    topic: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far one department's data reach: how many records are stored, and when the broker took in the newest."""

    topic: str
    records: int
    appended_at: datetime | None


class Reader:
    """Reads one generation through one connection."""

    def __init__(self, conn: Connection, revive: Revive) -> None:
        self.conn = conn
        self._revive = revive

    def roots(self, identifier: str) -> list[str]:
        """The files that an identifier's events are in; for one that anchors nothing, those of whatever claims it."""
        row = self.conn.execute(
            "SELECT roots FROM identifier WHERE identifier = %s", (identifier,)
        ).fetchone()
        if row is not None and row[0]:
            return list(row[0])
        return [
            r[0]
            for r in self.conn.execute(
                "SELECT DISTINCT unnest(i.roots) FROM link l JOIN identifier i"
                " ON i.identifier = CASE WHEN l.a_at = %(x)s THEN l.b_at ELSE l.a_at END"
                " WHERE l.standing AND (l.b_at = %(x)s OR (l.a = %(x)s AND l.a_at = l.a)) ORDER BY 1",
                {"x": identifier},
            )
        ]

    def visible(self, roots: list[str]) -> list[str]:
        """Those of some files whose rows the database shows to this connection, in the same order."""
        if not roots:
            return roots
        found = {row[0] for row in self.conn.execute("SELECT root FROM file WHERE root = ANY(%s)", (roots,))}
        return [root for root in roots if root in found]

    def near(self, identifier: str, most: int = 4) -> list[str]:
        """Identifiers with events of their own that differ from this one in the last number alone, those next to it;
        to help after a slip of the pen."""
        stem = identifier.rstrip("0123456789")
        found: list[str] = []
        for than, bound, end, order in (("<", ">", stem, "DESC"), (">", "<", stem + ":", "ASC")):
            found += [
                row[0]
                for row in self.conn.execute(
                    f"SELECT identifier FROM identifier WHERE identifier {than} %s AND identifier {bound} %s"
                    f" AND anchored ORDER BY identifier {order} LIMIT %s",
                    (identifier, end, most // 2),
                )
            ]
        return sorted(found)

    def file(self, root: str) -> Stored | None:
        """A file as it stands, with its descriptions."""
        with self.conn.cursor() as cur:
            row = cur.execute(
                "SELECT content, digest FROM file WHERE root = %s AND content IS NOT NULL",
                (root,),
                binary=True,
            ).fetchone()
            if row is None:
                return None
            return Stored(root, unpack(row[0]), row[1], given.descriptions(cur, [root]).get(root, {}))

    def file_as(self, identifier: str, as_of: datetime | None, known_at: datetime | None) -> list[FileState]:
        """The files of an identifier as the hub knew them at `known_at`, of what had happened by `as_of`.

        First known_at, then doubles, superseding and links, then as_of: a correction that was known counts, also
        for a day before it was made.
        """
        known = whole(*self.rows_around({identifier}, known_at))
        states = []
        for root in sorted(known.roots.get(identifier, ())):
            state = known.file(root, lambda e: as_of is None or e.sort_key[0] <= as_of)
            if state is not None:
                states.append(state)
        return states

    def event(self, event_id: UUID) -> list[Found]:
        """An event by its id, with every content that came under it; empty when there is none."""
        with self.conn.cursor() as cur:
            entries = _entries(
                cur,
                "(standing AND event_id = %s OR NOT standing AND event_id = %s) AND digest IS NOT NULL",
                (event_id, event_id),
            )
            found = []
            for entry in sorted(entries, key=lambda e: (not e.standing, e.digest)):
                row = cur.execute(
                    "SELECT roots FROM identifier WHERE identifier = %s", (entry.anchor,)
                ).fetchone()
                found.append(
                    Found(
                        self._revive(entry), entry.topic, entry.known_at, entry.standing, entry.effective,
                        entry.refused, tuple(row[0]) if row and entry.effective else (),
                        self._instead(entry),
                    )
                )  # fmt: skip
            return found

    def aside(self, event_id: UUID) -> list[FoundAside]:
        """What was set aside under an event's id, oldest first."""
        return [
            FoundAside(*row)
            for row in self.conn.execute(
                "SELECT reason, detail, type, topic, known_at FROM set_aside WHERE id = %s ORDER BY known_at, digest",
                (event_id,),
            )
        ]

    def _instead(self, entry: Entry) -> tuple[UUID, ...]:
        where, value = ("supersedes", entry.event_id) if entry.standing else ("digest", entry.digest)
        return tuple(
            row[0]
            for row in self.conn.execute(
                f"SELECT event_id FROM ledger WHERE {where} = %s AND standing AND refused IS NULL"
                " AND digest IS NOT NULL ORDER BY recorded_at, event_id",
                (value,),
            )
        )

    def freshness(self) -> list[Freshness]:
        """Per topic, how far its data reach."""
        return [
            Freshness(*row)
            for row in self.conn.execute(
                "SELECT topic, sum(next_offset)::bigint, max(appended_at) FROM watermark"
                " GROUP BY topic ORDER BY topic"
            )
        ]

    def rows_around(
        self, identifiers: set[str], known_at: datetime | None = None
    ) -> tuple[list[Known], list[Broken]]:
        """Every row that can bear on the files of some identifiers, of those that were known by then: what
        `projections.whole.whole` is to be given."""
        with self.conn.cursor() as cur:
            return self._rows_around(cur, identifiers, known_at)

    def _rows_around(
        self, cur: psycopg.Cursor[Any], wanted: set[str], known_at: datetime | None
    ) -> tuple[list[Known], list[Broken]]:
        identifiers = _bearing(cur, wanted)
        entries: dict[tuple[UUID, bytes], Entry] = {}
        while True:
            rows = _entries(cur, "anchor = ANY(%s) AND digest IS NOT NULL", (list(identifiers),))
            ids = {r.event_id for r in rows} | {r.supersedes for r in rows if r.supersedes is not None}
            rows += _entries(
                cur,
                "digest IS NOT NULL AND (standing AND event_id = ANY(%(i)s) OR NOT standing AND event_id = ANY(%(i)s)"
                " OR standing AND digest = ANY(%(d)s) OR NOT standing AND digest = ANY(%(d)s)"
                " OR supersedes IS NOT NULL AND supersedes = ANY(%(i)s))",
                {"i": list(ids), "d": [r.digest for r in rows]},
            )
            entries.update({(r.event_id, r.digest): r for r in rows})
            more = {r.anchor for r in rows} - identifiers
            if not more:
                break
            # A correction may have moved an event to another record.
            identifiers |= _bearing(cur, more)
        broken = [
            Broken(*row)
            for row in cur.execute(
                "SELECT id, reason, type, topic, source, anchor FROM set_aside"
                " WHERE anchor = ANY(%s) AND (%s::timestamptz IS NULL OR known_at <= %s)",
                (list(identifiers), known_at, known_at),
            )
        ]
        known = [
            Known(self._revive(e), e.topic, e.repair)
            for e in entries.values()
            if known_at is None or e.known_at <= known_at
        ]
        return known, broken


def _entries(
    cur: psycopg.Cursor[Any], where: str, parameters: tuple[Any, ...] | dict[str, Any]
) -> list[Entry]:
    return [
        Entry(*row)
        for row in cur.execute(
            f"SELECT {', '.join(ENTRY)} FROM ledger WHERE {where}",
            parameters,
            binary=True,
        )
    ]


def _bearing(cur: psycopg.Cursor[Any], identifiers: set[str]) -> set[str]:
    """Whatever can bear on the files of these: all that leads to them or decides them, by links that stand or not."""
    around = Surroundings(cur, every=True)
    towards = around.closure(identifiers, dependencies)
    return around.closure(around.closure(towards, dependents), dependencies)


def document(content: bytes) -> dict[str, Any]:
    """A stored file's bytes as the document that they are."""
    found: dict[str, Any] = orjson.loads(content)
    return found
