"""The board of warrants: until when custody rests on an order, which ran out, and of which nobody wrote the end."""

from __future__ import annotations

from typing import Any, Final

from projections.boards import accused
from projections.boards.accused import clocks_of, day_of, inside, place
from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.law.clocks.warrant import RULE
from projections.linking.roots import CASES, COURT_NUMBERS

Json = dict[str, Any]


def rows(root: str, document: Json) -> list[Row]:
    """One row for each accused inside, by accused."""
    found: list[Row] = []
    for one in inside(document):
        clock = clocks_of(document, one.view.accused["id"]).get(RULE, {})
        inputs = clock.get("inputs", {})
        flags = {*clock.get("flags", ()), *(row["flag"] for row in clock.get("dated", ()) if "flag" in row)}
        found.append(
            (
                *place(root, document, one.view, one.jail),
                day_of(clock.get("due_date")),
                "UNTIL_TRIAL_ENDS" in flags,
                day_of(inputs.get("order_until", {}).get("value")),
                day_of(inputs.get("jail_until", {}).get("value")),
                "WARRANT_NOT_RECORDED" in flags,
                "WARRANT_OVER_15_DAYS" in flags,
            )
        )
    return found


WARRANTS: Final = Listing(
    name="warrants",
    title=("Whose warrant runs out", "किसका वारंट समाप्त हो रहा है"),
    table="board_warrant",
    reads_kinds=CASES | COURT_NUMBERS,
    columns=(
        *accused.COLUMNS,
        Column("valid_to", "date", ("Warrant until", "वारंट कब तक")),
        Column("until_trial_ends", "bool", ("Until the trial ends", "विचारण समाप्ति तक"), needed=True),
        Column("court_says", "date", ("The court's order", "न्यायालय का आदेश")),
        Column("jail_says", "date", ("The jail's record", "कारा का अभिलेख")),
        Column("not_recorded", "bool", ("Jail's date is not the court's", "कारा की तारीख न्यायालय की नहीं"), needed=True),
        Column("over_15_days", "bool", ("Over 15 days", "15 दिन से अधिक"), needed=True),
    ),
    key=("accused",),
    filters=(
        *accused.FILTERS,
        Filter("by", ("Runs out by", "इस तारीख तक समाप्त"), "valid_to", How.BY),
        Filter("expired", ("Run out", "समाप्त"), "valid_to", How.PASSED),
        Filter("known", ("End on record", "अंत अभिलिखित"), "valid_to", How.YES),
        Filter("not_recorded", ("Jail's date is not the court's", "कारा की तारीख न्यायालय की नहीं"), "not_recorded",
               How.YES),
    ),
    sorts=(Sort("valid_to", ("First to run out", "पहले समाप्त होने वाला"), ("valid_to",)),),
    reckoned=(Reckoned("days_left", ("Days left", "शेष दिन"), "valid_to", left=True),),
    people=("accused", "pid"),
    make=rows,
)  # fmt: skip
