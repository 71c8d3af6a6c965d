"""The board of undertrial release, BNSS s.479: who inside reaches one-third, half or the whole of the longest term.

One row for each accused of the board of undertrials. It flags and never decides: who is excluded, who needs review and
why stands beside the dates; the superintendent applies, the Court releases. A possible bar by other cases is no part of
a row; `other_cases` counts them when the row is read.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from projections.boards import accused
from projections.boards.accused import Inside, clocks_of, day_of, inside, place, value_of
from projections.boards.board import Column, Row
from projections.boards.listing import Elsewhere, Filter, How, Listing, Reckoned, Sort
from projections.law.clocks.undertrial import FULL, HALF, THIRD
from projections.linking.roots import CASES, COURT_NUMBERS

Json = dict[str, Any]

_FIRST_TIME: Final[dict[bool | None, str]] = {True: "YES", False: "NO", None: "NOT_KNOWN"}
OTHER_CASES: Final = Elsewhere(
    "other_cases",
    ("Other cases that hold him", "अन्य मामले जिनमें बंद"),
    "(SELECT count(DISTINCT o.root) FROM board_undertrial o WHERE o.pid = {table}.pid AND o.root <> {table}.root)",
)


def rows(root: str, document: Json) -> list[Row]:
    """The rows of one case, by accused."""
    return [_row(root, document, one) for one in inside(document)]


def _row(root: str, document: Json, one: Inside) -> Row:
    clocks = clocks_of(document, one.view.accused["id"])
    third, half, full = (clocks.get(rule, {}) for rule in (THIRD, HALF, FULL))
    inputs = half.get("inputs", {})
    first = inputs.get("first_offender", {}).get("value")
    dates = [day_of(clock.get("due_date")) for clock in (third, half, full)]
    flags = sorted({flag for clock in (third, half, full) for flag in clock.get("flags", ())})
    applied = next((clock["met_by"]["on"] for clock in (third, half) if "met_by" in clock), None)
    return (
        *place(root, document, one.view, one.jail),
        value_of(one.sections) or [],
        one.sections_stage,
        _maximum(inputs),
        day_of(half.get("start_date")),
        _net_since(half),
        *dates,
        # Unknown antecedents never delay: the one-third date stands until it is known that half is his.
        dates[0] or dates[1] or dates[2],
        _FIRST_TIME[first],
        "EXCLUDED_LIFE_DEATH" in flags,
        "REVIEW_MULTI_SECTION" in flags,
        flags,
        sorted({text for clock in (third, half) for text in clock.get("missing", ())}),
        day_of(applied),
        day_of(next((c["stopped_by"]["on"] for c in (third, half) if "stopped_by" in c), None)),
    )


def _maximum(inputs: Json) -> str | None:
    """The longest maximum in months; the range where a section has several readings."""
    months = inputs.get("possible_months", {}).get("value") or [
        value for value in (inputs.get("maximum_months", {}).get("value"),) if value is not None
    ]
    return " / ".join(str(one) for one in months) or None


def _net_since(clock: Json) -> date | None:
    """The day from which days run without the gaps: today less this day is the number of days in custody."""
    start = day_of(clock.get("start_date"))
    if start is None:
        return None
    gaps = clock.get("inputs", {}).get("gaps", {}).get("value", ())
    lost = sum((date.fromisoformat(last) - date.fromisoformat(first)).days + 1 for first, last in gaps)
    return start + timedelta(days=lost - 1)


S479: Final = Listing(
    name="s479",
    title=("Who appears to qualify under s.479", "धारा 479 के अंतर्गत कौन पात्र प्रतीत होता है"),
    table="board_s479",
    reads_kinds=CASES | COURT_NUMBERS,
    columns=(
        *accused.COLUMNS,
        Column("sections", "text[]", ("Sections", "धाराएँ"), needed=True),
        Column("sections_stage", "text", ("Sections taken from", "धाराओं का आधार")),
        Column("maximum_months", "text", ("Longest term, months", "अधिकतम अवधि, माह")),
        Column("since", "date", ("In custody since", "अभिरक्षा में कब से")),
        Column("counted_from", "date"),
        Column("one_third", "date", ("One-third", "एक-तिहाई")),
        Column("half", "date", ("Half", "आधा")),
        Column("whole", "date", ("Whole term", "पूरी अवधि")),
        Column("due_on", "date", ("First date", "पहली तारीख")),
        Column("first_time", "text", ("First-time offender", "प्रथम अपराधी"), needed=True),
        Column("excluded", "bool", ("Death or life: excluded", "मृत्यु या आजीवन: अपवर्जित"), needed=True),
        Column("several_sections", "bool", ("Several sections", "एकाधिक धाराएँ"), needed=True),
        Column("flags", "text[]", ("Flags", "संकेत"), needed=True),
        Column("missing", "text[]", ("To be settled by", "किससे तय होगा"), needed=True),
        Column("applied_on", "date", ("Application made", "आवेदन दिया")),
        Column("stopped_on", "date", ("Ended", "समाप्त")),
    ),
    key=("accused",),
    filters=(
        *accused.FILTERS,
        Filter("by", ("Reaches a date by", "इस तारीख तक"), "due_on", How.BY),
        Filter("reached", ("Date reached, no application", "तारीख आ गई, आवेदन नहीं"), "due_on", How.PASSED, "applied_on"),
        Filter("applied", ("Application made", "आवेदन दिया"), "applied_on", How.YES),
        Filter("first_time", ("First-time: YES, NO, NOT_KNOWN", "प्रथम अपराधी: YES, NO, NOT_KNOWN"), "first_time"),
        Filter("excluded", ("Excluded", "अपवर्जित"), "excluded", How.YES),
        Filter("several_sections", ("Several sections", "एकाधिक धाराएँ"), "several_sections", How.YES),
    ),
    sorts=(Sort("due", ("First date", "पहली तारीख"), ("due_on",)),),
    reckoned=(
        Reckoned("days_in_custody", ("Days in custody, without gaps", "अभिरक्षा के दिन, अंतराल बिना"), "counted_from"),
        Reckoned("days_left", ("Days to the first date", "पहली तारीख तक दिन"), "due_on", left=True),
    ),
    elsewhere=(OTHER_CASES,),
    people=("accused", "pid"),
    make=rows,
)  # fmt: skip
