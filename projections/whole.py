"""From ledger rows to files, all at once and purely: what the store does batch by batch, said in one page.

It is how a file is read as it was known at a moment, or as it stood on a day: take the rows known by then, resolve
doubles, superseding and links, then leave out what had not happened yet. And it is what the store is held against in
its tests: any order, any batching, any number of workers must come to the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from projections.files.fold import fold
from projections.files.state import FileInput, FileState, SetAside
from projections.linking.claims import ACTS_ONLY, DECISIONS, decided_link, decision, joins
from projections.linking.model import REACHING, Graph, Link, LinkKey
from projections.linking.roots import kind_of, roots
from projections.linking.standing import Decision, Verdict, claim_limit, verdict
from projections.reasons import HubReason
from projections.resolution import RETRACTIONS, Resolution, Version, resolve
from schemas.event import Event

Row = tuple[UUID, bytes]
"""Key of a ledger row: event id and content digest."""


class Known(NamedTuple):
    """An event of the ledger, its copies merged; `repair`: it came inside an approved repair."""

    event: Event
    topic: str
    repair: bool


class Broken(NamedTuple):
    """A record set aside."""

    id: UUID
    reason: str
    type: str | None
    topic: str
    source: str | None
    anchor: str | None


@dataclass(slots=True)
class Whole:
    """Everything that some rows come to."""

    effective: list[Event]
    links: list[Link]
    roots: dict[str, frozenset[str]]
    """identifier -> the roots of the files that its events are members of."""
    inputs: dict[str, FileInput]
    """root -> what its fold is given, for every file that has a member."""
    members: dict[str, list[Event]]
    """root -> its members in order."""

    def file(self, root: str, happened: Callable[[Event], bool] = lambda _: True) -> FileState | None:
        """One file, of the members that had happened; None when there is none."""
        events = [event for event in self.members.get(root, ()) if happened(event)]
        return fold(self.inputs[root], events) if events else None


def whole(known: Iterable[Known], broken: Iterable[Broken]) -> Whole:
    """Resolve, link and sort every row into its files. The rows must hold every content of every id that counts."""
    rows = {(k.event.event_id, k.event.digest): k for k in known}
    resolution = resolve(
        Version(e.event_id, e.digest, e.type, e.source, e.supersedes, e.recorded_at, k.repair)
        for k in rows.values()
        for e in (k.event,)
    )
    effective = sorted((rows[key].event for key in resolution.effective), key=lambda e: e.sort_key)
    members = [e for e in effective if e.type not in ACTS_ONLY]
    anchored = {e.anchor for e in members}
    links = _links(effective, anchored, resolution.alias)
    graph = Graph.of(links, anchored)

    aside: defaultdict[str, set[SetAside]] = defaultdict(set)
    for anchor, entry in _open(rows, broken, resolution):
        aside[anchor].add(entry)

    ends: defaultdict[str, list[Link]] = defaultdict(list)
    identifiers = set(anchored)
    for link in links:
        for end in _at(link):
            ends[end].append(link)
            identifiers.add(end)
    roots_of = {identifier: roots(identifier, graph) for identifier in identifiers}
    at: defaultdict[str, set[str]] = defaultdict(set)
    for identifier, found in roots_of.items():
        for root in found:
            at[root].add(identifier)
    of_file: defaultdict[str, list[Event]] = defaultdict(list)
    for event in members:
        for root in roots_of[event.anchor]:
            of_file[root].append(event)
    inputs = {
        root: FileInput(
            root,
            frozenset(at[root]),
            tuple(sorted({link for i in at[root] for link in ends[i]}, key=lambda x: (x.kind, x.a, x.b))),
            tuple(sorted({s for i in at[root] for s in aside[i]}, key=lambda s: (s.id, s.reason))),
        )
        for root in of_file
    }
    return Whole(effective, links, roots_of, inputs, dict(of_file))


def _links(effective: list[Event], anchored: set[str], alias: dict[UUID, UUID]) -> list[Link]:
    """Every link that was claimed or decided about, with its standing."""
    sides: defaultdict[LinkKey, set[bool]] = defaultdict(set)
    ends: dict[LinkKey, tuple[str, str]] = {}
    decisions: defaultdict[LinkKey, list[Decision]] = defaultdict(list)
    for event in effective:
        for join in joins(event):
            sides[join.key].add(join.by_a)
            ends[join.key] = (join.key.a, join.key.b)
        if event.type in DECISIONS:
            link = decided_link(event)
            ends[link.key] = (link.a_at, link.b_at)
            decisions[link.key].append(decision(event))
    claimants: defaultdict[str, set[str]] = defaultdict(set)
    for key, by in sides.items():
        if key.kind in REACHING:
            if True in by:
                claimants[key.b].add(key.a)
            if False in by:
                claimants[key.a].add(key.b)
    suspect = {i for i, who in claimants.items() if len(who) > claim_limit(kind_of(i))}
    found = []
    for key, (a_at, b_at) in ends.items():
        said = verdict(decisions[key], alias) if key in decisions else Verdict(False, False, False, ())
        if not sides.get(key) and not said.evidence and not said.rejected:
            # A proposal, or a decision undone: nobody says it.
            continue
        standing = (bool(sides.get(key)) or said.evidence) and not said.rejected
        doubtful = a_at in suspect or b_at in suspect
        found.append(
            Link(
                key.kind, key.a, key.b, standing, standing and (said.confirmed or not doubtful), said.confirmed,
                a_at in anchored, b_at in anchored, said.in_place_of, a_at, b_at,
            )
        )  # fmt: skip
    return found


def _at(link: Link) -> set[str]:
    """The identifiers at which a link hangs."""
    return {link.a_at, link.b_at}


def _open(
    rows: Mapping[Row, Known], broken: Iterable[Broken], resolution: Resolution
) -> Iterator[tuple[str, SetAside]]:
    """What was set aside and still is, with the identifier under which it came.

    A record is, until its source, or a repair, supersedes it or takes it back, or it comes again, sound, under its id.
    So is what the ledger refused; but what was refused because its id was another's is so until it comes under its
    own, or the id is taken back altogether.
    """
    later: defaultdict[UUID, list[Known]] = defaultdict(list)
    for key in resolution.live:
        if (supersedes := rows[key].event.supersedes) is not None:
            later[supersedes].append(rows[key])

    def closed(event_id: UUID, source: str | None, by: Collection[str] | None = None) -> bool:
        return any(
            (k.repair or k.event.source == source) and (by is None or k.event.type in by)
            for k in later[event_id]
        )

    there = {event_id for event_id, _ in rows.keys() - resolution.refused.keys()}
    for b in broken:
        if b.anchor is not None and b.id not in there and not closed(b.id, b.source):
            yield b.anchor, SetAside(str(b.id), b.reason, b.type, b.topic)
    contents = {digest for _, digest in resolution.standing}
    for key, reason in resolution.refused.items():
        event = rows[key].event
        if reason is HubReason.ID_REUSED:
            over = event.digest in contents or closed(event.event_id, event.source, RETRACTIONS)
        else:
            over = closed(event.event_id, event.source)
        if not over:
            yield event.anchor, SetAside(str(event.event_id), str(reason), event.type, rows[key].topic)
