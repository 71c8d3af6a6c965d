"""What the offices do in a case beside what starts and meets the law's clocks: processes, sanctions, opinions, appeals.

    document["police"][FIR] += "investigators", "forensic_requests"
    document["court"][CNR or PTN] += "registered", "orders", "transferred", "appeals", "appeals_decided"
    document["prosecution"][CNR, PTN or FIR] += "scrutiny_closed", "opinions", "proceedings", "adjournments_sought",
        "witnesses", "bail_opposed", "appeals_proposed", "appeals_not_proposed",
        "sanctions": {number of the request: {"sought", "received"}}
    document["processes"] = {the court's number: {"issued": {…}, "executed": […]}}
    document["references"][ref] += "notices", "custody_sought", "escorts", "production_warrants", "probation_orders",
        "proclaimed"

No token of a witness is kept.
"""

from __future__ import annotations

from typing import Any, Final

from projections.files import case_court, case_police
from projections.files.parties import claim, meet, ref_text
from projections.files.state import FileState
from projections.files.story import Entry, Table, kept, tell_story
from projections.files.telling import Telling

Json = dict[str, Any]

_POLICE: Final[Table] = {
    "police.InvestigatorChanged": Entry(
        "investigators", kept("investigator from_investigator reason", days="handed_over_on"), many=True
    ),
    "police.ForensicVisitRequested": Entry(
        "forensic_requests",
        kept("request_no laboratory", moments="requested_at", sections="sections"),
        many=True,
    ),
}
_COURT: Final[Table] = {
    "court.CaseRegistered": Entry(
        "registered", kept("case_type case_number year", days="registered_on filed_on", sections="sections")
    ),
    "court.OrderUploaded": Entry(
        "orders", kept("order_number order_kind document", days="order_date"), many=True
    ),
    "court.CaseTransferred": Entry(
        "transferred",
        kept("to_court reason", days="transferred_on next_date", identifiers="became"),
        many=True,
    ),
    "court.AppealFiled": Entry(
        "appeals", kept("appeal_kind by stayed", days="filed_on", identifiers="against"), many=True
    ),
    "court.AppealDecided": Entry(
        "appeals_decided", kept("result document", days="decided_on", identifiers="against"), many=True
    ),
}
_PROSECUTION: Final[Table] = {
    "prosecution.ScrutinyClosed": Entry(
        "scrutiny_closed", kept("report_number prosecutor result", days="closed_on"), many=True
    ),
    "prosecution.OpinionGiven": Entry(
        "opinions", kept("opinion_no subject opinion prosecutor document", days="given_on"), many=True
    ),
    "prosecution.ProceedingsRecorded": Entry(
        "proceedings",
        kept(
            "court prosecutor purpose proceeding witnesses_present witnesses_examined witnesses_sent_back next_purpose",
            days="hearing_date next_date",
        ),
        many=True,
    ),
    "prosecution.AdjournmentSought": Entry(
        "adjournments_sought",
        kept("court asked_by reason opposed granted", days="hearing_date next_date"),
        many=True,
    ),
    "prosecution.WitnessProduced": Entry(
        "witnesses", kept("court witness_kind process_id examined", days="hearing_date"), many=True
    ),
    "prosecution.BailOpposed": Entry(
        "bail_opposed", kept("application_no prosecutor", days="hearing_date", texts="grounds"), many=True
    ),
    "prosecution.AppealProposed": Entry(
        "appeals_proposed",
        kept("proposal_no against to_office", days="judgment_on proposed_on limitation_until"),
        many=True,
    ),
    "prosecution.AppealNotProposed": Entry(
        "appeals_not_proposed",
        kept("proposal_no against reason", days="judgment_on decided_on"),
        many=True,
    ),
}
_SANCTION: Final[Table] = {
    "prosecution.SanctionSought": Entry(
        "sought", kept("law authority", days="sought_on due_on", sections="sections")
    ),
    "prosecution.SanctionReceived": Entry(
        "received", kept("authority result document", days="decided_on received_on")
    ),
}
_PROCESS: Final[Table] = {
    "court.ProcessIssued": Entry(
        "issued",
        kept("process_kind court for_whom to_police_station document", days="issued_on returnable_on"),
    ),
    "police.ProcessExecuted": Entry(
        "executed", kept("process_kind court result reason", days="executed_on returned_on"), many=True
    ),
}
_ACCUSED: Final[Table] = {
    "police.NoticeOfAppearanceServed": Entry(
        "notices",
        kept("notice_number mode complied", days="appear_on", moments="served_at", sections="sections"),
        many=True,
    ),
    "police.PoliceCustodySought": Entry(
        "custody_sought", kept("days_sought grounds court application_no", days="sought_on"), many=True
    ),
    "police.EscortAssigned": Entry(
        "escorts", kept("court jail strength escort", days="produce_on"), many=True
    ),
    "court.ProductionWarrantIssued": Entry(
        "production_warrants",
        kept("court jail warrant_number mode purpose document", days="produce_on"),
        many=True,
    ),
    "court.ProbationOrdered": Entry(
        "probation_orders",
        kept(
            "court order_reference law supervised document",
            days="from_date to_date",
            identifiers="order",
            sections="sections",
            texts="conditions",
        ),
        many=True,
    ),
    "court.Proclaimed": Entry(
        "proclaimed",
        kept("court process_id proclaimed_offender document", days="proclaimed_on appear_by"),
        many=True,
    ),
}


