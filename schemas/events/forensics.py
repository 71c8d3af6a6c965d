"""Types of the events and records in `schemas/forensics/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from schemas.events import common


class ExaminationStarted(TypedDict):
    envelope: common.Envelope
    case: common.Identifier | None
    laboratory: str
    division: str
    started_on: date | None
    examiner: common.Office | None


class ExhibitReceived(TypedDict):
    envelope: common.Envelope
    case: common.Identifier | None
    laboratory: str
    division: str
    exhibit_no: str
    forwarding_memo: str
    received_on: date | None
    kind: str
    parcels: int | None
    seals: int | None
    seals_intact: bool | None
    accused_in_custody: bool | None
    expected_on: date | None


class ExhibitReturned(TypedDict):
    envelope: common.Envelope
    case: common.Identifier | None
    laboratory: str
    returned_on: date | None
    reason: str
    to_police_station: str


class ReportIssued(TypedDict):
    envelope: common.Envelope
    case: common.Identifier | None
    laboratory: str
    report_number: str
    issued_on: date | None
    opinion_class: str
    sent_to: common.Office | None
    document: common.Document | None
