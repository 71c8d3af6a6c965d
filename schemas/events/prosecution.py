"""Types of the events and records in `schemas/prosecution/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from schemas.events import common


class AdjournmentSought(TypedDict):
    envelope: common.Envelope
    hearing_date: date | None
    court: str
    asked_by: common.AdjournmentParty
    reason: str
    opposed: bool | None
    granted: bool | None
    next_date: date | None


class AppealNotProposed(TypedDict):
    envelope: common.Envelope
    proposal_no: str
    against: str
    judgment_on: date | None
    decided_on: date | None
    accused: list[common.Accused]
    reason: str


class AppealProposed(TypedDict):
    envelope: common.Envelope
    proposal_no: str
    against: str
    judgment_on: date | None
    proposed_on: date | None
    limitation_until: date | None
    accused: list[common.Accused]
    to_office: common.Office | None


class BailOpposed(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    application_no: str
    hearing_date: date | None
    grounds: list[str]
    prosecutor: common.Office | None


class CaseAllotted(TypedDict):
    envelope: common.Envelope
    prosecutor: common.Office | None
    court: str
    from_date: date | None
    to_date: date | None


class CourtRosterSet(TypedDict):
    envelope: common.Envelope
    prosecutors: list[common.RosterEntry]


class DefectCured(TypedDict):
    envelope: common.Envelope
    defect_no: str
    defect_code: str
    cured_on: date | None
    cured_by: common.Office | None


class DefectRaised(TypedDict):
    envelope: common.Envelope
    prosecutor: common.Office | None
    defect_no: str
    defect_code: str
    report_number: str
    due_on: date | None
    accused: list[common.Accused]


class OpinionGiven(TypedDict):
    envelope: common.Envelope
    opinion_no: str
    subject: str
    opinion: str
    prosecutor: common.Office | None
    given_on: date | None
    document: common.Document | None


class ProceedingsRecorded(TypedDict):
    envelope: common.Envelope
    hearing_date: date | None
    court: str
    prosecutor: common.Office | None
    purpose: str
    proceeding: str
    witnesses_present: int | None
    witnesses_examined: int | None
    witnesses_sent_back: int | None
    next_date: date | None
    next_purpose: str


class SanctionReceived(TypedDict):
    envelope: common.Envelope
    sanction_no: str
    authority: common.Office | None
    decided_on: date | None
    received_on: date | None
    result: str
    accused: list[common.Accused]
    document: common.Document | None


class SanctionSought(TypedDict):
    envelope: common.Envelope
    sanction_no: str
    law: str
    authority: common.Office | None
    sought_on: date | None
    due_on: date | None
    sections: list[common.Section]
    accused: list[common.Accused]


class ScrutinyClosed(TypedDict):
    envelope: common.Envelope
    report_number: str
    prosecutor: common.Office | None
    closed_on: date | None
    result: str


class ScrutinyOpened(TypedDict):
    envelope: common.Envelope
    prosecutor: common.Office | None
    report_number: str
    received_on: date | None
    due_on: date | None


class WitnessProduced(TypedDict):
    envelope: common.Envelope
    hearing_date: date | None
    court: str
    witness_token: str
    witness_kind: str
    process_id: str
    examined: bool | None
