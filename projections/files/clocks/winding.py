"""Which clocks an event can have changed, and reckoning those anew: the rest stands as it is.

An event type names the families of clocks that it bears on, and whose: of those it names, or of everybody. One that
is not in the table bears on none. A fold from the start reckons everything once, at its end; that both ways give the
same bytes is what tests/projections/files hold this table to.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from projections.files.clocks import facts
from projections.files.clocks.facts import gathered
from projections.files.clocks.kept import OF_CASE
from projections.files.clocks.memory import MEMORY
from projections.files.holds import is_open
from projections.files.state import FileState
from projections.files.status.view import order_of, view_of, whole_case
from projections.files.telling import Telling
from projections.law import registry
from projections.law.clocks import investigation
from projections.law.registry import Family

Json = dict[str, Any]

EVERYBODY: Final = "*"
ALL: Final = frozenset(family.name for family in registry.EVERY)


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
        family.name for family in registry.EVERY if family.name in names or not family.reads.isdisjoint(names)
    )


_ANY: Final = Bears(ALL)
_ANY_EVERYBODY: Final = Bears(ALL, everybody=True)

BEARS: Final[dict[str, Bears]] = {
    "police.FirRegistered": _ANY_EVERYBODY,
    "police.SectionsAltered": _on_everybody("sections"),
    "police.ArrestMade": _on("arrests", "sections", "custody", "ages"),
    "police.AntecedentsReported": _on("antecedents"),
    "police.FinalReportSubmitted": _on_everybody("claims", "filings", "sections"),
    "excise.ExciseCaseRegistered": _ANY_EVERYBODY,
    "excise.ExciseArrestMade": _on("arrests", "sections", "custody", "ages"),
    "excise.ExciseFinalReportSubmitted": _on_everybody("claims", "filings", "sections"),
    **{name: _on_everybody(name) for name in investigation.STEPS},
    "court.TimeExtended": _on_everybody("extensions"),
    "court.CopiesSupplied": _on_everybody("court.CopiesSupplied"),
    "court.CaseCommitted": _on_everybody("court.CaseCommitted"),
    "court.ArgumentsConcluded": _on_everybody("court.ArgumentsConcluded"),
    "court.WitnessExamined": _on_everybody("court.WitnessExamined"),
    "court.AppearanceRecorded": _on("court.AppearanceRecorded"),
    "court.DischargeApplied": _on("court.DischargeApplied"),
    "court.DelayAttributed": _on("delays"),
    "court.DetentionContinued": _on("continued"),
    "court.AgeClaimed": _on("ages"),
    "court.AgeDetermined": _on("ages"),
    "court.SuretyOffered": _on("not_released"),
    "court.SuretyVerificationCalled": _on("not_released"),
    "court.RemandOrdered": _on("remands", "custody", "code"),
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
    "prison.WarrantReceived": _on("jail_dates"),
    "prison.ProducedInCourt": _on("jail_dates"),
    "prison.NotProduced": _on("jail_dates"),
    "prison.NotReleasedReason": _on("not_released"),
    "prison.Escaped": _on("custody"),
    "prison.Recaptured": _on("custody"),
    "prison.Died": _on("custody"),
    "prison.Section479Applied": _on("applied_479"),
    "prison.LegalServicesInformed": _on("prison.LegalServicesInformed"),
}


def from_start() -> dict[str, frozenset[str]]:
    """What is to be wound of a file that is folded from its start: everything, at its end."""
    return {EVERYBODY: ALL}


def noted(state: FileState, told: Telling, numbers: int) -> None:
    """Note what an event that was just applied can have changed; `numbers`: how many court numbers there were."""
    if state.unwound.get(EVERYBODY) is ALL:
        pass  # a file folded from its start
    elif len(state.document["court"]) != numbers:
        # A number more: which numbers concern whom may have changed for all.
        _note(state, EVERYBODY, ALL)
    elif (bears := BEARS.get(told.type)) is not None:
        less = LESS.get(told.type)
        families = bears.families if less is None else less(state, told, bears.families)
        if (
            families is bears.families
            and told.type in _TAKEN_IN
            and any("antecedents" in one for one in state.document["references"].values())
        ):
            families |= _ANTECEDENTS
        if families:
            for whose in (EVERYBODY,) if bears.everybody else state.named:
                _note(state, whose, families)
    state.named.clear()


#: Events that can tell when he was taken in, by which a search of registers is judged.
_TAKEN_IN: Final = frozenset(
    name
    for name, bears in BEARS.items()
    if bears.families >= _those("arrests") or bears.families >= _those("custody")
)
_ANTECEDENTS: Final = _those("antecedents")


# -- what many events of a kind do not change ----------------------------------------------------------------------

_NONE: Final[frozenset[str]] = frozenset()
_WARRANT: Final = frozenset(("warrant",))
_POLICE_REMAND: Final = frozenset(("police-custody", "warrant"))
_REARREST: Final = frozenset(("production", "police-custody", "warrant"))


def _hearing(state: FileState, told: Telling, families: frozenset[str]) -> frozenset[str]:
    return families if state.starts else _NONE


def _bail_applied(state: FileState, told: Telling, families: frozenset[str]) -> frozenset[str]:
    """Only an application for default bail, or one that may be, avails of that right."""
    return families if told.body["bail_kind"] in ("DEFAULT", "UNKNOWN") else _NONE


def _jail_date(state: FileState, told: Telling, families: frozenset[str]) -> frozenset[str]:
    body = told.body
    return families if body["next_date"] is not None or body.get("warrant_valid_to") is not None else _NONE


def _remand(state: FileState, told: Telling, families: frozenset[str]) -> frozenset[str]:
    """After the first remand another one only prolongs: nothing but the warrant, and days of police custody."""
    references: Json = state.document["references"]
    for ref in state.named:
        remands = references[ref]["remands"]
        if len(remands) == 1:
            return families
        before = remands[-2]["on"]
        if any(arrest["on"] > before for one in references.values() for arrest in one.get("arrests", ())):
            return _REARREST
    return _WARRANT if told.body["custody_kind"] == "JUDICIAL" else _POLICE_REMAND


def _let_go_by_court(state: FileState, told: Telling, families: frozenset[str]) -> frozenset[str]:
    """Of one whom a jail holds, the jail's record says when he goes."""
    references: Json = state.document["references"]
    for accused in state.document["accused"]:
        if not state.named.isdisjoint(accused["references"]):
            holds = [
                references[r]["custody"] for r in accused["references"] if "custody" in references.get(r, ())
            ]
            if not any(is_open(hold) and hold["spells"][-1]["from"] <= told.day for hold in holds):
                return families
    return _BOND if told.type == "court.BondAccepted" else _NONE


