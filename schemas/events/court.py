"""Types of the events and records in `schemas/court/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from schemas.events import common


class AgeClaimed(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    claimed_on: date | None
    claimed_age: int | None
    basis: str
    referred_to: common.Office | None


class AgeDetermined(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    determined_on: date | None
    age_years: int | None
    is_child: bool | None
    basis: str
    determined_by: common.Office | None
    document: common.Document | None


class AppealDecided(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    against: list[common.Identifier]
    decided_on: date | None
    result: str
    verdicts: list[common.Verdict]
    document: common.Document | None


class AppealFiled(TypedDict):
    envelope: common.Envelope
    court: str
    appeal_kind: str
    against: list[common.Identifier]
    by: str
    filed_on: date | None
    accused: list[common.Accused]
    stayed: bool | None
    next_date: date | None


class AppearanceRecorded(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    appeared_on: date | None
    mode: common.AppearanceMode
    first: bool | None
    represented: bool | None
    next_date: date | None


class ArgumentsConcluded(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    concluded_on: date | None
    judgment_on: date | None
    accused: list[common.Accused]


class BailApplied(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    bail_kind: common.BailKind
    application_no: str
    sections: list[common.Section]
    listed_for: date | None


class BailCancelled(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    bail_kind: common.BailKind
    reason: str
    warrant_issued: bool | None
    document: common.Document | None


class BailConditionsRelaxed(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    bail_kind: common.BailKind
    bond_kind: common.BondKind
    conditions: list[str]
    bond_amount: int | None
    sureties_required: int | None
    surety_amount: int | None
    of_own_motion: bool | None
    reason: str
    document: common.Document | None


class BailGranted(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    bail_kind: common.BailKind
    bond_kind: common.BondKind
    basis: common.BailBasis
    application_no: str
    until: date | None
    conditions: list[str]
    bond_amount: int | None
    sureties_required: int | None
    surety_amount: int | None
    sections: list[common.Section]
    order_number: str
    document: common.Document | None


class BailRejected(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    bail_kind: common.BailKind
    application_no: str
    reason: str
    document: common.Document | None


class BondAccepted(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    bond_kind: common.BondKind
    bond_amount: int | None
    sureties: int | None


class CaseCommitted(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    to_court: str
    became: common.Identifier | None
    accused: list[common.Accused]
    committed_on: date | None
    next_date: date | None


class CaseDisposed(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    manner: common.DisposalManner
    accused: list[common.Accused]
    document: common.Document | None


class CaseRegistered(TypedDict):
    envelope: common.Envelope
    court: str
    case_type: str
    case_number: str
    year: int | None
    registered_on: date | None
    filed_on: date | None
    sections: list[common.Section]


class CaseSplit(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    split_into: list[common.Identifier]
    mapping: list[common.AccusedMapping]
    reason: str


class CaseTransferred(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    to_court: str
    became: common.Identifier | None
    transferred_on: date | None
    reason: str
    next_date: date | None


class CasesClubbed(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    clubbed: list[common.Identifier]
    mapping: list[common.AccusedMapping]
    reason: str


class ChargeSheetConsumed(TypedDict):
    envelope: common.Envelope
    court: str
    received_in_court_at: datetime | None
    received_precision: common.OccurredPrecision
    kind: common.ReportKind
    series: common.ReportSeries
    report_number: str
    icjs_number: str
    accused: list[common.ReportOnAccused]
    case_number: str


class ChargesFramed(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    charges: list[common.ChargesAgainst]
    next_date: date | None


class CognizanceTaken(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    accused: list[common.Accused]
    sections: list[common.Section]
    case_number: str
    next_date: date | None


class CopiesSupplied(TypedDict):
    envelope: common.Envelope
    court: str
    to: str
    accused: common.Accused | None
    supplied_on: date | None
    electronic: bool | None
    next_date: date | None


class CounselAppeared(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    counsel_kind: str
    vakalatnama_no: str
    appeared_on: date | None
    left_on: date | None


class DelayAttributed(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    from_date: date | None
    to_date: date | None
    reason: str
    document: common.Document | None


class DetentionContinued(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    rule: str
    until: date | None
    reasons: str
    document: common.Document | None


class DischargeApplied(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    application_no: str
    applied_on: date | None
    listed_for: date | None


class Discharged(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    sections: list[common.Section]
    reason: str
    document: common.Document | None


class FurtherInvestigationPermitted(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    permitted_on: date | None
    until: date | None
    reason: str
    document: common.Document | None


class HearingAdjourned(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    hearing_date: date | None
    purpose: str
    asked_by: common.AdjournmentParty
    asked_by_accused: common.Accused | None
    reason: str
    beyond_control: bool | None
    next_date: date | None
    next_purpose: str


class HearingHeld(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    hearing_date: date | None
    purpose: str
    mode: common.AppearanceMode
    stage: str
    present: list[common.Accused]
    next_date: date | None
    next_purpose: str


class HearingListed(TypedDict):
    envelope: common.Envelope
    court: str
    hearing_date: date | None
    starts_at: datetime | None
    hall: str
    item: str
    purpose: str
    mode: common.AppearanceMode
    accused: list[common.Accused]


class JudgmentDelivered(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    verdicts: list[common.Verdict]
    document: common.Document | None


class OrderUploaded(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    order_number: str
    order_date: date | None
    order_kind: str
    document: common.Document | None


class ProbationOrdered(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    order: common.Identifier | None
    order_reference: str
    law: str
    sections: list[common.Section]
    supervised: bool | None
    from_date: date | None
    to_date: date | None
    conditions: list[str]
    document: common.Document | None


class ProcessIssued(TypedDict):
    envelope: common.Envelope
    process_id: str
    process_kind: common.ProcessKind
    court: str
    for_whom: str
    accused: common.Accused | None
    witness_token: str
    issued_on: date | None
    returnable_on: date | None
    to_police_station: str
    document: common.Document | None


class Proclaimed(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    process_id: str
    proclaimed_on: date | None
    appear_by: date | None
    proclaimed_offender: bool | None
    document: common.Document | None


class ProductionWarrantIssued(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    pid: common.Identifier | None
    court: str
    jail: str
    warrant_number: str
    produce_on: date | None
    mode: common.AppearanceMode
    purpose: str
    document: common.Document | None


class ReleaseWarrantIssued(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    bail_kind: common.BailKind
    jail: str
    pid: common.Identifier | None
    warrant_number: str
    sections: list[common.Section]
    channel: str
    document: common.Document | None


class RemandOrdered(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    custody_kind: common.CustodyKind
    by: common.RemandAuthority
    produced_at: datetime | None
    production_mode: common.AppearanceMode
    from_date: date | None
    to_date: date | None
    until_trial_ends: bool
    next_date: date | None
    jail: str
    sections: list[common.Section]
    document: common.Document | None


class SentencePassed(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    sections: list[common.Section]
    imprisonment: common.ImprisonmentKind
    term_years: int | None
    term_months: int | None
    term_days: int | None
    fine: int | None
    fine_default_days: int | None
    concurrent: bool | None
    set_off_days: int | None
    document: common.Document | None


class SuretyOffered(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    surety_token: str
    offered_on: date | None
    amount: int | None
    local: bool | None
    affidavit_other_sureties: int | None


class SuretyVerificationCalled(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    surety_token: str
    called_on: date | None
    from_office: common.Office | None
    due_on: date | None
    reported_on: date | None
    result: str


class Surrendered(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    court: str
    judge: common.Office | None
    taken_into_custody: bool | None
    jail: str
    next_date: date | None


class TimeExtended(TypedDict):
    envelope: common.Envelope
    court: str
    judge: common.Office | None
    rule: str
    accused: list[common.Accused]
    applied_on: date | None
    until: date | None
    reasons: str
    document: common.Document | None


class WitnessExamined(TypedDict):
    envelope: common.Envelope
    court: str
    hearing_date: date | None
    witness_number: str
    witness_token: str
    witness_kind: str
    stage: str
    completed: bool | None
    is_child: bool | None
    hostile: bool | None
    next_date: date | None
