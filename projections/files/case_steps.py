"""What happens once on the way of a case and starts, meets or moves one of the law's clocks.

    document["police"][FIR, GD …] += "e_information", "searches", "inquests", …: [{"event", "on", …}]
    document["court"][CNR or PTN] += "committed", "copies", "extensions", "witnesses", …
    document["references"][ref] += "appearances", "delays", "continued", "discharge_applied", "ages", "sureties", …

No token of a victim or witness is kept: an examination and its report meet by the examination's number.
"""

from __future__ import annotations

from typing import Any, Final

from projections.files import case_court, case_police
from projections.files.parties import meet
from projections.files.state import FileState
from projections.files.story import Entry, Table, kept, tell_story
from projections.files.telling import Telling

_POLICE: Final[Table] = {
    "police.EInformationGiven": Entry(
        "e_information", kept("channel", days="sign_by", moments="given_at", identifiers="gd"), many=True
    ),
    "police.EInformationSigned": Entry(
        "e_signed", kept(moments="signed_at", identifiers="gd fir"), many=True
    ),
    "police.EInformationLapsed": Entry(
        "e_lapsed", kept("reason", days="lapsed_on", identifiers="gd"), many=True
    ),
    "police.PreliminaryEnquiryOpened": Entry(
        "enquiries",
        kept(
            "enquiry_officer permitted_by",
            days="information_received_on permitted_on",
            identifiers="gd",
            sections="sections",
        ),
        many=True,
    ),
    "police.PreliminaryEnquiryClosed": Entry(
        "enquiries_closed",
        kept("outcome", days="closed_on informant_told_on", identifiers="gd fir"),
        many=True,
    ),
    "police.ForensicVisitMade": Entry(
        "forensic_visits",
        kept("request_no laboratory videographed exhibits report_number", moments="visited_at"),
        many=True,
    ),
    "police.VictimExamined": Entry(
        "victims_examined", kept("examination_no hospital", moments="examined_at"), many=True
    ),
    "police.MedicalReportReceived": Entry(
        "medical_reports",
        kept("examination_no report_number hospital document", moments="received_at"),
        many=True,
    ),
    "police.SearchMade": Entry(
        "searches",
        kept("search_no under warrant_number audio_video seizure_list_number", moments="searched_at"),
        many=True,
    ),
    "police.SearchRecordSent": Entry(
        "search_records", kept("search_no court document", moments="sent_at"), many=True
    ),
    "police.InquestHeld": Entry(
        "inquests", kept("inquest_no", moments="held_at magistrate_informed_at"), many=True
    ),
    "police.InquestReportSent": Entry(
        "inquest_reports", kept("inquest_no post_mortem_no document", moments="sent_at"), many=True
    ),
    "police.ProgressInformed": Entry("progress", kept("to channel", days="informed_on"), many=True),
}
_COURT: Final[Table] = {
    "court.TimeExtended": Entry(
        "extensions", kept("rule reasons document", days="applied_on until"), many=True
    ),
    "court.CopiesSupplied": Entry("copies", kept("to electronic", days="supplied_on"), many=True),
    "court.CaseCommitted": Entry(
        "committed", kept("to_court", days="committed_on", identifiers="became"), many=True
    ),
    "court.ArgumentsConcluded": Entry("arguments", kept(days="concluded_on judgment_on"), many=True),
    "court.WitnessExamined": Entry(
        "witnesses",
        kept("witness_number witness_kind stage completed is_child hostile", days="hearing_date"),
        many=True,
    ),
    "court.FurtherInvestigationPermitted": Entry(
        "further", kept("reason document", days="permitted_on until"), many=True
    ),
}
_ACCUSED: Final[Table] = {
    "court.AppearanceRecorded": Entry(
        "appearances", kept("mode first represented", days="appeared_on"), many=True
    ),
    "court.DelayAttributed": Entry(
        "delays", kept("reason document", days="from_date to_date"), many=True
    ),
    "court.DetentionContinued": Entry(
        "continued", kept("rule reasons document", days="until"), many=True
    ),
    "court.DischargeApplied": Entry(
        "discharge_applied", kept("application_no", days="applied_on listed_for"), many=True
    ),
    "court.AgeClaimed": Entry("ages", kept("claimed_age basis", days="claimed_on"), many=True),
    "court.AgeDetermined": Entry(
        "ages", kept("age_years is_child basis document", days="determined_on"), many=True
    ),
    "court.SuretyOffered": Entry("sureties", kept("amount local", days="offered_on"), many=True),
    "court.SuretyVerificationCalled": Entry(
        "sureties", kept("from_office result", days="called_on due_on reported_on"), many=True
    ),
    "court.BailConditionsRelaxed": Entry(
        "relaxed",
        kept(
            "bail_kind bond_kind bond_amount sureties_required surety_amount of_own_motion document",
            texts="conditions",
        ),
        many=True,
    ),
}  # fmt: skip


def of_police(state: FileState, told: Telling) -> None:
    """A step of the investigation."""
    accused = told.body.get("accused")
    if accused is not None:
        meet(state, accused, told)
    tell_story(case_police.station(state, told), told, _POLICE)


def of_court(state: FileState, told: Telling) -> None:
    """A step before the court; one that names nobody concerns all."""
    part = case_court.number(state, told)
    named: Any = told.body.get("accused") or ()
    listed: Any = [named] if isinstance(named, dict) else named
    for accused in listed:
        meet(state, accused, told)
    entry = tell_story(part, told, _COURT)
    if isinstance(entry.get("accused"), str):
        entry["accused"] = [entry["accused"]]


def of_accused(state: FileState, told: Telling) -> None:
    """A step that concerns one accused alone."""
    case_court.number(state, told)
    record = meet(state, told.body["accused"], told)
    tell_story(record, told, _ACCUSED).pop("accused")


HANDLERS = {
    **dict.fromkeys(_POLICE, of_police),
    **dict.fromkeys(_COURT, of_court),
    **dict.fromkeys(_ACCUSED, of_accused),
}
