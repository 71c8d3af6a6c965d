"""When a link stands: its evidence, and the latest human decision on it.

A link stands while any evidence for it stands and the latest decision, by (recorded_at, event id), is not against
it; so a rejected claim does not come back with tomorrow's hearing. LinkAsserted with a reviewer's office is both
evidence and a decision for it; without one it is a proposal, which acts only when LinkConfirmed. LinkUndone removes
the one decision that it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

ASSERTED = "hub.LinkAsserted"
CONFIRMED = "hub.LinkConfirmed"
REJECTED = "hub.LinkRejected"
UNDONE = "hub.LinkUndone"


@dataclass(frozen=True, slots=True)
class Decision:
    """An effective event on hub.identity about one link."""

    type: str
    event_id: UUID
    recorded_at: datetime
    reviewed: bool
    """A reviewer's office stands behind it."""
    in_place_of: str | None
    undoes: UUID | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the decisions on one link come to."""

    evidence: bool
    rejected: bool
    confirmed: bool
    in_place_of: tuple[str, ...]
    """Every identifier that was misnamed for it: a jail may write two wrong numbers for one case."""


def verdict(decisions: Iterable[Decision], alias: Mapping[UUID, UUID]) -> Verdict:
    """Weigh the decisions on one link, in any order and with doubles.

    `alias`: ids that are only another's alias -> the id that stands; who undoes a decision may have named either.
    """
    all_of = {d.event_id: d for d in decisions}
    undone = {alias.get(d.undoes, d.undoes) for d in all_of.values() if d.undoes is not None}
    live = sorted(
        (d for d in all_of.values() if d.type != UNDONE and d.event_id not in undone),
        key=lambda d: (d.recorded_at, d.event_id),
    )
    human = [d for d in live if d.type != ASSERTED or d.reviewed]
    last = human[-1] if human else None
    replaced = {d.in_place_of for d in live if d.type == ASSERTED and d.in_place_of}
    return Verdict(
        evidence=any(d.type != REJECTED for d in human),
        rejected=last is not None and last.type == REJECTED,
        confirmed=last is not None and last.type == CONFIRMED,
        in_place_of=tuple(sorted(replaced)),
    )


#: An identifier claimed by more distinct anchors than this is SUSPECT: listed, and followed only where a link to it
#: is confirmed. A riot FIR may name 150 accused; "FIR 0/2025" is shared by every clerk in a hurry.
#: Data of the generation: a change of it needs a rebuild.
CLAIM_LIMITS = {"FIR": 200, "ZERO_FIR": 200, "CNR": 200, "PTN": 200, "PID": 60, "GD": 60}
DEFAULT_CLAIM_LIMIT = 100


def claim_limit(kind: str) -> int:
    """How many distinct anchors may claim one identifier of this kind before it is SUSPECT."""
    return CLAIM_LIMITS.get(kind, DEFAULT_CLAIM_LIMIT)
