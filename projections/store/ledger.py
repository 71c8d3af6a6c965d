"""The ledger: every accepted event once, and which version of each stands.

`record` takes the events of a batch in. The usual event (new, superseding nothing, superseded by nothing) costs one
row of one statement. Whatever meets something already there goes the careful way: the rows that belong together are
locked, resolved as a whole by `projections.resolution`, and the difference is written.

Why the order of the steps is as it is: an insert that meets a row of a transaction still open waits at the unique
index; the statement after it sees what that transaction committed. So rows are read again after every wait, never
before it. An id of which no content stands (a target that has not come, an alias) has a stub, so that whoever brings
that id meets one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Cursor

from projections.linking.claims import DECISIONS
from projections.resolution import Version, resolve
from projections.store.entries import COLUMNS, ENTRY, TYPES, Arrival, Entry, Revive, row_of
from schemas.event import Event

Key = tuple[UUID, bytes]
Cur = Cursor[Any]

STAGING = f"""
CREATE TEMP TABLE IF NOT EXISTS arriving ON COMMIT DELETE ROWS AS
SELECT {", ".join(COLUMNS)} FROM ledger WITH NO DATA
"""
_COPY = f"COPY arriving ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)"
_INSERT = f"""
INSERT INTO ledger (standing, effective, {", ".join(COLUMNS)})
SELECT true, supersedes IS NULL, {", ".join(COLUMNS)} FROM arriving ORDER BY event_id
ON CONFLICT DO NOTHING RETURNING event_id
"""
# The indexes on ids and digests are partial: a condition must say of which rows it speaks, or all are read.
_BY_IDS = "(standing AND event_id = ANY(%s) OR NOT standing AND event_id = ANY(%s))"
_BY_ID = "(standing AND event_id = %s OR NOT standing AND event_id = %s)"
_SELECT = f"SELECT {', '.join(ENTRY)} FROM ledger"


@dataclass(slots=True)
class Change:
    """What a batch changed in the ledger."""

    added: list[Event] = field(default_factory=list)
    """Events that are effective now and were not."""
    removed: list[Event] = field(default_factory=list)
    """Events that were effective and are no longer."""
    restated: set[str] = field(default_factory=set)
    """Anchors of which something else changed: a copy with an earlier time, a refusal, a repaired record."""
    settled: set[UUID] = field(default_factory=set)
    """Ids of which what supersedes them came into force, or is no longer."""
    reweigh: list[Event] = field(default_factory=list)
    """Decisions on links that came again under another id: who undoes them may have named that one."""
    accepted: Counter[str] = field(default_factory=Counter)
    """Contents that the ledger had not, by topic."""
    duplicates: Counter[str] = field(default_factory=Counter)
    """Arrivals that were in the ledger already, to the letter, by topic."""


def record(cur: Cur, arrivals: Sequence[Arrival], revive: Revive) -> Change:
    """Take a batch in. Raises psycopg.errors.UniqueViolation or DeadlockDetected when another worker was in the way:
    the caller rolls back and tries again."""
    change = Change()
    first, others = _merge(arrivals, change)
    if not first:
        return change
    inserted = _insert(cur, first.values())
    change.accepted.update(first[event_id].topic for event_id in inserted)
    careful: list[Arrival] = [*others]
    targets: set[UUID] = set()
    for event_id, arrival in first.items():
        if event_id not in inserted:
            careful.append(arrival)
        elif arrival.event.supersedes is not None:
            targets.add(arrival.event.supersedes)
            change.restated.add(arrival.event.anchor)
        else:
            change.added.append(arrival.event)
    careful = _drop_copies(cur, careful, change)
    if careful or targets:
        _settle(cur, careful, targets, change, revive)
        _cancel_out(change)
    _mark_repaired(cur, change, {a.event.event_id for a in arrivals})
    return change


def sent_under_another_id(cur: Cur, arrivals: Sequence[Arrival]) -> set[str]:
    """Anchors of contents that were refused because their id was another's, and that came again.

    To be asked when the anchors' identifiers are locked: who refuses such a content folds its file under that lock.
    """
    rows = cur.execute(
        "SELECT DISTINCT anchor FROM ledger WHERE refused IS NOT NULL AND digest = ANY(%s)",
        ([a.event.digest for a in arrivals],),
    )
    return {row[0] for row in rows}


def _merge(arrivals: Sequence[Arrival], change: Change) -> tuple[dict[UUID, Arrival], list[Arrival]]:
    """One arrival per id for the fast way, copies within the batch merged; other contents of one id apart."""
    merged: dict[Key, Arrival] = {}
    for arrival in arrivals:
        key = (arrival.event.event_id, arrival.event.digest)
        held = merged.get(key)
        if held is None:
            merged[key] = arrival
        else:
            merged[key] = held.merged(arrival)
            change.duplicates[arrival.topic] += 1
    first: dict[UUID, Arrival] = {}
    others: list[Arrival] = []
    for (event_id, _), arrival in merged.items():
        if event_id in first:
            others.append(arrival)
        else:
            first[event_id] = arrival
    return first, others


def _insert(cur: Cur, arrivals: Iterable[Arrival]) -> set[UUID]:
    with cur.copy(_COPY) as copy:
        copy.set_types(TYPES)
        for arrival in arrivals:
            copy.write_row(row_of(arrival))
    inserted = {row[0] for row in cur.execute(_INSERT, binary=True)}
    cur.execute("DELETE FROM arriving")
    return inserted


def _drop_copies(cur: Cur, careful: list[Arrival], change: Change) -> list[Arrival]:
    """Copies of what stands already, the most usual of meetings, only lower its times."""
    if not careful:
        return careful
    ids = [a.event.event_id for a in careful]
    held = {
        (row[0], row[1]): row[2:]
        for row in cur.execute(
            "SELECT event_id, digest, recorded_at, source_epoch, source_seq, known_at FROM ledger"
            " WHERE event_id = ANY(%s) AND standing AND digest IS NOT NULL ORDER BY event_id FOR UPDATE",
            (ids,),
            binary=True,
        )
    }
    rest = []
    for arrival in careful:
        event = arrival.event
        row = held.get((event.event_id, event.digest))
        if row is None:
            rest.append(arrival)
            continue
        change.duplicates[arrival.topic] += 1
        _lower(cur, arrival, row[0], (row[1], row[2]), row[3], change)
    return rest


def _lower(
    cur: Cur,
    arrival: Arrival,
    recorded_at: datetime,
    seq: tuple[int, int],
    known_at: datetime,
    change: Change,
) -> None:
    event = arrival.event
    earlier = event.recorded_at < recorded_at or (event.source_epoch, event.source_seq) < seq
    if earlier or arrival.known_at < known_at:
        least = min(seq, (event.source_epoch, event.source_seq))
        cur.execute(
            "UPDATE ledger SET recorded_at = least(recorded_at, %s), known_at = least(known_at, %s),"
            f" source_epoch = %s, source_seq = %s WHERE {_BY_ID} AND digest = %s",
            (event.recorded_at, arrival.known_at, *least, event.event_id, event.event_id, event.digest),
        )
    if earlier:
        # The time and the place in the order of a member changed: its files are folded from the start.
        change.restated.add(event.anchor)


def _settle(cur: Cur, careful: list[Arrival], targets: set[UUID], change: Change, revive: Revive) -> None:
    """Resolve every component that the arrivals and the superseded belong to, and write the difference."""
    targets = targets | {a.event.supersedes for a in careful if a.event.supersedes is not None}
    lock_ids(cur, targets | {a.event.event_id for a in careful})
    for arrival in careful:
        _place(cur, arrival, change)
        change.restated.add(arrival.event.anchor)
        if arrival.event.type in DECISIONS:
            change.reweigh.append(arrival.event)
    entries = _component(
        cur, targets | {a.event.event_id for a in careful}, {a.event.digest for a in careful}
    )
    resolution = resolve(
        Version(e.event_id, e.digest, e.type, e.source, e.supersedes, e.recorded_at, e.repair)
        for e in entries
        if e.digest is not None
    )
    was = {(e.event_id, e.digest): e for e in entries if e.digest is not None}
    moves: defaultdict[tuple[bool, bool], list[tuple[Key, bool, str | None, bool]]] = defaultdict(list)
    for key, entry in was.items():
        stands, effective = key in resolution.standing, key in resolution.effective
        reason = resolution.refused.get(key)
        live = entry.supersedes is not None and key in resolution.live
        if (stands, effective, reason, live) != (entry.standing, entry.effective, entry.refused, entry.live):
            moves[entry.standing, stands].append((key, effective, reason, live))
        if live != entry.live and entry.supersedes is not None:
            change.settled.add(entry.supersedes)
        if effective and not entry.effective:
            change.added.append(revive(entry))
        elif entry.effective and not effective:
            change.removed.append(revive(entry))
        if reason != entry.refused:
            change.restated.add(entry.anchor)
    # First those that fall: the unique indexes allow one standing row per id and per content.
    _write(cur, True, False, moves[True, False])
    rising = {event_id for (event_id, _), *_ in moves[False, True]}
    _drop_stubs(cur, rising)
    _write(cur, False, True, moves[False, True])
    _put_stubs(cur, {event_id for (event_id, _), *_ in moves[True, False]} - rising)
    _write(cur, True, True, moves[True, True])
    _write(cur, False, False, moves[False, False])


def _write(cur: Cur, stood: bool, stands: bool, rows: Sequence[tuple[Key, bool, str | None, bool]]) -> None:
    """Write what became of rows that stood, or did not."""
    if rows:
        cur.execute(
            f"UPDATE ledger l SET standing = {stands}, effective = u.effective, refused = u.refused,"
            " live = u.live FROM unnest(%s::uuid[], %s::bytea[], %s::bool[], %s::text[], %s::bool[])"
            " u (event_id, digest, effective, refused, live)"
            f" WHERE {'' if stood else 'NOT '}l.standing AND l.event_id = u.event_id AND l.digest = u.digest",
            (
                [row[0][0] for row in rows], [row[0][1] for row in rows], [row[1] for row in rows],
                [row[2] for row in rows], [row[3] for row in rows],
            ),
        )  # fmt: skip


def lock_ids(cur: Cur, ids: set[UUID]) -> None:
    """Hold the one standing row of each id, if need be a stub: then whoever else brings an id waits for us.

    Without the lock two workers with the same copy would both find it missing and both put it in. A stub that we
    waited for may have given its place to a content: then the content is locked on the next turn.
    """
    ordered = sorted(ids)
    held = -1
    while held < len(ordered):
        _put_stubs(cur, ids)
        held = len(
            cur.execute(
                "SELECT event_id FROM ledger WHERE event_id = ANY(%s) AND standing ORDER BY event_id FOR UPDATE",
                (ordered,),
            ).fetchall()
        )


def _place(cur: Cur, arrival: Arrival, change: Change) -> None:
    """Put one content beside what its id already has; not standing until resolved. Its own copy only lowers times."""
    event = arrival.event
    held = cur.execute(
        f"SELECT recorded_at, source_epoch, source_seq, known_at FROM ledger WHERE {_BY_ID} AND digest = %s FOR UPDATE",
        (event.event_id, event.event_id, event.digest),
    ).fetchone()
    if held is not None:
        change.duplicates[arrival.topic] += 1
        _lower(cur, arrival, held[0], (held[1], held[2]), held[3], change)
        return
    cur.execute(
        f"INSERT INTO ledger (standing, effective, {', '.join(COLUMNS)})"
        f" VALUES (false, false, {', '.join(['%s'] * len(COLUMNS))})",
        row_of(arrival),
    )
    change.accepted[arrival.topic] += 1


def _component(cur: Cur, ids: set[UUID], digests: set[bytes]) -> list[Entry]:
    """Every row tied to these by id, content or superseding, locked."""
    ids, digests = set(ids), set(digests)
    before: list[Key] | None = None
    while True:
        rows = [
            Entry(*row)
            for row in cur.execute(
                f"{_SELECT} WHERE standing AND event_id = ANY(%(ids)s) OR NOT standing AND event_id = ANY(%(ids)s)"
                " OR standing AND digest = ANY(%(digests)s) OR NOT standing AND digest = ANY(%(digests)s)"
                " OR supersedes IS NOT NULL AND supersedes = ANY(%(ids)s)"
                " ORDER BY event_id, digest FOR UPDATE",
                {"ids": list(ids), "digests": list(digests)},
                binary=True,
            )
        ]
        # A read that waited for a lock does not see what else its holder committed: read until nothing is new.
        found = [(r.event_id, r.digest or b"") for r in rows]
        if found == before:
            return rows
        before = found
        ids |= {r.event_id for r in rows} | {r.supersedes for r in rows if r.supersedes is not None}
        digests |= {r.digest for r in rows if r.digest is not None}


def _put_stubs(cur: Cur, ids: set[UUID]) -> None:
    """A stub for each id of which nothing stands: one that has not come, or has become another's alias."""
    if ids:
        cur.execute(
            "INSERT INTO ledger (event_id, standing, effective)"
            " SELECT i, true, false FROM unnest(%s::uuid[]) i ON CONFLICT DO NOTHING",
            (sorted(ids),),
        )


