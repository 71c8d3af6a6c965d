"""The board of marks: what in a file must be protected, for the lists that show rows of many files.

An age that only a description states is in no document, and so not here; whoever shows a person asks his description.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from projections.access.marks import marks
from projections.boards.board import Column, Row

COLUMNS: Final = (Column("root", "text"), Column("mark", "text"), Column("ref", "text"))
VICTIM, CHILD, SEALED = "VICTIM", "CHILD", "SEALED"


class MarksBoard:
    """Reads every file."""

    table = "board_mark"
    columns: Sequence[Column] = COLUMNS
    names: Sequence[str] = tuple(column.name for column in COLUMNS)
    types: Sequence[str] = tuple(column.type for column in COLUMNS)

    def reads(self, root: str) -> bool:
        """Any file may need protection."""
        return True

    def rows(self, root: str, document: dict[str, Any]) -> list[Row]:
        """The marks of one file."""
        found = marks(document, quick=True)
        rows = [(root, CHILD, ref) for ref in sorted(found.children)]
        rows += [(root, SEALED, ref.replace("*", "")) for ref in sorted(found.sealed)]
        if found.victim:
            rows.append((root, VICTIM, ""))
        return rows
