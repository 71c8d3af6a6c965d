"""Hearings of a court number, day by day: listed, held, adjourned and by whom.

    document["court"][CNR]["hearings"][day] = {"listed": {…}, "held": {…}, "adjourned": {…}}

Of several rows of one kind for one day the later stands. A listing that names accused concerns them only; so does
the next date that it fixes.
"""

from __future__ import annotations

from typing import Any, cast

from projections.files import values as v
from projections.files.case_court import next_date, number
from projections.files.clocks.steps import PURPOSES
from projections.files.facts import tell
from projections.files.parties import meet, ref_text, refs_of
from projections.files.state import FileState
from projections.files.telling import Telling
from schemas import events

Json = dict[str, Any]

_LISTED = v.Fields(plain=("hall", "item", "purpose", "mode"), others=(("starts_at", v.instant),))
_HELD = v.Fields(plain=("purpose", "mode", "stage", "next_purpose"), days=("next_date",))
_ADJOURNED = v.Fields(
    plain=("purpose", "asked_by", "reason", "beyond_control", "next_purpose"), days=("next_date",)
)


def _enter(state: FileState, part: Json, day: str, what: str, entry: Json) -> None:
    hearings: Json = part.setdefault("hearings", {})
    rows = hearings.setdefault(day, {})
    state.starts = _purpose(rows.get(what)) is not None or _is_first(hearings, day, what, entry)
    rows[what] = entry


def _purpose(row: Json | None) -> str | None:
    """The purpose of a row if it is one that starts a clock."""
    return None if row is None else PURPOSES.get(row.get("purpose", ""))


def _is_first(hearings: Json, day: str, what: str, entry: Json) -> bool:
    """Whether a hearing is the first for a purpose that starts a clock, as far as it concerns all accused."""
    purpose = _purpose(entry)
    return purpose is not None and not any(
        earlier < day and _purpose(rows.get(what)) == purpose and "accused" not in rows[what]
        for earlier, rows in hearings.items()
    )


def hearing_listed(state: FileState, told: Telling) -> None:
    """A hearing was put on the cause list."""
    body = cast(events.HearingListed, told.body)
    part = number(state, told)
    state.starts = False
    records = [meet(state, accused, told) for accused in body["accused"]]
    if body["hearing_date"] is None:
        return
    day = body["hearing_date"].isoformat()
    entry = v.pick(body, _LISTED, {"event": told.id})
    if records:
        entry["accused"] = refs_of(body["accused"])
    _enter(state, part, day, "listed", entry)
    for whom in records or (part,):
        tell(whom, "next_hearing", day, told.id, told.by)


def hearing_held(state: FileState, told: Telling) -> None:
    """A hearing took place."""
    body = cast(events.HearingHeld, told.body)
    part = number(state, told)
    entry = v.pick(body, _HELD, {"event": told.id})
    for accused in body["present"]:
        meet(state, accused, told)
    if body["present"]:
        entry["present"] = refs_of(body["present"])
    held_on = body["hearing_date"]
    _enter(state, part, told.day if held_on is None else held_on.isoformat(), "held", entry)
    next_date(part, told)


def hearing_adjourned(state: FileState, told: Telling) -> None:
    """A hearing was adjourned, BNSS s.346."""
    body = cast(events.HearingAdjourned, told.body)
    part = number(state, told)
    entry = v.pick(body, _ADJOURNED, {"event": told.id})
    asked = body["asked_by_accused"]
    if asked is not None:
        meet(state, asked, told)
        entry["asked_by_accused"] = ref_text(asked["ref"])
    held_on = body["hearing_date"]
    _enter(state, part, told.day if held_on is None else held_on.isoformat(), "adjourned", entry)
    next_date(part, told)


HANDLERS = {
    "court.HearingListed": hearing_listed,
    "court.HearingHeld": hearing_held,
    "court.HearingAdjourned": hearing_adjourned,
}
