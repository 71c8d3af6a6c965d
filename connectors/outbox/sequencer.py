"""Gives numbers: the sequencer rows of the sources that one transaction touches.

Gapless by construction: a number is taken from the row and the row is written back in the transaction that stores the
event under that number. There is no other place that gives one.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from schemas.windows import ABOUT_NUMBERS

_COLUMNS: Final = "id, name, epoch, next_seq, window_first, window_since, in_window"


@dataclass(slots=True)
class Source:
    """One source in one epoch. `next_seq` is None where it numbers its events itself."""

    id: int
    name: str
    epoch: int
    next_seq: int | None
    window_first: int
    window_since: int
    in_window: int

    def give(self, event: str, now: int) -> int:
        """The next number, for an event of this type. Only of a source that is numbered here."""
        number = self.next_seq
        assert number is not None  # noqa: S101
        self.next_seq = number + 1
        if number == self.window_first:
            self.window_since = now
        if event not in ABOUT_NUMBERS:
            self.in_window += 1
        return number

    def open_window(self) -> None:
        """The window ends with the last number given; the next one begins with the next number."""
        assert self.next_seq is not None  # noqa: S101
        self.window_first, self.in_window = self.next_seq, 0


class Sequencer:
    """The rows of one transaction; `write` before its COMMIT."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._rows: dict[tuple[str, int], Source] = {}

    def source(self, name: str, epoch: int, numbers_itself: bool = False) -> Source:
        """The row of a source, made if there is none; it then numbers its events itself or never does."""
        found = self._rows.get((name, epoch))
        if found is None:
            self._conn.execute(
                "INSERT OR IGNORE INTO source (name, epoch, next_seq) VALUES (?, ?, ?)",
                (name, epoch, None if numbers_itself else 1),
            )
            query = f"SELECT {_COLUMNS} FROM source WHERE name = ? AND epoch = ?"
            found = Source(*self._conn.execute(query, (name, epoch)).fetchone())
            self._rows[name, epoch] = found
        return found

    def write(self) -> None:
        """The rows as they are now."""
        self._conn.executemany(
            "UPDATE source SET next_seq = ?, window_first = ?, window_since = ?, in_window = ? WHERE id = ?",
            [
                (row.next_seq, row.window_first, row.window_since, row.in_window, row.id)
                for row in self._rows.values()
            ],
        )
