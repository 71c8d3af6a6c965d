"""Types of the events and records in `schemas/police/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from schemas.events import common


class AntecedentsReported(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    convictions: list[common.Conviction]
    registers_searched: list[str]
    searched_on: date | None
    pending_cases: list[str]


class ArrestMade(TypedDict):
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


class EInformationGiven(TypedDict):
    envelope: common.Envelope
    gd: common.Identifier | None
    given_at: datetime | None
    channel: str
    sections: list[common.Section]
    sign_by: date | None
    informant_token: str


class EInformationLapsed(TypedDict):
    envelope: common.Envelope
    gd: common.Identifier | None
    lapsed_on: date | None
    reason: str


class EInformationSigned(TypedDict):
    envelope: common.Envelope
    gd: common.Identifier | None
    fir: common.Identifier | None
    signed_at: datetime | None


class EscortAssigned(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    pid: common.Identifier | None
    court_case: common.Identifier | None
    court: str
    jail: str
    produce_on: date | None
    strength: int | None
    escort: common.Office | None


class ExhibitSent(TypedDict):
    envelope: common.Envelope
    exhibit_no: str
    seizure_list_number: str
    kind: str
    parcels: int | None
    seals: int | None
    forwarding_memo: str
    sent_on: date | None
    laboratory: str
    fsl_no: common.Identifier | None
    accused: list[common.Accused]


class FinalReportSubmitted(TypedDict):
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


class FirRegistered(TypedDict):
    envelope: common.Envelope
    district: str
    police_station: str
    fir_number: str
    year: int | None
    fir_kind: common.FirKind
    sections: list[common.Section]
    offence_from: datetime | None
    offence_to: datetime | None
    information_received_at: datetime | None
    place_of_occurrence: str
    investigator: common.Office | None
    accused: list[common.Accused]
    victims: list[str]
    arose_from: list[common.Identifier]


class FirTransferred(TypedDict):
    envelope: common.Envelope
    became: common.Identifier | None
    from_police_station: str
    to_police_station: str
    to_district: str
    reason: str
    ordered_on: date | None


class ForensicVisitMade(TypedDict):
    envelope: common.Envelope
    request_no: str
    visited_at: datetime | None
    laboratory: str
    videographed: bool | None
    exhibits: int | None
    report_number: str


class ForensicVisitRequested(TypedDict):
    envelope: common.Envelope
    request_no: str
    requested_at: datetime | None
    laboratory: str
    place_of_occurrence: str
    sections: list[common.Section]


class InquestHeld(TypedDict):
    envelope: common.Envelope
    inquest_no: str
    held_at: datetime | None
    deceased_token: str
    place: str
    cause: str
    magistrate_informed_at: datetime | None
    held_by: common.Office | None


class InquestReportSent(TypedDict):
    envelope: common.Envelope
    inquest_no: str
    sent_at: datetime | None
    to_office: common.Office | None
    post_mortem_no: str
    document: common.Document | None


class InvestigatorChanged(TypedDict):
    envelope: common.Envelope
    investigator: common.Office | None
    from_investigator: common.Office | None
    handed_over_on: date | None
    reason: str


class MedicalReportReceived(TypedDict):
    envelope: common.Envelope
    examination_no: str
    victim_token: str
    accused: common.Accused | None
    report_number: str
    received_at: datetime | None
    hospital: str
    document: common.Document | None


class NoticeOfAppearanceServed(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    notice_number: str
    served_at: datetime | None
    appear_on: date | None
    mode: str
    complied: bool | None
    sections: list[common.Section]


class PoliceCustodySought(TypedDict):
    envelope: common.Envelope
    accused: common.Accused
    sought_on: date | None
    days_sought: int | None
    grounds: str
    court: str
    application_no: str


class PreliminaryEnquiryClosed(TypedDict):
    envelope: common.Envelope
    gd: common.Identifier | None
    fir: common.Identifier | None
    closed_on: date | None
    outcome: str
    informant_told_on: date | None


class PreliminaryEnquiryOpened(TypedDict):
    envelope: common.Envelope
    information_received_on: date | None
    gd: common.Identifier | None
    sections: list[common.Section]
    enquiry_officer: common.Office | None
    permitted_by: common.Office | None
    permitted_on: date | None


class ProcessExecuted(TypedDict):
    envelope: common.Envelope
    process_id: str
    process_kind: common.ProcessKind
    court_case: common.Identifier | None
    court: str
    accused: common.Accused | None
    witness_token: str
    executed_on: date | None
    result: common.ProcessResult
    reason: str
    returned_on: date | None


class ProgressInformed(TypedDict):
    envelope: common.Envelope
    informed_on: date | None
    to: str
    victim_token: str
    channel: str


class SearchMade(TypedDict):
    envelope: common.Envelope
    search_no: str
    searched_at: datetime | None
    place: str
    under: str
    warrant_number: str
    audio_video: bool | None
    witnesses: int | None
    seizure_list_number: str
    officer: common.Office | None


class SearchRecordSent(TypedDict):
    envelope: common.Envelope
    search_no: str
    sent_at: datetime | None
    court: str
    document: common.Document | None


class SectionsAltered(TypedDict):
    envelope: common.Envelope
    accused: list[common.Accused]
    sections: list[common.Section]
    added: list[common.Section]
    removed: list[common.Section]
    reason: str
    reported_to_court_on: date | None


class SeizureMade(TypedDict):
    envelope: common.Envelope
    seizure_list_number: str
    seized_at: datetime | None
    place: str
    under: str
    items: list[common.SeizedItem]
    accused: list[common.Accused]
    witnesses: int | None
    audio_video: bool | None
    officer: common.Office | None


class VictimExamined(TypedDict):
    envelope: common.Envelope
    examination_no: str
    victim_token: str
    examined_at: datetime | None
    information_at: datetime | None
    consent: bool | None
    hospital: str
    requested_by: common.Office | None
