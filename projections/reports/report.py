"""What a monthly report is: rows of lists of cases. A figure is the length of a list, and so can never differ from it.

report = Report(S479, Month.of(2026, 10), known_at=None)
report.take(root, document)          # a case file, as of the end of the month; in any order, each once
report.rows()[0].figures["first_third"], report.rows()[0].lists["first_third"]
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

Json = dict[str, Any]
Title = tuple[str, str]
"""In English and in Hindi."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar in India, or so much of it as has passed: from `first` to `last`, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, year: int, month: int, today: date | None = None) -> Month:
        """The month; of one that `today` lies in, the days up to today. Raises ValueError where none has come."""
        first = date(year, month, 1)
        last = first.replace(day=calendar.monthrange(year, month)[1])
        if today is not None and today < first:
            raise ValueError("the month has not begun")
        return cls(first, last if today is None else min(last, today))

    def has(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last

    @property
    def name(self) -> str:
        """As it is asked for: 2026-10."""
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: who or what is counted, and on which day it came about (None: not known)."""

    case: str
    """Root of the case file."""
    what: str
    """The accused's reference, the court's number of a process, a CNR, the number of a witness."""
    on: date | None
    notes: tuple[str, ...] = ()
    """What is to be settled, or is wanted beside: PID, sections that are not understood."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An item with its place (one value for each key of the report) and the figures that it counts in."""

    place: tuple[str | None, ...]
    figures: tuple[str, ...]
    item: Item


@dataclass(frozen=True, slots=True)
class Definition:
    """A report: its keys (what makes a row one), its figures, and what a case file comes to in a month."""

    name: str
    title: Title
    keys: Sequence[tuple[str, Title]]
    figures: Sequence[tuple[str, Title]]
    count: Callable[[str, Json, Month], Iterator[Counted]]
    """(root, the case file as of the month's last day, month) -> what it adds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place, and a list for each figure of the report."""

    place: tuple[str | None, ...]
    lists: dict[str, list[Item]]

    @property
    def figures(self) -> dict[str, int]:
        """Figure -> the length of its list."""
        return {name: len(items) for name, items in self.lists.items()}


TOTAL: Final[Title] = ("Total", "कुल")
NOT_RECORDED: Final[Title] = ("not recorded", "अभिलिखित नहीं")


@dataclass(slots=True)
class Report:
    """A report while it is made, and made. `known_at`: the moment at which the data were known; None: now."""

    definition: Definition
    month: Month
    known_at: datetime | None
    _lists: dict[tuple[str | None, ...], dict[str, list[Item]]] = field(default_factory=dict)

    def take(self, root: str, document: Json) -> None:
        """Add what a case file comes to."""
        for counted in self.definition.count(root, document, self.month):
            lists = self._lists.setdefault(counted.place, {name: [] for name, _ in self.definition.figures})
            for figure in counted.figures:
                lists[figure].append(counted.item)

    def rows(self) -> list[Row]:
        """In order of place, what is not recorded last; lists in order of case."""
        places = sorted(self._lists, key=lambda place: [(value is None, value or "") for value in place])
        return [
            Row(place, {name: sorted(items, key=_order) for name, items in self._lists[place].items()})
            for place in places
        ]

    def total(self) -> Row:
        """All rows as one; its lists are theirs, one after another."""
        rows = self.rows()
        return Row(
            (), {name: [i for row in rows for i in row.lists[name]] for name, _ in self.definition.figures}
        )


def _order(item: Item) -> tuple[str, str, date]:
    return item.case, item.what, item.on or date.max
