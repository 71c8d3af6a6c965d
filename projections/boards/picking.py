"""Reading entries of a document into the values of a row: what was not said is None."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from projections.files.values import civil_day_of

Json = dict[str, Any]


def day(entry: Json, name: str) -> date | None:
    """A civil day that an entry states."""
    text = entry.get(name)
    return None if text is None else date.fromisoformat(text)


def moment(entry: Json, name: str) -> datetime | None:
    """A moment that an entry states, UTC."""
    text = entry.get(name)
    return None if text is None else datetime.fromisoformat(text)


def moment_day(entry: Json, name: str) -> date | None:
    """The civil day in Asia/Kolkata of a moment that an entry states."""
    text = entry.get(name)
    return None if text is None else date.fromisoformat(civil_day_of(text))


def first_day(document: Json) -> date:
    """The day of the first event of a file, which has one."""
    happened: str = document["events"][0]["occurred_at"]
    return date.fromisoformat(happened if len(happened) == len("2025-01-31") else civil_day_of(happened))


def on(entry: Json, name: str) -> date | None:
    """The day that an entry states, else the day on which it stands; None where there is no entry."""
    return day(entry, name) or day(entry, "on")


def code(entry: Json, name: str) -> str | None:
    """The code of an office that an entry names, or the office's kind where it has no code."""
    office = entry.get(name) or {}
    return office.get("code") or office.get("kind") or None


def linked(document: Json, kind: str) -> list[str]:
    """The other ends of the document's followed links of a kind, sorted: the cases that an origin led to."""
    root = document["root"]
    ends = {
        end
        for link in document["links"]
        if link["kind"] == kind and link["followed"]
        for end in (link["a"], link["b"])
    }
    return sorted(ends - {root})


def last(entries: Iterable[Json]) -> Json:
    """The last entry; an empty one where there is none."""
    found: Json = {}
    for entry in entries:
        found = entry
    return found
