"""What one event says of links: the claims in its envelope, and a reviewer's decisions on hub.identity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from projections.linking.model import ACCUSED_IS, SAME_PERSON, LinkKey
from projections.linking.roots import kind_of
from projections.linking.standing import ASSERTED, CONFIRMED, REJECTED, UNDONE, Decision
from schemas.accused import text_of_ref
from schemas.catalogue import CATALOGUE
from schemas.event import Event
from schemas.links import ENDS
from schemas.windows import ABOUT_NUMBERS

#: Between two of one kind, these events name what the anchor became; all others name what it was.
NAMES_SUCCESSOR = frozenset(
    {"police.FirTransferred", "court.CaseSplit", "court.CaseCommitted", "court.CaseTransferred"}
)
DECISIONS = frozenset({ASSERTED, CONFIRMED, REJECTED, UNDONE})
#: Events that are in no file: they act through links, through what they supersede, or tell of a source's numbers.
ACTS_ONLY = (
    DECISIONS
    | ABOUT_NUMBERS
    | {
        "common.Retracted",
        "hub.RepairProposed",
        "hub.RepairApproved",
        "hub.EventDiscarded",
    }
)


@dataclass(frozen=True, slots=True)
class Join:
    """A link that an event is evidence for, and whether the claimant stands at its end `a`."""

    key: LinkKey
    by_a: bool


def joins(event: Event) -> list[Join]:
    """The links that an event's claims prove; none for events that are in no file."""
    if not event.claims or event.type in ACTS_ONLY:
        return []
    line = CATALOGUE[event.type]
    anchor_kind = kind_of(event.anchor)
    found = []
    for claim in event.claims:
        kind = line.link_kind(anchor_kind, kind_of(claim))
        if kind is not None:
            found.append(_directed(kind, event.anchor, claim, event.type in NAMES_SUCCESSOR))
    return found


def _directed(kind: str, anchor: str, claim: str, names_successor: bool) -> Join:
    first, second = ENDS[kind]
    anchor_first = kind_of(anchor) in first and kind_of(claim) in second
    claim_first = kind_of(claim) in first and kind_of(anchor) in second
    if anchor_first and claim_first:
        anchor_first = names_successor
    return (
        Join(LinkKey(kind, anchor, claim), True)
        if anchor_first
        else Join(LinkKey(kind, claim, anchor), False)
    )


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a decided link: what it joins, and the identifiers at which the two hang."""

    key: LinkKey
    a_at: str
    b_at: str


def decided_link(event: Event) -> Ends:
    """The link that a decision on hub.identity is about. Between two of one kind, `left` was and `right` became."""
    body = event.body
    kind: str = body["link_kind"]
    left = _text(body["left"])
    right = _text(body["right"])
    if kind in (ACCUSED_IS, SAME_PERSON):
        ends = sorted(
            ((text_of_ref(body["left_accused"]), left), (text_of_ref(body["right_accused"]), right))
        )
        return Ends(LinkKey(kind, ends[0][0], ends[1][0]), ends[0][1], ends[1][1])
    first, second = ENDS[kind]
    forward = kind_of(left) in first and kind_of(right) in second
    a, b = (left, right) if forward else (right, left)
    return Ends(LinkKey(kind, a, b), a, b)


def decision(event: Event) -> Decision:
    """A decision as the weighing of a link takes it."""
    body = event.body
    replaced = body.get("in_place_of")
    return Decision(
        type=event.type,
        event_id=event.event_id,
        recorded_at=event.recorded_at,
        reviewed=event.type != ASSERTED or body["reviewer"] is not None,
        in_place_of=_text(replaced) if replaced else None,
        undoes=UUID(body["decision"]) if event.type == UNDONE else None,
    )


def _text(identifier: dict[str, Any]) -> str:
    return f"{identifier['kind']}:{identifier['value']}"
