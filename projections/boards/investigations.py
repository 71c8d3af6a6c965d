"""The investigating officer's board: what am I about to miss.

One row for each accused of a case of which neither the police nor the court says that a report was made; of a case in
which nobody is named yet one row without an accused.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from projections.boards import accused
from projections.boards.accused import clocks_of, day_of, place
from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.boards.picking import code
from projections.files.clocks.kept import OF_CASE
from projections.files.status.view import View, order_of, view_of, whole_case
from projections.law.clocks import default_bail, police_custody
from projections.law.clocks.undertrial import THIRD
from projections.linking.roots import CASES

Json = dict[str, Any]

TARGET, PROGRESS = "state.charge-sheet-target", "193(3).progress-told"


def rows(root: str, document: Json) -> list[Row]:
    """The rows of one case, by accused."""
    of_case = clocks_of(document, OF_CASE)
    target = of_case.get(TARGET)
    if target is None or "met_by" in target:
        return []
    order = order_of(document)
    if not document["accused"]:
        return [_row(root, document, whole_case(document, order), of_case)]
    return [_row(root, document, view_of(document, one, order), of_case) for one in document["accused"]]


def _row(root: str, document: Json, view: View, of_case: Json) -> Row:
    clocks = clocks_of(document, view.accused["id"]) if view.accused["id"] else {}
    bail, police, third = (clocks.get(rule, {}) for rule in (default_bail.RULE, police_custody.RULE, THIRD))
    target, progress = of_case[TARGET], of_case.get(PROGRESS, {})
    used = police.get("inputs", {})
    released = "stopped_by" in bail
    dates = [day_of(None if released else bail.get("due_date")), day_of(target.get("due_date"))]
    if "met_by" not in progress:
        dates.append(day_of(progress.get("due_date")))
    found = place(root, document, view, None)
    station = document["police"].get(found.fir, {}).get("registered", {})
    return (
        *found,
        code(station, "investigator"),
        day_of(target.get("start_date")),
        day_of(bail.get("start_date")),
        bail.get("inputs", {}).get("days", {}).get("value"),
        dates[0],
        released,
        "HOLIDAY_LAST_DAY" in bail.get("flags", ()),
        used.get("days_used", {}).get("value"),
        used.get("days_left", {}).get("value"),
        day_of(police.get("due_date")),
        day_of(target.get("due_date")),
        None if "met_by" in progress else day_of(progress.get("due_date")),
        _antecedents_by(third),
        sum(
            "raised" in defect and "cured" not in defect
            for part in document["prosecution"].values()
            for defect in part.get("defects", {}).values()
        ),
        min((day for day in dates if day is not None), default=None),
        sorted({*bail.get("missing", ()), *police.get("missing", ())}),
    )


def _antecedents_by(third: Json) -> date | None:
    """From when the antecedents are asked for, where they are not known."""
    since = [row["since"] for row in third.get("dated", ()) if row.get("flag") == "ANTECEDENTS_NEEDED"]
    return day_of(since[0]) if since else None


INVESTIGATIONS: Final = Listing(
    name="investigations",
    title=("What am I about to miss", "क्या छूटने वाला है"),
    table="board_investigation",
    reads_kinds=CASES,
    columns=(
        *accused.COLUMNS,
        Column("investigator", "text", ("Investigating officer", "अनुसंधानकर्ता")),
        Column("registered_on", "date", ("Registered", "दर्ज")),
        Column("first_remand", "date", ("First remand", "पहला रिमांड")),
        Column("limit_days", "int4", ("60 or 90 days", "60 या 90 दिन")),
        Column("last_day", "date", ("Last day for the charge sheet", "आरोप पत्र का अंतिम दिन")),
        Column("released", "bool", ("Out of custody", "अभिरक्षा से बाहर"), needed=True),
        Column("holiday", "bool", ("Last day is a holiday", "अंतिम दिन अवकाश"), needed=True),
        Column("police_days_used", "int4", ("Police custody days used", "पुलिस अभिरक्षा दिन, प्रयुक्त")),
        Column("police_days_left", "int4", ("Police custody days left", "पुलिस अभिरक्षा दिन, शेष")),
        Column("window_end", "date", ("Police custody until", "पुलिस अभिरक्षा कब तक")),
        Column("target_on", "date", ("State's 75-day target", "राज्य का 75 दिन लक्ष्य")),
        Column("tell_by", "date", ("Tell informant or victim by", "सूचक या पीड़ित को कब तक बताना")),
        Column("antecedents_by", "date", ("Antecedents needed from", "पूर्ववृत्त कब से चाहिए")),
        Column("defects", "int4", ("Open defects", "लंबित त्रुटियाँ"), needed=True),
        Column("next_due", "date", ("Next due", "अगली नियत तिथि")),
        Column("missing", "text[]", ("To be settled by", "किससे तय होगा"), needed=True),
    ),
    key=("accused",),
    filters=(
        *(one for one in accused.FILTERS if one.name in ("police_station", "district")),
        Filter("investigator", ("Investigating officer", "अनुसंधानकर्ता"), "investigator"),
        Filter("by", ("Due by", "इस तारीख तक"), "next_due", How.BY),
        Filter("passed", ("A date has passed", "कोई तारीख बीत गई"), "next_due", How.PASSED),
    ),
    sorts=(Sort("due", ("Next due first", "अगली नियत तिथि पहले"), ("next_due",)),),
    reckoned=(Reckoned("days_left", ("Days left", "शेष दिन"), "next_due", left=True),),
    people=("accused",),
    make=rows,
)
