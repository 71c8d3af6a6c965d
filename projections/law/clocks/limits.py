"""Limits that are a length from one event to another: one engine for the table of "Others".

A `Limit` is a line of that table: rule, section, start, what meets it, days or months. "N days": the day of
the event is not counted, the last day is. What is done late is MET with `days_late`; a limit that nobody
met LAPSES.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from projections.law.calendar import add_months, after
from projections.law.clock import Clock, Moment, given
from projections.law.facts import Step
from projections.law.matter import Matter

OLD_CASE = "FIR before 1 July 2024"
BEFORE_BNSS = "before the BNSS"


class Verdict(NamedTuple):
    """Whether a limit applies: None is not known, and `missing` says what would tell."""

    applies: bool | None
    why: str


APPLIES = Verdict(True, "")


def always(matter: Matter) -> Verdict:
    """Every case to which the starting event came."""
    return APPLIES


class Limit(NamedTuple):
    """One line: `starts` and `ends` find the events in a matter; `extension` is a rule of TimeExtended."""

    rule: str
    law: str
    starts: Callable[[Matter], Sequence[Step]]
    ends: Callable[[Matter, Step], Sequence[Step]]
    what: str
    days: int = 0
    months: int = 0
    applies: Callable[[Matter], Verdict] = always
    not_in_old_cases: bool = False
    later_stage: bool = False  # from s.230 on: SAVINGS_531 in a case from before 1 July 2024
    stops: Callable[[Matter], Sequence[Step]] | None = None
    extension: str = ""
    extension_days: int = 0  # the most that the section allows in all; 0: no most
    flags: tuple[str, ...] = ()


def steps(*types: str) -> Callable[[Matter], Sequence[Step]]:
    """All steps of these event types."""

    def found(matter: Matter) -> Sequence[Step]:
        if not matter.facts.steps:
            return ()
        return [step for name in types for step in matter.facts.steps.get(name, ())]

    return found


def first(*types: str) -> Callable[[Matter], Sequence[Step]]:
    """The earliest step of these event types, or none."""

    def found(matter: Matter) -> Sequence[Step]:
        if not matter.facts.steps:
            return ()
        every = [step for name in types for step in matter.facts.steps.get(name, ())]
        return [min(every, key=lambda step: step.on)] if every else []

    return found


def answered(*types: str) -> Callable[[Matter, Step], Sequence[Step]]:
    """Steps of these types on or after the start, of the same `ref` where the start has one."""

    def found(matter: Matter, start: Step) -> Sequence[Step]:
        return [
            step
            for name in types
            for step in matter.facts.steps.get(name, ())
            if step.on >= start.on and (start.ref is None or step.ref is None or step.ref == start.ref)
        ]

    return found


def received(matter: Matter, start: Step) -> Sequence[Step]:
    """Any final report stamped by the court on or after the start (received_in_court_at)."""
    return [Step(one.on, one.event) for one in matter.facts.filings if one.on >= start.on]


def information(matter: Matter) -> Sequence[Step]:
    """The recording of the information: the FIR."""
    facts = matter.facts
    return [Step(facts.fir_on, facts.fir_event or "")] if facts.fir_on else []


def clocks(matter: Matter, limits: Sequence[Limit]) -> Iterator[Clock]:
    """A clock for every start of every limit; nothing where a limit did not start."""
    for limit in limits:
        for start in limit.starts(matter):
            yield _clock(matter, limit, start)


def _clock(matter: Matter, limit: Limit, start: Step) -> Clock:
    inputs = {"start": given(start.on, start.event)}
    if limit.not_in_old_cases and matter.under_crpc:
        return matter.clock(limit.rule, limit.law, applies=False, reasons=(OLD_CASE,), inputs=inputs)
    if limit.later_stage and matter.before_bnss:
        return matter.clock(limit.rule, limit.law, applies=False, reasons=(BEFORE_BNSS,), inputs=inputs)
    verdict = limit.applies(matter)
    if verdict.applies is False:
        return matter.clock(limit.rule, limit.law, applies=False, reasons=(verdict.why,), inputs=inputs)
    flags = [*limit.flags, *(matter.savings if limit.later_stage else ())]
    due = add_months(start.on, limit.months) if limit.months else after(start.on, limit.days)
    length = _length(limit.days, limit.months)
    inputs["length"] = given(length)
    if limit.extension:
        due = _extended(matter, limit, start, due, flags, inputs)
    end = min(limit.ends(matter, start), key=lambda step: step.on, default=None)
    met = Moment(end.on, end.event, limit.what) if end else None
    if end and end.on > due:
        inputs["days_late"] = given((end.on - due).days, end.event)
    stopped = None
    if limit.stops is not None:
        stop = min(
            (step for step in limit.stops(matter) if step.on >= start.on),
            key=lambda step: step.on,
            default=None,
        )
        stopped = Moment(stop.on, stop.event, "stopped") if stop else None
    return matter.clock(
        limit.rule,
        limit.law,
        start_event=start.event,
        start_date=start.on,
        length=length,
        due_date=due,
        met_by=met,
        stopped_by=stopped,
        inputs=inputs,
        missing=(verdict.why,) if verdict.applies is None else (),
        flags=tuple(flags),
    )


@functools.cache
def _length(days: int, months: int) -> str:
    return f"{months} months" if months else f"{days} days"


def _extended(
    matter: Matter,
    limit: Limit,
    start: Step,
    due: date,
    flags: list[str],
    inputs: dict[str, dict[str, object]],
) -> date:
    """The last day with the orders made in time, cut to the most that the section allows."""
    most = after(start.on, limit.extension_days) if limit.extension_days else None
    used: list[list[date]] = []
    events = []
    for order in sorted(matter.facts.extensions, key=lambda one: one.on):
        if order.rule != limit.extension or order.on < start.on:
            continue
        if order.on > due:
            flags.append("EXTENSION_LATE")
            continue
        until = order.until
        if most is not None and until > most:
            flags.append("EXTENSION_BEYOND_LAW")
            until = most
        due = max(due, until)
        used.append([order.on, order.until])
        events.append(order.event)
    if used:
        inputs["extensions"] = given(used, *events)
        inputs["extension_limit"] = given(most)
    return due
