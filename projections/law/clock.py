"""The answer of every clock, and its status on a day.

A `Clock` holds dates, inputs and reasons: facts of the file, the same whenever they are read. What the
passing of days adds (a flag, a doubt) stands in `dated`; `read(clock, day)` gives the status. `due_date` is
the last day to do the thing: DUE on that day, LAPSED from the next. Rights that accrue carry `accrues_on`
beside it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple


class Status(enum.Enum):
    """Where a clock stands on a day."""

    NOT_APPLICABLE = "NOT_APPLICABLE"
    RUNNING = "RUNNING"
    DUE_SOON = "DUE_SOON"
    DUE = "DUE"
    LAPSED = "LAPSED"
    MET = "MET"
    STOPPED = "STOPPED"
    NEEDS_REVIEW = "NEEDS_REVIEW"


class Moment(NamedTuple):
    """Something that met or stopped a clock: the civil day, the event, and what it was."""

    on: date
    event: str
    what: str


class Dated(NamedTuple):
    """A flag or a doubt that holds from one day on (to `until`, that day included). `missing` asks for
    review.
    """

    since: date
    flag: str | None
    missing: str | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """True on the days on which it holds."""
        return self.since <= day and (self.until is None or day <= self.until)


class Clock(NamedTuple):
    """One rule's answer for one accused in one case.

    `inputs` maps a name to {"value": ..., "events": [...]}: everything from which the dates can be worked out
    again. `stays_due`: DUE until it stops, never LAPSED. `applies` False: NOT_APPLICABLE, for `reasons`.
    """

    rule: str
    law: str
    accused: str
    start_event: str | None
    start_date: date | None
    length: str | None
    due_date: date | None
    accrues_on: date | None
    met_by: Moment | None
    stopped_by: Moment | None
    inputs: Mapping[str, Mapping[str, Any]]
    missing: tuple[str, ...]
    reasons: tuple[str, ...]
    flags: tuple[str, ...]
    dated: tuple[Dated, ...]
    lead_days: tuple[int, ...]
    applies: bool = True
    stays_due: bool = False


class Reading(NamedTuple):
    """A clock as read on one day."""

    status: Status
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    days_left: int | None  # to due_date; negative after it


def given(value: object, *events: str | None) -> dict[str, Any]:
    """One input: its value as JSON, and the events that it came from (none for a rule's own number)."""
    kind = type(value)
    if kind is date:
        value = value.isoformat()  # type: ignore[attr-defined]
    elif kind not in _ATOMS:
        value = plain(value)
    return {"value": value, "events": [*filter(None, events)]}


_ATOMS = frozenset((str, int, bool, float, type(None)))


def listed(values: Iterable[object], *events: str | None) -> dict[str, Any]:
    """One input that is a list of texts and numbers: JSON as it stands."""
    return {"value": [*values], "events": [*filter(None, events)]}


def plain(value: object) -> Any:
    """JSON of a value: ISO dates, fractions as text."""
    kind = type(value)
    if kind in _ATOMS:
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    raise TypeError(f"no JSON for {kind.__name__}")


def to_plain(clock: Clock) -> dict[str, Any]:
    """The clock as JSON, for the file and the API."""
    return {
        name: (
            [one._asdict() | {"since": plain(one.since), "until": plain(one.until)} for one in value]
            if name == "dated"
            else plain(value._asdict() if isinstance(value, Moment) else value)
        )
        for name, value in clock._asdict().items()
    }


def from_plain(stored: Mapping[str, Any]) -> Clock:
    """A clock read back from its JSON."""
    values = dict(stored)
    for name in ("start_date", "due_date", "accrues_on"):
        values[name] = _day(values[name])
    for name in ("met_by", "stopped_by"):
        moment = values[name]
        values[name] = (
            Moment(date.fromisoformat(moment["on"]), moment["event"], moment["what"]) if moment else None
        )
    for name in ("missing", "reasons", "flags", "lead_days"):
        values[name] = tuple(values[name])
    values["dated"] = tuple(
        Dated(date.fromisoformat(one["since"]), one["flag"], one["missing"], _day(one["until"]))
        for one in values["dated"]
    )
    return Clock(**values)


def to_stored(clock: Clock) -> dict[str, Any]:
    """The clock as a file keeps it: only what says something, without the accused (who stands above it) and without
    the lead times (data of the generation)."""
    stored: dict[str, Any] = {"rule": clock.rule, "law": clock.law}
    for name, text in (("start_event", clock.start_event), ("length", clock.length)):
        if text is not None:
            stored[name] = text
    for name, day in (
        ("start_date", clock.start_date),
        ("due_date", clock.due_date),
        ("accrues_on", clock.accrues_on),
    ):
        if day is not None:
            stored[name] = day.isoformat()
    for name, moment in (("met_by", clock.met_by), ("stopped_by", clock.stopped_by)):
        if moment is not None:
            stored[name] = {"on": moment.on.isoformat(), "event": moment.event, "what": moment.what}
    for name, texts in (("missing", clock.missing), ("reasons", clock.reasons), ("flags", clock.flags)):
        if texts:
            stored[name] = [*texts]
    if clock.inputs:
        stored["inputs"] = {
            name: one if one["events"] else {"value": one["value"]} for name, one in clock.inputs.items()
        }
    if clock.dated:
        stored["dated"] = [
            {name: plain(value) for name, value in one._asdict().items() if value is not None}
            for one in clock.dated
        ]
    if not clock.applies:
        stored["applies"] = False
    if clock.stays_due:
        stored["stays_due"] = True
    return stored


def from_stored(stored: Mapping[str, Any], accused: str, lead_days: tuple[int, ...]) -> Clock:
    """A clock as a file keeps it, revived."""
    return from_plain(
        {
            **_NOTHING_SAID,
            **stored,
            "accused": accused,
            "lead_days": lead_days,
            "inputs": {name: _NO_EVENTS | one for name, one in stored.get("inputs", {}).items()},
            "dated": [_UNDATED | one for one in stored.get("dated", ())],
        }
    )


_NO_EVENTS: dict[str, Any] = {"events": []}
_UNDATED: dict[str, Any] = {"flag": None, "missing": None, "until": None}
_NOTHING_SAID: dict[str, Any] = {
    **dict.fromkeys(
        ("start_event", "start_date", "length", "due_date", "accrues_on", "met_by", "stopped_by")
    ),
    **dict.fromkeys(("missing", "reasons", "flags"), ()),
    "applies": True,
    "stays_due": False,
}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def read(clock: Clock, day: date) -> Reading:
    """Status, flags and doubts of a clock on a civil day. What happens after `day` is not yet so."""
    now = tuple(one for one in clock.dated if one.holds(day))
    flags = tuple(dict.fromkeys((*clock.flags, *(one.flag for one in now if one.flag))))
    missing = tuple(dict.fromkeys((*clock.missing, *(one.missing for one in now if one.missing))))
    left = (clock.due_date - day).days if clock.due_date else None
    return Reading(_status(clock, day, missing), flags, missing, left)


def status(clock: Clock, day: date) -> Status:
    """The status alone."""
    return read(clock, day).status


def _status(clock: Clock, day: date, missing: tuple[str, ...]) -> Status:
    # The order matters: what does not apply or is over needs no review; a doubt goes before every date,
    # because
    # a date that may be wrong must not look settled; a thing done in time stays done when custody ends later.
    if not clock.applies:
        return Status.NOT_APPLICABLE
    met = clock.met_by is not None and clock.met_by.on <= day
    over = clock.stopped_by is not None and clock.stopped_by.on <= day
    if over and not (met and clock.met_by and clock.stopped_by and clock.met_by.on <= clock.stopped_by.on):
        return Status.STOPPED
    if missing:
        return Status.NEEDS_REVIEW
    if met:
        return Status.MET
    if clock.due_date is None:
        return Status.RUNNING
    if day > clock.due_date and not clock.stays_due:
        return Status.LAPSED
    if day >= clock.due_date:
        return Status.DUE
    soon = max(clock.lead_days, default=0)
    return Status.DUE_SOON if day >= clock.due_date - timedelta(days=soon) else Status.RUNNING
