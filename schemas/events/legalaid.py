"""Types of the events and records in `schemas/legalaid/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from schemas.events import common


class LawyerAssigned(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    pid: common.Identifier | None
    lawyer_kind: str
    assignment_no: str
    assigned_on: date | None
    authority: common.Office | None
    court: str


class UtrcReviewed(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    pid: common.Identifier | None
    meeting_on: date | None
    category: str
    recommendation: str
    court: str
    authority: common.Office | None
    next_review_on: date | None
