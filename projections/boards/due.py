"""The board of due dates: every clock of the law that runs towards a day, of every accused and of every case.

A clock that was met, that stopped or that does not apply has no row. What depends on the day of reading (due soon, due,
lapsed) is in none; `review` says that something is missing and the date may be another.
"""

from __future__ import annotations

from typing import Any, Final

from projections.boards import accused
from projections.boards.accused import day_of, held_by_jail, place
from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.files.clocks.kept import OF_CASE
from projections.files.status.view import View, order_of, view_of, whole_case
from projections.linking.roots import CASES, COURT_NUMBERS

Json = dict[str, Any]


def rows(root: str, document: Json) -> list[Row]:
    """The rows of one case, by accused, rule and start."""
    order: dict[str, int] | None = None
    found: list[Row] = []
    everybody = {one["id"]: one for one in document["accused"]}
    for whose in sorted(document["clocks"]):
        running = [clock for family in document["clocks"][whose].values() for clock in family if _runs(clock)]
        if not running:
            continue
        order = order if order is not None else order_of(document)
        view = whole_case(document, order) if whose == OF_CASE else view_of(document, everybody[whose], order)
        where = place(root, document, view, _jail(view))
        found += sorted(
            {
                (clock["rule"], clock.get("start_event", "")): (
                    *where,
                    clock["rule"],
                    clock.get("start_event", ""),
                    clock["law"],
                    day_of(clock["due_date"]),
                    day_of(clock.get("accrues_on")),
                    bool(clock.get("missing")),
                    [*clock.get("flags", ())],
                )
                for clock in running
            }.values(),
            key=lambda row: (row[9], row[10]),
        )
    return found


def _runs(clock: Json) -> bool:
    over = "met_by" in clock or "stopped_by" in clock or not clock.get("applies", True)
    return "due_date" in clock and not over


def _jail(view: View) -> str | None:
    """The jail that holds him now."""
    for record in view.records:
        if held_by_jail(record) and "jail" in record["custody"]:
            jail: str = record["custody"]["jail"]["value"]
            return jail
    return None


DUE: Final = Listing(
    name="due",
    title=("What the law asks for, by date", "विधि के अनुसार नियत तिथियाँ"),
    table="board_due",
    reads_kinds=CASES | COURT_NUMBERS,
    columns=(
        *accused.COLUMNS,
        Column("rule", "text", ("Rule", "नियम")),
        Column("start_event", "text"),
        Column("law", "text", ("Section", "धारा"), needed=True),
        Column("due_date", "date", ("Due", "नियत तिथि"), needed=True),
        Column("accrues_on", "date", ("Right accrues", "अधिकार कब से")),
        Column("review", "bool", ("Needs review", "समीक्षा आवश्यक"), needed=True),
        Column("flags", "text[]", ("Flags", "संकेत"), needed=True),
    ),
    key=("accused", "rule", "start_event"),
    filters=(
        *accused.FILTERS,
        Filter("rule", ("Rule", "नियम"), "rule"),
        Filter("by", ("Due by", "इस तारीख तक"), "due_date", How.BY),
        Filter("passed", ("Passed", "बीत गई"), "due_date", How.PASSED),
        Filter("review", ("Needs review", "समीक्षा आवश्यक"), "review", How.YES),
    ),
    sorts=(Sort("due", ("First due", "पहले नियत"), ("due_date",)),),
    reckoned=(Reckoned("days_left", ("Days left", "शेष दिन"), "due_date", left=True),),
    people=("accused", "pid"),
    make=rows,
)
