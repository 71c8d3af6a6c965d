"""Types of the events and records in `schemas/emergency/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from schemas.events import common


class IncidentClosed(TypedDict):
    envelope: common.Envelope
    unit: str
    closed_at: datetime | None
    action_taken: str
    gd_number: str
    led_to: list[common.Identifier]
    reason: str


class IncidentReported(TypedDict):
    envelope: common.Envelope
    channel: str
    incident_kind: str
    priority: str
    control_room: str
    received_at: datetime | None
    latitude_e6: int | None
    longitude_e6: int | None
    district: str
    police_station: str
    caller_token: str
    language: str


class UnitArrived(TypedDict):
    envelope: common.Envelope
    unit: str
    arrived_at: datetime | None
    latitude_e6: int | None
    longitude_e6: int | None


class UnitDispatched(TypedDict):
    envelope: common.Envelope
    unit: str
    unit_kind: str
    dispatched_at: datetime | None
    expected_minutes: int | None
    district: str
    police_station: str
