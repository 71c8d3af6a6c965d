"""Which version of each event stands: doubles, one id with two contents, corrections, retractions.

Pure, and independent of arrival order. The rules, in the order in which they are applied:

1. One id with two contents: the smaller digest stands, the other is ID_REUSED.
2. Equal content (which includes source_record) under two ids: the least id stands, the other is its alias.
3. A correction names what it supersedes. Only the same source, or an approved repair, may supersede; the type must
   be the same unless it is a retraction. What breaks this is refused from the start, whenever its target comes.
4. A retracted successor is void. Of an event's non-void successors the greatest (recorded_at, id) stands; if that is
   a retraction, nothing does; if there is none, the event itself. A successor whose target is absent stands.
5. A ring of corrections is refused as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from projections.reasons import HubReason

RETRACTIONS = frozenset({"common.Retracted", "hub.EventDiscarded"})


@dataclass(frozen=True, slots=True)
class Version:
    """What resolution needs to know of one ledger row."""

    event_id: UUID
    digest: bytes
    type: str
    source: str
    supersedes: UUID | None
    recorded_at: datetime
    repair: bool
    """It came inside an approved repair, and may supersede an event of any source."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What becomes of each row; keys are (event id, digest)."""

    standing: frozenset[tuple[UUID, bytes]]
    effective: frozenset[tuple[UUID, bytes]]
    live: frozenset[tuple[UUID, bytes]]
    """Rows that are neither refused nor void: what they supersede is settled, be it a record that was set aside."""
    refused: dict[tuple[UUID, bytes], HubReason]
    alias: dict[UUID, UUID]
    """An id whose content stands under another -> that other."""


def resolve(versions: Iterable[Version]) -> Resolution:
    """Resolve one whole component: every row tied to another by id, content or superseding must be among them."""
    least: dict[UUID, Version] = {}
    refused: dict[tuple[UUID, bytes], HubReason] = {}
    every = {(v.event_id, v.digest): v for v in versions}
    for version in every.values():
        held = least.get(version.event_id)
        if held is None or version.digest < held.digest:
            least[version.event_id] = version
    for key, version in every.items():
        if least[version.event_id] is not version:
            refused[key] = HubReason.ID_REUSED

    lead: dict[bytes, UUID] = {}
    for version in least.values():
        lead[version.digest] = min(lead.get(version.digest, version.event_id), version.event_id)
    standing = {v.event_id: v for v in least.values() if lead[v.digest] == v.event_id}
    alias = {v.event_id: lead[v.digest] for v in least.values()}

    chains = _Chains(standing, alias)
    effective = frozenset((v.event_id, v.digest) for v in chains.effective())
    for event_id, reason in chains.refused.items():
        refused[event_id, standing[event_id].digest] = reason
    return Resolution(
        standing=frozenset((v.event_id, v.digest) for v in standing.values()),
        effective=effective,
        live=frozenset((event_id, standing[event_id].digest) for event_id in chains.live),
        refused=refused,
        alias={one: other for one, other in alias.items() if one != other},
    )


class _Chains:
    """The trees that `supersedes` spans over the standing events, and what stands at the end of each."""

    def __init__(self, standing: dict[UUID, Version], alias: dict[UUID, UUID]) -> None:
        self._standing = standing
        self._target = {
            v.event_id: alias.get(v.supersedes, v.supersedes)
            for v in standing.values()
            if v.supersedes is not None
        }
        self.refused: dict[UUID, HubReason] = {}
        self.live: set[UUID] = set()
        """Complete once `effective` has been run through."""
        self._refuse_rings()
        self._refuse_strangers()
        self._successors: defaultdict[UUID, list[Version]] = defaultdict(list)
        for event_id, target in self._target.items():
            if event_id not in self.refused:
                self._successors[target].append(standing[event_id])

    def _refuse_rings(self) -> None:
        done: set[UUID] = set()
        for start in self._target:
            path: list[UUID] = []
            on_path: set[UUID] = set()
            at: UUID | None = start
            while at is not None and at not in done and at not in on_path:
                path.append(at)
                on_path.add(at)
                at = self._target.get(at)
            if at is not None and at in on_path:
                for member in path[path.index(at) :]:
                    self.refused[member] = HubReason.SUPERSEDES_RING
            done |= on_path

    def _refuse_strangers(self) -> None:
        for event_id, target_id in self._target.items():
            successor = self._standing[event_id]
            target = self._standing.get(target_id)
            if target is None or event_id in self.refused:
                continue
            if not (successor.repair or successor.source == target.source):
                self.refused[event_id] = HubReason.SUPERSEDES_FOREIGN
            elif successor.type not in RETRACTIONS and successor.type != target.type:
                self.refused[event_id] = HubReason.SUPERSEDES_OTHER_TYPE

    def effective(self) -> Iterable[Version]:
        """What stands at the end of each tree; its root is an event that supersedes nothing, is absent or refused."""
        for event_id in {*self._standing, *self._target.values()}:
            if event_id in self._target and event_id not in self.refused:
                # A successor is reached from its target, present, refused or not.
                continue
            stands = self._stands(event_id)
            if stands is not None and stands.type not in RETRACTIONS:
                yield stands

    def _stands(self, event_id: UUID) -> Version | None:
        """Post-order without recursion: a chain of ten thousand corrections is no reason to fail."""
        order: list[UUID] = []
        todo = [event_id]
        while todo:
            at = todo.pop()
            order.append(at)
            todo.extend(s.event_id for s in self._successors.get(at, ()))
        value: dict[UUID, Version | None] = {}
        for at in reversed(order):
            live = [s for s in self._successors.get(at, ()) if value[s.event_id] is not None]
            if not live:
                value[at] = self._standing.get(at) if at not in self.refused else None
                continue
            last = value[max(live, key=lambda s: (s.recorded_at, s.event_id)).event_id]
            retracted = last is None or last.type in RETRACTIONS
            value[at] = None if retracted else last
        self.live.update(
            at for at in order if value[at] is not None and at in self._standing and at not in self.refused
        )
        return value[event_id]
