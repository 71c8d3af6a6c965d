"""What police and excise say in a case: registration, sections, arrests, antecedents, final reports.

document["police"][FIR] = {"registered", "sections": Fact, "stated": [as they stood, one after another],
                           "alterations": […], "transferred", "reports": […]}
document["references"][ref] += "arrests", "sections": {stage: Fact}, "stated", "antecedents", "outcome": Fact
"""

from __future__ import annotations

from typing import Any, cast

from projections.files import values as v
from projections.files.facts import tell
from projections.files.parties import meet, ref_text, refs_of, stage_sections
from projections.files.state import FileState
from projections.files.telling import Telling, item
from schemas import events

Json = dict[str, Any]

_REGISTERED = v.Fields(
    plain=(
        "district",
        "police_station",
        "fir_number",
        "year",
        "fir_kind",
        "place_of_occurrence",
        "investigator",
    ),
    others=(("offence_from", v.instant), ("offence_to", v.instant), ("information_received_at", v.instant)),
)
_TRANSFERRED = v.Fields(
    plain=("from_police_station", "to_police_station", "to_district", "reason"),
    days=("ordered_on",),
    others=(("became", v.identifier),),
)
_ARREST = v.Fields(
    plain=(
        "place",
        "district",
        "arresting_officer",
        "grounds_language",
        "grounds_understood",
        "journey_minutes",
        "outcome",
        "is_child",
    ),
    others=(
        ("gd", v.identifier),
        ("sections", v.sections),
        ("relative_informed_at", v.instant),
        ("medically_examined_at", v.instant),
        ("grounds_in_writing_at", v.instant),
    ),
)
_ALTERATION = v.Fields(
    plain=("reason",),
    days=("reported_to_court_on",),
    others=(("sections", v.sections), ("added", v.sections), ("removed", v.sections)),
)
_REPORT = v.Fields(
    plain=(
        "kind",
        "final_form_reason",
        "report_number",
        "series",
        "investigation_complete",
        "icjs_number",
        "court",
    ),
    others=(("filed_at", v.instant), ("court_case", v.identifier)),
)
_ANTECEDENTS = v.Fields(
    days=("searched_on",), others=(("registers_searched", v.texts), ("pending_cases", v.texts))
)
_CONVICTION = v.Fields(
    plain=("court", "case_number"), days=("convicted_on",), others=(("sections", v.sections),)
)


def station(state: FileState, told: Telling) -> Json:
    """The police's part of the file for the FIR (or diary entry) of the event."""
    found: Json = state.document["police"].setdefault(told.anchor, {})
    return found


def fir_registered(state: FileState, told: Telling) -> None:
    """IIF-1: the particulars, the sections for all accused, and who is named."""
    body = cast(events.FirRegistered, told.body)
    part = station(state, told)
    part["registered"] = v.pick(body, _REGISTERED, item(told))
    if body["sections"]:
        state_sections(part, v.text_of_sections(body["sections"]), told, altered=False)
    for accused in body["accused"]:
        record = meet(state, accused, told)
        record.setdefault("named_in", {}).setdefault(told.anchor, told.id)


def fir_transferred(state: FileState, told: Telling) -> None:
    """The FIR went to another station; the link SAME_CASE is the claim's business."""
    station(state, told)["transferred"] = v.pick(told.body, _TRANSFERRED, item(told))


def sections_altered(state: FileState, told: Telling) -> None:
    """Sections as they now stand, for those whom it concerns; worked out where only the change is stated."""
    body = cast(events.SectionsAltered, told.body)
    part = station(state, told)
    entry = v.pick(body, _ALTERATION, item(told))
    records = [meet(state, accused, told) for accused in body["accused"]]
    if body["accused"]:
        entry["accused"] = refs_of(body["accused"])
    part.setdefault("alterations", []).append(entry)
    general = part["sections"]["value"] if "sections" in part else []
    if not records:
        state_sections(part, _altered(entry, general), told, altered=True)
    for record in records:
        own = record.get("sections", {}).get("FIR")
        before = own["value"] if own is not None else general
        stage_sections(record, "FIR", _altered(entry, before), told)


def state_sections(part: Json, value: list[str], told: Telling, *, altered: bool) -> None:
    """Enter the sections that stand against all; `stated` keeps what stood before."""
    tell(part, "sections", value, told.id, told.by)
    part.setdefault("stated", []).append({**item(told), "sections": value, "altered": altered})


def _altered(entry: Json, before: list[str]) -> list[str]:
    if "sections" in entry:
        return list(entry["sections"])
    return sorted({*before, *entry.get("added", ())} - {*entry.get("removed", ())})


def arrest_made(state: FileState, told: Telling) -> None:
    """An arrest of one accused; its sections are the arrest's, not the FIR's."""
    body = cast(events.ArrestMade, told.body)
    record = meet(state, body["accused"], told)
    record.setdefault("arrests", []).append(v.pick(body, _ARREST, item(told)))


def antecedents_reported(state: FileState, told: Telling) -> None:
    """Earlier convictions found, or none in the registers searched."""
    body = cast(events.AntecedentsReported, told.body)
    record = meet(state, body["accused"], told)
    entry = v.pick(body, _ANTECEDENTS, item(told))
    entry["convictions"] = [v.pick(conviction, _CONVICTION, {}) for conviction in body["convictions"]]
    record.setdefault("antecedents", []).append(entry)


def final_report_submitted(state: FileState, told: Telling) -> None:
    """The police's claim that a report under BNSS s.193 was submitted; sections against each who is sent up."""
    body = cast(events.FinalReportSubmitted, told.body)
    entry = v.pick(body, _REPORT, item(told))
    entry["accused"] = report_on(state, told, body["kind"], body["accused"])
    station(state, told).setdefault("reports", []).append(entry)


def report_on(state: FileState, told: Telling, kind: str, accused: list[events.ReportOnAccused]) -> Json:
    """Enter what a police report, as filed or as consumed, says of each accused; ref -> outcome."""
    outcomes: Json = {}
    for row in accused:
        record = meet(state, row["accused"], told)
        outcomes[ref_text(row["accused"]["ref"])] = row["outcome"]
        tell(record, "outcome", row["outcome"], told.id, told.by)
        if kind == "CHARGE_SHEET" and row["sections"]:
            stage_sections(record, "FINAL_REPORT", v.text_of_sections(row["sections"]), told)
    return outcomes


HANDLERS = {
    "police.FirRegistered": fir_registered,
    "police.FirTransferred": fir_transferred,
    "police.SectionsAltered": sections_altered,
    "police.ArrestMade": arrest_made,
    "police.AntecedentsReported": antecedents_reported,
    "police.FinalReportSubmitted": final_report_submitted,
}
