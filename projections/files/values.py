"""From a decoded body to JSON values: dates, sections, references; what is not said is left out.

`pick` copies fields by a list of them, so that a handler states what it keeps and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import orjson

from schemas.events import Identifier, Section

Json = dict[str, Any]
IST = timedelta(hours=5, minutes=30)


def civil_day(instant: datetime) -> str:
    """The civil day in Asia/Kolkata of an aware UTC instant, as ISO text."""
    return (instant + IST).date().isoformat()


def text_of_section(section: Section) -> str:
    """ "BNS 303(2)"; a variant stands in brackets behind."""
    variant = section["variant"]
    text = f"{section['act']} {section['section']}"
    return text if variant is None else f"{text} [{variant}]"


def text_of_sections(sections: list[Section]) -> list[str]:
    """Sections as sorted texts without doubles."""
    if len(sections) == 1:
        return [text_of_section(sections[0])]
    return sorted({text_of_section(section) for section in sections})


def flag(value: bool) -> bool | None:
    """A flag that is only worth a word when it is set."""
    return value or None


def day(value: date | None) -> str | None:
    """A date as ISO text."""
    return None if value is None else value.isoformat()


def instant(value: datetime | None) -> str | None:
    """A moment as ISO text, UTC."""
    # The same text as isoformat() gives, in half the time.
    return None if value is None else orjson.dumps(value)[1:-1].decode()


def sections(value: list[Section]) -> list[str] | None:
    """Sections, or None where there is none."""
    return text_of_sections(value) if value else None


def texts(value: list[str]) -> list[str] | None:
    """A list of texts as the source ordered it, or None where there is none."""
    return list(value) if value else None


def identifier(value: Identifier | None) -> str | None:
    """An identifier's canonical text."""
    return None if value is None else f"{value['kind']}:{value['value']}"


class Fields(NamedTuple):
    """Fields to copy, by how they become JSON: as they stand, dates, and those with a function of their own."""

    plain: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    others: tuple[tuple[str, Callable[[Any], Any]], ...] = ()


def pick(body: Mapping[str, Any], fields: Fields, item: Json) -> Json:
    """Enter into `item` the fields that say something (False and 0 do, "" and UNKNOWN don't); returns `item`."""
    for name in fields.plain:
        value = body[name]
        if value is not None and value != "" and value != "UNKNOWN":
            item[name] = value
    for name in fields.days:
        value = body[name]
        if value is not None:
            item[name] = value.isoformat()
    for name, convert in fields.others:
        value = convert(body[name])
        if value is not None:
            item[name] = value
    return item


def civil_day_of(stored: str) -> str:
    """The civil day in Asia/Kolkata of an instant as a document stores it."""
    return civil_day(datetime.fromisoformat(stored))
