"""The board of the 112 supervisor: what became of the calls."""

from __future__ import annotations

from typing import Any, Final

from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.boards.picking import first_day, linked, moment
from projections.linking.model import AROSE_FROM

Json = dict[str, Any]


def rows(root: str, document: Json) -> list[Row]:
    """One row an incident. `answered`: it was closed, or led to a case."""
    reported = document.get("reported", {})
    dispatched = document.get("dispatched", ())
    arrived = [entry for entry in document.get("arrived", ()) if "arrived_at" in entry]
    closed = document.get("closed", {})
    received = moment(reported, "received_at")
    reached = moment(arrived[0], "arrived_at") if arrived else None
    led_to = sorted({*linked(document, AROSE_FROM), *closed.get("led_to", ())})
    minutes = None
    if received is not None and reached is not None:
        minutes = max(int((reached - received).total_seconds()) // 60, 0)
    first = dispatched[0] if dispatched else {}
    return [
        (
            root,
            first_day(document),
            received,
            reported.get("district") or first.get("district"),
            reported.get("police_station") or first.get("police_station"),
            reported.get("control_room"),
            reported.get("incident_kind"),
            first.get("unit") or closed.get("unit"),
            moment(first, "dispatched_at"),
            reached,
            minutes,
            closed.get("action_taken"),
            closed.get("gd_number"),
            led_to,
            bool(closed) or bool(led_to),
        )
    ]


EMERGENCY: Final = Listing(
    name="emergency",
    title=("Calls to 112: what became of them", "112 की कॉल: क्या हुआ"),
    table="board_emergency",
    reads_kinds=frozenset({"INCIDENT_112"}),
    columns=(
        Column("root", "text", ("Incident", "घटना")),
        Column("reported_on", "date", ("Day", "दिनांक"), needed=True),
        Column("received_at", "timestamptz", ("Received", "प्राप्त")),
        Column("district", "text", ("District", "जिला")),
        Column("police_station", "text", ("Police station", "थाना")),
        Column("control_room", "text", ("Control room", "नियंत्रण कक्ष")),
        Column("incident_kind", "text", ("Kind", "प्रकार")),
        Column("unit", "text", ("Unit", "वाहन")),
        Column("dispatched_at", "timestamptz", ("Sent", "भेजा")),
        Column("arrived_at", "timestamptz", ("Arrived", "पहुँचा")),
        Column("minutes", "int4", ("Minutes to arrive", "पहुँचने में मिनट")),
        Column("action_taken", "text", ("Action", "कार्रवाई")),
        Column("gd_number", "text", ("GD entry", "सनहा")),
        Column("led_to", "text[]", ("Led to", "दर्ज मामला"), needed=True),
        Column("answered", "bool", ("Outcome known", "परिणाम ज्ञात"), needed=True),
    ),
    filters=(
        Filter("district", ("District", "जिला"), "district"),
        Filter("police_station", ("Police station", "थाना"), "police_station"),
        Filter("unit", ("Unit", "वाहन"), "unit"),
        Filter("kind", ("Kind", "प्रकार"), "incident_kind"),
        Filter("answered", ("Outcome known", "परिणाम ज्ञात"), "answered", How.YES),
        Filter("until", ("Up to the day", "इस दिन तक"), "reported_on", How.BY),
    ),
    sorts=(
        Sort("oldest", ("Oldest first", "सबसे पुरानी पहले"), ("reported_on",)),
        Sort("latest", ("Latest first", "नवीनतम पहले"), ("reported_on",), down=True),
        Sort("slowest", ("Slowest first", "सबसे देर पहले"), ("minutes",), down=True),
    ),
    reckoned=(Reckoned("age", ("Days", "दिन"), "reported_on"),),
    make=rows,
)
