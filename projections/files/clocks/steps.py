"""What happened once on a day, as the law's clocks read it: by event type, the steps of one accused or of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from projections.files.clocks.days import day_of, hour_of, moment_of
from projections.law.calendar import civil
from projections.law.facts import Step

if TYPE_CHECKING:
    from projections.files.status.view import View

Json = dict[str, Any]
Steps = tuple[Step, ...]

#: Purposes of hearings that start a clock, as courts write them, and as the law's rules name them.
PURPOSES: Final = {"CHARGE": "charge", "FRAMING_OF_CHARGE": "charge", "EVIDENCE": "evidence"}


def _step(view: View, entry: Json, day: str = "", moment: str = "", ref: str = "") -> Step | None:
    """A step from an entry. `day`, `moment`: the fields that say when it was, better than the row's own day does."""
    at = moment_of(entry.get(moment)) if moment else None
    if at is None and moment:
        at = hour_of(view, entry["event"])
    on = civil(at) if at is not None else day_of(entry.get(day) or entry["on"])
    return None if on is None else Step(on, entry["event"], at, entry.get(ref) if ref else None)


def _steps(view: View, entries: Iterable[Json], day: str = "", moment: str = "", ref: str = "") -> Steps:
    return tuple(filter(None, (_step(view, entry, day, moment, ref) for entry in entries)))


def _of_court(key: str, day: str = "") -> Callable[[View], Steps]:
    return lambda view: _steps(view, view.of_court(key), day)


def _of_accused(key: str, day: str = "") -> Callable[[View], Steps]:
    return lambda view: _steps(view, view.entries(key), day)


def _of_police(key: str, day: str = "", moment: str = "", ref: str = "") -> Callable[[View], Steps]:
    def found(view: View) -> Steps:
        entries = [entry for part in view.document["police"].values() for entry in part.get(key, ())]
        if len(entries) > 1:
            entries.sort(key=lambda entry: view.place(entry["event"]))
        # What says of an accused that he was examined is no victim's report.
        return _steps(view, (entry for entry in entries if "accused" not in entry), day, moment, ref)

    return found


def _witnesses(view: View) -> Steps:
    """Children who were heard as witnesses."""
    heard = [entry for entry in view.of_court("witnesses") if entry.get("is_child")]
    return tuple(replace(step, ref="child") for step in _steps(view, heard, "hearing_date"))


def _legal_services(view: View) -> Steps:
    holds = [record["custody"] for record in view.records if "custody" in record]
    return _steps(view, (e for hold in holds for e in hold.get("legal_services", ())), "informed_on")


def _results(*what: str) -> Callable[[View], Steps]:
    return lambda view: _steps(view, (entry for entry in view.entries("results") if entry["what"] in what))


def _bail(what: str) -> Callable[[View], Steps]:
    return lambda view: _steps(view, (entry for entry in view.entries("bail") if entry["what"] == what))


def _hearings(what: str, purpose: str) -> Callable[[View], Steps]:
    """Hearings of one purpose; `on` is the date of the hearing, not of the row."""

    def found(view: View) -> Steps:
        steps = []
        for _, part, until in view.numbers:
            for day, rows in part.get("hearings", {}).items():
                row = rows.get(what)
                if row is None or PURPOSES.get(row.get("purpose", "")) != purpose:
                    continue
                on = day_of(day)
                if on is None or (until is not None and view.place(row["event"]) > until):
                    continue
                if view.concerns(row):
                    steps.append(Step(on, row["event"], None, purpose))
        return tuple(sorted(steps, key=lambda step: (step.on, view.place(step.event))))

    return found


def _to_accused(view: View) -> list[Json]:
    """Copies that went to the accused; those for the victim meet another duty."""
    return [entry for entry in view.of_court("copies") if "VICTIM" not in entry.get("to", "").upper()]


#: Event type -> the steps of that type that concern the accused of a view.
STEPS: Final[dict[str, Callable[[View], Steps]]] = {
    "court.CognizanceTaken": _of_court("cognizance"),
    "court.CaseDisposed": _of_court("disposed"),
    "court.ChargesFramed": _of_court("charges"),
    "court.Discharged": _results("DISCHARGED"),
    "court.JudgmentDelivered": _results("JUDGED"),
    "court.BailCancelled": _bail("CANCELLED"),
    "court.BondAccepted": _bail("BOND_ACCEPTED"),
    "court.HearingListed": _hearings("listed", "evidence"),
    "court.HearingHeld": _hearings("held", "charge"),
    "court.AppearanceRecorded": _of_accused("appearances", "appeared_on"),
    "court.DischargeApplied": _of_accused("discharge_applied", "applied_on"),
    "court.CopiesSupplied": lambda view: _steps(view, _to_accused(view), "supplied_on"),
    "court.CaseCommitted": _of_court("committed", "committed_on"),
    "court.ArgumentsConcluded": _of_court("arguments", "concluded_on"),
    "court.FurtherInvestigationPermitted": _of_court("further", "permitted_on"),
    "court.WitnessExamined": _witnesses,
    "prison.LegalServicesInformed": _legal_services,
    "police.EInformationGiven": _of_police("e_information", moment="given_at", ref="gd"),
    "police.EInformationSigned": _of_police("e_signed", moment="signed_at", ref="gd"),
    "police.EInformationLapsed": _of_police("e_lapsed", "lapsed_on", ref="gd"),
    "police.PreliminaryEnquiryOpened": _of_police("enquiries", "information_received_on", ref="gd"),
    "police.PreliminaryEnquiryClosed": _of_police("enquiries_closed", "closed_on", ref="gd"),
    "police.VictimExamined": _of_police("victims_examined", moment="examined_at", ref="examination_no"),
    "police.MedicalReportReceived": _of_police("medical_reports", moment="received_at", ref="examination_no"),
    "police.ProgressInformed": _of_police("progress", "informed_on"),
    "police.ForensicVisitMade": _of_police("forensic_visits", moment="visited_at"),
    "police.SearchMade": _of_police("searches", moment="searched_at", ref="search_no"),
    "police.SearchRecordSent": _of_police("search_records", moment="sent_at", ref="search_no"),
    "police.InquestHeld": _of_police("inquests", moment="held_at", ref="inquest_no"),
    "police.InquestReportSent": _of_police("inquest_reports", moment="sent_at", ref="inquest_no"),
}
