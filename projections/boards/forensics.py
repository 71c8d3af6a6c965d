"""The board of a forensic laboratory: what waits, cases with somebody in custody first."""

from __future__ import annotations

from typing import Any, Final

from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.boards.picking import day, first_day, on
from projections.linking.model import EXAMINED_FOR

Json = dict[str, Any]

#: Custody, as the forwarding memo says, in the order of the queue.
_TURN: Final = {True: 0, None: 1, False: 2}


def rows(root: str, document: Json) -> list[Row]:
    """One row an exhibit. `open`: neither reported on nor sent back."""
    received = document.get("received", {})
    started = document.get("started", {})
    report = document.get("report", {})
    returned = document.get("returned", {})
    parts = (received, started, report, returned)
    custody = received.get("accused_in_custody")
    return [
        (
            root,
            _first(parts, "laboratory"),
            _first((received, started), "division"),
            received.get("kind"),
            _case(document) or _first(parts, "case"),
            received.get("exhibit_no"),
            first_day(document) if not received else on(received, "received_on"),
            custody,
            _TURN[custody],
            received.get("seals_intact"),
            day(received, "expected_on"),
            on(started, "started_on"),
            on(report, "issued_on"),
            report.get("opinion_class"),
            on(returned, "returned_on"),
            returned.get("reason"),
            not report and not returned,
        )
    ]


def _first(parts: tuple[Json, ...], name: str) -> Any:
    return next((part[name] for part in parts if name in part), None)


def _case(document: Json) -> str | None:
    """The case for which it is examined, as links have it: what a reviewer put right counts."""
    found = [link["b"] for link in document["links"] if link["kind"] == EXAMINED_FOR and link["followed"]]
    return min(found, default=None)


FORENSICS: Final = Listing(
    name="forensics",
    title=("Exhibits at the laboratory: what waits", "प्रयोगशाला में प्रदर्श: क्या लंबित"),
    table="board_forensics",
    reads_kinds=frozenset({"FSL_NO"}),
    columns=(
        Column("root", "text", ("Laboratory number", "प्रयोगशाला संख्या")),
        Column("laboratory", "text", ("Laboratory", "प्रयोगशाला")),
        Column("division", "text", ("Division", "प्रभाग")),
        Column("kind", "text", ("Exhibit", "प्रदर्श")),
        Column("case_no", "text", ("Case", "मामला")),
        Column("exhibit_no", "text", ("Station's number", "थाने की संख्या")),
        Column("received_on", "date", ("Received", "प्राप्त"), needed=True),
        Column("in_custody", "bool", ("Accused in custody", "अभियुक्त अभिरक्षा में")),
        Column("turn", "int4", needed=True),
        Column("seals_intact", "bool", ("Seals intact", "मुहर सही")),
        Column("expected_on", "date", ("Expected", "अपेक्षित")),
        Column("started_on", "date", ("Begun", "आरंभ")),
        Column("issued_on", "date", ("Report", "प्रतिवेदन")),
        Column("opinion_class", "text", ("Opinion", "मत")),
        Column("returned_on", "date", ("Returned", "वापस")),
        Column("returned_why", "text", ("Why returned", "वापसी का कारण")),
        Column("open", "bool", ("Waits", "लंबित"), needed=True),
    ),
    filters=(
        Filter("laboratory", ("Laboratory", "प्रयोगशाला"), "laboratory"),
        Filter("division", ("Division", "प्रभाग"), "division"),
        Filter("case", ("Case", "मामला"), "case_no"),
        Filter("open", ("Waits", "लंबित"), "open", How.YES),
        Filter(
            "overdue",
            ("Beyond the expected day", "अपेक्षित दिन के बाद"),
            "expected_on",
            How.PASSED,
            unless="issued_on",
        ),
    ),
    sorts=(
        Sort("queue", ("Custody first, then by age", "अभिरक्षा पहले, फिर आयु से"), ("turn", "received_on")),
        Sort("oldest", ("Oldest first", "सबसे पुराने पहले"), ("received_on",)),
    ),
    reckoned=(Reckoned("age", ("Days", "दिन"), "received_on"),),
    make=rows,
)
