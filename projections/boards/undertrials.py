"""The board of undertrials: who is in jail in a case that is not decided.

One row for each accused of a CaseFile whom the jail holds in this very case, until the case against him is judged,
discharged or disposed of. A prisoner who could not be joined to an accused has a row of his own (`joined` false): he
is inside, whoever he is. A man remanded by the court of whom no jail says that it holds him has none; his file says
what is missing.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from projections.boards.board import Column, Row
from projections.boards.listing import Filter, Listing, Reckoned, Sort
from projections.files.facts import in_conflict
from projections.files.status.bail import bail, hindrance
from projections.files.status.course import FINAL, charge_sheet, sections, stage
from projections.files.status.custody import UNTIL_TRIAL_ENDS, custody
from projections.files.status.hearings import hearings
from projections.files.status.view import View, order_of, view_of
from projections.linking.roots import CASES, COURT_NUMBERS, kind_of

Json = dict[str, Any]

COLUMNS: Final = (
    Column("root", "text", ("File", "अभिलेख")),
    Column("accused", "text", ("Accused", "अभियुक्त")),
    Column("fir", "text", ("FIR", "प्राथमिकी")),
    Column("cnr", "text", ("CNR", "सीएनआर")),
    Column("pid", "text", ("Prisoner's id", "बंदी संख्या")),
    Column("jail", "text", ("Jail", "कारा")),
    Column("court", "text", ("Court", "न्यायालय")),
    Column("police_station", "text", ("Police station", "थाना")),
    Column("district", "text", ("District", "जिला")),
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


UNDERTRIALS: Final = Listing(
    name="undertrials",
    title=("Undertrials, longest inside first", "विचाराधीन बंदी, सबसे लंबे समय से बंद पहले"),
    table="board_undertrial",
    reads_kinds=CASES | COURT_NUMBERS,
    columns=COLUMNS,
    key=("accused",),
    filters=(
        Filter("jail", ("Jail", "कारा"), "jail", kind="JAIL"),
        Filter("court", ("Court", "न्यायालय"), "court", kind="COURT"),
        Filter("police_station", ("Police station", "थाना"), "police_station"),
        Filter("district", ("District", "जिला"), "district"),
        Filter("bail_state", ("Bail", "जमानत"), "bail_state"),
    ),
    sorts=(Sort("since", ("Longest inside first", "सबसे लंबे समय से बंद पहले"), ("since",)),),
    reckoned=(Reckoned("days_inside", ("Days inside", "बंद दिन"), "since"),),
    people=("accused", "pid"),
    make=rows,
)
