"""How far the case against him is: sections now, charge sheet, stage."""

from __future__ import annotations

from typing import Any, Final

from projections.files.facts import sayings_of
from projections.files.status.view import View
from projections.files.values import civil_day_of

Json = dict[str, Any]

#: Whose sections stand now: those of the latest stage reached. Cognizance is shown, and changes nothing.
_NOW: Final = ("CHARGES", "FINAL_REPORT", "FIR")
FINAL: Final = frozenset({"JUDGED", "DISCHARGED", "DISPOSED"})


def sections(view: View) -> tuple[Json | None, str | None, Json]:
    """(sections now, the stage that they stand from, Fact by stage)."""
    by_stage: Json = {}
    parts = [part["sections"] for part in view.document["police"].values() if "sections" in part]
    parts += [record["sections"]["FIR"] for record in view.records if "FIR" in record.get("sections", ())]
    for stage in ("FIR", "FINAL_REPORT", "COGNIZANCE", "CHARGES"):
        if stage == "FIR":
            facts = parts
        elif stage == "COGNIZANCE":
            facts = [
                {"value": entry["sections"], "event": entry["event"], "by": "court"}
                for entry in view.of_court("cognizance")
                if "sections" in entry
            ]
        else:
            facts = [r["sections"][stage] for r in view.records if stage in r.get("sections", ())]
        fact = view.merge(f"sections.{stage}", facts)
        if fact is not None:
            by_stage[stage] = fact
    for stage in _NOW:
        if stage in by_stage:
            return by_stage[stage], stage, by_stage
    return None, None, by_stage


def charge_sheet(view: View) -> Json:
    """Claimed by the police, received in court, consumed into the court's system; of each all that concern him."""
    claimed = [
        report
        for part in view.document["police"].values()
        for report in part.get("reports", ())
        if _names(view, report)
    ]
    claimed.sort(key=lambda entry: view.place(entry["event"]))
    consumed = [
        entry for _, part, _ in view.numbers for entry in part.get("consumed", ()) if _names(view, entry)
    ]
    consumed.sort(key=lambda entry: view.place(entry["event"]))
    filed = [
        {"value": civil_day_of(report["filed_at"]), "event": report["event"], "by": "police"}
        for report in claimed
        if "filed_at" in report and report.get("series") != "SUPPLEMENTARY"
    ]
    filed += [
        {"value": entry["received_on"], "event": entry["event"], "by": "court"}
        for entry in consumed
        if "received_on" in entry and entry.get("series") != "SUPPLEMENTARY"
    ]
    return {
        "claimed": claimed,
        "consumed": consumed,
        "received_on": view.merge("filed_on", filed),
        "outcome": view.merged("outcome"),
    }


def _names(view: View, report: Json) -> bool:
    return not report["accused"] or not view.refs.isdisjoint(report["accused"])


def stage(view: View, sheet: Json, now: Json | None) -> Json:
    """The stage reached in the case against him, with the event that reached it; `now`: sections as they stand."""
    ends = _ends(view, set(now["value"]) if now is not None else set())
    if ends is not None:
        return ends
    outcome = sheet["outcome"]
    charged = [entry for entry in view.of_court("charges") if entry["accused"]]
    if charged:
        return _at("CHARGES_FRAMED", charged[-1])
    # Sent up by the police's report, or by the court's record of it, whichever says so: the court's lags behind.
    sent_up = [] if outcome is None else [s for s in sayings_of(outcome) if s.value == "SENT_UP"]
    spared = outcome is not None and not sent_up and outcome["value"] in ("NOT_SENT_UP", "PENDING")
    taken = [entry for entry in view.of_court("cognizance") if "accused" in entry or not spared]
    if taken:
        return _at("COGNIZANCE", taken[-1])
    if sent_up:
        return {"value": "CHARGE_SHEETED", "event": sent_up[-1].event, "by": sent_up[-1].by}
    for by, entries in (("court", sheet["consumed"]), ("police", sheet["claimed"])):
        general = [e for e in entries if e.get("kind") == "CHARGE_SHEET" and not e["accused"]]
        if general and not spared:
            return {"value": "CHARGE_SHEETED", "event": general[-1]["event"], "by": by}
    first = view.records[0]["first"] if view.records else None
    return {"value": "INVESTIGATION", "event": first, "by": None}


def _ends(view: View, against: set[str]) -> Json | None:
    results = view.entries("results")
    # A discharge that names some of the sections against him leaves the others to be tried.
    discharged = [
        entry
        for entry in results
        if entry["what"] == "DISCHARGED" and not ("sections" in entry and against - set(entry["sections"]))
    ]
    if discharged:
        return _at("DISCHARGED", discharged[-1])
    disposed = [entry for entry in view.of_court("disposed") if entry.get("manner") != "TRANSFERRED"]
    if disposed:
        return _at("DISPOSED", disposed[-1])
    judged = [entry for entry in results if entry["what"] == "JUDGED"]
    return _at("JUDGED", judged[-1]) if judged else None


def _at(value: str, entry: Json) -> Json:
    return {"value": value, "event": entry["event"], "by": "court"}
