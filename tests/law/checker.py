"""An independent check of a clock: its dates worked out again from its `inputs` alone, day by day.

Written from the text of the law and sharing no code with the clocks: nothing of `projections` is imported.
Custody is counted by walking the calendar one day at a time, months by moving the month number, so that a
slip in the clocks' arithmetic cannot be repeated here.
"""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

ONE = timedelta(days=1)


def check(clock: dict[str, Any]) -> None:
    """Assert that the dates of a clock (as JSON) follow from its inputs."""
    if not clock["applies"]:
        assert clock["due_date"] is None
        assert clock["reasons"] or clock["flags"]
        return
    rule = clock["rule"]
    for prefix, checker in _CHECKERS.items():
        if rule.startswith(prefix):
            checker(clock)
            return
    _plain_limit(clock)


def value(clock: dict[str, Any], name: str) -> Any:
    """One input's value."""
    return clock["inputs"][name]["value"]


def on(text: str | None) -> date | None:
    """An ISO date (or the date of an ISO moment)."""
    return date.fromisoformat(text[:10]) if text else None


def spans(clock: dict[str, Any], name: str) -> list[tuple[date, date]]:
    """Pairs of dates."""
    return [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in value(clock, name)]


def months_later(start: date, months: int) -> date:
    """A number of calendar months later; a day that the month lacks is its last day."""
    number = start.year * 12 + (start.month - 1) + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def walk(target: date, start: date, away: list[tuple[date, date]]) -> date:
    """Move `target` by every day away that began before it was reached, walking through the days.

    A whole absence counts if it began before the target as moved so far.
    """
    day = start
    while day < target:
        for first, last in away:
            if first <= day <= last:
                target += ONE
                break
        day += ONE
    return target


def _default_bail(clock: dict[str, Any]) -> None:
    if clock["start_date"] is None or value(clock, "days") is None:
        assert clock["due_date"] is None
        assert clock["missing"]
        return
    start = date.fromisoformat(value(clock, "first_remand"))
    gaps = spans(clock, "gaps")
    accrues = walk(start + timedelta(days=value(clock, "days")), start, gaps)
    if "extensions" in clock["inputs"]:
        if "UAPA" in clock["law"]:
            most = walk(start + timedelta(days=180), start, gaps) - ONE
        else:
            most = walk(months_later(start, 12), start, gaps) - ONE
        assert most == on(value(clock, "extension_limit"))
        for ordered, until in spans(clock, "extensions"):
            assert ordered < accrues
            accrues = max(accrues, min(until, most) + ONE)
    assert on(clock["accrues_on"]) == accrues
    assert on(clock["due_date"]) == accrues - ONE
    sunday = (accrues - ONE).isoweekday() == 7
    assert not sunday or "HOLIDAY_LAST_DAY" in clock["flags"]
    if clock["met_by"]:
        assert date.fromisoformat(clock["met_by"]["on"]) < accrues


def _police_custody(clock: dict[str, Any]) -> None:
    if value(clock, "window_days") is None:
        assert clock["missing"]
        assert clock["due_date"] is None
        return
    start = date.fromisoformat(value(clock, "first_remand"))
    end = walk(start + timedelta(days=value(clock, "window_days")), start, spans(clock, "gaps")) - ONE
    assert on(clock["due_date"]) == end
    days = value(clock, "police_days")
    assert len(set(days)) == value(clock, "days_used")
    assert value(clock, "days_left") == max(0, value(clock, "most") - len(days))
    assert ("POLICE_CUSTODY_EXCEEDED" in clock["flags"]) == (len(days) > value(clock, "most"))
    assert ("POLICE_CUSTODY_OUT_OF_WINDOW" in clock["flags"]) == any(
        date.fromisoformat(day) > end for day in days
    )


def _undertrial(clock: dict[str, Any]) -> None:
    months, since = value(clock, "maximum_months"), value(clock, "custody_since")
    if months is None or since is None:
        assert clock["due_date"] is None
        assert clock["missing"]
        return
    start = date.fromisoformat(since)
    share = {"one-third": Fraction(1, 3), "half": Fraction(1, 2), "full": Fraction(1)}[
        clock["rule"].split(".")[1]
    ]
    due = _fraction_of(start, Fraction(months) * share)
    away = spans(clock, "gaps")
    if share != 1:
        away = away + spans(clock, "delays")
    assert on(clock["due_date"]) == walk(due, start, away)
    assert clock["accrues_on"] == clock["due_date"]
    possible = [Fraction(one) for one in value(clock, "possible_months")]
    assert Fraction(months) == min(one for one in possible if one > 0)
    for other, shown in clock["inputs"].get("if_months", {"value": {}})["value"].items():
        assert walk(_fraction_of(start, Fraction(other) * share), start, away).isoformat() == shown


