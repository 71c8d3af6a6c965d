"""Counting days of custody: the one place where gaps, delays and moved dates are worked out.

The day of arrest, the day of release and the day of return are days of custody; a gap is the days strictly
between (interim bail to return, escape to recapture). A date once reached does not move: only a gap or
delay that begins before it shifts it. A day that is already a gap is not taken off twice as a delay.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from projections.law.facts import Custody, CustodyEnd, CustodyStart, Delay

DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days from `first` to `last`, both counted, and the events that they rest on."""

    first: date
    last: date
    events: tuple[str, ...]

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.last - self.first).days + 1


class Exit(NamedTuple):
    """The latest end of custody, when nothing follows it."""

    on: date
    how: CustodyEnd
    event: str


class Held(NamedTuple):
    """One accused's custody in one case, intervals joined.

    `left` None: still inside (or never inside, when `since` is None). `missing` names what makes it
    ambiguous.
    """

    since: date | None
    since_event: str | None
    spans: tuple[Span, ...]
    gaps: tuple[Span, ...]
    left: Exit | None
    by_jail: bool
    missing: tuple[str, ...]

    def inside(self, day: date) -> bool:
        """True if `day` is a day of custody."""
        return any(span.first <= day <= span.last for span in self.spans)


NOBODY = Held(None, None, (), (), None, False, ())
_FOREVER = date.max


def held(intervals: Sequence[Custody]) -> Held:
    """Join intervals of custody in one case; overlapping records of police, court and jail are one custody."""
    mine = [one for one in intervals if not one.fine_default]
    if not mine:
        return NOBODY
    missing = ["prison.OpeningBalance.admitted_on"] if any(one.since is None for one in mine) else []
    known = sorted((one for one in mine if one.since is not None), key=lambda one: one.since or _FOREVER)
    by_jail = any(one.by_jail for one in mine)
    if not known:
        return Held(None, None, (), (), None, by_jail, tuple(missing))
    spans: list[Span] = []
    last: Custody = known[0]
    for one in known:
        since, until = one.since or _FOREVER, one.until or _FOREVER
        if until < since:
            missing.append(f"dates of custody: ends {until.isoformat()} before it begins {since.isoformat()}")
            continue
        events = tuple(event for event in (one.event, one.end_event) if event)
        if spans and since <= spans[-1].last:
            if spans[-1].last == _FOREVER and one.how in (CustodyStart.RETURN, CustodyStart.RECAPTURE):
                missing.append(f"prison.InterimReleased or prison.Escaped before {since.isoformat()}")
            joined = spans[-1]
            # An interval that nobody closed (the police's, at the jail's gate) ends where the next record
            # begins.
            open_ended = joined.last == _FOREVER
            if open_ended or until > joined.last:
                last = one
            spans[-1] = Span(
                joined.first, until if open_ended else max(joined.last, until), joined.events + events
            )
        else:
            spans.append(Span(since, until, events))
            last = one
    if not spans:
        return Held(None, None, (), (), None, by_jail, tuple(missing))
    gaps = tuple(
        Span(before.last + DAY, after.first - DAY, (before.events[-1], after.events[0]))
        for before, after in itertools.pairwise(spans)
        if after.first > before.last + DAY
    )
    left = None
    if spans[-1].last != _FOREVER:
        left = Exit(spans[-1].last, last.ended or CustodyEnd.RELEASE, last.end_event or last.event)
    return Held(spans[0].first, spans[0].events[0], tuple(spans), gaps, left, by_jail, tuple(missing))


def moved(due: date, start: date, spans: Iterable[Span]) -> date:
    """`due` moved on by the spans, in order, that begin before it; days before `start` do not count."""
    for span in spans:
        if span.last < start:
            continue
        if span.first >= due:
            break
        due += timedelta(days=(span.last - max(span.first, start)).days + 1)
    return due


def without(delays: Sequence[Delay], gaps: Sequence[Span]) -> tuple[Span, ...]:
    """Gaps and the days of delay that are no gap already, in order and disjoint."""
    if not delays:
        return tuple(gaps)
    pieces: list[Span] = []
    taken: list[Span] = sorted(gaps)
    for delay in sorted(delays, key=lambda one: (one.first, one.last)):
        for first, last in _outside(delay.first, delay.last, sorted(taken)):
            piece = Span(first, last, (delay.event,))
            pieces.append(piece)
            taken.append(piece)
    return tuple(sorted((*gaps, *pieces)))


def _outside(first: date, last: date, taken: Sequence[Span]) -> Iterable[tuple[date, date]]:
    for span in taken:
        if span.last < first or span.first > last:
            continue
        if span.first > first:
            yield first, span.first - DAY
        first = span.last + DAY
        if first > last:
            return
    if first <= last:
        yield first, last


def days_in(spans: Iterable[Span], first: date, last: date) -> int:
    """How many days of the spans fall within `first` to `last`, both counted; the spans must be disjoint."""
    return sum(max(0, (min(span.last, last) - max(span.first, first)).days + 1) for span in spans)


def touched(spans: Iterable[tuple[date, date]]) -> list[date]:
    """Every civil day that the spans touch, once, in order."""
    days: set[date] = set()
    for first, last in spans:
        days.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    return sorted(days)
