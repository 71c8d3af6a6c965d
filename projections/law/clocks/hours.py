"""Limits in hours between two records, of which either may know only its day.

A record that knows only the day lies anywhere between its two midnights in Asia/Kolkata: the least and the
greatest possible number of hours are both worked out, and only what both say is certain.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from projections.law.calendar import KOLKATA, civil

# A record that knows only its day may be of 23:59:59.
_LAST_SECOND = 86_399


class Hours(NamedTuple):
    """The least and the greatest possible hours between two records."""

    least: float
    greatest: float


def _bounds(on: date, at: datetime | None) -> tuple[datetime, datetime]:
    if at is not None:
        return at, at
    midnight = datetime.combine(on, time(), KOLKATA)
    return midnight, midnight + timedelta(days=1)


def between(start: date, start_at: datetime | None, end: date, end_at: datetime | None) -> Hours:
    """Hours from one record to another, as a range."""
    if start_at is None and end_at is None:  # whole days of 24 hours: India keeps no summer time
        days = (end - start).days
        return Hours(max(0.0, (days - 1) * 24.0), max(0.0, (days + 1) * 24.0))
    first, last = _bounds(start, start_at)
    begin, finish = _bounds(end, end_at)
    hour = timedelta(hours=1)
    return Hours(max(0.0, (begin - last) / hour), max(0.0, (finish - first) / hour))


def last_day(start: date, start_at: datetime | None, hours: float) -> date:
    """The civil day on which a limit of so many hours can end at the latest."""
    if start_at is not None:
        return civil(start_at + timedelta(hours=hours))
    return start + timedelta(days=int((_LAST_SECOND + hours * 3600) // 86_400))
