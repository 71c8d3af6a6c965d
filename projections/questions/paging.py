"""Pages by key: what every list that is read page by page has, and its cursors.

A cursor holds the values by which the last row of a page stands in order; so a row that stays is on exactly one page,
whatever comes and goes meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

import orjson

from projections.questions.errors import NotUnderstood
from projections.questions.files import told
from projections.store.reading import Freshness

Json = dict[str, Any]
T = TypeVar("T")

MOST: Final = 500
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `of`: what its rows are called in the answer; `next`: the cursor of the page after it, None at the end.

    `board`: of which board, where that is not said by `of`.
    """

    of: str
    rows: list[Json]
    next: str | None
    day: date
    freshness: Sequence[Freshness]
    board: str = ""

    def json(self) -> bytes:
        """The answer."""
        named = {"board": self.board} if self.board else {}
        return orjson.dumps(
            named
            | {
                self.of: self.rows,
                "next": self.next,
                "day": self.day,
                "as_of_departments": told(self.freshness),
            }
        )

    @property
    def tag(self) -> str:
        """Changes with whatever stands on the page."""
        return hashlib.sha256(orjson.dumps([self.rows, self.next, self.day])).hexdigest()[:32]


def check_limit(limit: int) -> None:
    """Raises NotUnderstood where a page can't have so many rows."""
    if not 1 <= limit <= MOST:
        raise NotUnderstood(f"limit is from 1 to {MOST}")


def packed(values: Sequence[Any]) -> str:
    """A cursor as it is handed out."""
    return base64.urlsafe_b64encode(orjson.dumps(list(values))).decode().rstrip("=")


def unpacked(text: str, read: Callable[..., T]) -> T:
    """What `read` makes of the values of a cursor; it may raise ValueError, TypeError or AttributeError. Raises
    NotUnderstood where the cursor was not handed out."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return read(*orjson.loads(base64.b64decode(padded, b"-_", validate=True)))
    except (ValueError, TypeError, AttributeError, UnicodeEncodeError, binascii.Error):
        raise NotUnderstood("the cursor is none of ours: take `next` of the page before as it is") from None
