"""Types of the events and their records. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypedDict
from uuid import UUID

AccusedOutcome = Literal["UNKNOWN", "SENT_UP", "NOT_SENT_UP", "PENDING"]
AdjournmentParty = Literal["UNKNOWN", "PROSECUTION", "DEFENCE", "COURT", "OTHER"]
AppearanceMode = Literal["UNKNOWN", "IN_PERSON", "VIDEO", "HYBRID", "IN_ABSENCE"]
ArrestOutcome = Literal["UNKNOWN", "FORWARDED", "POLICE_BAIL", "NOTICE"]
BailBasis = Literal["UNKNOWN", "ONE_THIRD", "ONE_HALF", "FULL_TERM", "OTHER"]
BailKind = Literal["UNKNOWN", "REGULAR", "DEFAULT", "INTERIM", "ANTICIPATORY", "S479", "S480_6"]
BondKind = Literal["UNKNOWN", "OWN_BOND", "BAIL_BOND"]
ChargeResult = Literal["UNKNOWN", "CONVICTED", "ACQUITTED", "PARTLY_CONVICTED", "DISCHARGED", "ABATED"]
CustodyKind = Literal["UNKNOWN", "POLICE", "JUDICIAL"]
DisposalManner = Literal[
    "UNKNOWN",
    "CONVICTED",
    "ACQUITTED",
    "DISCHARGED",
    "COMPOUNDED",
    "WITHDRAWN",
    "QUASHED",
    "ABATED",
    "PLEA_BARGAIN",
    "FINAL_FORM_ACCEPTED",
    "TRANSFERRED",
    "OTHER",
]
FirKind = Literal["UNKNOWN", "REGULAR", "ZERO", "E_FIR"]
HoldChange = Literal["UNKNOWN", "ADDED", "ENDED", "ALTERED"]
ImprisonmentKind = Literal["UNKNOWN", "RIGOROUS", "SIMPLE", "LIFE", "DEATH", "FINE_ONLY", "COMMUNITY_SERVICE"]
LinkKind = Literal[
    "UNKNOWN",
    "SAME_CASE",
    "CONTINUES",
    "TRIED_IN",
    "HELD_UNDER",
    "AROSE_FROM",
    "EXAMINED_FOR",
    "ORDERED_IN",
    "ACCUSED_IS",
    "SAME_PERSON",
]
NotReleasedCode = Literal[
    "UNKNOWN",
    "NO_SURETY",
    "SURETY_VERIFICATION",
    "OTHER_CASE_CUSTODY",
    "ORDER_NOT_RECEIVED",
    "MISMATCH",
    "UNWILLING",
]
OccurredPrecision = Literal["INSTANT", "MINUTE", "DAY"]
Plea = Literal["UNKNOWN", "GUILTY", "NOT_GUILTY", "CLAIMS_TRIAL", "REFUSED"]
PrisonerCategory = Literal["UNKNOWN", "UNDERTRIAL", "CONVICT", "DETENUE", "CIVIL"]
ReleaseGround = Literal[
    "UNKNOWN",
    "BAIL",
    "ACQUITTED",
    "DISCHARGED",
    "SENTENCE_SERVED",
    "FINAL_FORM",
    "OTHER",
]
RemandAuthority = Literal[
    "UNKNOWN",
    "JUDICIAL_MAGISTRATE",
    "EXECUTIVE_MAGISTRATE",
    "SESSIONS_COURT",
    "SPECIAL_COURT",
    "HIGH_COURT",
]
ReportKind = Literal["UNKNOWN", "CHARGE_SHEET", "FINAL_FORM"]
ReportSeries = Literal["UNKNOWN", "ORIGINAL", "SUPPLEMENTARY"]
Sensitivity = Literal["NORMAL", "SENSITIVE_FIR", "CHILD_VICTIM", "CHILD_IN_CONFLICT", "WITNESS_PROTECTED"]
SignatureState = Literal["UNKNOWN", "UNSIGNED", "VALID", "INVALID"]


class Accused(TypedDict):
    ref: AccusedRef
    same_as: list[AccusedRef]
    person: PersonDescription | None


class AccusedMapping(TypedDict):
    old: AccusedRef
    new: AccusedRef


class AccusedRef(TypedDict):
    scheme: str
    scope: str
    code: str


class CaseReference(TypedDict):
    identifier: Identifier
    accused: AccusedRef | None
    from_date: date | None
    to_date: date | None


class ChargeOutcome(TypedDict):
    section: Section
    result: ChargeResult


class ChargesAgainst(TypedDict):
    accused: Accused
    sections: list[Section]
    plea: Plea


class Conviction(TypedDict):
    court: str
    case_number: str
    sections: list[Section]
    convicted_on: date | None
    sentence: str


class Document(TypedDict):
    number: str
    digest: str
    signature: SignatureState


class Envelope(TypedDict):
    event_id: UUID
    source: str
    source_epoch: int
    source_seq: int
    source_record: str
    occurred_at: datetime
    occurred_precision: OccurredPrecision
    recorded_at: datetime
    anchor: Identifier
    claims: list[Identifier]
    supersedes: str | None
    sensitivity: Sensitivity
    actor: Office | None


class Identifier(TypedDict):
    kind: str
    value: str


class Mismatch(TypedDict):
    field: str
    warrant_says: str
    order_says: str


class Office(TypedDict):
    kind: str
    code: str
    district: str


class PersonDescription(TypedDict):
    salt: bytes
    name: str
    name_native: str
    relative_name: str
    relation: str
    aliases: list[str]
    gender: str
    birth_date: date | None
    age_stated: int | None
    village: str
    police_station: str
    district: str


class ReportOnAccused(TypedDict):
    accused: Accused
    outcome: AccusedOutcome
    reason: str
    sections: list[Section]


class Retracted(TypedDict):
    envelope: Envelope
    reason: str


class RosterEntry(TypedDict):
    prosecutor: Office | None
    from_date: date | None
    to_date: date | None


class Section(TypedDict):
    act: str
    section: str
    variant: str | None


class SequenceVoided(TypedDict):
    envelope: Envelope
    voided_seq: int
    voided_event: str
    voided_type: str
    reason: str


class Verdict(TypedDict):
    accused: Accused
    result: ChargeResult
    charges: list[ChargeOutcome]


class WindowClosed(TypedDict):
    envelope: Envelope
    opened_at: datetime | None
    closed_at: datetime | None
    first_seq: int
    last_seq: int
    count: int
    digest: str


class BailApplied(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    bail_kind: BailKind
    application_no: str
    sections: list[Section]
    listed_for: date | None


class BailCancelled(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    judge: Office | None
    bail_kind: BailKind
    reason: str
    warrant_issued: bool | None
    document: Document | None


class BailGranted(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    judge: Office | None
    bail_kind: BailKind
    bond_kind: BondKind
    basis: BailBasis
    application_no: str
    until: date | None
    conditions: list[str]
    bond_amount: int | None
    sureties_required: int | None
    surety_amount: int | None
    sections: list[Section]
    order_number: str
    document: Document | None


class BailRejected(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    judge: Office | None
    bail_kind: BailKind
    application_no: str
    reason: str
    document: Document | None


class BondAccepted(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    judge: Office | None
    bond_kind: BondKind
    bond_amount: int | None
    sureties: int | None


class CaseDisposed(TypedDict):
    envelope: Envelope
    court: str
    judge: Office | None
    manner: DisposalManner
    accused: list[Accused]
    document: Document | None


class CaseSplit(TypedDict):
    envelope: Envelope
    court: str
    judge: Office | None
    split_into: list[Identifier]
    mapping: list[AccusedMapping]
    reason: str


class CasesClubbed(TypedDict):
    envelope: Envelope
    court: str
    judge: Office | None
    clubbed: list[Identifier]
    mapping: list[AccusedMapping]
    reason: str


class ChargeSheetConsumed(TypedDict):
    envelope: Envelope
    court: str
    received_in_court_at: datetime | None
    received_precision: OccurredPrecision
    kind: ReportKind
    series: ReportSeries
    report_number: str
    icjs_number: str
    accused: list[ReportOnAccused]
    case_number: str


class ChargesFramed(TypedDict):
    envelope: Envelope
    court: str
    judge: Office | None
    charges: list[ChargesAgainst]
    next_date: date | None


class CognizanceTaken(TypedDict):
    envelope: Envelope
    court: str
    judge: Office | None
    accused: list[Accused]
    sections: list[Section]
    case_number: str
    next_date: date | None


class Discharged(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    judge: Office | None
    sections: list[Section]
    reason: str
    document: Document | None


class HearingAdjourned(TypedDict):
    envelope: Envelope
    court: str
    judge: Office | None
    hearing_date: date | None
    purpose: str
    asked_by: AdjournmentParty
    asked_by_accused: Accused | None
    reason: str
    beyond_control: bool | None
    next_date: date | None
    next_purpose: str


class HearingHeld(TypedDict):
    envelope: Envelope
    court: str
    judge: Office | None
    hearing_date: date | None
    purpose: str
    mode: AppearanceMode
    stage: str
    present: list[Accused]
    next_date: date | None
    next_purpose: str


class HearingListed(TypedDict):
    envelope: Envelope
    court: str
    hearing_date: date | None
    starts_at: datetime | None
    hall: str
    item: str
    purpose: str
    mode: AppearanceMode
    accused: list[Accused]


class JudgmentDelivered(TypedDict):
    envelope: Envelope
    court: str
    judge: Office | None
    verdicts: list[Verdict]
    document: Document | None


class ReleaseWarrantIssued(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    judge: Office | None
    bail_kind: BailKind
    jail: str
    pid: Identifier | None
    warrant_number: str
    sections: list[Section]
    channel: str
    document: Document | None


class RemandOrdered(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    judge: Office | None
    custody_kind: CustodyKind
    by: RemandAuthority
    produced_at: datetime | None
    production_mode: AppearanceMode
    from_date: date | None
    to_date: date | None
    until_trial_ends: bool
    next_date: date | None
    jail: str
    sections: list[Section]
    document: Document | None


class SentencePassed(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    judge: Office | None
    sections: list[Section]
    imprisonment: ImprisonmentKind
    term_years: int | None
    term_months: int | None
    term_days: int | None
    fine: int | None
    fine_default_days: int | None
    concurrent: bool | None
    set_off_days: int | None
    document: Document | None


class Surrendered(TypedDict):
    envelope: Envelope
    accused: Accused
    court: str
    judge: Office | None
    taken_into_custody: bool | None
    jail: str
    next_date: date | None


class EventDiscarded(TypedDict):
    envelope: Envelope
    target: str
    reason: str
    proposed_by: Office | None
    approved_by: Office | None


class LinkAsserted(TypedDict):
    envelope: Envelope
    left: Identifier
    right: Identifier
    link_kind: LinkKind
    left_accused: AccusedRef | None
    right_accused: AccusedRef | None
    evidence: str
    score: int | None
    reviewer: Office | None
    in_place_of: Identifier | None


class LinkConfirmed(TypedDict):
    envelope: Envelope
    left: Identifier
    right: Identifier
    link_kind: LinkKind
    left_accused: AccusedRef | None
    right_accused: AccusedRef | None
    evidence: str
    score: int | None
    reviewer: Office | None
    in_place_of: Identifier | None


class LinkRejected(TypedDict):
    envelope: Envelope
    left: Identifier
    right: Identifier
    link_kind: LinkKind
    left_accused: AccusedRef | None
    right_accused: AccusedRef | None
    evidence: str
    score: int | None
    reviewer: Office | None
    in_place_of: Identifier | None


class LinkUndone(TypedDict):
    envelope: Envelope
    left: Identifier
    right: Identifier
    link_kind: LinkKind
    left_accused: AccusedRef | None
    right_accused: AccusedRef | None
    decision: str
    reason: str
    reviewer: Office | None


class RepairApproved(TypedDict):
    envelope: Envelope
    target: str
    corrected_value: bytes
    corrected_topic: str
    corrected_key: str
    reason: str
    proposed_by: Office | None
    approved_by: Office | None


class AntecedentsReported(TypedDict):
    envelope: Envelope
    accused: Accused
    convictions: list[Conviction]
    registers_searched: list[str]
    searched_on: date | None
    pending_cases: list[str]


class ArrestMade(TypedDict):
    envelope: Envelope
    accused: Accused
    place: str
    district: str
    gd: Identifier | None
    sections: list[Section]
    arresting_officer: Office | None
    relative_informed_at: datetime | None
    relative_relation: str
    medically_examined_at: datetime | None
    grounds_in_writing_at: datetime | None
    grounds_language: str
    grounds_understood: bool | None
    journey_minutes: int | None
    outcome: ArrestOutcome
    is_child: bool | None
    document: Document | None


class FinalReportSubmitted(TypedDict):
    envelope: Envelope
    kind: ReportKind
    final_form_reason: str
    report_number: str
    series: ReportSeries
    investigation_complete: bool | None
    accused: list[ReportOnAccused]
    filed_at: datetime | None
    icjs_number: str
    court: str
    court_case: Identifier | None
    document: Document | None


class FirRegistered(TypedDict):
    envelope: Envelope
    district: str
    police_station: str
    fir_number: str
    year: int | None
    fir_kind: FirKind
    sections: list[Section]
    offence_from: datetime | None
    offence_to: datetime | None
    information_received_at: datetime | None
    place_of_occurrence: str
    investigator: Office | None
    accused: list[Accused]
    victims: list[str]
    arose_from: list[Identifier]


class FirTransferred(TypedDict):
    envelope: Envelope
    became: Identifier | None
    from_police_station: str
    to_police_station: str
    to_district: str
    reason: str
    ordered_on: date | None


class SectionsAltered(TypedDict):
    envelope: Envelope
    accused: list[Accused]
    sections: list[Section]
    added: list[Section]
    removed: list[Section]
    reason: str
    reported_to_court_on: date | None


class Admitted(TypedDict):
    envelope: Envelope
    jail: str
    utp_no: str
    ward: str
    person: PersonDescription | None
    category: PrisonerCategory
    cases: list[CaseReference]
    admitted_from: str
    court: str
    warrant_number: str
    warrant_valid_to: date | None
    until_trial_ends: bool
    next_date: date | None
    sections: list[Section]
    biometric_token: str


class CaseHoldChanged(TypedDict):
    envelope: Envelope
    jail: str
    change: HoldChange
    cases: list[CaseReference]
    reason: str
    next_date: date | None


class InterimReleased(TypedDict):
    envelope: Envelope
    jail: str
    cases: list[CaseReference]
    bail_kind: BailKind
    until: date | None
    order_number: str


class NotProduced(TypedDict):
    envelope: Envelope
    jail: str
    cases: list[CaseReference]
    court: str
    hearing_date: date | None
    mode: AppearanceMode
    reason: str
    next_date: date | None


class NotReleasedReason(TypedDict):
    envelope: Envelope
    jail: str
    cases: list[CaseReference]
    reason: NotReleasedCode


class OpeningBalance(TypedDict):
    envelope: Envelope
    jail: str
    utp_no: str
    ward: str
    person: PersonDescription | None
    category: PrisonerCategory
    cases: list[CaseReference]
    admitted_on: date | None
    warrant_valid_to: date | None
    until_trial_ends: bool
    next_date: date | None


class ProducedInCourt(TypedDict):
    envelope: Envelope
    jail: str
    cases: list[CaseReference]
    court: str
    hearing_date: date | None
    mode: AppearanceMode
    next_date: date | None
    warrant_valid_to: date | None


class ReleaseOrderReceived(TypedDict):
    envelope: Envelope
    jail: str
    cases: list[CaseReference]
    court: str
    bail_kind: BailKind
    order_number: str
    channel: str
    sections: list[Section]
    document: Document | None


class ReleaseRefused(TypedDict):
    envelope: Envelope
    jail: str
    cases: list[CaseReference]
    court: str
    order_number: str
    reason: str
    mismatches: list[Mismatch]


class Released(TypedDict):
    envelope: Envelope
    jail: str
    cases: list[CaseReference]
    ground: ReleaseGround
    bail_kind: BailKind
    order_number: str


class Returned(TypedDict):
    envelope: Envelope
    jail: str
    cases: list[CaseReference]
    late: bool | None


class TransferredIn(TypedDict):
    envelope: Envelope
    jail: str
    utp_no: str
    ward: str
    person: PersonDescription | None
    from_jail: str
    cases: list[CaseReference]
    order_number: str


class TransferredOut(TypedDict):
    envelope: Envelope
    jail: str
    to_jail: str
    reason: str
    order_number: str


class WarrantReceived(TypedDict):
    envelope: Envelope
    jail: str
    cases: list[CaseReference]
    court: str
    warrant_number: str
    issued_on: date | None
    valid_to: date | None
    until_trial_ends: bool
    next_date: date | None
    sections: list[Section]
    document: Document | None


class ReportRequested(TypedDict):
    envelope: Envelope
    accused: Accused
    case: Identifier | None
    court: str
    report_kind: str
    due_on: date | None
    officer: Office | None


class ReportSubmitted(TypedDict):
    envelope: Envelope
    accused: Accused
    case: Identifier | None
    court: str
    report_kind: str
    submitted_on: date | None
    officer: Office | None
    recommendation: str
    document: Document | None


class SupervisionStarted(TypedDict):
    envelope: Envelope
    accused: Accused
    case: Identifier | None
    court: str
    order_reference: str
    starts_on: date | None
    ends_on: date | None
    next_contact_due: date | None
    officer: Office | None
    home_police_station: str
    conditions: list[str]


class CaseAllotted(TypedDict):
    envelope: Envelope
    prosecutor: Office | None
    court: str
    from_date: date | None
    to_date: date | None


class CourtRosterSet(TypedDict):
    envelope: Envelope
    prosecutors: list[RosterEntry]


class DefectCured(TypedDict):
    envelope: Envelope
    defect_no: str
    defect_code: str
    cured_on: date | None
    cured_by: Office | None


class DefectRaised(TypedDict):
    envelope: Envelope
    prosecutor: Office | None
    defect_no: str
    defect_code: str
    report_number: str
    due_on: date | None
    accused: list[Accused]


class ScrutinyOpened(TypedDict):
    envelope: Envelope
    prosecutor: Office | None
    report_number: str
    received_on: date | None
    due_on: date | None
