"""What the Directorate of Prosecution says in a case: whose case it is, scrutiny, defects.

document["prosecution"][CNR, PTN or FIR] = {"allotted": {…}, "scrutiny": […], "defects": {no: {"raised", "cured"}}}
"""

from __future__ import annotations

from typing import Any, cast

from projections.files import values as v
from projections.files.parties import meet, refs_of
from projections.files.state import FileState
from projections.files.telling import Telling, item
from schemas import events

Json = dict[str, Any]

_ALLOTTED = v.Fields(plain=("prosecutor", "court"), days=("from_date", "to_date"))
_SCRUTINY = v.Fields(plain=("prosecutor", "report_number"), days=("received_on", "due_on"))
_RAISED = v.Fields(plain=("prosecutor", "defect_code", "report_number"), days=("due_on",))
_CURED = v.Fields(plain=("defect_code", "cured_by"), days=("cured_on",))


def _part(state: FileState, told: Telling) -> Json:
    part: Json = state.document["prosecution"].setdefault(told.anchor, {})
    return part


def case_allotted(state: FileState, told: Telling) -> None:
    """The case was allotted to a prosecutor's post."""
    _part(state, told)["allotted"] = v.pick(told.body, _ALLOTTED, item(told))


def scrutiny_opened(state: FileState, told: Telling) -> None:
    """A police report came for scrutiny before filing."""
    _part(state, told).setdefault("scrutiny", []).append(v.pick(told.body, _SCRUTINY, item(told)))


def defect_raised(state: FileState, told: Telling) -> None:
    """Scrutiny found a defect."""
    body = cast(events.DefectRaised, told.body)
    entry = v.pick(body, _RAISED, item(told))
    for accused in body["accused"]:
        meet(state, accused, told)
    if body["accused"]:
        entry["accused"] = refs_of(body["accused"])
    _defect(state, told)["raised"] = entry


def defect_cured(state: FileState, told: Telling) -> None:
    """A defect was cured."""
    _defect(state, told)["cured"] = v.pick(told.body, _CURED, item(told))


def _defect(state: FileState, told: Telling) -> Json:
    defects: Json = _part(state, told).setdefault("defects", {})
    found: Json = defects.setdefault(told.body["defect_no"], {})
    return found


HANDLERS = {
    "prosecution.CaseAllotted": case_allotted,
    "prosecution.ScrutinyOpened": scrutiny_opened,
    "prosecution.DefectRaised": defect_raised,
    "prosecution.DefectCured": defect_cured,
}
