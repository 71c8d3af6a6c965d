"""What stands beside the case: the prosecutor's office, open defects, the probation service's reports and orders."""

from __future__ import annotations

from typing import Any

from projections.files.status.view import View

Json = dict[str, Any]


def prosecution(view: View) -> Json:
    """Whose case it is, scrutiny, and the defects that concern him and are not cured."""
    offices: list[Json] = []
    scrutiny: list[Json] = []
    defects: list[Json] = []
    for anchor, part in sorted(view.document["prosecution"].items()):
        if "allotted" in part:
            offices.append(part["allotted"])
        scrutiny += part.get("scrutiny", ())
        for number, defect in sorted(part.get("defects", {}).items()):
            raised = defect.get("raised")
            if raised is not None and "cured" not in defect and view.concerns(raised):
                defects.append({"anchor": anchor, "defect_no": number, **raised})
    offices.sort(key=lambda entry: view.place(entry["event"]))
    return {
        "allotted": offices[-1] if offices else None,
        "scrutiny": sorted(scrutiny, key=lambda entry: view.place(entry["event"])),
        "open_defects": defects,
    }


def probation(view: View) -> Json:
    """Reports asked for and not given, those given, and supervision."""
    found: Json = {"due": [], "submitted": [], "supervision": []}
    for number, part in sorted(view.document["probation"].items()):
        if part["accused"] not in view.refs:
            continue
        if "submitted" in part:
            found["submitted"].append({"number": number, **part["submitted"]})
        elif "requested" in part:
            found["due"].append({"number": number, **part["requested"]})
        if "supervision" in part:
            found["supervision"].append({"number": number, **part["supervision"]})
    return found
