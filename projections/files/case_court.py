"""What the court says of a case and of each accused, bail and hearings apart.

    document["court"][CNR or PTN] = {"court": Fact, "case_number", "consumed": […], "cognizance": […], "charges": […],
                                     "disposed": […], "clubbed": […], "split": […], "hearings": {day: …},
                                     "next_hearing": Fact}
    document["references"][ref] += "remands", "surrenders", "sections": {stage: Fact}, "outcome": Fact, "plea": Fact,
                                   "results": […], "moved", "next_hearing": Fact

An entry that lists no accused concerns all accused of its court number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from projections.files import values as v
from projections.files.case_police import report_on
from projections.files.facts import tell
from projections.files.parties import claim, meet, ref_text, refer, refs_of, stage_sections
from projections.files.state import FileState
from projections.files.telling import Telling, item
from schemas import events

Json = dict[str, Any]

_REMAND = v.Fields(
    plain=("court", "custody_kind", "by", "production_mode", "jail", "document"),
    days=("from_date", "to_date", "next_date"),
    others=(("produced_at", v.instant), ("until_trial_ends", v.flag), ("sections", v.sections)),
)
_SURRENDER = v.Fields(plain=("court", "taken_into_custody", "jail"), days=("next_date",))
_CONSUMED = v.Fields(
    plain=("received_precision", "kind", "series", "report_number", "icjs_number"),
    others=(("received_in_court_at", v.instant),),
)
_COGNIZANCE = v.Fields(plain=("case_number",), others=(("sections", v.sections),))
_DISCHARGE = v.Fields(plain=("reason", "document"), others=(("sections", v.sections),))
_SENTENCE = v.Fields(
    plain=(
        "imprisonment",
        "term_years",
        "term_months",
        "term_days",
        "fine",
        "fine_default_days",
        "concurrent",
        "set_off_days",
        "document",
    ),
    others=(("sections", v.sections),),
)
_DISPOSED = v.Fields(plain=("manner", "document"))


def number(state: FileState, told: Telling) -> Json:
    """The court's part of the file for the court number of the event; the court is told where the row has it."""
    part: Json = state.document["court"].setdefault(told.anchor, {})
    court = told.body["court"]
    if court and ("court" not in part or part["court"]["value"] != court):
        tell(part, "court", court, told.id, told.by)
    return part


def next_date(part: Json, told: Telling) -> None:
    """Enter the next date that the row fixes, if it fixes one."""
    fixed = told.body["next_date"]
    if fixed is not None:
        tell(part, "next_hearing", fixed.isoformat(), told.id, told.by)


def _concerning(entry: Json, state: FileState, accused: list[events.Accused], told: Telling) -> Json:
    for one in accused:
        meet(state, one, told)
    if accused:
        entry["accused"] = refs_of(accused)
    return entry


def remand_ordered(state: FileState, told: Telling) -> None:
    """A magistrate authorised detention, BNSS s.187 or s.346(2)."""
    body = cast(events.RemandOrdered, told.body)
    number(state, told)
    record = meet(state, body["accused"], told)
    record.setdefault("remands", []).append(v.pick(body, _REMAND, item(told)))
    next_date(record, told)


def surrendered(state: FileState, told: Telling) -> None:
    """An accused surrendered in court."""
    body = cast(events.Surrendered, told.body)
    number(state, told)
    record = meet(state, body["accused"], told)
    record.setdefault("surrenders", []).append(v.pick(body, _SURRENDER, item(told)))
    next_date(record, told)


def charge_sheet_consumed(state: FileState, told: Telling) -> None:
    """The court took the police report into its system, with the day on which it was received."""
    body = cast(events.ChargeSheetConsumed, told.body)
    part = number(state, told)
    entry = v.pick(body, _CONSUMED, item(told))
    if body["received_in_court_at"] is not None:
        entry["received_on"] = v.civil_day(body["received_in_court_at"])
    entry["accused"] = report_on(state, told, body["kind"], body["accused"])
    part.setdefault("consumed", []).append(entry)
    _case_number(part, body["case_number"], told)


def cognizance_taken(state: FileState, told: Telling) -> None:
    """Cognizance of the offence, BNSS s.210."""
    body = cast(events.CognizanceTaken, told.body)
    part = number(state, told)
    entry = _concerning(v.pick(body, _COGNIZANCE, item(told)), state, body["accused"], told)
    part.setdefault("cognizance", []).append(entry)
    _case_number(part, body["case_number"], told)
    next_date(part, told)


