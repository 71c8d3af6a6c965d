"""The board of those who were granted bail and are inside still (SC, 31 January 2023), in two groups when it is read:
`other_cases` 0, only this case holds him; else he is held elsewhere too.
"""

from __future__ import annotations

from typing import Any, Final

from projections.boards import accused
from projections.boards.accused import clocks_of, day_of, inside, place, value_of
from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.boards.s479 import OTHER_CASES
from projections.files.status.bail import bail, waits
from projections.law.clocks.bail_not_released import LEGAL_SERVICES, ONE_MONTH
from projections.linking.roots import CASES, COURT_NUMBERS

Json = dict[str, Any]


def rows(root: str, document: Json) -> list[Row]:
    """The rows of one case, by accused."""
    found: list[Row] = []
    for one in inside(document):
        granted = bail(one.view)
        if not waits(one.view, granted):
            continue
        clocks = clocks_of(document, one.view.accused["id"])
        told, month = clocks.get(LEGAL_SERVICES, {}), clocks.get(ONE_MONTH, {})
        order = next(entry for entry in granted["history"] if entry["event"] == granted["event"])
        found.append(
            (
                *place(root, document, one.view, one.jail),
                day_of(granted["granted_on"]),
                granted["kind"],
                order.get("conditions", []),
                order.get("sureties_required"),
                next(iter(month.get("reasons", ())), "UNKNOWN"),
                day_of(told.get("due_date")),
                day_of(told["met_by"]["on"]) if "met_by" in told else None,
                day_of(month.get("due_date")),
                value_of(one.sections) or [],
            )
        )
    return found


BAIL_NOT_RELEASED: Final = Listing(
    name="bail_not_released",
    title=("Bail granted and not released", "जमानत मंजूर, फिर भी बंद"),
    table="board_bail_not_released",
    reads_kinds=CASES | COURT_NUMBERS,
    columns=(
        *accused.COLUMNS,
        Column("granted_on", "date", ("Granted on", "मंजूर"), needed=True),
        Column("kind", "text", ("Kind of bail", "जमानत का प्रकार")),
        Column("conditions", "text[]", ("Conditions", "शर्तें"), needed=True),
        Column("sureties", "int4", ("Sureties", "जमानतदार")),
        Column("reason", "text", ("Why still inside", "क्यों अब भी बंद"), needed=True),
        Column("tell_by", "date", ("Tell legal services by", "विधिक सेवा को कब तक बताना")),
        Column("told_on", "date", ("Legal services told", "विधिक सेवा को बताया")),
        Column("month_on", "date", ("One month on", "एक माह की तारीख")),
        Column("sections", "text[]", ("Sections", "धाराएँ"), needed=True),
    ),
    key=("accused",),
    filters=(
        *accused.FILTERS,
        Filter("untold", ("Over a week, legal services not told", "एक सप्ताह से अधिक, नहीं बताया"), "tell_by", How.PASSED,
               "told_on"),
        Filter("over_a_month", ("Over one month", "एक माह से अधिक"), "month_on", How.PASSED),
    ),
    sorts=(Sort("oldest", ("Oldest grant first", "सबसे पुरानी मंजूरी पहले"), ("granted_on",)),),
    reckoned=(Reckoned("days", ("Days since", "दिन बीते"), "granted_on"),),
    elsewhere=(OTHER_CASES,),
    people=("accused", "pid"),
    make=rows,
)  # fmt: skip
