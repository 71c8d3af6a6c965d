"""Call record of the emergency response centre (ERSS, 112): one row for an incident, which grows as units report.

    {"event_no", "event_date", "call_time", "channel", "event_type", "priority", "latitude", "longitude",
     "district_code", "police_station" or "ps_code", "language", "dispatches": [{"unit", "unit_type", "dispatched_at",
     "arrived_at"}] or "unit", "dispatched_at", "arrived_at", "closed_at", "action_taken", "gd_no", "fir_no",
     "fir_year"}

The caller's number is never read; nor is what he said.
"""

from __future__ import annotations

import re
from typing import Any, Final

from connectors.mappings.book import Book
from connectors.mappings.drafting import Draft, Identifier, mapping
from connectors.mappings.fields import Fields
from connectors.mappings.persons import fir_of, station_of
from connectors.mappings.reading import ascii_digits
from connectors.mappings.troubles import Trouble, UnreadableError

_CHANNELS: Final = {
    "": "", "call": "CALL", "voice": "CALL", "phone": "CALL", "112": "CALL", "कॉल": "CALL", "sms": "SMS", "app": "APP",
    "mobile app": "APP", "panic": "PANIC_BUTTON", "panic button": "PANIC_BUTTON", "web": "WEB", "email": "WEB",
    "vltd": "VEHICLE_TRACKER", "vehicle tracker": "VEHICLE_TRACKER",
}  # fmt: skip
_MILLION: Final = 1_000_000


@mapping
def incident(draft: Draft, document: Any, book: Book) -> None:
    """One incident: scope is its number."""
    row = Fields(document)
    anchor = _incident(row, book)
    draft.scope = f"{anchor['kind']}:{anchor['value']}"
    received = row.joined("event_date", "call_time") or row.when_needed(
        "received_at", "call_datetime", "event_datetime"
    )
    station = ""
    with draft.part("police_station", row.value("police_station", "ps_code")):
        if row.text("ps_code", "police_station", "ps", "ps_name"):
            station = station_of(row, book)
    district = row.text("district_code", "district_cd") or book.district
    draft.add(
        "incident", "emergency.IncidentReported", anchor, received,
        {
            "channel": book.code("channel", row.text("channel", "source"), _CHANNELS, "channel"),
            "incident_kind": _code(row.text("event_type", "incident_type", "event_sub_type")),
            "priority": _code(row.text("priority")),
            "received_at": received.at,
            "latitude_e6": _degrees(draft, row, 90, "latitude", "lat"),
            "longitude_e6": _degrees(draft, row, 180, "longitude", "long", "lng"),
            "district": district,
            "police_station": station,
            "language": _code(row.text("language")),
        },
    )  # fmt: skip
    for key, entry in list(row.rows("dispatches", "units")) or [("1", row.row)]:
        with draft.part(f"unit/{key}", entry):
            _unit(draft, anchor, Fields(entry, f"unit/{key}"), f"unit/{key}", district, station)
    with draft.part(
        "closed", {name: row.value(name) for name in ("closed_at", "action_taken", "gd_no", "fir_no")}
    ):
        closed = row.when("closed_at", "closure_time", "closed_datetime")
        if closed is not None:
            led_to = _led_to(draft, row, book)
            draft.add(
                "closed", "emergency.IncidentClosed", anchor, closed,
                {
                    "unit": row.text("unit", "unit_no"),
                    "closed_at": closed.at,
                    "action_taken": _code(row.text("action_taken", "atr")),
                    "gd_number": row.text("gd_no", "gd_number"),
                    "led_to": led_to,
                },
                claims=led_to,
            )  # fmt: skip


def _incident(row: Fields, book: Book) -> Identifier:
    number = row.needed("event_no", "event_id", "incident_no")
    on = row.day("event_date", "received_at", "call_datetime", "event_datetime")
    plain = ascii_digits(number)
    if on is not None and re.fullmatch(r"\d{1,7}", plain, re.ASCII):  # a number of the day
        return book.identifier("INCIDENT_112", f"{book.state}-{on:%Y%m%d}-{int(plain):07d}", "event_no")
    return book.identifier("INCIDENT_112", number, "event_no")


def _unit(draft: Draft, anchor: Identifier, line: Fields, key: str, district: str, station: str) -> None:
    unit = line.text("unit", "unit_no", "vehicle", "call_sign")
    sent = line.when("dispatched_at", "dispatch_time", "dispatch_datetime")
    there = line.when("arrived_at", "arrival_time", "reached_at")
    if there is not None and sent is not None and there.at < sent.at:
        raise UnreadableError(Trouble.CONTRADICTION, "arrived_at")
    if sent is not None:
        draft.add(
            f"{key}/sent", "emergency.UnitDispatched", anchor, sent,
            {
                "unit": unit, "unit_kind": _code(line.text("unit_type")), "dispatched_at": sent.at,
                "expected_minutes": line.number("expected_minutes", "eta_minutes"), "district": district,
                "police_station": station,
            },
        )  # fmt: skip
    if there is not None:
        draft.add(
            f"{key}/there", "emergency.UnitArrived", anchor, there, {"unit": unit, "arrived_at": there.at}
        )


def _led_to(draft: Draft, row: Fields, book: Book) -> list[Identifier]:
    if row.text("fir_no", "fir_number"):
        with draft.part("fir", {name: row.value(name) for name in ("fir_no", "police_station", "fir_year")}):
            return [fir_of(row, book)]
    return []


def _degrees(draft: Draft, row: Fields, limit: int, *names: str) -> int | None:
    """Millionths of a degree; what lies outside the map is put in quarantine alone."""
    with draft.part(names[0], row.value(*names)):
        written = ascii_digits(row.text(*names))
        if not written:
            return None
        found = re.fullmatch(r"(-?\d{1,3})(?:\.(\d{1,15}))?", written, re.ASCII)
        if found is None:
            raise UnreadableError(Trouble.NUMBER_UNREADABLE, names[0])
        whole, part = found[1], (found[2] or "").ljust(6, "0")[:6]
        value = abs(int(whole)) * _MILLION + int(part)
        if value > limit * _MILLION:
            raise UnreadableError(Trouble.NUMBER_UNREADABLE, names[0])
        if value == 0:  # what a device without a fix sends
            return None
        return -value if whole.startswith("-") else value
    return None


def _code(written: str) -> str:
    return "_".join(written.upper().replace("-", " ").split())
