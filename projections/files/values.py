"""From a decoded body to JSON values: dates, sections, references; what is not said is left out.

`pick` copies fields by a table, so that a handler states what it keeps and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from schemas.events import Identifier, Section

Json = dict[str, Any]
IST = timedelta(hours=5, minutes=30)


def civil_day(instant: datetime) -> str:
    """The civil day in Asia/Kolkata of an aware UTC instant, as ISO text."""
    return (instant + IST).date().isoformat()


def text_of_sections(sections: Iterable[Section]) -> list[str]:
    """Sections as sorted texts without doubles: "BNS 303(2)"; a variant stands in brackets behind."""
    found = {
        f"{s['act']} {s['section']}"
        if s["variant"] is None
        else f"{s['act']} {s['section']} [{s['variant']}]"
        for s in sections
    }
    return sorted(found)


def plain(value: Any) -> Any:
    """A field as it stands; None where it says nothing. False and 0 say something."""
    return None if value is None or value == "" or value == [] or value == "UNKNOWN" else value


def flag(value: bool) -> bool | None:
    """A flag that is only worth a word when it is set."""
    return value or None


def day(value: date | None) -> str | None:
    """A date as ISO text."""
    return None if value is None else value.isoformat()


def instant(value: datetime | None) -> str | None:
    """A moment as ISO text, UTC."""
    return None if value is None else value.isoformat()


def sections(value: list[Section]) -> list[str] | None:
    """Sections, or None where there is none."""
    return text_of_sections(value) if value else None


def texts(value: list[str]) -> list[str] | None:
    """A list of texts as the source ordered it, or None where there is none."""
    return list(value) if value else None


def identifier(value: Identifier | None) -> str | None:
    """An identifier's canonical text."""
    return None if value is None else f"{value['kind']}:{value['value']}"


Table = tuple[tuple[str, Callable[[Any], Any]], ...]


def pick(body: Mapping[str, Any], table: Table, item: Json) -> Json:
    """Enter into `item` the fields of the table that say something; returns `item`."""
    for name, convert in table:
        value = convert(body[name])
        if value is not None:
            item[name] = value
    return item


def civil_day_of(stored: str) -> str:
    """The civil day in Asia/Kolkata of an instant as a document stores it."""
    return civil_day(datetime.fromisoformat(stored))
