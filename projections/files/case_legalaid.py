"""Who stands by an accused: lawyers assigned by legal services, counsel before the court, the review committee.

document["references"][ref] += "legal_aid": […], "reviews": […], "counsel": […]
"""

from __future__ import annotations

from typing import Final

from projections.files.case_court import number
from projections.files.parties import claim, meet
from projections.files.state import FileState
from projections.files.story import Entry, Table, kept, tell_story
from projections.files.telling import Telling

_AID: Final[Table] = {
    "legalaid.LawyerAssigned": Entry(
        "legal_aid", kept("lawyer_kind assignment_no authority court", days="assigned_on"), many=True
    ),
    "legalaid.UtrcReviewed": Entry(
        "reviews",
        kept("category recommendation court authority", days="meeting_on next_review_on"),
        many=True,
    ),
}
_COURT: Final[Table] = {
    "court.CounselAppeared": Entry(
        "counsel", kept("counsel_kind vakalatnama_no", days="appeared_on left_on"), many=True
    ),
}


def aided(state: FileState, told: Telling) -> None:
    """Legal services did something for an accused; a PID in the row is a claim that names the prisoner."""
    record = meet(state, told.body["accused"], told)
    pid = told.body["pid"]
    if pid is not None:
        claim(state, record, f"{pid['kind']}:{pid['value']}", told)
    tell_story(record, told, _AID).pop("accused")


def counsel_appeared(state: FileState, told: Telling) -> None:
    """Counsel appeared for an accused, or left."""
    number(state, told)
    record = meet(state, told.body["accused"], told)
    tell_story(record, told, _COURT).pop("accused")


HANDLERS = {**dict.fromkeys(_AID, aided), **dict.fromkeys(_COURT, counsel_appeared)}
