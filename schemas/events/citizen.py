"""Types of the events and records in `schemas/citizen/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from schemas.events import common


class ApplicationDecided(TypedDict):
    envelope: common.Envelope
    service: common.CitizenService
    decision: str
    decided_on: date | None
    office: common.Office | None
    reason: str
    led_to: list[common.Identifier]
    document: common.Document | None


class ApplicationMoved(TypedDict):
    envelope: common.Envelope
    service: common.CitizenService
    step: str
    from_office: common.Office | None
    office: common.Office | None
    promised_on: date | None
    reason: str


class ApplicationSubmitted(TypedDict):
    envelope: common.Envelope
    service: common.CitizenService
    office: common.Office | None
    district: str
    police_station: str
    submitted_at: datetime | None
    promised_on: date | None
    applicant_token: str
    second_secret_digest: str
    channel: str
    fee_paid: int | None


class EComplaintFiled(TypedDict):
    envelope: common.Envelope
    district: str
    police_station: str
    office: common.Office | None
    submitted_at: datetime | None
    promised_on: date | None
    complaint_kind: str
    occurred_from: datetime | None
    occurred_to: datetime | None
    place_of_occurrence: str
    complainant_token: str
    second_secret_digest: str
    led_to: list[common.Identifier]