def of_police(state: FileState, told: Telling) -> None:
    """Who investigates, and what he asked for."""
    tell_story(case_police.station(state, told), told, _POLICE)


def of_court(state: FileState, told: Telling) -> None:
    """What became of the case as a whole before the court."""
    part = case_court.number(state, told)
    _met(state, told)
    entry = tell_story(part, told, _COURT)
    verdicts = told.body.get("verdicts")
    if verdicts:
        for verdict in verdicts:
            meet(state, verdict["accused"], told)
        entry["verdicts"] = {ref_text(v["accused"]["ref"]): v["result"] for v in verdicts}


def of_prosecution(state: FileState, told: Telling) -> None:
    """What the prosecution did; one that names nobody concerns all."""
    part: Json = state.document["prosecution"].setdefault(told.anchor, {})
    _met(state, told)
    tell_story(part, told, _PROSECUTION)


def of_sanction(state: FileState, told: Telling) -> None:
    """Sanction sought and received meet by the number of the request."""
    part: Json = state.document["prosecution"].setdefault(told.anchor, {})
    _met(state, told)
    tell_story(part.setdefault("sanctions", {}).setdefault(told.body["sanction_no"], {}), told, _SANCTION)


def of_process(state: FileState, told: Telling) -> None:
    """A process of the court and what the police made of it meet by the court's number."""
    if told.type == "court.ProcessIssued":
        case_court.number(state, told)
    _met(state, told)
    tell_story(state.document["processes"].setdefault(told.body["process_id"], {}), told, _PROCESS)


def of_accused(state: FileState, told: Telling) -> None:
    """What concerns one accused alone; a PID in the row is a claim that names the prisoner."""
    if told.by == "court":
        case_court.number(state, told)
    record = meet(state, told.body["accused"], told)
    pid = told.body.get("pid")
    if pid is not None:
        claim(state, record, f"{pid['kind']}:{pid['value']}", told)
    tell_story(record, told, _ACCUSED).pop("accused")


def _met(state: FileState, told: Telling) -> None:
    named: Any = told.body.get("accused") or ()
    listed: Any = [named] if isinstance(named, dict) else named
    for accused in listed:
        meet(state, accused, told)


HANDLERS = {
    **dict.fromkeys(_POLICE, of_police),
    **dict.fromkeys(_COURT, of_court),
    **dict.fromkeys(_PROSECUTION, of_prosecution),
    **dict.fromkeys(_SANCTION, of_sanction),
    **dict.fromkeys(_PROCESS, of_process),
    **dict.fromkeys(_ACCUSED, of_accused),
}