def _drop_stubs(cur: Cur, ids: set[UUID]) -> None:
    """A stub gives its place to the content that came; its lock has served."""
    cur.execute("DELETE FROM ledger WHERE standing AND event_id = ANY(%s) AND digest IS NULL", (sorted(ids),))


def _cancel_out(change: Change) -> None:
    """An event that came in this batch and was superseded in this batch was never effective."""
    both = {_key(e) for e in change.added} & {_key(e) for e in change.removed}
    if both:
        change.added = [e for e in change.added if _key(e) not in both]
        change.removed = [e for e in change.removed if _key(e) not in both]


def _key(event: Event) -> Key:
    return event.event_id, event.digest


def _mark_repaired(cur: Cur, change: Change, ids: set[UUID]) -> None:
    """What was set aside and came again, or whose repair came or went: the files say so no longer, or again."""
    moved = {e.event_id for e in (*change.added, *change.removed)}
    settled = list(change.settled)
    for (anchor,) in cur.execute(
        "SELECT anchor FROM set_aside WHERE id = ANY(%s) AND anchor IS NOT NULL UNION"
        f" SELECT anchor FROM ledger WHERE {_BY_IDS} AND refused IS NOT NULL",
        ([*ids, *moved, *settled], settled, settled),
    ):
        change.restated.add(anchor)
