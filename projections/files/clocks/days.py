"""Days and hours as a document stores them, for the law to reckon with.

A day beyond what a calendar can reckon with ("9999-12-31" for "until further orders") says nothing: None.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from projections.files.status.view import View


_FIRST: Final = "1900-01-01"
_LAST: Final = "2199-12-31"


def day_of(text: str | None) -> date | None:
    """A stored civil day; None where there is none, or none that could be right."""
    if text is None or not _FIRST <= text <= _LAST:
        return None
    return date.fromisoformat(text)


def hour_of(view: View, event: str) -> datetime | None:
    """The moment at which an event happened, where its source knew the hour."""
    row = view.document["events"][view.place(event)]
    return None if row["precision"] == "DAY" else datetime.fromisoformat(row["occurred_at"])


def moment_of(text: str | None) -> datetime | None:
    """A stored instant; None as `day_of`."""
    if text is None or not _FIRST <= text[:10] <= _LAST:
        return None
    return datetime.fromisoformat(text)
