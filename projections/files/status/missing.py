"""What the file should know of an accused and does not: codes, each with what it means. The hub flags, no more."""

from __future__ import annotations

from typing import Any, Final

from projections.files.status.view import View

Json = dict[str, Any]

MEANING: Final = {
    "FIR_NOT_RECORDED": "no registration of an FIR has come for this case",
    "NO_POLICE_REFERENCE": "no police code is joined to this accused",
    "NO_COURT_REFERENCE": "he was arrested or is held, and no party of a court case is joined to him",
    "NO_PRISON_REFERENCE": "the court remanded him, and no prisoner is joined to him",
    "ADMISSION_NOT_RECORDED": "the jail wrote that custody ended, and not that it began",
    "REMAND_NOT_RECORDED": "the jail holds him, and no remand order has come",
    "WARRANT_NOT_RECORDED": "he is held, and nobody says until when the warrant runs",
    "NEXT_DATE_NOT_RECORDED": "he is held, and no date is fixed after the last hearing",
    "SECTIONS_NOT_RECORDED": "nobody says under which sections",
    "CHARGE_SHEET_NOT_CONSUMED": "the police say that the report was submitted, the court has not recorded it",
    "BAIL_ORDER_NOT_RECORDED": "the jail released him on bail, and no grant of bail has come",
}


def missing(view: View, status: Json) -> list[str]:
    """Codes of MEANING, in its order."""
    schemes = {ref.partition(":")[0] for ref in view.refs}
    custody = status["custody"]
    inside = custody["inside"]["value"]
    by_prison = inside and custody["inside"]["by"] == "prison"
    spells = custody["spells"]
    sheet = status["charge_sheet"]
    absent = {
        "FIR_NOT_RECORDED": not any("registered" in part for part in view.document["police"].values()),
        "NO_POLICE_REFERENCE": "CCTNS_CODE" not in schemes,
        "NO_COURT_REFERENCE": "CIS_PARTY" not in schemes and (inside or bool(status["arrests"])),
        "NO_PRISON_REFERENCE": "PID" not in schemes and inside,
        "ADMISSION_NOT_RECORDED": bool(spells) and "from" not in spells[-1],
        "REMAND_NOT_RECORDED": by_prison and not status["remands"],
        "WARRANT_NOT_RECORDED": inside and custody["warrant_valid_to"] is None,
        "NEXT_DATE_NOT_RECORDED": inside and status["hearing"]["next"] is None,
        "SECTIONS_NOT_RECORDED": status["sections"] is None,
        "CHARGE_SHEET_NOT_CONSUMED": bool(sheet["claimed"]) and not sheet["consumed"],
        "BAIL_ORDER_NOT_RECORDED": bool(spells)
        and spells[-1].get("ground") == "BAIL"
        and not any(entry["what"] == "GRANTED" for entry in status["bail"]["history"]),
    }
    return [code for code in MEANING if absent[code]]
