"""The board of undertrials: who is in jail in a case that is not decided.

One row for each accused of a CaseFile whom the jail holds in this very case, until the case against him is judged,
discharged or disposed of. A prisoner who could not be joined to an accused has a row of his own (`joined` false): he
is inside, whoever he is. Bail that is GRANTED here waits to be carried out: who was let out on it and is back has
none. A man remanded by the court of whom no jail says that it holds him has no row; his file says what is missing.
"""

from __future__ import annotations

from typing import Any, Final

from projections.boards import accused
from projections.boards.accused import Inside, day_of, inside, place, value_of
from projections.boards.board import Column, Row
from projections.boards.listing import Filter, Listing, Reckoned, Sort
from projections.files.facts import in_conflict
from projections.files.status.bail import NO_BAIL, bail, hindrance, waits
from projections.files.status.custody import UNTIL_TRIAL_ENDS
from projections.files.status.hearings import hearings
from projections.linking.roots import CASES, COURT_NUMBERS

Json = dict[str, Any]

COLUMNS: Final = (
    *accused.COLUMNS,
    Column("since", "date", ("Since", "कब से"), needed=True),
    Column("sections", "text[]", ("Sections", "धाराएँ"), needed=True),
    Column("sections_stage", "text", ("Sections taken from", "धाराओं का आधार")),
    Column("stage", "text", ("Stage", "चरण"), needed=True),
    Column("bail_state", "text", ("Bail", "जमानत"), needed=True),
    Column("bail_kind", "text", ("Kind of bail", "जमानत का प्रकार")),
    Column("bail_granted_on", "date", ("Granted on", "मंजूर")),
    Column("not_released_reason", "text", ("Why still inside", "क्यों अब भी बंद")),
    Column("last_hearing", "date", ("Last hearing", "पिछली सुनवाई")),
    Column("next_hearing", "date", ("Next hearing", "अगली सुनवाई")),
    Column("warrant_valid_to", "date", ("Warrant until", "वारंट कब तक")),
    Column("until_trial_ends", "bool", ("Until the trial ends", "विचारण समाप्ति तक"), needed=True),
    Column("prosecutor", "text", ("Prosecutor", "अभियोजक")),
    Column("conflicts", "int4", ("Departments differ", "विभागों में मतभेद"), needed=True),
    Column("incomplete", "bool", ("Incomplete", "अपूर्ण"), needed=True),
    Column("joined", "bool", ("Joined", "जुड़ा"), needed=True),
)


def rows(root: str, document: Json) -> list[Row]:
    """The undertrials of one case, by accused."""
    return [_row(root, document, one) for one in inside(document)]


def _row(root: str, document: Json, one: Inside) -> Row:
    view, held = one.view, one.custody
    bailed = bail(view)
    # A grant on which he was let out, and after which he is inside again, waits for nothing.
    waiting = waits(view, bailed)
    standing = bailed if waiting or bailed["state"] != "GRANTED" else NO_BAIL
    reason = hindrance(view, bailed)["reason"] if waiting else None
    heard = hearings(view, over=False, day=None)
    valid_to = value_of(held["warrant_valid_to"])
    return (
        *place(root, document, view, one.jail),
        day_of(value_of(held["since"])),
        value_of(one.sections) or [],
        one.sections_stage,
        one.stage,
        standing["state"],
        standing["kind"],
        day_of(standing["granted_on"]),
        value_of(reason),
        day_of(value_of(heard["last"])),
        day_of(value_of(heard["next"])),
        None if valid_to == UNTIL_TRIAL_ENDS else day_of(valid_to),
        valid_to == UNTIL_TRIAL_ENDS,
        _prosecutor(document),
        sum(1 for _, fact in view.facts if in_conflict(fact)),
        bool(document["incomplete"]),
        len(view.accused["references"]) > 1,
    )


def _prosecutor(document: Json) -> str | None:
    offices = [
        part["allotted"]["prosecutor"]["code"]
        for _, part in sorted(document["prosecution"].items())
        if "prosecutor" in part.get("allotted", ())
    ]
    return offices[0] if offices else None


UNDERTRIALS: Final = Listing(
    name="undertrials",
    title=("Undertrials, longest inside first", "विचाराधीन बंदी, सबसे लंबे समय से बंद पहले"),
    table="board_undertrial",
    reads_kinds=CASES | COURT_NUMBERS,
    columns=COLUMNS,
    key=("accused",),
    filters=(
        *accused.FILTERS,
        Filter("bail_state", ("Bail", "जमानत"), "bail_state"),
    ),
    sorts=(Sort("since", ("Longest inside first", "सबसे लंबे समय से बंद पहले"), ("since",)),),
    reckoned=(Reckoned("days_inside", ("Days inside", "बंद दिन"), "since"),),
    people=("accused", "pid"),
    make=rows,
)
