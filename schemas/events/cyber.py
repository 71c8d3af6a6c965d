"""Types of the events and records in `schemas/cyber/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from schemas.events import common


class AmountHeld(TypedDict):
    envelope: common.Envelope
    hold_no: str
    bank: str
    account_digest: str
    layer: int | None
    amount: int | None
    held_at: datetime | None
    released_on: date | None
    released_to: str


class ComplaintReceived(TypedDict):
    envelope: common.Envelope
    channel: str
    category: str
    sub_category: str
    received_at: datetime | None
    incident_at: datetime | None
    amount: int | None
    accounts: list[common.AccountInComplaint]
    district: str
    police_station: str
    complainant_token: str


class EZeroFirCreated(TypedDict):
    envelope: common.Envelope
    zero_fir: common.Identifier | None
    police_station: str
    created_at: datetime | None
    amount: int | None
    sign_by: date | None
    sections: list[common.Section]


class EZeroFirLapsed(TypedDict):
    envelope: common.Envelope
    zero_fir: common.Identifier | None
    lapsed_on: date | None
    reason: str


class EZeroFirSigned(TypedDict):
    envelope: common.Envelope
    zero_fir: common.Identifier | None
    fir: common.Identifier | None
    signed_at: datetime | None
    police_station: str
