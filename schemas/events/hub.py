"""Types of the events and records in `schemas/hub/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from schemas.events import common


class AccessDenied(TypedDict):
    message: common.Outbound
    entry_no: int
    actor: str
    role: str
    purpose: str
    record: str
    reason: str
    chain_digest: str


class AlarmCleared(TypedDict):
    message: common.Outbound
    alarm_id: UUID
    cleared_by: str
    reason: str


class AlarmMoved(TypedDict):
    message: common.Outbound
    alarm_id: UUID
    from_files: list[str]
    files: list[str]
    flags: list[str]
    missing: list[str]
    text_en: str
    text_hi: str
    inputs: str


class AlarmRaised(TypedDict):
    message: common.Outbound
    alarm_id: UUID
    rule: str
    law: str
    stage: str
    lead_days: int | None
    start_event: str
    start_date: date | None
    accused: str
    due_date: date | None
    accrues_on: date | None
    files: list[str]
    sensitivity: common.Sensitivity
    flags: list[str]
    reasons: list[str]
    missing: list[str]
    late: list[str]
    text_en: str
    text_hi: str
    inputs: str


class AuditCheckpoint(TypedDict):
    message: common.Outbound
    entry_no: int
    entries: int | None
    chain_digest: str


class CaseStatus(TypedDict):
    message: common.Outbound
    root: str
    accused: str
    references: list[str]
    sensitivity: common.Sensitivity
    stage: str
    inside: bool | None
    jail: str
    inside_since: date | None
    sections: list[str]
    sections_stage: str
    bail_state: str
    bail_kind: str
    bail_granted_on: date | None
    last_hearing: date | None
    next_hearing: date | None
    incomplete: bool
    sources: list[common.SourceOfField]
    file_digest: str


class EmergencyAccess(TypedDict):
    message: common.Outbound
    entry_no: int
    actor: str
    role: str
    reason: str
    record: str
    until: datetime | None
    told: list[str]
    chain_digest: str


class EventDiscarded(TypedDict):
    envelope: common.Envelope
    target: str
    reason: str
    proposed_by: common.Office | None
    approved_by: common.Office | None


class EventProjected(TypedDict):
    message: common.Outbound
    event_id: str
    event_type: str
    source: str
    source_epoch: int | None
    source_seq: int | None
    source_record: str
    digest: str
    topic: str
    partition: int | None
    offset: int | None
    files: list[str]
    visible_at: datetime | None
    alias_of: str


class EventRejected(TypedDict):
    message: common.Outbound
    event_id: str
    event_type: str
    source: str
    source_epoch: int | None
    source_seq: int | None
    source_record: str
    digest: str
    topic: str
    partition: int | None
    offset: int | None
    reason: str
    detail: str
    what_to_do: str


class LinkAsserted(TypedDict):
    envelope: common.Envelope
    left: common.Identifier
    right: common.Identifier
    link_kind: common.LinkKind
    left_accused: common.AccusedRef | None
    right_accused: common.AccusedRef | None
    evidence: str
    score: int | None
    reviewer: common.Office | None
    in_place_of: common.Identifier | None


class LinkConfirmed(TypedDict):
    envelope: common.Envelope
    left: common.Identifier
    right: common.Identifier
    link_kind: common.LinkKind
    left_accused: common.AccusedRef | None
    right_accused: common.AccusedRef | None
    evidence: str
    score: int | None
    reviewer: common.Office | None
    in_place_of: common.Identifier | None


class LinkRejected(TypedDict):
    envelope: common.Envelope
    left: common.Identifier
    right: common.Identifier
    link_kind: common.LinkKind
    left_accused: common.AccusedRef | None
    right_accused: common.AccusedRef | None
    evidence: str
    score: int | None
    reviewer: common.Office | None
    in_place_of: common.Identifier | None


class LinkUndone(TypedDict):
    envelope: common.Envelope
    left: common.Identifier
    right: common.Identifier
    link_kind: common.LinkKind
    left_accused: common.AccusedRef | None
    right_accused: common.AccusedRef | None
    decision: str
    reason: str
    reviewer: common.Office | None


class RecordExported(TypedDict):
    message: common.Outbound
    entry_no: int
    actor: str
    role: str
    purpose: str
    relation: str
    what: str
    filters: str
    rows: int | None
    document_digest: str
    chain_digest: str


class RecordRead(TypedDict):
    message: common.Outbound
    entry_no: int
    actor: str
    role: str
    purpose: str
    relation: str
    record: str
    fields: list[str]
    as_of: date | None
    chain_digest: str


class RecordSealed(TypedDict):
    message: common.Outbound
    entry_no: int
    actor: str
    role: str
    record: str
    sealed: bool
    order_reference: str
    chain_digest: str


class RepairApproved(TypedDict):
    envelope: common.Envelope
    target: str
    corrected_value: bytes
    corrected_topic: str
    corrected_key: str
    reason: str
    proposed_by: common.Office | None
    approved_by: common.Office | None


class RepairProposed(TypedDict):
    envelope: common.Envelope
    target: str
    corrected_value: bytes
    corrected_topic: str
    corrected_key: str
    reason: str
    proposed_by: common.Office | None
