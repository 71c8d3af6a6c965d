"""The board of relations: which offices stand to which file. No list for people; row-level security goes by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from projections.access.relations import relations
from projections.boards.board import Column, Row

COLUMNS: Final = (Column("root", "text"), Column("relation", "text"))


class Relations:
    """Reads every file."""

    table = "board_relation"
    columns: Sequence[Column] = COLUMNS
    names: Sequence[str] = tuple(column.name for column in COLUMNS)
    types: Sequence[str] = tuple(column.type for column in COLUMNS)

    def reads(self, root: str) -> bool:
        """Every file is somebody's."""
        return True

    def rows(self, root: str, document: dict[str, Any]) -> list[Row]:
        """The relations to one file."""
        return [(root, relation) for relation in relations(document)]
