"""Identifiers, links and roots in the database: what a batch's events change of them, and which files that touches.

The order matters and is the same for every worker. Identifier rows are made before they are locked, since a lock on
a row that is not there locks nothing; they are locked in key order; what they decide is read only after. An event
that brings no new link and no new anchor needs no more than that: its identifier's row holds its roots. A change of
the structure locks, besides, every identifier whose roots may change and every one that decides them, and computes
again until the set no longer grows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from typing import Any
from uuid import UUID

from psycopg import Cursor

from projections.linking.claims import ACTS_ONLY, DECISIONS, Join, decided_link, decision, joins
from projections.linking.model import REACHING, LinkKey
from projections.linking.roots import dependencies, dependents, kind_of, roots
from projections.linking.standing import Decision, Verdict, claim_limit, verdict
from projections.store.entries import ENTRY, Entry, Revive
from projections.store.ledger import Change
from projections.store.surroundings import Surroundings
from schemas.event import Event

Cur = Cursor[Any]


@dataclass(slots=True)
class Reach:
    """Which files a batch touches, and how."""

    roots_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For every identifier that an event of the batch is anchored at: its files."""
    restructured: set[str] = field(default_factory=set)
    """Roots whose members changed, or links and neighbours that were there: folded from the start."""
    regiven: set[str] = field(default_factory=set)
    """Roots that only got more: links nobody named before, and identifiers and neighbours that anchored nothing."""
    made: set[LinkKey] = field(default_factory=set)
    """Links of which nothing was said before this batch."""
    risen: set[str] = field(default_factory=set)
    """Identifiers that anchor an event since this batch."""
    gained: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """root -> identifiers whose events are its members from now on."""
    lost: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(slots=True)
class _Row:
    anchored: bool
    suspect: bool
    roots: tuple[str, ...]


@dataclass(slots=True)
class _LinkRow:
    a_at: str
    b_at: str
    by_a: bool = False
    by_b: bool = False
    standing: bool = False
    asserted: bool = False
    rejected: bool = False
    confirmed: bool = False
    in_place_of: tuple[str, ...] = ()

    @property
    def said(self) -> bool:
        """Whether anybody says anything of it: a claim, or a reviewer; a proposal alone says nothing yet."""
        return self.by_a or self.by_b or self.asserted or self.rejected

    @property
    def shown(self) -> tuple[object, ...]:
        """What files and roots see of it: not who claims it, only what that comes to."""
        return self.said, self.standing, self.confirmed, self.in_place_of


_LINK_COLUMNS = tuple(f.name for f in fields(_LinkRow))


def relink(cur: Cur, change: Change, anchors: Iterable[str], revive: Revive) -> Reach:
    """Bring links and roots up to date with what a batch changed in the ledger.

    `anchors` are further identifiers that the caller will fold for (records set aside under them, say).
    """
    return _Relink(cur, revive).run(change, anchors)


@dataclass(slots=True)
class _Said:
    """What the events of a batch say of links."""

    came: defaultdict[LinkKey, set[bool]] = field(default_factory=lambda: defaultdict(set))
    """Link -> the ends (True: a) from which a new event claims it."""
    went: defaultdict[LinkKey, set[bool]] = field(default_factory=lambda: defaultdict(set))
    ends: dict[LinkKey, tuple[str, str]] = field(default_factory=dict)
    """Link -> the two identifiers at which it hangs."""
    decided: set[LinkKey] = field(default_factory=set)

    def take(self, events: Sequence[Event], sides: defaultdict[LinkKey, set[bool]]) -> None:
        self.take_decisions(events)
        for event in events:
            for join in joins(event):
                self.ends[join.key] = (join.key.a, join.key.b)
                sides[join.key].add(join.by_a)

    def take_decisions(self, events: Sequence[Event]) -> None:
        for event in events:
            if event.type in DECISIONS:
                link = decided_link(event)
                self.ends[link.key] = (link.a_at, link.b_at)
                self.decided.add(link.key)


@dataclass(slots=True)
class _Written:
    """What became of the links that a batch speaks of."""

    changed: set[LinkKey] = field(default_factory=set)
    made: set[LinkKey] = field(default_factory=set)
    """Of these, those of which nothing was said before."""
    altered: set[LinkKey] = field(default_factory=set)
    """And those of the others that look otherwise now."""


