"""A board as a declaration: what the web, the API and the command line show of it, and its table, follow from here.

A listing is a Board whose rows people turn over page by page. It says which files it reads and how rows are made, and
beside that only what a reader needs to know: its columns with their titles, by what it can be narrowed, in which
orders it can be read, and what is reckoned from a row and the day of reading. Nothing in a row depends on the day.

    EMERGENCY = Listing(name="emergency", title=("…", "…"), reads_kinds=frozenset({"INCIDENT_112"}), …)

`projections/questions/boards.py` asks any listing; `python -m projections.boards.ddl` writes its table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from projections.boards.board import Column, Row
from projections.linking.roots import kind_of

Json = dict[str, Any]
Title = tuple[str, str]
"""In English and in Hindi."""


class How(Enum):
    """How a filter narrows."""

    IS = "IS"
    """The column is the given code."""
    YES = "YES"
    """yes: the column is true, or filled in; no: it is not."""
    BY = "BY"
    """The column is a date up to the given day, that day included."""
    PASSED = "PASSED"
    """yes: the column is a date before the day of reading, and `unless` is empty; no: it is not."""


@dataclass(frozen=True, slots=True)
class Filter:
    """By what a listing is narrowed. `kind`: of an identifier whose values may be written as people do."""

    name: str
    title: Title
    column: str
    how: How = How.IS
    unless: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of reading: by columns, all up or all down; what is empty comes last going up, and first going down."""

    name: str
    title: Title
    columns: tuple[str, ...]
    down: bool = False


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Days between a column of dates and the day of reading; None where the column is empty."""

    name: str
    title: Title
    column: str
    left: bool = False
    """Days that are left, below zero when the date has passed; else days that have gone by."""

    def of(self, row: Json, day: date) -> int | None:
        """The number of days of one row."""
        value = row[self.column]
        if value is None:
            return None
        days: int = (value - day).days
        return days if self.left else -days


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other boards say of a row, worked out when it is read; `expression` is SQL, {table} the row's own."""

    name: str
    title: Title
    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One board. Its key is `root` and the columns `key`; the first of `sorts` is taken where none is asked for."""

    name: str
    """Its name in addresses and commands: "emergency"."""
    title: Title
    table: str
    """The table's name, without schema."""
    reads_kinds: frozenset[str]
    """Kinds of the roots of the files that it reads."""
    columns: Sequence[Column]
    key: tuple[str, ...] = ()
    filters: Sequence[Filter]
    sorts: Sequence[Sort]
    reckoned: Sequence[Reckoned] = ()
    elsewhere: Sequence[Elsewhere] = ()
    people: tuple[str, ...] = ()
    """Columns that hold a reference to the person of the row, in order; he is described beside it."""
    make: Callable[[str, Json], list[Row]]
    """(root, document) -> rows in order of key, values in order of `columns`, the root among them."""

    @property
    def names(self) -> Sequence[str]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)

    @property
    def types(self) -> Sequence[str]:
        """The columns' types."""
        return tuple(column.type for column in self.columns)

    def reads(self, root: str) -> bool:
        """Whether the file of this root has rows here."""
        return kind_of(root) in self.reads_kinds

    def rows(self, root: str, document: Json) -> Sequence[Row]:
        """The file's rows, in order of key."""
        return self.make(root, document)

    def column(self, name: str) -> Column:
        """A column by its name. Raises StopIteration where there is none."""
        return next(column for column in self.columns if column.name == name)

    @property
    def whole_key(self) -> tuple[str, ...]:
        """The columns that make a row one: the root, and the rest of the key."""
        return ("root", *self.key)


#: Stands for an empty value where rows are put in order: after all others.
LAST: Final = {
    "date": "'infinity'::date",
    "timestamptz": "'infinity'::timestamptz",
    "int4": "2147483647",
    "int8": "9223372036854775807",
    "text": "'￿'",
    "bool": "true",
}


def place(listing: Listing, column: str) -> str:
    """The SQL by which rows stand in order of a column."""
    found = listing.column(column)
    return column if found.needed else f"coalesce({column}, {LAST[found.type]})"
