"""What the probation service says in a case: reports asked for and given, supervision.

document["probation"][REPORT_NO or ORDER_NO] = {"accused": ref, "requested": {…}, "submitted": {…},
                                                "supervision": {…}}
"""

from __future__ import annotations

from typing import Any

from projections.files import values as v
from projections.files.parties import meet, ref_text
from projections.files.state import FileState
from projections.files.telling import Telling, item

Json = dict[str, Any]

_REQUESTED = v.Fields(
    plain=("court", "report_kind", "officer"), days=("due_on",), others=(("case", v.identifier),)
)
_SUBMITTED = v.Fields(
    plain=("court", "report_kind", "officer", "recommendation", "document"),
    days=("submitted_on",),
    others=(("case", v.identifier),),
)
_SUPERVISION = v.Fields(
    plain=("court", "order_reference", "officer", "home_police_station"),
    days=("starts_on", "ends_on", "next_contact_due"),
    others=(("case", v.identifier), ("conditions", v.texts)),
)


def _enter(state: FileState, told: Telling, what: str, table: v.Fields) -> None:
    meet(state, told.body["accused"], told)
    part: Json = state.document["probation"].setdefault(told.anchor, {})
    part["accused"] = ref_text(told.body["accused"]["ref"])
    part[what] = v.pick(told.body, table, item(told))


def report_requested(state: FileState, told: Telling) -> None:
    """A court asked for a report."""
    _enter(state, told, "requested", _REQUESTED)


def report_submitted(state: FileState, told: Telling) -> None:
    """The report was given to the court."""
    _enter(state, told, "submitted", _SUBMITTED)


def supervision_started(state: FileState, told: Telling) -> None:
    """Supervision under a probation order began."""
    _enter(state, told, "supervision", _SUPERVISION)


HANDLERS = {
    "probation.ReportRequested": report_requested,
    "probation.ReportSubmitted": report_submitted,
    "probation.SupervisionStarted": supervision_started,
}
