"""Folding files again: lock, load, fold, save. `refold` is the second half of a batch; rebuild calls it alone.

A file is folded on from its last state when its new members all come after its last one and nothing else about it
changed; otherwise from the start. The last state is kept in memory, good while the row's version is the one it was
kept at, and else read back from the file's own bytes: a document holds all that its fold needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import orjson
from psycopg import Cursor

from ops.base import metrics
from projections.files.fold import fold, kind_of_root
from projections.files.regive import as_it_was, regive
from projections.files.state import FileState
from projections.linking.model import LinkKey
from projections.store import given
from projections.store.entries import Revive
from projections.store.ordering import order_bytes
from projections.store.packing import unpack
from projections.store.saving import Folded, Row, Saving, remove
from projections.store.states import Kept, States
from schemas.event import Event

Cur = Cursor[Any]

#: Files folded between two statements: what bounds the memory of a batch, and the time for which the server hears
#: nothing of us while it holds our locks.
_CHUNK = 500


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


class Filing:
    """One worker's hand on the files. Not for two threads."""

    def __init__(self, revive: Revive, capacity: int) -> None:
        """`capacity`: how many files' states are kept in memory, the last used."""
        self._revive = revive
        self._states = States(capacity)
        self._saving = Saving()

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

    def _refold(self, cur: Cur, rows: dict[str, Row], work: Work) -> int:
        folded, full = self._fold_on(cur, rows, work)
        metrics.REFOLDS.labels(path="fast").inc(len(folded))
        metrics.REFOLDS.labels(path="full").inc(len(full))
        folded.update(self._fold_afresh(cur, {root: rows[root] for root in rows if root in full}))
        self._saving.save(cur, rows, folded)
        for root, done in folded.items():
            self._states.keep(root, Kept(rows[root].version + 1, done.state))
        remove(cur, {root: rows[root] for root in full if root not in folded})
        return len(folded)

    def _lock(self, cur: Cur, roots: Sequence[str], work: Work) -> dict[str, Row]:
        cur.execute("INSERT INTO file (root) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (roots,))
        rows = cur.execute(
            "SELECT root, version, identifiers, members, last_key, digest, beside FROM file WHERE root = ANY(%s)"
            " ORDER BY root FOR UPDATE",
            (roots,),
            binary=True,
        )
        found = {r[0]: Row(r[1], frozenset(r[2]), r[3], r[4] or b"", r[5], r[6] or b"") for r in rows}
        for root, gained in work.gained.items():
            found[root].identifiers |= gained
        for root, lost in work.lost.items():
            found[root].identifiers -= lost
        return found

    # -- folding on ----------------------------------------------------------------------------------------------

    def _fold_on(self, cur: Cur, rows: dict[str, Row], work: Work) -> tuple[dict[str, Folded], set[str]]:
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
        folded: dict[str, Folded] = {}
        for root, state in loaded.items():
            row, events, kind = rows[root], ordered[root], kind_of_root(root)
            try:
                for event in events:
                    kind.apply(state, event)
                kind.finish(state)
            except Exception:  # noqa: S112
                # Which member is the culprit must not depend on the batch: from the start, then.
                continue
            last_key = order_bytes(events[-1]) if events else row.last_key
            folded[root] = Folded(state, row.members + len(events), last_key)
        return folded, rows.keys() - folded.keys()

    def _load_states(self, cur: Cur, rows: dict[str, Row], work: Work) -> dict[str, FileState]:
        """The states of these files, from memory or read back, standing on what they are given now. Those that can't
        are left out."""
        found: dict[str, FileState] = {}
        for root, row in rows.items():
            kept = self._states.take(root)
            if kept is not None and kept.version == row.version:
                found[root] = kept.state
        cold = [root for root in rows if root not in found]
        other = work.regiven & rows.keys()
        inputs = given.load(cur, {root: rows[root].identifiers for root in {*cold, *other}})
        if cold:
            described = given.descriptions(cur, cold)
            for root, content in cur.execute(
                "SELECT root, content FROM file WHERE root = ANY(%s)", (cold,), binary=True
            ):
                document = orjson.loads(unpack(content))
                found[root] = FileState(
                    inputs[root], document, described.get(root, {}), joins_changed=False, described=False
                )
        for root in other:
            before = as_it_was(inputs[root], work.made, work.risen, work.gained.get(root, ()))
            if not regive(found[root], inputs[root], before):
                del found[root]
        return found

    # -- folding from the start ----------------------------------------------------------------------------------

    def _fold_afresh(self, cur: Cur, rows: dict[str, Row]) -> dict[str, Folded]:
        if not rows:
            return {}
        inputs = given.load(cur, {root: row.identifiers for root, row in rows.items()})
        members = given.members(cur, inputs, self._revive)
        folded: dict[str, Folded] = {}
        for root, file_input in inputs.items():
            self._states.drop(root)
            events = sorted(members[root], key=lambda e: e.sort_key)
            if events:
                state = fold(file_input, events)
                folded[root] = Folded(state, len(events), order_bytes(events[-1]))
        return folded
