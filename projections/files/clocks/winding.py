"""Which clocks an event can have changed, and reckoning those anew: the rest stands as it is.

An event type names the families of clocks that it bears on, and whose: of those it names, or of everybody. One that
is not in the table bears on none. A fold from the start reckons everything once, at its end; that both ways give the
same bytes is what tests/projections/files hold this table to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from projections.files.clocks.facts import facts_of, facts_of_case
from projections.files.clocks.kept import OF_CASE
from projections.files.state import FileState
from projections.files.status.view import order_of, view_of, whole_case
from projections.files.telling import Telling
from projections.law import reference, registry
from projections.law.clock import to_stored
from projections.law.registry import Family

Json = dict[str, Any]

EVERYBODY: Final = "*"
ALL: Final = frozenset(family.name for family in (*registry.OF_ACCUSED, *registry.OF_CASE))


class Bears(NamedTuple):
    """On which families an event type bears, of everybody or of those whom it names."""

    families: frozenset[str]
    everybody: bool = False


def _on(*names: str) -> Bears:
    return Bears(_those(*names))


def _on_everybody(*names: str) -> Bears:
    return Bears(_those(*names), everybody=True)


def _those(*names: str) -> frozenset[str]:
    """The families of these names, and all that read a field of these names."""
    return frozenset(
        family.name
        for family in (*registry.OF_ACCUSED, *registry.OF_CASE)
        if family.name in names or not family.reads.isdisjoint(names)
    )


_ANY: Final = Bears(ALL)
_ANY_EVERYBODY: Final = Bears(ALL, everybody=True)
_REMAND_AGAIN: Final = Bears(frozenset(("production", "police-custody", "warrant")))

BEARS: Final[dict[str, Bears]] = {
    "police.FirRegistered": _ANY_EVERYBODY,
    "police.SectionsAltered": _on_everybody("sections"),
    "police.ArrestMade": _ANY,
    "police.AntecedentsReported": _on("antecedents"),
    "police.FinalReportSubmitted": _on_everybody("claims", "filings", "sections"),
    "excise.ExciseCaseRegistered": _ANY_EVERYBODY,
    "excise.ExciseArrestMade": _ANY,
    "excise.ExciseFinalReportSubmitted": _on_everybody("claims", "filings", "sections"),
    "court.RemandOrdered": _ANY,
    "court.Surrendered": _on("custody"),
    "court.ChargeSheetConsumed": _on_everybody("filings", "sections"),
    "court.CognizanceTaken": _on_everybody("court.CognizanceTaken"),
    "court.ChargesFramed": _on("sections", "court.ChargesFramed"),
    "court.Discharged": _on("court.Discharged"),
    "court.JudgmentDelivered": _on("convicted", "court.JudgmentDelivered"),
    "court.CaseDisposed": _on_everybody("court.CaseDisposed"),
    "court.CasesClubbed": _ANY_EVERYBODY,
    "court.CaseSplit": _ANY_EVERYBODY,
    "court.HearingListed": _on_everybody("court.HearingListed"),
    "court.HearingHeld": _on_everybody("court.HearingHeld"),
    "court.HearingAdjourned": _on_everybody("adjournments"),
    "court.BailApplied": _on("bail_applied"),
    "court.BailGranted": _on("bail_granted"),
    "court.BailCancelled": _on("court.BailCancelled"),
    "court.BondAccepted": _on("custody", "court.BondAccepted"),
    "court.ReleaseWarrantIssued": _on("custody"),
    "prison.Admitted": _on("custody", "jail_dates"),
    "prison.OpeningBalance": _on("custody", "jail_dates"),
    "prison.CaseHoldChanged": _on("custody", "jail_dates"),
    "prison.TransferredIn": _on("custody"),
    "prison.InterimReleased": _on("custody"),
    "prison.Returned": _on("custody"),
    "prison.Released": _on("custody"),
    "prison.Escaped": _on("custody"),
    "prison.Recaptured": _on("custody"),
    "prison.Died": _on("custody"),
    "prison.WarrantReceived": _on("jail_dates"),
    "prison.ProducedInCourt": _on("jail_dates"),
    "prison.NotProduced": _on("jail_dates"),
    "prison.NotReleasedReason": _on("not_released"),
}


def noted(state: FileState, told: Telling, numbers: int) -> None:
    """Note what an event that was just applied can have changed; `numbers`: how many court numbers there were."""
    if len(state.document["court"]) != numbers:
        # A number more: which numbers concern whom may have changed for all.
        _note(state, EVERYBODY, ALL)
    else:
        bears = BEARS.get(told.type)
        if bears is not None and _says_something(state, told):
            if bears.everybody:
                _note(state, EVERYBODY, bears.families)
            else:
                families = bears.families
                if told.type == "court.RemandOrdered" and _remanded_before(state):
                    families = _REMAND_AGAIN.families
                for ref in state.named:
                    _note(state, ref, families)
    state.named.clear()


def _note(state: FileState, whose: str, families: frozenset[str]) -> None:
    state.unwound[whose] = state.unwound.get(whose, frozenset()) | families


def _says_something(state: FileState, told: Telling) -> bool:
    """Hearings are many, and few of them are for a purpose that starts a clock."""
    return state.starts or told.type not in ("court.HearingListed", "court.HearingHeld")


def _remanded_before(state: FileState) -> bool:
    """Whether the remand just entered is not the first of him: where custody began is known already."""
    references = state.document["references"]
    return all(len(references[ref].get("remands", ())) > 1 for ref in state.named)


def wind(state: FileState, before: dict[str, list[str]]) -> None:
    """Reckon anew the clocks that may have changed. `before`: accused id -> references, when they were last wound."""
    document, unwound = state.document, state.unwound
    clocks: Json = document["clocks"]
    for gone in clocks.keys() - {one["id"] for one in document["accused"]} - {OF_CASE}:
        del clocks[gone]
    everybody = unwound.get(EVERYBODY, frozenset())
    order: dict[str, int] | None = None
    for accused in document["accused"]:
        if before.get(accused["id"]) != accused["references"]:
            families = ALL
        else:
            families = everybody.union(*(unwound[ref] for ref in accused["references"] if ref in unwound))
        chosen = [family for family in registry.OF_ACCUSED if family.name in families]
        if chosen:
            order = order if order is not None else order_of(document)
            view = view_of(document, accused, order)
            _keep(clocks, accused["id"], chosen, facts_of(view, registry.reads_of(chosen)))
    chosen = [family for family in registry.OF_CASE if family.name in everybody]
    if chosen:
        view = whole_case(document, order if order is not None else order_of(document))
        _keep(clocks, OF_CASE, chosen, facts_of_case(view, registry.reads_of(chosen)))
    unwound.clear()


def _keep(clocks: Json, accused: str, families: Iterable[Family], facts: Any) -> None:
    mine: Json = clocks.get(accused, {})
    for name, found in registry.wound(families, facts, reference.load()):
        if found:
            mine[name] = [to_stored(clock) for clock in found]
        else:
            mine.pop(name, None)
    if mine:
        clocks[accused] = mine
    else:
        clocks.pop(accused, None)