def _fraction_of(start: date, term: Fraction) -> date:
    whole = math.floor(term)
    return months_later(start, whole) + timedelta(days=math.ceil((term - whole) * 30))


def _warrant(clock: dict[str, Any]) -> None:
    if clock["due_date"] is None:
        assert clock["missing"] or "UNTIL_TRIAL_ENDS" in clock["flags"]
        return
    assert clock["due_date"] == max(
        text for text in (value(clock, "order_until"), value(clock, "jail_until")) if text
    )


def _bail(clock: dict[str, Any]) -> None:
    granted = date.fromisoformat(value(clock, "granted"))
    due = (
        granted + timedelta(days=7) if clock["rule"].endswith("legal-services") else months_later(granted, 1)
    )
    assert on(clock["due_date"]) == due


def _hours(clock: dict[str, Any]) -> None:
    if "allowed_hours" in clock["inputs"]:
        start, limit = value(clock, "arrest"), value(clock, "allowed_hours")
    else:
        start, limit = value(clock, "start"), int(clock["length"].split()[0])
    moment = datetime.fromisoformat(start) if len(start) > 10 else datetime.fromisoformat(start + "T23:59:59")
    assert on(clock["due_date"]) == (moment + timedelta(hours=limit)).date()
    if clock["met_by"]:
        least, greatest = value(clock, "hours")
        assert least <= greatest <= limit


def _grounds(clock: dict[str, Any]) -> None:
    if "produced" not in clock["inputs"]:
        assert clock["due_date"] is None
        return
    produced = value(clock, "produced")
    moment = datetime.fromisoformat(produced)
    assert on(clock["due_date"]) == (
        (moment - timedelta(hours=2)).date() if len(produced) > 10 else moment.date()
    )


def _set_off(clock: dict[str, Any]) -> None:
    convicted = date.fromisoformat(value(clock, "convicted"))
    days = {
        first + timedelta(days=n)
        for first, last in spans(clock, "custody")
        for n in range((last - first).days + 1)
    }
    assert value(clock, "days") == len({one for one in days if one < convicted})


def _bail_480(clock: dict[str, Any]) -> None:
    start = date.fromisoformat(value(clock, "first_date_for_evidence"))
    assert on(clock["due_date"]) == start + timedelta(days=60)
    assert on(clock["accrues_on"]) == start + timedelta(days=61)


def _without_due(clock: dict[str, Any]) -> None:
    assert clock["due_date"] is None


def _indigent(clock: dict[str, Any]) -> None:
    assert on(clock["due_date"]) == date.fromisoformat(value(clock, "arrest")) + timedelta(days=7)


def _child(clock: dict[str, Any]) -> None:
    said, since = value(clock, "said_on"), value(clock, "custody_since")
    assert clock["due_date"] == max(said, since or said)


def _plain_limit(clock: dict[str, Any]) -> None:
    start = date.fromisoformat(value(clock, "start"))
    number, unit = value(clock, "length").split()
    due = months_later(start, int(number)) if unit == "months" else start + timedelta(days=int(number))
    if "extensions" in clock["inputs"]:
        most = on(value(clock, "extension_limit"))
        for ordered, until in spans(clock, "extensions"):
            assert ordered <= due
            due = max(due, min(until, most) if most else until)
    assert on(clock["due_date"]) == due
    if clock["met_by"] and date.fromisoformat(clock["met_by"]["on"]) > due:
        assert value(clock, "days_late") == (date.fromisoformat(clock["met_by"]["on"]) - due).days


_CHECKERS = {
    "default-bail": _default_bail,
    "police-custody": _police_custody,
    "warrant": _warrant,
    "479.": _undertrial,
    "436A.": _undertrial,
    "bail-not-released": _bail,
    "478.indigent": _indigent,
    "arrest.production": _hours,
    "arrest.grounds": _grounds,
    "185(5)": _hours,
    "194(2)": _hours,
    "468.": _set_off,
    "480(6)": _bail_480,
    "346(2)": _without_due,
    "176(3)": _without_due,
    "child-in-jail": _child,
}
