"""Types of the events and records in `schemas/excise/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from schemas.events import common


class ExciseArrestMade(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    place: str
    district: str
    gd: common.Identifier | None
    sections: list[common.Section]
    arresting_officer: common.Office | None
    relative_informed_at: datetime | None
    relative_relation: str
    medically_examined_at: datetime | None
    grounds_in_writing_at: datetime | None
    grounds_language: str
    grounds_understood: bool | None
    journey_minutes: int | None
    outcome: common.ArrestOutcome
    is_child: bool | None
    document: common.Document | None


class ExciseCaseRegistered(TypedDict):
    envelope: common.Envelope
    district: str
    police_station: str
    case_number: str
    year: int | None
    sections: list[common.Section]
    offence_from: datetime | None
    offence_to: datetime | None
    information_received_at: datetime | None
    place_of_occurrence: str
    investigator: common.Office | None
    accused: list[common.Accused]
    items: list[common.SeizedItem]
    arose_from: list[common.Identifier]


class ExciseFinalReportSubmitted(TypedDict):
    envelope: common.Envelope
    kind: common.ReportKind
    final_form_reason: str
    report_number: str
    series: common.ReportSeries
    investigation_complete: bool | None
    accused: list[common.ReportOnAccused]
    filed_at: datetime | None
    icjs_number: str
    court: str
    court_case: common.Identifier | None
    document: common.Document | None
