"""Civil dates as the law counts them: calendar months, days after an event, Sundays and court holidays.

Dates are civil dates of Asia/Kolkata. "N days": the day of the event is not counted, the last day is (General
Clauses Act 1897 s.9). A month is a calendar month (s.3(35)); a day that the month lacks is its last day. A
holiday moves no clock; it is only said. Holidays are data per year (`data/holidays.json`): a year that is
absent, or whose list is not the court's whole list, is incomplete.
"""

from __future__ import annotations

import functools
import json
import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from importlib import resources
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

KOLKATA = ZoneInfo("Asia/Kolkata")


def civil(at: datetime) -> date:
    """The civil date in India of an aware moment."""
    return at.astimezone(KOLKATA).date()


def after(start: date, days: int) -> date:
    """The last of `days` days, the day of the event not counted."""
    return start + timedelta(days=days)


@functools.lru_cache(maxsize=65536)
def add_months(start: date, months: int) -> date:
    """`months` calendar months after `start`; a day that the month lacks is its last day."""
    return start + _delta(months, 0)


def split_months(months: Fraction) -> tuple[int, int]:
    """A term that is not whole: whole months, and the rest in 30ths of a month as days, rounded up."""
    whole = int(months)
    return whole, math.ceil((months - whole) * 30)


@functools.lru_cache(maxsize=65536)
def add_split(start: date, months: int, days: int) -> date:
    """Calendar months and then days after `start`."""
    return start + _delta(months, days)


@functools.lru_cache(maxsize=4096)
def _delta(months: int, days: int) -> relativedelta:
    return relativedelta(months=months, days=days)


def add_term(start: date, months: Fraction) -> date:
    """`months` calendar months (whole, then 30ths as days) after `start`: the day on which the term is
    complete.
    """
    return add_split(start, *split_months(months))


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Court holidays by year. `complete` holds the years whose whole list is known."""

    version: str
    holidays: dict[date, str]
    complete: frozenset[int]

    def flags(self, day: date) -> tuple[str, ...]:
        """HOLIDAY_LAST_DAY for a Sunday or a listed holiday, CALENDAR_INCOMPLETE where the list is not
        known.
        """
        if day.weekday() == 6 or day in self.holidays:
            return ("HOLIDAY_LAST_DAY",)
        return () if day.year in self.complete else ("CALENDAR_INCOMPLETE",)


@functools.cache
def load() -> Calendar:
    """The packaged calendar, read once."""
    text = resources.files("projections.law").joinpath("data/holidays.json").read_text("utf-8")
    data = json.loads(text)
    return Calendar(
        data["version"],
        {
            date.fromisoformat(day): name
            for year in data["years"].values()
            for day, name in year["days"].items()
        },
        frozenset(int(year) for year, entry in data["years"].items() if entry["complete"]),
    )
