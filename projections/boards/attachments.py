"""The board of the Economic Offences Unit: which property was attached, and how far each attachment has come."""

from __future__ import annotations

from typing import Any, Final

from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.boards.picking import day, last, on
from projections.files.status.course import charge_sheet, sections, stage
from projections.files.status.view import order_of, view_of
from projections.linking.roots import CASES, COURT_NUMBERS

Json = dict[str, Any]

#: From the least to the furthest.
_STAGES: Final = (
    "INVESTIGATION", "CHARGE_SHEETED", "COGNIZANCE", "CHARGES_FRAMED", "JUDGED", "DISCHARGED", "DISPOSED",
)  # fmt: skip


def rows(root: str, document: Json) -> list[Row]:
    """One row an order of attachment; the trial's stage is the furthest that an accused of the case has reached."""
    orders = document["economic"].get("attachments", {})
    if not orders:
        return []
    reached = _stage(document)
    found: list[Row] = []
    for number, order in sorted(orders.items()):
        attached = order.get("attached", {})
        decided = last(order.get("decisions", ()))
        found.append(
            (
                root,
                number,
                attached.get("law"),
                attached.get("court") or decided.get("court"),
                _station(document),
                len(attached.get("property", ())),
                attached.get("total_value"),
                on(attached, "ordered_on"),
                day(attached, "executed_on"),
                day(attached, "confirmation_due"),
                on(decided, "decided_on"),
                decided.get("result"),
                decided.get("confirmed_value"),
                reached,
            )
        )
    return found


def _station(document: Json) -> str | None:
    registered = [
        part["registered"] for _, part in sorted(document["police"].items()) if "registered" in part
    ]
    return registered[0].get("police_station") if registered else None


def _stage(document: Json) -> str | None:
    order = order_of(document)
    reached = []
    for accused in document["accused"]:
        view = view_of(document, accused, order)
        now, _, _ = sections(view)
        reached.append(stage(view, charge_sheet(view), now)["value"])
    return max(reached, key=_STAGES.index, default=None)


ATTACHMENTS: Final = Listing(
    name="attachments",
    title=("Property attached: how far", "कुर्क संपत्ति: कहाँ तक"),
    table="board_attachment",
    reads_kinds=CASES | COURT_NUMBERS,
    columns=(
        Column("root", "text", ("Case", "मामला")),
        Column("order_number", "text", ("Order", "आदेश")),
        Column("law", "text", ("Under", "धारा")),
        Column("court", "text", ("Court", "न्यायालय")),
        Column("police_station", "text", ("Police station", "थाना")),
        Column("properties", "int4", ("Properties", "संपत्तियाँ"), needed=True),
        Column("value", "int8", ("Value (₹)", "मूल्य (₹)")),
        Column("ordered_on", "date", ("Ordered", "आदेश तिथि")),
        Column("executed_on", "date", ("Carried out", "निष्पादित")),
        Column("confirmation_due", "date", ("Confirmation due", "पुष्टि देय")),
        Column("decided_on", "date", ("Decided", "निर्णय")),
        Column("result", "text", ("Result", "परिणाम")),
        Column("confirmed_value", "int8", ("Confirmed (₹)", "पुष्ट (₹)")),
        Column("stage", "text", ("Stage of the trial", "विचारण का चरण")),
    ),
    key=("order_number",),
    filters=(
        Filter("court", ("Court", "न्यायालय"), "court", kind="COURT"),
        Filter("police_station", ("Police station", "थाना"), "police_station"),
        Filter("stage", ("Stage", "चरण"), "stage"),
        Filter("decided", ("Decided", "निर्णीत"), "decided_on", How.YES),
        Filter(
            "overdue",
            ("Not confirmed in time", "समय पर पुष्ट नहीं"),
            "confirmation_due",
            How.PASSED,
            unless="decided_on",
        ),
    ),
    sorts=(
        Sort("due", ("Confirmation due first", "पुष्टि पहले देय"), ("confirmation_due",)),
        Sort("value", ("Greatest value first", "सबसे अधिक मूल्य पहले"), ("value",), down=True),
    ),
    reckoned=(Reckoned("days_left", ("Days left", "शेष दिन"), "confirmation_due", left=True),),
    make=rows,
)
