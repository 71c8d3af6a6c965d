"""The planted reviewer: asserts, confirms and rejects links on hub.identity, some days after the need arose.

He knows the truth. What the hub's own rules can join he leaves to them; he decides where disorder made that
impossible, and rejects what disorder joined wrongly. So once all is in, the truth holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ops.simulate.places import District
from ops.simulate.rows import Json, identifier, office, reference, scope_of
from ops.simulate.state import Docket, Party

if TYPE_CHECKING:
    from ops.simulate.engine import Simulation


def review(sim: Simulation, party: Party) -> None:
    """From now on the reviewer joins every reference of this accused, those that come later too."""
    if party.reviewed:
        return
    party.reviewed = True
    first, *others = party.refs or (None,)
    for other in others:
        if first is not None and other is not None:
            _join(sim, party, first, other)


def join(sim: Simulation, party: Party, ref: str) -> None:
    """A reviewed accused got a new reference."""
    first = next(iter(party.refs))
    if first != ref:
        _join(sim, party, first, ref)


def _join(sim: Simulation, party: Party, one: str, other: str) -> None:
    accused = (reference(one), reference(other))
    _decide(sim, party.case.district, "ACCUSED_IS", scope_of(one), scope_of(other), accused)


def hold(sim: Simulation, party: Party, misnamed: str) -> None:
    """The jail misnamed the case: his hold under it is read as one under the true FIR."""
    pid, district = party.person.pid, party.case.district
    assert pid is not None  # noqa: S101
    _decide(sim, district, "HELD_UNDER", pid, party.case.known_as, in_place_of=misnamed)


def not_held(sim: Simulation, party: Party, wrong: str) -> None:
    """The case that the jail named exists, and is another's."""
    pid = party.person.pid
    assert pid is not None  # noqa: S101
    _reject(sim, party.case.district, "HELD_UNDER", pid, wrong)


def tried(sim: Simulation, docket: Docket) -> None:
    """No row of the court names the FIR: the reviewer does."""
    for case in docket.cases:
        _decide(sim, case.district, "TRIED_IN", docket.anchor, case.known_as)


def not_tried(sim: Simulation, docket: Docket, wrong: str) -> None:
    """A row of the court named another's FIR."""
    _reject(sim, docket.cases[0].district, "TRIED_IN", docket.anchor, wrong)


def wrong_proposal(sim: Simulation, one: Party, other: Party) -> None:
    """A matcher takes two accused for one; the reviewer says no."""
    left, right = next(iter(one.refs)), next(iter(other.refs))
    if left == right:
        return
    accused = (reference(left), reference(right))
    day = sim.day + sim.fate.rng.randrange(1, 10)
    _link(sim, "hub.LinkAsserted", one.case.district, "ACCUSED_IS", scope_of(left), scope_of(right), day,
          accused, reviewed=False)  # fmt: skip
    _link(sim, "hub.LinkRejected", one.case.district, "ACCUSED_IS", scope_of(left), scope_of(right), day + 2,
          accused)  # fmt: skip


def _decide(
    sim: Simulation,
    district: District,
    kind: str,
    left: str,
    right: str,
    accused: tuple[Json, Json] | None = None,
    in_place_of: str | None = None,
) -> None:
    day = sim.day + sim.fate.rng.randrange(1, 21)
    if sim.fate.strikes("proposed"):
        _link(sim, "hub.LinkAsserted", district, kind, left, right, day, accused, in_place_of, reviewed=False)
        day += sim.fate.rng.randrange(0, 5)
        _link(sim, "hub.LinkConfirmed", district, kind, left, right, day, accused, in_place_of)
    else:
        _link(sim, "hub.LinkAsserted", district, kind, left, right, day, accused, in_place_of)
    if sim.fate.strikes("mistaken_review"):
        decision = _link(sim, "hub.LinkRejected", district, kind, left, right, day + 1, accused)
        office_of = office("LINK_REVIEWER", f"REVIEW-{district.code}", district.code)
        body = {
            "left": identifier(left),
            "right": identifier(right),
            "link_kind": kind,
            "left_accused": accused[0] if accused else None,
            "right_accused": accused[1] if accused else None,
            "decision": decision,
            "reason": "MISTAKEN",
            "reviewer": office_of,
        }
        sim.emit("hub.LinkUndone", district.review, left, body, day=day + 3, actor=office_of)


def _reject(sim: Simulation, district: District, kind: str, left: str, right: str) -> None:
    _link(sim, "hub.LinkRejected", district, kind, left, right, sim.day + sim.fate.rng.randrange(1, 21))


def _link(
    sim: Simulation,
    event: str,
    district: District,
    kind: str,
    left: str,
    right: str,
    day: int,
    accused: tuple[Json, Json] | None = None,
    in_place_of: str | None = None,
    *,
    reviewed: bool = True,
) -> str:
    """Emit one decision or proposal; its event id."""
    office_of = office("LINK_REVIEWER", f"REVIEW-{district.code}", district.code)
    body = {
        "left": identifier(left),
        "right": identifier(right),
        "link_kind": kind,
        "left_accused": accused[0] if accused else None,
        "right_accused": accused[1] if accused else None,
        "evidence": "DOCUMENT_SEEN" if reviewed else "MATCHER",
        "score": None if reviewed else sim.fate.rng.randrange(600, 990),
        "reviewer": office_of if reviewed else None,
        "in_place_of": identifier(in_place_of) if in_place_of else None,
    }
    row = sim.emit(event, district.review, left, body, day=day, actor=office_of if reviewed else None)
    return str(row.id())
