"""One row by the names of its fields, however they are capitalised or spaced, each name with its other spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from connectors.mappings import reading
from connectors.mappings.reading import When
from connectors.mappings.troubles import Trouble, UnreadableError

_APART = re.compile(r"[^\w]+|_+")


def field_name(written: str) -> str:
    """The name of a field without capitals, spaces and marks: "FIR No." and "fir_no" are one."""
    return _APART.sub("_", written.casefold()).strip("_")


class Fields:
    """A row. Of several spellings of a field the first that is filled in counts."""

    def __init__(self, row: Any, path: str = "row") -> None:
        """Raises UnreadableError where the row is no JSON object."""
        if not isinstance(row, dict):
            raise UnreadableError(Trouble.SHAPE_UNKNOWN, path)
        self.row = row
        self.path = path
        self._by_name: dict[str, Any] = {}
        for name, value in row.items():
            self._by_name.setdefault(field_name(str(name)), value)

    def value(self, *names: str) -> Any:
        """What stands in a field, as it is; None where there is nothing."""
        for name in names:
            found = self._by_name.get(name)
            if found is not None and found != "":
                return found
        return None

    def text(self, *names: str) -> str:
        """A text in one line; "" where there is none."""
        for name in names:
            found = reading.text(self._by_name.get(name), name)
            if found:
                return found
        return ""

    def needed(self, *names: str) -> str:
        """A text without which the row says nothing. Raises UnreadableError where there is none."""
        found = self.text(*names)
        if not found:
            raise UnreadableError(Trouble.FIELD_MISSING, names[0])
        return found

    def number(self, *names: str) -> int | None:
        """A whole number."""
        return reading.number(self.value(*names), names[0])

    def flag(self, *names: str) -> bool | None:
        """Yes or no."""
        return reading.flag(self.value(*names), names[0])

    def when(self, *names: str) -> When | None:
        """A date with or without time."""
        return reading.when(self.value(*names), names[0])

    def when_needed(self, *names: str) -> When:
        """A date without which the row says nothing. Raises UnreadableError where there is none."""
        found = self.when(*names)
        if found is None:
            raise UnreadableError(Trouble.FIELD_MISSING, names[0])
        return found

    def joined(self, date_name: str, time_name: str) -> When | None:
        """A date, its time in a field of its own."""
        return reading.joined(self.value(date_name), self.value(time_name), date_name)

    def day(self, *names: str) -> date | None:
        """A civil day."""
        return reading.day(self.value(*names), names[0])

    def moment(self, *names: str) -> datetime | None:
        """A moment, aware."""
        return reading.moment(self.value(*names), names[0])

    def rows(self, *names: str) -> Iterator[tuple[str, Any]]:
        """The entries of a list, or of an object that numbers them (`act1`, `sr_no1`), with their keys."""
        found = self.value(*names)
        if found is None:
            return
        if isinstance(found, dict):
            yield from ((str(key), entry) for key, entry in found.items())
        elif isinstance(found, list):
            yield from ((str(place), entry) for place, entry in enumerate(found, start=1))
        else:
            yield "1", found
