"""Which alarms stand, as a pure function: what stood, what the files ask for, the day, and how far the data reach.

Promises, each held by a property test: an alarm is raised once until it is cleared; once nothing more comes, exactly
those stand that the files ask for, whatever the order of events and of looks; a file that goes under another root
moves its alarms and raises none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from projections.alarms.reason import Alarm, Reason

Files = tuple[str, ...]
"""Roots of the files that hold an alarm, sorted."""
Gate = Callable[[date], tuple[str, ...] | None]
"""Day -> the departments whose data has not passed its beginning; None: wait for them."""


class Held(NamedTuple):
    """A reason, and the file that gives it."""

    root: str
    reason: Reason


class Raise(NamedTuple):
    """`on`: the day that it is for. `late`: departments whose data does not reach that far."""

    alarm: Alarm
    files: Files
    on: date
    late: tuple[str, ...]


class Move(NamedTuple):
    """Other files hold it than before."""

    alarm: Alarm
    before: Files
    files: Files


class Clear(NamedTuple):
    """Its reason is gone: MET, STOPPED, RECOMPUTED, CORRECTED. `by`: the event that met or stopped it, else ""."""

    alarm: Alarm
    why: str
    by: str


Step = Raise | Move | Clear


@dataclass(slots=True)
class Decision:
    """`steps` in the order in which they are told; `again`: on which day to look at each reason next."""

    steps: list[Step] = field(default_factory=list)
    again: dict[Held, date | None] = field(default_factory=dict)


def decide(
    standing: Mapping[Alarm, Files],
    reasons: Sequence[Held],
    day: date,
    gate: Gate,
    corrected: Callable[[str], bool] = lambda event: True,
) -> Decision:
    """What is to be told of alarms of some start events, of which `standing` and `reasons` are all that there is.

    `corrected`: whether a start event no longer counts.
    """
    wanted: dict[Alarm, set[str]] = {}
    since: dict[Alarm, date] = {}
    for held in reasons:
        for alarm, on in held.reason.wanted(day):
            wanted.setdefault(alarm, set()).add(held.root)
            since[alarm] = on
    made = Decision()
    for alarm in sorted(standing.keys() - wanted.keys(), key=_place):
        made.steps.append(Clear(alarm, *_why(alarm, reasons, day, corrected)))
    for alarm in sorted(standing.keys() & wanted.keys(), key=_place):
        files = tuple(sorted(wanted[alarm]))
        if files != standing[alarm]:
            made.steps.append(Move(alarm, standing[alarm], files))
    waiting: dict[Alarm, date] = {}
    for alarm in sorted(wanted.keys() - standing.keys(), key=lambda one: (since[one], _place(one))):
        on = since[alarm]
        late = gate(on)
        if late is None:
            waiting[alarm] = on
        else:
            made.steps.append(Raise(alarm, tuple(sorted(wanted[alarm])), on, late))
    for held in reasons:
        days = [waiting[alarm] for alarm, _ in held.reason.wanted(day) if alarm in waiting]
        following = held.reason.changes_after(day)
        made.again[held] = min(days, default=following)
    return made


def after(standing: Mapping[Alarm, Files], steps: Sequence[Step]) -> dict[Alarm, Files]:
    """What stands once these steps were told."""
    now = dict(standing)
    for step in steps:
        if isinstance(step, Clear):
            now.pop(step.alarm, None)
        else:
            now[step.alarm] = step.files
    return now


def _place(alarm: Alarm) -> tuple[date, str, str, str, str, int]:
    """A place for each alarm, so that one state and one day always give the same steps."""
    rule, start_event, accused, due, stage, lead = alarm
    return due, rule, start_event, accused, stage, lead or 0


def _why(
    alarm: Alarm, reasons: Sequence[Held], day: date, corrected: Callable[[str], bool]
) -> tuple[str, str]:
    like = [
        held.reason
        for held in reasons
        if (held.reason.rule, held.reason.start_event, held.reason.accused)
        == (alarm.rule, alarm.start_event, alarm.accused)
    ]
    ends = [
        one.closed for one in like if one.due == alarm.due and one.closed is not None and one.closed.on <= day
    ]
    if ends:
        last = max(ends)
        return last.how, last.event
    if not like and corrected(alarm.start_event):
        return "CORRECTED", ""
    return "RECOMPUTED", ""
