"""The board of a probation officer: reports and orders, by what is due next."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.boards.picking import code, day, first_day, on
from projections.linking.model import ORDERED_IN

Json = dict[str, Any]


def rows(root: str, document: Json) -> list[Row]:
    """One row a report or an order. `due_on`: the report's day, or the next contact's, while it is open."""
    requested = document.get("requested", {})
    submitted = document.get("submitted", {})
    supervision = document.get("supervision", {})
    contacts = document.get("contacts", ())
    breaches = document.get("breaches", ())
    ended = document.get("completed") or document.get("revoked") or {}
    report = root.startswith("REPORT_NO:")
    parts = (requested, submitted, supervision, *contacts, *breaches, *document.get("variations", ()), ended)
    over = bool(submitted) if report else bool(ended)
    return [
        (
            root,
            "REPORT" if report else "ORDER",
            requested.get("report_kind") or submitted.get("report_kind"),
            next((part["accused"] for part in parts if "accused" in part), None),
            _last(parts, "officer"),
            next((part["court"] for part in parts if "court" in part), None),
            min(
                (link["b"] for link in document["links"] if link["kind"] == ORDERED_IN and link["followed"]),
                default=None,
            ),
            first_day(document),
            None if over else (day(requested, "due_on") if report else _next_contact(supervision, contacts)),
            on(submitted, "submitted_on"),
            supervision.get("home_police_station"),
            _kept(contacts),
            len(breaches),
            _ends(document),
            on(ended, "completed_on") or day(ended, "revoked_on"),
            not over,
        )
    ]


def _last(parts: tuple[Json, ...], name: str) -> str | None:
    told = [found for part in parts if (found := code(part, name)) is not None]
    return told[-1] if told else None


def _next_contact(supervision: Json, contacts: Any) -> date | None:
    fixed = [
        found for entry in (supervision, *contacts) if (found := day(entry, "next_contact_due")) is not None
    ]
    return fixed[-1] if fixed else None


def _kept(contacts: Any) -> date | None:
    kept = [
        found for entry in contacts if entry.get("kept") is not False and (found := on(entry, "contacted_on"))
    ]
    return max(kept, default=None)


def _ends(document: Json) -> date | None:
    return day(document.get("supervision", {}), "ends_on")


PROBATION: Final = Listing(
    name="probation",
    title=("Probation: what is due", "परिवीक्षा: क्या देय है"),
    table="board_probation",
    reads_kinds=frozenset({"ORDER_NO", "REPORT_NO"}),
    columns=(
        Column("root", "text", ("Number", "संख्या")),
        Column("what", "text", ("Report or order", "प्रतिवेदन या आदेश"), needed=True),
        Column("report_kind", "text", ("Kind of report", "प्रतिवेदन का प्रकार")),
        Column("accused", "text", ("Person", "व्यक्ति")),
        Column("officer", "text", ("Officer", "पदाधिकारी")),
        Column("court", "text", ("Court", "न्यायालय")),
        Column("case_no", "text", ("Case", "मामला")),
        Column("asked_on", "date", ("Since", "से"), needed=True),
        Column("due_on", "date", ("Due", "देय")),
        Column("submitted_on", "date", ("Submitted", "प्रस्तुत")),
        Column("home_police_station", "text", ("Home police station", "गृह थाना")),
        Column("seen_on", "date", ("Last seen", "पिछली भेंट")),
        Column("breaches", "int4", ("Breaches", "उल्लंघन"), needed=True),
        Column("ends_on", "date", ("Order ends", "आदेश समाप्ति")),
        Column("ended_on", "date", ("Ended", "समाप्त")),
        Column("open", "bool", ("Open", "खुला"), needed=True),
    ),
    filters=(
        Filter("officer", ("Officer", "पदाधिकारी"), "officer"),
        Filter("court", ("Court", "न्यायालय"), "court", kind="COURT"),
        Filter("what", ("Report or order", "प्रतिवेदन या आदेश"), "what"),
        Filter("police_station", ("Home police station", "गृह थाना"), "home_police_station"),
        Filter("open", ("Open", "खुला"), "open", How.YES),
        Filter("due_by", ("Due by", "इस दिन तक देय"), "due_on", How.BY),
        Filter("overdue", ("Overdue", "विलंबित"), "due_on", How.PASSED),
    ),
    sorts=(
        Sort("due", ("What is due first", "जो पहले देय"), ("due_on",)),
        Sort("oldest", ("Oldest first", "सबसे पुराने पहले"), ("asked_on",)),
    ),
    reckoned=(
        Reckoned("age", ("Days since asked", "माँगे जाने से दिन"), "asked_on"),
        Reckoned("days_left", ("Days left", "शेष दिन"), "due_on", left=True),
    ),
    people=("accused",),
    make=rows,
)
