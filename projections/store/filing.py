"""Folding files again: lock, load, fold, save. `refold` is the second half of a batch; rebuild calls it alone.

A file is folded on from its last state when its new members all come after its last one and nothing else about it
changed; otherwise from the start. The last state is kept in memory, good while the row's version is the one it was
kept at, and else read back from the file's own bytes: a document holds all that its fold needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson
from psycopg import Cursor

from ops.base import metrics
from ops.base.log import get_logger
from projections.boards import BOARDS
from projections.boards.board import Board
from projections.files.fold import fold, kind_of_root
from projections.files.regive import as_it_was, regive
from projections.files.state import FileState
from projections.linking.model import LinkKey
from projections.search.people import name_keys
from projections.store import given
from projections.store.entries import Revive
from projections.store.ordering import order_bytes
from projections.store.packing import pack, unpack
from projections.store.states import Beside, Kept, States
from schemas.event import Event

Cur = Cursor[Any]
log = get_logger(__name__)

#: Files folded between two statements: what bounds the memory of a batch, and the time for which the server hears
#: nothing of us while it holds our locks.
_CHUNK = 500

STAGING = """
CREATE TEMP TABLE IF NOT EXISTS folded (
    root text COLLATE "C", identifiers text[], members int, last_key bytea, digest bytea, content bytea
)
"""
_COPY = "COPY folded FROM STDIN (FORMAT BINARY)"
_TYPES = ("text", "text[]", "int4", "bytea", "bytea", "bytea")
_SAVE = """
UPDATE file SET version = version + 1, identifiers = f.identifiers, members = f.members, last_key = f.last_key,
    digest = f.digest, content = f.content
