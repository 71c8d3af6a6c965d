"""The board of the portal's supervisor: which office is late with what citizens asked for."""

from __future__ import annotations

from typing import Any, Final

from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.boards.picking import code, day, first_day, last, linked, on
from projections.linking.model import AROSE_FROM

Json = dict[str, Any]


def rows(root: str, document: Json) -> list[Row]:
    """One row an application; where it is now, and whether it was decided."""
    submitted = document.get("submitted", {})
    moves = document.get("moves", ())
    decided = document.get("decided", {})
    moved = last(moves)
    promised = [one for entry in (submitted, *moves) if (one := day(entry, "promised_on")) is not None]
    offices = [
        office for entry in (submitted, *moves, decided) if (office := code(entry, "office")) is not None
    ]
    return [
        (
            root,
            _service(document),
            offices[-1] if offices else None,
            submitted.get("district"),
            submitted.get("police_station"),
            first_day(document),
            moved.get("step"),
            day(decided or moved or submitted, "on"),
            promised[-1] if promised else None,
            on(decided, "decided_on"),
            decided.get("decision"),
            sorted({*linked(document, AROSE_FROM), *decided.get("led_to", ()), *submitted.get("led_to", ())}),
        )
    ]


def _service(document: Json) -> str | None:
    if any(event["type"] == "citizen.EComplaintFiled" for event in document["events"]):
        return "E_COMPLAINT"
    entries = (document.get("submitted", {}), *document.get("moves", ()), document.get("decided", {}))
    told = [entry["service"] for entry in entries if "service" in entry]
    return told[-1] if told else None


PORTAL: Final = Listing(
    name="portal",
    title=("Applications of citizens: which office is late", "नागरिक आवेदन: कौन कार्यालय विलंबित"),
    table="board_portal",
    reads_kinds=frozenset({"APPLICATION_NO"}),
    columns=(
        Column("root", "text", ("Application", "आवेदन")),
        Column("service", "text", ("Service", "सेवा")),
        Column("office", "text", ("Office", "कार्यालय")),
        Column("district", "text", ("District", "जिला")),
        Column("police_station", "text", ("Police station", "थाना")),
        Column("submitted_on", "date", ("Submitted", "प्रस्तुत"), needed=True),
        Column("step", "text", ("Step", "चरण")),
        Column("updated_on", "date", ("Last update", "अंतिम अद्यतन")),
        Column("promised_on", "date", ("Promised for", "वचन तिथि")),
        Column("decided_on", "date", ("Decided", "निर्णय")),
        Column("decision", "text", ("Decision", "निर्णय का रूप")),
        Column("led_to", "text[]", ("Led to", "दर्ज मामला"), needed=True),
    ),
    filters=(
        Filter("service", ("Service", "सेवा"), "service"),
        Filter("office", ("Office", "कार्यालय"), "office"),
        Filter("district", ("District", "जिला"), "district"),
        Filter("police_station", ("Police station", "थाना"), "police_station"),
        Filter("decided", ("Decided", "निर्णीत"), "decided_on", How.YES),
        Filter(
            "late",
            ("Beyond the promised date", "वचन तिथि के बाद"),
            "promised_on",
            How.PASSED,
            unless="decided_on",
        ),
    ),
    sorts=(
        Sort("promised", ("Promised date", "वचन तिथि"), ("promised_on",)),
        Sort("oldest", ("Oldest first", "सबसे पुराने पहले"), ("submitted_on",)),
    ),
    reckoned=(
        Reckoned("age", ("Days", "दिन"), "submitted_on"),
        Reckoned("days_left", ("Days left", "शेष दिन"), "promised_on", left=True),
    ),
    make=rows,
)
