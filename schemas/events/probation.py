"""Types of the events and records in `schemas/probation/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from schemas.events import common


class ConditionBreached(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    case: common.Identifier | None
    condition: str
    breached_on: date | None
    reported_to_court_on: date | None
    officer: common.Office | None


class ContactLogged(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    case: common.Identifier | None
    contacted_on: date | None
    mode: str
    kept: bool | None
    next_contact_due: date | None
    officer: common.Office | None


class ReportRequested(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    case: common.Identifier | None
    court: str
    report_kind: str
    due_on: date | None
    officer: common.Office | None


class ReportSubmitted(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    case: common.Identifier | None
    court: str
    report_kind: str
    submitted_on: date | None
    officer: common.Office | None
    recommendation: str
    document: common.Document | None


class SupervisionCompleted(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    case: common.Identifier | None
    completed_on: date | None
    outcome: str
    officer: common.Office | None


class SupervisionRevoked(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    case: common.Identifier | None
    revoked_on: date | None
    reason: str
    document: common.Document | None


class SupervisionStarted(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    case: common.Identifier | None
    court: str
    order_reference: str
    starts_on: date | None
    ends_on: date | None
    next_contact_due: date | None
    officer: common.Office | None
    home_police_station: str
    conditions: list[str]


class VariationSought(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    case: common.Identifier | None
    sought_on: date | None
    variation: str
    conditions: list[str]
    ends_on: date | None
    officer: common.Office | None