FROM folded f WHERE file.root = f.root
"""


@dataclass(slots=True)
class Work:
    """What a batch asks of the files."""

    fresh: dict[str, list[Event]] = field(default_factory=dict)
    """root -> its new members, where nothing else about the file changed."""
    afresh: set[str] = field(default_factory=set)
    """Roots to fold from the start."""
    regiven: set[str] = field(default_factory=set)
    """Roots that got more links and identifiers, and nothing else about them changed."""
    made: Set[LinkKey] = frozenset()
    """The links that they got."""
    risen: Set[str] = frozenset()
    """Identifiers that anchor an event since this batch."""
    gained: Mapping[str, set[str]] = field(default_factory=dict)
    lost: Mapping[str, set[str]] = field(default_factory=dict)

    @property
    def roots(self) -> list[str]:
        """Every root concerned, in key order: the order in which files are locked."""
        return sorted(self.fresh.keys() | self.afresh | self.regiven | self.gained.keys() | self.lost.keys())


@dataclass(slots=True)
class _Row:
    version: int
    identifiers: frozenset[str]
    members: int
    last_key: bytes
    digest: bytes | None


@dataclass(slots=True)
class _Folded:
    """A file as it will be written; `before` is what stands beside it now, as far as that is known."""

    state: FileState
    members: int
    last_key: bytes
    content: bytes
    digest: bytes
    before: Beside | None = None


class Filing:
    """One worker's hand on the files. Not for two threads."""

    def __init__(self, revive: Revive, capacity: int) -> None:
        """`capacity`: how many files' states are kept in memory, the last used."""
        self._revive = revive
        self._states = States(capacity)

    def commit(self) -> None:
        """The transaction of the last `refold` is committed: the states that it made are good."""
        self._states.commit()

    def rollback(self) -> None:
        """It is not: they never were."""
        self._states.rollback()

    def refold(self, cur: Cur, work: Work) -> int:
        """Fold every file that `work` names and write what changed; returns how many were written."""
        roots = work.roots
        if not roots:
            return 0
        rows = self._lock(cur, roots, work)
        return sum(
            self._refold(cur, {root: rows[root] for root in roots[at : at + _CHUNK]}, work)
            for at in range(0, len(roots), _CHUNK)
        )

    def _refold(self, cur: Cur, rows: dict[str, _Row], work: Work) -> int:
        folded, full = self._fold_on(cur, rows, work)
        metrics.REFOLDS.labels(path="fast").inc(len(folded))
        metrics.REFOLDS.labels(path="full").inc(len(full))
        folded.update(self._fold_afresh(cur, {root: rows[root] for root in rows if root in full}))
        self._save(cur, rows, folded)
        self._remove(cur, {root: rows[root] for root in full if root not in folded})
        return len(folded)

    def _lock(self, cur: Cur, roots: Sequence[str], work: Work) -> dict[str, _Row]:
        cur.execute("INSERT INTO file (root) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (roots,))
        rows = cur.execute(
            "SELECT root, version, identifiers, members, last_key, digest FROM file WHERE root = ANY(%s)"
            " ORDER BY root FOR UPDATE",
            (roots,),
            binary=True,
        )
        found = {r[0]: _Row(r[1], frozenset(r[2]), r[3], r[4] or b"", r[5]) for r in rows}
        for root, gained in work.gained.items():
            found[root].identifiers |= gained
        for root, lost in work.lost.items():
            found[root].identifiers -= lost
        return found

    # -- folding on ----------------------------------------------------------------------------------------------

    def _fold_on(self, cur: Cur, rows: dict[str, _Row], work: Work) -> tuple[dict[str, _Folded], set[str]]:
        """Fold new members onto the last state where that is the same as folding from the start."""
        ordered: dict[str, list[Event]] = {}
        for root in rows:
            if root in work.afresh or not (root in work.fresh or root in work.regiven):
                continue
            events = sorted(work.fresh.get(root, ()), key=lambda e: e.sort_key)
            row = rows[root]
            if row.digest is not None and (not events or order_bytes(events[0]) > row.last_key):
                ordered[root] = events
        loaded = self._load_states(cur, {root: rows[root] for root in ordered}, work)
        folded: dict[str, _Folded] = {}
        for root, (state, before) in loaded.items():
            row, events, kind = rows[root], ordered[root], kind_of_root(root)
            try:
                for event in events:
                    kind.apply(state, event)
                kind.finish(state)
            except Exception:  # noqa: S112
                # Which member is the culprit must not depend on the batch: from the start, then.
                continue
            last_key = order_bytes(events[-1]) if events else row.last_key
            folded[root] = _done(state, row.members + len(events), last_key, before)
        return folded, rows.keys() - folded.keys()

    def _load_states(
        self, cur: Cur, rows: dict[str, _Row], work: Work
    ) -> dict[str, tuple[FileState, Beside | None]]:
        """The states of these files, from memory or read back, standing on what they are given now. Those that can't
        are left out."""
        found: dict[str, tuple[FileState, Beside | None]] = {}
        for root, row in rows.items():
            kept = self._states.take(root)
            if kept is not None and kept.version == row.version:
                found[root] = (kept.state, kept.beside)
        cold = [root for root in rows if root not in found]
        other = work.regiven & rows.keys()
        inputs = given.load(cur, {root: rows[root].identifiers for root in {*cold, *other}})
        if cold:
            described = given.descriptions(cur, cold)
            for root, content in cur.execute(
                "SELECT root, content FROM file WHERE root = ANY(%s)", (cold,), binary=True
            ):
                document = orjson.loads(unpack(content))
                state = FileState(inputs[root], document, described.get(root, {}), joins_changed=False)
                found[root] = (state, None)
        for root in other:
            before = as_it_was(inputs[root], work.made, work.risen, work.gained.get(root, ()))
            if not regive(found[root][0], inputs[root], before):
                del found[root]
        return found

    # -- folding from the start ----------------------------------------------------------------------------------

    def _fold_afresh(self, cur: Cur, rows: dict[str, _Row]) -> dict[str, _Folded]:
        if not rows:
            return {}
        inputs = given.load(cur, {root: row.identifiers for root, row in rows.items()})
        members = given.members(cur, inputs, self._revive)
        folded: dict[str, _Folded] = {}
        for root, file_input in inputs.items():
            self._states.drop(root)
            events = sorted(members[root], key=lambda e: e.sort_key)
            if events:
                state = fold(file_input, events)
                folded[root] = _done(state, len(events), order_bytes(events[-1]))
        return folded

    # -- saving --------------------------------------------------------------------------------------------------

    def _save(self, cur: Cur, rows: dict[str, _Row], folded: dict[str, _Folded]) -> None:
        if not folded:
            return
        with cur.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            for root, done in folded.items():
                copy.write_row(
                    (
                        root,
                        sorted(rows[root].identifiers),
                        done.members,
                        done.last_key,
                        done.digest,
                        done.content,
                    )
                )
        cur.execute(_SAVE)
        cur.execute("TRUNCATE folded")
        now = {root: _beside(root, done) for root, done in folded.items()}
        _replace_rows(
            cur, "description", ("root", "ref", "body"), ("text", "text", "bytea"),
            {
                root: [(root, ref, body) for ref, body in beside.described.items()]
                for root, beside in now.items()
                if (was := folded[root].before) is None or was.described != beside.described
            },
        )  # fmt: skip
        _replace_rows(
            cur, "name_key", ("root", "ref", "key"), ("text", "text", "text"),
            {
                root: name_keys(root, folded[root].state.descriptions)
                for root, beside in now.items()
                if (was := folded[root].before) is None or was.described != beside.described
            },
        )  # fmt: skip
        for board in BOARDS:
            _replace_rows(
                cur, board.table, board.names, board.types,
                {
                    root: beside.rows[board.table]
                    for root, beside in now.items()
                    if board.table in beside.rows
                    and ((was := folded[root].before) is None or was.rows.get(board.table) != beside.rows[board.table])
                },
            )  # fmt: skip
        for root, done in folded.items():
            self._states.keep(root, Kept(rows[root].version + 1, done.state, now[root]))

    @staticmethod
    def _remove(cur: Cur, rows: Mapping[str, _Row]) -> None:
        """A file that loses its last member goes, with its rows, in the same transaction.

        Its own row stays, empty. Were it made anew, its version would begin again, and a state kept in some worker's
        memory might be taken for its own; and it still knows the identifiers that were claimed and lead here, for
        the day when one of them anchors an event.
        """
        if not rows:
            return
        cur.executemany(
            "UPDATE file SET version = version + 1, identifiers = %s, members = 0, last_key = NULL, digest = NULL,"
            " content = NULL WHERE root = %s",
            [(sorted(row.identifiers), root) for root, row in rows.items()],
        )
        for table in ("description", "name_key", *(board.table for board in BOARDS)):
            cur.execute(f"DELETE FROM {table} WHERE root = ANY(%s)", (list(rows),))


def _done(state: FileState, members: int, last_key: bytes, before: Beside | None = None) -> _Folded:
    content = orjson.dumps(state.document, option=orjson.OPT_SORT_KEYS)
    return _Folded(state, members, last_key, pack(content), sha256(content).digest(), before)


def _beside(root: str, done: _Folded) -> Beside:
    state, before = done.state, done.before
    if before is not None and not state.described:
        described = before.described
    else:
        described = {
            ref: orjson.dumps(body, option=orjson.OPT_SORT_KEYS) for ref, body in state.descriptions.items()
        }
    state.described = False
    return Beside(described, {board.table: _rows(board, root, done) for board in BOARDS if board.reads(root)})


def _rows(board: Board, root: str, done: _Folded) -> Sequence[Sequence[Any]]:
    """A file's rows on a board. A board that cannot make them harms itself alone: the file stands, without rows there
    until the board is corrected and rebuilt, and the error is counted and logged."""
    try:
        return board.rows(root, done.state.document)
    except Exception as error:
        metrics.BOARD_FAILURES.labels(board=board.table).inc()
        log.error("board.failed", error=error, part=board.table)
        return ()


def _replace_rows(
    cur: Cur,
    table: str,
    columns: Sequence[str],
    types: Sequence[str],
    rows: Mapping[str, Sequence[Sequence[Any]]],
) -> None:
    """Put these rows in the place of whatever the table holds of their roots."""
    if not rows:
        return
    cur.execute(f"DELETE FROM {table} WHERE root = ANY(%s)", (list(rows),))
    with cur.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(types)
        for many in rows.values():
            for row in many:
                copy.write_row(row)
