"""What an alarm may be raised for: one clock of one accused, as far as alarms go. Pure; days are given, never asked.

A clock comes to alarms on set days: each lead before the due date (DUE_SOON), the due date (DUE), the day after it
(LAPSED); a rule that says "at once" comes to one (RAISED). All of them stand until the clock is met or stopped, or
until the file no longer gives it: which alarms a set of files asks for on a day follows from the files and the day
alone, so it does not matter in which order anything came.

An alarm waits for the settled: while something is missing that could move the date, nothing is said to have lapsed.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

import orjson

from projections.law.clock import Clock
from projections.law.clocks.undertrial import HALF, THIRD

Json = dict[str, Any]

ANTECEDENTS: Final = "479.antecedents"
"""Antecedents are not known: the jail and the SHO are told 30 days before the one-third date, and on it."""
NEEDED: Final = "ANTECEDENTS_NEEDED"
AT_ONCE: Final = "at once"
#: Days after the due date on which an alarm is repeated where the clock still runs: s.479(3), "forthwith".
AGAIN: Final[dict[str, tuple[int, ...]]] = {THIRD: (3,), HALF: (3,)}
_NAMESPACE: Final = UUID("b7d1f3c2-8f0a-5d57-9a52-0f6f3a1e64c9")
_DAY: Final = timedelta(days=1)


class Stage(enum.StrEnum):
    """How far an alarm's clock has come."""

    RAISED = "RAISED"
    DUE_SOON = "DUE_SOON"
    DUE = "DUE"
    LAPSED = "LAPSED"


class Alarm(NamedTuple):
    """What an alarm is known by, whatever the file's root. `lead`: days from its day to the due date, negative after
    it; None where the stage says it. `accused`: as the start event writes it, "" where it names nobody."""

    rule: str
    start_event: str
    accused: str
    due: date
    stage: Stage
    lead: int | None

    @property
    def id(self) -> UUID:
        """UUIDv5 of all of it."""
        return uuid5(_NAMESPACE, orjson.dumps([*self]).decode())


class Closed(NamedTuple):
    """What ended a clock, and on which day: MET or STOPPED."""

    on: date
    event: str
    how: str


class Doubt(NamedTuple):
    """Days on which something is missing that could move the date; both ends count, None is open."""

    since: date | None
    until: date | None

    def on(self, day: date) -> bool:
        """Whether it is in doubt on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Reason:
    """See the module. `opens`: the clock's first day; no alarm is about the time before it."""

    rule: str
    start_event: str
    accused: str
    due: date
    opens: date | None
    leads: tuple[int, ...] = ()
    at_once: bool = False
    lapses: bool = True
    doubts: tuple[Doubt, ...] = ()
    closed: Closed | None = None

    def stages(self) -> Iterator[tuple[Stage, int | None, date]]:
        """Every stage with its lead and its day, in order of days."""
        if self.at_once:
            yield Stage.RAISED, None, self.due
            return
        for lead in sorted((lead for lead in self.leads if lead > 0), reverse=True):
            on = self.due - lead * _DAY
            if self.opens is None or on >= self.opens:
                yield Stage.DUE_SOON, lead, on
        yield Stage.DUE, None, self.due
        if self.lapses:
            yield Stage.LAPSED, None, self.due + _DAY
        for after in sorted(-lead for lead in self.leads if lead < 0):
            yield Stage.DUE, -after, self.due + after * _DAY

    def wanted(self, day: date) -> Iterator[tuple[Alarm, date]]:
        """The alarms that this asks for on a day, each with the day from which it does."""
        if self.closed is not None and self.closed.on <= day:
            return
        doubted = any(doubt.on(day) for doubt in self.doubts)
        for stage, lead, on in self.stages():
            if on <= day and not (doubted and stage is Stage.LAPSED):
                yield Alarm(self.rule, self.start_event, self.accused, self.due, stage, lead), on

    def changes_after(self, day: date) -> date | None:
        """The next day on which it asks for other alarms than on `day`, whatever happens meanwhile; None for never."""
        if self.closed is not None and self.closed.on <= day:
            return None
        days = [on for _, _, on in self.stages()]
        days += [doubt.since for doubt in self.doubts if doubt.since is not None]
        days += [doubt.until + _DAY for doubt in self.doubts if doubt.until is not None]
        if self.closed is not None:
            days.append(self.closed.on)
        return min((one for one in days if one > day), default=None)


def reasons_of(clock: Clock, accused: str) -> Iterator[Reason]:
    """What a clock asks alarms for: nothing where it does not apply, has no date or no start. `accused`: see Alarm."""
    if not clock.applies or clock.due_date is None or clock.start_event is None:
        return
    shared = (clock.start_event, accused, clock.due_date, clock.start_date)
    needed = [one.since for one in clock.dated if one.flag == NEEDED]
    if clock.rule == THIRD and needed:
        # Whether one third is his date at all is not known: what is asked for is the antecedents.
        leads = ((clock.due_date - min(needed)).days,)
        yield Reason(ANTECEDENTS, *shared, leads, lapses=False, closed=_closed(clock))
        return
    yield Reason(
        clock.rule,
        *shared,
        (*clock.lead_days, *(-days for days in AGAIN.get(clock.rule, ()))),
        at_once=clock.length == AT_ONCE,
        lapses=not clock.stays_due,
        doubts=_doubts(clock),
        closed=_closed(clock),
    )


def _closed(clock: Clock) -> Closed | None:
    ends = [
        Closed(moment.on, moment.event, how)
        for moment, how in ((clock.met_by, "MET"), (clock.stopped_by, "STOPPED"))
        if moment is not None
    ]
    return min(ends, key=lambda one: one.on, default=None)


def _doubts(clock: Clock) -> tuple[Doubt, ...]:
    if clock.missing:
        return (Doubt(None, None),)
    return tuple(Doubt(one.since, one.until) for one in clock.dated if one.missing)
