"""The board of undertrials: who is in jail in a case that is not decided.

One row for each accused of a CaseFile whom the jail holds in this very case, until the case against him is judged,
discharged or disposed of. A prisoner who could not be joined to an accused has a row of his own (`joined` false): he
is inside, whoever he is. A man remanded by the court of whom no jail says that it holds him has none; his file says
what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from projections.boards.board import Column, Row
from projections.files.facts import in_conflict
from projections.files.status.bail import bail, hindrance
from projections.files.status.course import FINAL, charge_sheet, sections, stage
from projections.files.status.custody import UNTIL_TRIAL_ENDS, custody
from projections.files.status.hearings import hearings
from projections.files.status.view import View, order_of, view_of
from projections.linking.roots import CASES, COURT_NUMBERS, kind_of

Json = dict[str, Any]

COLUMNS: Final = (
    Column("root", "text"),
    Column("accused", "text"),
    Column("fir", "text"),
    Column("cnr", "text"),
    Column("pid", "text"),
    Column("jail", "text"),
    Column("court", "text"),
    Column("police_station", "text"),
    Column("district", "text"),
    Column("since", "date"),
    Column("sections", "text[]"),
    Column("sections_stage", "text"),
    Column("stage", "text"),
    Column("bail_state", "text"),
    Column("bail_kind", "text"),
    Column("bail_granted_on", "date"),
    Column("not_released_reason", "text"),
    Column("last_hearing", "date"),
    Column("next_hearing", "date"),
    Column("warrant_valid_to", "date"),
    Column("until_trial_ends", "bool"),
    Column("prosecutor", "text"),
    Column("conflicts", "int4"),
    Column("incomplete", "bool"),
    Column("joined", "bool"),
)


class Undertrials:
    """Reads CaseFiles."""

    table = "board_undertrial"
    columns: Sequence[Column] = COLUMNS
    names: Sequence[str] = tuple(column.name for column in COLUMNS)
    types: Sequence[str] = tuple(column.type for column in COLUMNS)

    def reads(self, root: str) -> bool:
        """Every CaseFile."""
        kind = kind_of(root)
        return kind in CASES or kind in COURT_NUMBERS

    def rows(self, root: str, document: Json) -> list[Row]:
        """The undertrials of one case, by accused."""
        references = document["references"]
        order: dict[str, int] | None = None
        found: list[Row] = []
        for accused in document["accused"]:
            if not any(_held(references.get(ref)) for ref in accused["references"]):
                continue
            order = order if order is not None else order_of(document)
            row = _row(root, document, view_of(document, accused, order))
            if row is not None:
                found.append(row)
        return found


def _held(record: Json | None) -> bool:
    if record is None or "custody" not in record:
        return False
    spells = record["custody"]["spells"]
    return bool(spells) and "to" not in spells[-1]


def _row(root: str, document: Json, view: View) -> Row | None:
    held = custody(view)
    if not held["inside"]["value"] or held["inside"]["by"] != "prison":
        return None
    now, since_stage, _ = sections(view)
    sheet = charge_sheet(view)
    reached = stage(view, sheet, now)
    if reached["value"] in FINAL:
        return None
    bailed = bail(view)
    reason = hindrance(view, bailed)["reason"] if bailed["state"] == "GRANTED" else None
    heard = hearings(view, over=False, day=None)
    valid_to = _value(held["warrant_valid_to"])
    fir = _fir(root, document)
    station = document["police"].get(fir, {}).get("registered", {}) if fir is not None else {}
    number = _number(view)
    refs = view.accused["references"]
    return (
        root,
        view.accused["id"],
        fir,
        number,
        next((ref for ref in refs if ref.startswith("PID:")), None),
        _value(held["jail"]),
        _court(view, number),
        station.get("police_station"),
        station.get("district"),
        _date(_value(held["since"])),
        _value(now) or [],
        since_stage,
        reached["value"],
        bailed["state"],
        bailed["kind"],
        _date(bailed["granted_on"]),
        _value(reason),
        _date(_value(heard["last"])),
        _date(_value(heard["next"])),
        None if valid_to == UNTIL_TRIAL_ENDS else _date(valid_to),
        valid_to == UNTIL_TRIAL_ENDS,
        _prosecutor(document),
        sum(1 for _, fact in view.facts if in_conflict(fact)),
        bool(document["incomplete"]),
        len(refs) > 1,
    )


def _value(fact: Json | None) -> Any:
    return None if fact is None else fact["value"]


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _fir(root: str, document: Json) -> str | None:
    """The root where it is a case, else nothing: a file without an FIR is named by its court number."""
    return root if kind_of(root) in CASES else min(document["police"], default=None)


def _number(view: View) -> str | None:
    """The court number under which his case goes on: of several, the one that spoke last; a CNR before a PTN."""
    going = [(number, part) for number, part, until in view.numbers if until is None]
    if not going:
        return None
    return max(going, key=lambda one: (one[0].startswith("CNR:"), _last_event(view, one[1]), one[0]))[0]


def _last_event(view: View, part: Json) -> int:
    return view.place(part["court"]["event"]) if "court" in part else -1


def _court(view: View, number: str | None) -> str | None:
    for name, part, _ in view.numbers:
        if name == number and "court" in part:
            court: str = part["court"]["value"]
            return court
    return None


def _prosecutor(document: Json) -> str | None:
    offices = [
        part["allotted"]["prosecutor"]["code"]
        for _, part in sorted(document["prosecution"].items())
        if "prosecutor" in part.get("allotted", ())
    ]
    return offices[0] if offices else None