class _Relink:
    def __init__(self, cur: Cur, revive: Revive) -> None:
        self._cur = cur
        self._revive = revive
        self._rows: dict[str, _Row] = {}

    def run(self, change: Change, anchors: Iterable[str]) -> Reach:
        said = _Said()
        said.take(change.added, said.came)
        said.take(change.removed, said.went)
        said.take_decisions(change.reweigh)
        came = {e.anchor for e in change.added if e.type not in ACTS_ONLY}
        gone = {e.anchor for e in change.removed if e.type not in ACTS_ONLY}
        asked = came | gone | set(anchors)
        self._lock(asked | {end for pair in said.ends.values() for end in pair})

        reach = Reach()
        written = self._write_links(said)
        reach.made = written.made
        reach.risen, fallen = self._write_anchored(came, gone)
        if written.changed or reach.risen or fallen:
            self._restructure(written, fallen, said.ends, reach)
        reach.roots_of = {i: self._rows[i].roots for i in asked}
        return reach

    # -- locks ------------------------------------------------------------------------------------------------

    def _lock(self, wanted: set[str]) -> bool:
        """Make, lock and read the rows of identifiers not yet held; says whether there were any."""
        new = sorted(wanted - self._rows.keys())
        if not new:
            return False
        self._cur.execute(
            "INSERT INTO identifier (identifier) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (new,)
        )
        rows = self._cur.execute(
            "SELECT identifier, anchored, suspect, roots FROM identifier WHERE identifier = ANY(%s)"
            " ORDER BY identifier FOR UPDATE",
            (new,),
        )
        for identifier, anchored, suspect, at in rows:
            self._rows[identifier] = _Row(anchored, suspect, tuple(at))
        return True

    # -- links ------------------------------------------------------------------------------------------------

    def _write_links(self, said: _Said) -> _Written:
        """Store what the events say of links."""
        held = self._read_links(said.ends)
        verdicts = self._verdicts({key: said.ends[key] for key in said.decided})
        written = _Written()
        for key, (a_at, b_at) in said.ends.items():
            row = held.get(key) or _LinkRow(a_at, b_at)
            now = replace(row)
            sides = said.came.get(key, set())
            now.by_a = row.by_a or True in sides
            now.by_b = row.by_b or False in sides
            for by_a in said.went.get(key, set()) - sides:
                if by_a:
                    now.by_a = self._still_claims(key, by_a)
                else:
                    now.by_b = self._still_claims(key, by_a)
            if key in verdicts:
                weighed = verdicts[key]
                now.asserted, now.rejected = weighed.evidence, weighed.rejected
                now.confirmed, now.in_place_of = weighed.confirmed, weighed.in_place_of
            now.standing = (now.by_a or now.by_b or now.asserted) and not now.rejected
            if now != row:
                written.changed.add(key)
                if not row.said:
                    written.made.add(key)
                elif now.shown != row.shown:
                    written.altered.add(key)
                held[key] = now
        self._save_links({key: held[key] for key in written.changed})
        return written

    def _read_links(self, keys: Iterable[LinkKey]) -> dict[LinkKey, _LinkRow]:
        wanted = list(keys)
        if not wanted:
            return {}
        rows = self._cur.execute(
            f"SELECT kind, a, b, {', '.join(_LINK_COLUMNS)} FROM link"
            " JOIN unnest(%s::text[], %s::text[], %s::text[]) AS w (kind, a, b) USING (kind, a, b)",
            ([k.kind for k in wanted], [k.a for k in wanted], [k.b for k in wanted]),
        )
        return {LinkKey(*row[:3]): _LinkRow(*(*row[3:-1], tuple(row[-1]))) for row in rows}

    def _save_links(self, rows: dict[LinkKey, _LinkRow]) -> None:
        # A link of which nothing is said any more is no link: a rebuild would not know of it.
        gone = [(k.kind, k.a, k.b) for k in sorted(rows) if not rows[k].said]
        self._cur.executemany("DELETE FROM link WHERE kind = %s AND a = %s AND b = %s", gone)
        rows = {k: row for k, row in rows.items() if row.said}
        if rows:
            self._cur.executemany(
                f"INSERT INTO link (kind, a, b, {', '.join(_LINK_COLUMNS)})"
                f" VALUES (%s, %s, %s{', %s' * len(_LINK_COLUMNS)}) ON CONFLICT (a, b, kind) DO UPDATE SET "
                + ", ".join(f"{c} = excluded.{c}" for c in _LINK_COLUMNS),
                [
                    (k.kind, k.a, k.b, *astuple(row)[:-1], list(row.in_place_of))
                    for k, row in sorted(rows.items())
                ],
            )

    def _still_claims(self, key: LinkKey, by_a: bool) -> bool:
        """Whether an effective event of one end still claims the other."""
        anchor, claim = (key.a, key.b) if by_a else (key.b, key.a)
        entries = self._effective("anchor = %s AND claims @> %s", (anchor, [claim]))
        return any(Join(key, by_a) in joins(self._revive(e)) for e in entries)

    def _verdicts(self, ends: dict[LinkKey, tuple[str, str]]) -> dict[LinkKey, Verdict]:
        """What the reviewers decided of each link. Decisions are few: they are weighed anew from the ledger."""
        found: dict[LinkKey, list[Decision]] = {key: [] for key in ends}
        if not found:
            return {}
        anchors = sorted({end for pair in ends.values() for end in pair})
        for entry in self._effective("type = ANY(%s) AND anchor = ANY(%s)", (sorted(DECISIONS), anchors)):
            event = self._revive(entry)
            key = decided_link(event).key
            if key in found:
                found[key].append(decision(event))
        alias = self._aliases({d.undoes for said in found.values() for d in said if d.undoes is not None})
        return {key: verdict(decisions, alias) for key, decisions in found.items()}

    def _aliases(self, ids: set[UUID]) -> dict[UUID, UUID]:
        """Of these ids, those whose content stands under another, and which that is."""
        rows = self._cur.execute(
            "SELECT l.event_id, s.event_id FROM ledger l JOIN ledger s ON s.digest = l.digest AND s.standing"
            " WHERE l.event_id = ANY(%s) AND l.digest IS NOT NULL AND NOT l.standing AND l.refused IS NULL",
            (list(ids),),
        )
        return {row[0]: row[1] for row in rows} if ids else {}

    def _effective(self, where: str, parameters: tuple[Any, ...]) -> list[Entry]:
        return [
            Entry(*row)
            for row in self._cur.execute(
                f"SELECT {', '.join(ENTRY)} FROM ledger WHERE effective AND {where}",
                parameters,
            )
        ]

    # -- anchors ----------------------------------------------------------------------------------------------

    def _write_anchored(self, came: set[str], gone: set[str]) -> tuple[set[str], set[str]]:
        """Note who anchors an effective event now; the identifiers that came to, and those that ceased to."""
        rising = {i for i in came if not self._rows[i].anchored}
        falling = {i for i in gone - came if self._rows[i].anchored}
        if falling:
            still = self._cur.execute(
                "SELECT DISTINCT anchor FROM ledger WHERE anchor = ANY(%s) AND effective AND type <> ALL(%s)",
                (sorted(falling), sorted(ACTS_ONLY)),
            )
            falling -= {row[0] for row in still}
        for identifiers, value in ((rising, True), (falling, False)):
            if identifiers:
                self._cur.execute(
                    "UPDATE identifier SET anchored = %s WHERE identifier = ANY(%s)",
                    (value, sorted(identifiers)),
                )
                for identifier in identifiers:
                    self._rows[identifier].anchored = value
        return rising, falling

    # -- structure --------------------------------------------------------------------------------------------

    def _restructure(
        self, links: _Written, fallen: set[str], ends: dict[LinkKey, tuple[str, str]], reach: Reach
    ) -> None:
        """Recompute the roots of whatever the changed links and anchors concern, under locks on all of it."""
        suspects = self._write_suspects({k for k in links.changed if k.kind in REACHING})
        turned = reach.risen | fallen | suspects
        seeds = turned | {e for k in links.made | links.altered if k.kind in REACHING for e in (k.a, k.b)}
        around = Surroundings(self._cur)
        while True:
            beside = around.beside(turned)
            concerned = around.closure(seeds | beside, dependents)
            deciding = around.closure(concerned, dependencies)
            if not self._lock(deciding):
                break
            around.reread()
        moved: dict[str, tuple[str, ...]] = {}
        for identifier in concerned:
            row = self._rows[identifier]
            now, was = tuple(sorted(roots(identifier, around.graph))), row.roots
            if now == was:
                continue
            moved[identifier] = row.roots = now
            for root in set(now) - set(was):
                reach.gained[root].add(identifier)
            for root in set(was) - set(now):
                reach.lost[root].add(identifier)
                reach.restructured.add(root)
            if identifier in fallen or (row.anchored and identifier not in reach.risen):
                # Its events of before this batch join others.
                reach.restructured |= set(now) - set(was)
            # All its files, also those it stays in: a jail's file says which of its holds lead to a case.
            reach.regiven |= {*now, *was}
        self._cur.executemany(
            "UPDATE identifier SET roots = %s WHERE identifier = %s",
            [(list(now), identifier) for identifier, now in sorted(moved.items())],
        )
        # Files at either end of a changed link show it; files beside a new anchor show that it is one.
        altered = fallen | suspects
        altered |= around.beside(altered) | {end for key in links.altered for end in ends[key]}
        shown = turned | beside | {end for key in links.made for end in ends[key]}
        for identifier in altered:
            reach.restructured.update(self._rows[identifier].roots)
        for identifier in shown - altered:
            reach.regiven.update(self._rows[identifier].roots)
        reach.regiven -= reach.restructured

    def _write_suspects(self, changed: set[LinkKey]) -> set[str]:
        """Recount who claims the ends of the changed links; the identifiers that became or ceased to be SUSPECT."""
        claimed = sorted({end for key in changed for end in (key.a, key.b)})
        counts = self._cur.execute(
            "SELECT c, (SELECT count(DISTINCT a) FROM link WHERE b_at = c AND b = c AND by_a)"
            " + (SELECT count(DISTINCT b) FROM link WHERE a = c AND by_b) FROM unnest(%s::text[]) AS c",
            (claimed,),
        ).fetchall()
        turned: set[str] = set()
        for identifier, count in counts:
            suspect = count > claim_limit(kind_of(identifier))
            if suspect != self._rows[identifier].suspect:
                self._cur.execute(
                    "UPDATE identifier SET suspect = %s WHERE identifier = %s", (suspect, identifier)
                )
                self._rows[identifier].suspect = suspect
                turned.add(identifier)
        return turned
