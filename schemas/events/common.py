"""Types of the events and records in `schemas/common/`. Generated from the `.avsc` files: do not edit.

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
AttachmentResult = Literal["UNKNOWN", "CONFIRMED", "PARTLY_CONFIRMED", "SET_ASIDE", "RELEASED", "CONFISCATED"]
BailBasis = Literal["UNKNOWN", "ONE_THIRD", "ONE_HALF", "FULL_TERM", "OTHER"]
BailKind = Literal["UNKNOWN", "REGULAR", "DEFAULT", "INTERIM", "ANTICIPATORY", "S479", "S480_6"]
BondKind = Literal["UNKNOWN", "OWN_BOND", "BAIL_BOND"]
ChargeResult = Literal["UNKNOWN", "CONVICTED", "ACQUITTED", "PARTLY_CONVICTED", "DISCHARGED", "ABATED"]
CitizenService = Literal[
    "UNKNOWN",
    "E_COMPLAINT",
    "CHARACTER_CERTIFICATE",
    "TENANT_VERIFICATION",
    "SERVANT_VERIFICATION",
    "EMPLOYEE_VERIFICATION",
    "LOST_PROPERTY",
    "MISSING_PERSON",
    "ABDUCTED_PERSON",
    "VEHICLE_THEFT",
    "PROCESSION_PERMISSION",
    "EVENT_PERMISSION",
    "PROTEST_PERMISSION",
    "SECRET_TIP",
    "FIR_COPY",
    "OTHER",
]
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
ProcessKind = Literal[
    "UNKNOWN",
    "SUMMONS",
    "BAILABLE_WARRANT",
    "NON_BAILABLE_WARRANT",
    "PROCLAMATION",
    "ATTACHMENT",
    "NOTICE",
]
ProcessResult = Literal["UNKNOWN", "SERVED", "EXECUTED", "NOT_SERVED", "RECALLED"]
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


class AccountInComplaint(TypedDict):
    account_digest: str
    bank: str
    amount: int | None
    layer: int | None
    transaction_digest: str


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


class AttachedProperty(TypedDict):
    schedule_no: str
    kind: str
    value: int | None
    district: str
    register_no: str


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


class HeadcountLine(TypedDict):
    category: PrisonerCategory
    group: str
    n: int | None
    capacity: int | None


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


class Outbound(TypedDict):
    message_id: UUID
    key: str
    order: int
    replaces: str
    sent_at: datetime
    generation: str


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


class SeizedItem(TypedDict):
    item_no: str
    kind: str
    quantity: int | None
    unit: str
    value: int | None
    malkhana_no: str


class SequenceVoided(TypedDict):
    envelope: Envelope
    voided_epoch: int
    voided_seq: int
    voided_event: str
    voided_type: str
    reason: str


class SourceOfField(TypedDict):
    field: str
    event_id: str
    digest: str
    department: str


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
