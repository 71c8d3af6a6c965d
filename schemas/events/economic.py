"""Types of the events and records in `schemas/economic/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from schemas.events import common


class AttachmentConfirmed(TypedDict):
    envelope: common.Envelope
    order_number: str
    confirmation_number: str
    court: str
    result: common.AttachmentResult
    confirmed_value: int | None
    decided_on: date | None
    document: common.Document | None


class CaseTakenOver(TypedDict):
    envelope: common.Envelope
    order_number: str
    taken_over_on: date | None
    from_police_station: str
    unit: str
    investigator: common.Office | None
    reason: str
    sections: list[common.Section]


class PmlaProposalSent(TypedDict):
    envelope: common.Envelope
    proposal_number: str
    sent_on: date | None
    to_office: common.Office | None
    sections: list[common.Section]
    value: int | None
    accused: list[common.Accused]


class PropertyAttached(TypedDict):
    envelope: common.Envelope
    order_number: str
    law: str
    court: str
    ordered_on: date | None
    executed_on: date | None
    accused: list[common.Accused]
    property: list[common.AttachedProperty]
    total_value: int | None
    confirmation_due: date | None
    document: common.Document | None
