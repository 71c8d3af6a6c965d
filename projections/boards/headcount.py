"""The board of headcounts: how full each jail is, by category, against what it was built for."""

from __future__ import annotations

from typing import Any, Final

from projections.boards.board import Column, Row
from projections.boards.listing import Filter, Listing, Reckoned, Sort
from projections.boards.picking import day, moment_day

Json = dict[str, Any]

ALL: Final = "ALL"
"""The category and group of a jail's row for all its prisoners."""


def rows(root: str, document: Json) -> list[Row]:
    """A row for each line of the last count, and one for the jail as a whole."""
    counted = document.get("headcount")
    if counted is None:
        return []
    on = moment_day(counted, "counted_at") or day(counted, "on")
    jail = root.partition(":")[2]
    lines: dict[tuple[str, str], list[int | None]] = {}
    for line in counted.get("lines", ()):
        # Two lines of one group are added up; a capacity that one of them lacks is the other's.
        held = lines.setdefault((line["category"], line["group"]), [None, None])
        for place, name in enumerate(("n", "capacity")):
            if line[name] is not None:
                held[place] = (held[place] or 0) + line[name]
    total = [n for n, _ in lines.values() if n is not None]
    whole = (root, ALL, ALL, jail, on, sum(total) if total else None, counted.get("capacity"))
    named = [(root, category, group, jail, on, n, built) for (category, group), (n, built) in lines.items()]
    return sorted([whole, *named], key=lambda row: row[:3])


HEADCOUNT: Final = Listing(
    name="headcount",
    title=("Headcount against capacity", "बंदी संख्या बनाम क्षमता"),
    table="board_headcount",
    reads_kinds=frozenset({"JAIL"}),
    columns=(
        Column("root", "text"),
        Column("category", "text", ("Category", "श्रेणी"), needed=True),
        Column("grp", "text", ("Group", "वर्ग"), needed=True),
        Column("jail", "text", ("Jail", "कारा"), needed=True),
        Column("counted_on", "date", ("Counted on", "गणना तिथि"), needed=True),
        Column("n", "int4", ("Inside", "बंद")),
        Column("capacity", "int4", ("Capacity", "क्षमता")),
    ),
    key=("category", "grp"),
    filters=(
        Filter("jail", ("Jail", "कारा"), "jail", kind="JAIL"),
        Filter("category", ("Category", "श्रेणी"), "category"),
        Filter("group", ("Group", "वर्ग"), "grp"),
    ),
    sorts=(Sort("jail", ("By jail", "कारा के अनुसार"), ("jail",)),),
    reckoned=(Reckoned("age", ("Days since the count", "गणना से दिन"), "counted_on"),),
    make=rows,
)