_BOND: Final = _those("court.BondAccepted")

LESS: Final[dict[str, Callable[[FileState, Telling, frozenset[str]], frozenset[str]]]] = {
    "court.HearingListed": _hearing,
    "court.HearingHeld": _hearing,
    "court.BailApplied": _bail_applied,
    "court.RemandOrdered": _remand,
    "court.BondAccepted": _let_go_by_court,
    "court.ReleaseWarrantIssued": _let_go_by_court,
    "prison.ProducedInCourt": _jail_date,
    "prison.NotProduced": _jail_date,
}


def _note(state: FileState, whose: str, families: frozenset[str]) -> None:
    state.unwound[whose] = state.unwound.get(whose, frozenset()) | families


def wind(state: FileState, before: dict[str, list[str]]) -> None:
    """Reckon anew the clocks that may have changed. `before`: accused id -> references, when they were last wound."""
    document, unwound = state.document, state.unwound
    clocks: Json = document["clocks"]
    for gone in clocks.keys() - {one["id"] for one in document["accused"]} - {OF_CASE}:
        del clocks[gone]
    everybody = unwound.get(EVERYBODY, _NONE)
    order: dict[str, int] | None = None
    for accused in document["accused"]:
        if before.get(accused["id"]) != accused["references"]:
            families = ALL
        else:
            families = everybody.union(*(unwound[ref] for ref in accused["references"] if ref in unwound))
        chosen, reads = _of_accused(families)
        if chosen:
            order = order if order is not None else order_of(document)
            given = gathered(view_of(document, accused, order), reads, facts.OF_ACCUSED)
            _keep(document, accused["id"], chosen, given)
    # Whose reports are this case's hangs on who is an accused of it.
    same = before == {one["id"]: one["references"] for one in document["accused"]}
    chosen, reads = _of_case(everybody if same else ALL)
    if chosen:
        view = whole_case(document, order if order is not None else order_of(document))
        _keep(document, OF_CASE, chosen, gathered(view, reads, facts.OF_CASE))
    unwound.clear()


@functools.cache
def _of_accused(names: frozenset[str]) -> tuple[list[Family], frozenset[str]]:
    """The families of one accused of these names, in their order, and all that they read."""
    return _chosen(registry.OF_ACCUSED, names)


@functools.cache
def _of_case(names: frozenset[str]) -> tuple[list[Family], frozenset[str]]:
    return _chosen(registry.OF_CASE, names)


def _chosen(among: tuple[Family, ...], names: frozenset[str]) -> tuple[list[Family], frozenset[str]]:
    chosen = [family for family in among if family.name in names]
    return chosen, registry.reads_of(chosen)


def _keep(document: Json, accused: str, families: list[Family], given: Json) -> None:
    clocks: Json = document["clocks"]
    mine: Json = clocks.get(accused, {})
    for name, found in MEMORY.reckoned((document["root"], accused), families, given).items():
        if found:
            mine[name] = found
        else:
            mine.pop(name, None)
    if mine:
        clocks[accused] = mine
    else:
        clocks.pop(accused, None)
