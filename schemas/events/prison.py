"""Types of the events and records in `schemas/prison/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from schemas.events import common


class Admitted(TypedDict):
    envelope: common.Envelope
    jail: str
    utp_no: str
    ward: str
    person: common.PersonDescription | None
    category: common.PrisonerCategory
    cases: list[common.CaseReference]
    admitted_from: str
    court: str
    warrant_number: str
    warrant_valid_to: date | None
    until_trial_ends: bool
    next_date: date | None
    sections: list[common.Section]
    biometric_token: str


class CaseHoldChanged(TypedDict):
    envelope: common.Envelope
    jail: str
    change: common.HoldChange
    cases: list[common.CaseReference]
    reason: str
    next_date: date | None


class Died(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    died_at: datetime | None
    place: str
    cause: str
    magistrate_informed_at: datetime | None
    nhrc_informed_at: datetime | None


class Escaped(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    escaped_at: datetime | None
    from_where: str
    police_informed_at: datetime | None


class HeadcountTaken(TypedDict):
    envelope: common.Envelope
    counted_at: datetime | None
    capacity: int | None
    lines: list[common.HeadcountLine]
    children_with_mothers: int | None
    out_on_escort: int | None


class Hospitalised(TypedDict):
    envelope: common.Envelope
    jail: str
    hospital: str
    inside: bool | None
    since: datetime | None
    until: date | None
    reason: str


class InterimReleased(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    bail_kind: common.BailKind
    until: date | None
    order_number: str


class LegalServicesInformed(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    informed_on: date | None
    to_office: common.Office | None
    reason: common.NotReleasedCode


class MedicalCategorySet(TypedDict):
    envelope: common.Envelope
    jail: str
    categories: list[str]
    examined_on: date | None
    review_on: date | None
    officer: common.Office | None


class NotProduced(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    court: str
    hearing_date: date | None
    mode: common.AppearanceMode
    reason: str
    next_date: date | None


class NotReleasedReason(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    reason: common.NotReleasedCode


class OpeningBalance(TypedDict):
    envelope: common.Envelope
    jail: str
    utp_no: str
    ward: str
    person: common.PersonDescription | None
    category: common.PrisonerCategory
    cases: list[common.CaseReference]
    admitted_on: date | None
    warrant_valid_to: date | None
    until_trial_ends: bool
    next_date: date | None


class ProducedInCourt(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    court: str
    hearing_date: date | None
    mode: common.AppearanceMode
    next_date: date | None
    warrant_valid_to: date | None


class Recaptured(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    recaptured_at: datetime | None
    by: common.Office | None
    readmitted_on: date | None


class ReleaseOrderReceived(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    court: str
    bail_kind: common.BailKind
    order_number: str
    channel: str
    sections: list[common.Section]
    document: common.Document | None


class ReleaseRefused(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    court: str
    order_number: str
    reason: str
    mismatches: list[common.Mismatch]


class Released(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    ground: common.ReleaseGround
    bail_kind: common.BailKind
    order_number: str


class RemissionCredited(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    remission_kind: str
    days: int | None
    credited_on: date | None
    for_month: str


class Returned(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    late: bool | None


class Section479Applied(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    basis: common.BailBasis
    court: str
    application_no: str
    applied_on: date | None
    document: common.Document | None


class TransferredIn(TypedDict):
    envelope: common.Envelope
    jail: str
    utp_no: str
    ward: str
    person: common.PersonDescription | None
    from_jail: str
    cases: list[common.CaseReference]
    order_number: str


class TransferredOut(TypedDict):
    envelope: common.Envelope
    jail: str
    to_jail: str
    reason: str
    order_number: str


class WarrantReceived(TypedDict):
    envelope: common.Envelope
    jail: str
    cases: list[common.CaseReference]
    court: str
    warrant_number: str
    issued_on: date | None
    valid_to: date | None
    until_trial_ends: bool
    next_date: date | None
    sections: list[common.Section]
    document: common.Document | None
