"""CaseFile: all that the departments say of one case, by its FIR (or its CNR where there is no FIR).

    {"kind": "CASE", "root", "identifiers", "links", "incomplete", "events",
     "police": {FIR: …}, "court": {CNR or PTN: …}, "prosecution": {…}, "probation": {…}, "economic": {…},
     "origins": {INCIDENT_112, NCRP_ACK or APPLICATION_NO: …}, "exhibits": {…}, "processes": {number: …},
     "references": {AccusedRef: what each department said under its own reference},
     "accused": [{"id", "references", "joined_by"}], "left_out": [AccusedRef], "unsettled": [{"references", "why"}],
     "clocks": {accused id, or "" for the case: {family: […]}} (clocks/)}

An event type is folded by one function in one dispatch table; a type without a handler is listed and adds no fact.
The merged status of one accused is status.py's, at reading.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from projections.files import (
    case_bail,
    case_court,
    case_duties,
    case_economic,
    case_excise,
    case_hearings,
    case_legalaid,
    case_origins,
    case_police,
    case_prison,
    case_prosecution,
    case_steps,
)
from projections.files.case_prison import reach_of
from projections.files.clocks.winding import from_start, noted, wind
from projections.files.frame import enter, frame
from projections.files.names import keys
from projections.files.reach import ELSEWHERE, OWN, Reach
from projections.files.state import FileInput, FileState
from projections.files.telling import Telling, telling
from projections.files.who import Evidence, identify
from projections.linking.model import ACCUSED_IS, HELD_UNDER, Link
from projections.linking.roots import COURT_NUMBERS, kind_of

if TYPE_CHECKING:
    from schemas.event import Event

Json = dict[str, Any]
Handler = Callable[[FileState, Telling], bool | None]

HANDLERS: Final[dict[str, Handler]] = {
    **case_police.HANDLERS,
    **case_court.HANDLERS,
    **case_hearings.HANDLERS,
    **case_bail.HANDLERS,
    **case_prison.HANDLERS,
    **case_prosecution.HANDLERS,
    **case_excise.HANDLERS,
    **case_economic.HANDLERS,
    **case_legalaid.HANDLERS,
    **case_origins.HANDLERS,
    **case_steps.HANDLERS,
    **case_duties.HANDLERS,
}

#: What each department says has a part of its own.
_PARTS: Final = (
    "police",
    "court",
    "prosecution",
    "probation",
    "economic",
    "origins",
    "exhibits",
    "processes",
)


class CaseFile:
    """The fold of a case."""

    name = "CASE"

    def start(self, given: FileInput) -> FileState:
        """A case of which no event is known yet."""
        reach = Reach(given)
        document = frame(self.name, given, [link for link in given.links if _among(link, reach)])
        for part in (*_PARTS, "references", "clocks"):
            document[part] = {}
        for part in ("accused", "left_out", "unsettled"):
            document[part] = []
        return FileState(given, document, {}, reach=reach, unwound=from_start())

    def apply(self, state: FileState, event: Event) -> None:
        """Fold one event on. One that adds nothing to this case (a hold in another) is not listed either."""
        told = telling(event)
        handler = HANDLERS.get(told.type)
        numbers = len(state.document["court"])
        if handler is None or handler(state, told) is not False:
            enter(state.document, event, told)
        noted(state, told, numbers)

    def finish(self, state: FileState) -> None:
        """Who is who, and the law's clocks: worked out again only if something that bears on them was said."""
        before = {one["id"]: one["references"] for one in state.document["accused"]}
        if state.joins_changed:
            _identify(state)
            state.joins_changed = False
        wind(state, before)


def _among(link: Link, reach: Reach) -> bool:
    """Whether a link says anything of this case: not a prisoner's holds in other cases, nor his references there."""
    if link.kind == HELD_UNDER:
        return link.b in reach.own
    if link.kind == ACCUSED_IS:
        return _of_this_case(link.a, reach) and _of_this_case(link.b, reach)
    return True


def _identify(state: FileState) -> None:
    document = state.document
    references: Json = document["references"]
    reach = reach_of(state)
    decided = [link for link in state.given.links if link.kind == ACCUSED_IS]
    # Nothing but a decision is evidence for ACCUSED_IS, so one that does not stand was rejected.
    rejected = [link for link in decided if not link.standing]
    claims = [
        (ref, other, event)
        for ref, record in references.items()
        for other, event in record.get("same_as", {}).items()
    ]
    names = {
        ref: keys(state.descriptions[ref])
        for ref in references
        if ref in state.descriptions and _joins_by_name(ref, reach)
    }
    accused, unsettled = identify(
        Evidence(
            references=references.keys(),
            names=names,
            claims=claims,
            asserted=[(link.a, link.b) for link in decided if link.standing],
            rejected=[(link.a, link.b) for link in rejected],
        )
    )
    ours: list[Json] = []
    left_out: list[str] = []
    for one in accused:
        if _of_another_case(one["references"], references, reach):
            left_out += one["references"]
        else:
            # What he is called in another case is that file's business: a link of his PID may have brought it.
            one["references"] = [r for r in one["references"] if r in references or _of_this_case(r, reach)]
            one["joined_by"] = [how for how in one["joined_by"] if _ends(how) <= set(one["references"])]
            one["id"] = one["references"][0]
            ours.append(one)
    document["accused"] = sorted(ours, key=lambda one: str(one["id"]))
    document["left_out"] = sorted(left_out)
    document["unsettled"] = unsettled


def _ends(how: Json) -> set[str]:
    """The references that a join is between."""
    return set(how.get("references") or (how["a"], how["b"]))


def _of_this_case(ref: str, reach: Reach) -> bool:
    return (scope_of(ref) or ref) in reach.own


def scope_of(ref: str) -> str:
    """The case inside which a reference's code is unique; "" for a PID."""
    return ref.partition(":")[2].rpartition(":")[0]


def _joins_by_name(ref: str, reach: Reach) -> bool:
    """Where a court number tries several cases, its parties join by claim or decision only."""
    scope = scope_of(ref)
    return kind_of(scope) not in COURT_NUMBERS or reach.number(scope) == OWN


def _of_another_case(refs: list[str], references: Json, reach: Reach) -> bool:
    """Whether an accused is another case's, tried together with this one, and not of this one as well."""
    elsewhere = False
    for ref in refs:
        scope = scope_of(ref)
        if not scope:
            written = references.get(ref, {}).get("written_as", {})
            counted = reach.holds.get(ref, {})
            if any(kind_of(counted.get(case, case)) not in COURT_NUMBERS for case in written):
                return False
        elif kind_of(scope) in COURT_NUMBERS:
            whose = reach.number(scope)
            if whose == OWN:
                return False
            elsewhere = elsewhere or whose == ELSEWHERE
        elif scope in reach.own:
            return False
        elif scope in reach.elsewhere:
            elsewhere = True
    return elsewhere