def charges_framed(state: FileState, told: Telling) -> None:
    """Charges, accused by accused, BNSS s.251 and s.263."""
    body = cast(events.ChargesFramed, told.body)
    part = number(state, told)
    refs: list[str] = []
    for row in body["charges"]:
        record = meet(state, row["accused"], told)
        refs.append(ref_text(row["accused"]["ref"]))
        if row["sections"]:
            stage_sections(record, "CHARGES", v.text_of_sections(row["sections"]), told)
        if row["plea"] != "UNKNOWN":
            tell(record, "plea", row["plea"], told.id, told.by)
    part.setdefault("charges", []).append({**item(told), "accused": sorted(refs)})
    next_date(part, told)


def discharged(state: FileState, told: Telling) -> None:
    """An accused was discharged, BNSS s.250 and s.262; of some sections only where they are named."""
    body = cast(events.Discharged, told.body)
    number(state, told)
    _result(meet(state, body["accused"], told), "DISCHARGED", v.pick(body, _DISCHARGE, item(told)))


def judgment_delivered(state: FileState, told: Telling) -> None:
    """Judgment, accused by accused."""
    body = cast(events.JudgmentDelivered, told.body)
    number(state, told)
    for verdict in body["verdicts"]:
        entry = {**item(told), "result": verdict["result"]}
        if verdict["charges"]:
            entry["charges"] = {
                v.text_of_sections([charge["section"]])[0]: charge["result"] for charge in verdict["charges"]
            }
        _result(meet(state, verdict["accused"], told), "JUDGED", entry)


def sentence_passed(state: FileState, told: Telling) -> None:
    """Sentence on one accused."""
    body = cast(events.SentencePassed, told.body)
    number(state, told)
    _result(meet(state, body["accused"], told), "SENTENCED", v.pick(body, _SENTENCE, item(told)))


def _result(record: Json, what: str, entry: Json) -> None:
    entry["what"] = what
    record.setdefault("results", []).append(entry)


def case_disposed(state: FileState, told: Telling) -> None:
    """The case ended in this court, for all or for those named."""
    body = cast(events.CaseDisposed, told.body)
    entry = _concerning(v.pick(body, _DISPOSED, item(told)), state, body["accused"], told)
    number(state, told).setdefault("disposed", []).append(entry)


def cases_clubbed(state: FileState, told: Telling) -> None:
    """Other cases go on in this one; the mapping says who is who."""
    body = cast(events.CasesClubbed, told.body)
    entry = {**item(told), "numbers": sorted(f"{n['kind']}:{n['value']}" for n in body["clubbed"])}
    number(state, told).setdefault("clubbed", []).append(entry)
    _moved(state, body["mapping"], told)


def case_split(state: FileState, told: Telling) -> None:
    """A part of this case goes on under another number; the mapping says whose."""
    body = cast(events.CaseSplit, told.body)
    entry = {**item(told), "numbers": sorted(f"{n['kind']}:{n['value']}" for n in body["split_into"])}
    part = number(state, told)
    if "next_hearing" in part:
        # For those who go, the date fixed before the split stands until their own number fixes one.
        entry["next_hearing"] = part["next_hearing"]
    part.setdefault("split", []).append(entry)
    _moved(state, body["mapping"], told)


def _moved(state: FileState, mapping: Iterable[events.AccusedMapping], told: Telling) -> None:
    for row in mapping:
        old, new = ref_text(row["old"]), ref_text(row["new"])
        refer(state, new, told)
        record = refer(state, old, told)
        claim(state, record, new, told)
        record["moved"] = {**item(told), "to": new}


def _case_number(part: Json, value: str, told: Telling) -> None:
    if value:
        tell(part, "case_number", value, told.id, told.by)


HANDLERS = {
    "court.RemandOrdered": remand_ordered,
    "court.Surrendered": surrendered,
    "court.ChargeSheetConsumed": charge_sheet_consumed,
    "court.CognizanceTaken": cognizance_taken,
    "court.ChargesFramed": charges_framed,
    "court.Discharged": discharged,
    "court.JudgmentDelivered": judgment_delivered,
    "court.SentencePassed": sentence_passed,
    "court.CaseDisposed": case_disposed,
    "court.CasesClubbed": cases_clubbed,
    "court.CaseSplit": case_split,
}
