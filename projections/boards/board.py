"""What a board is: rows that people query, made purely from one file. A new board is a module and a migration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a board's table; `type` is PostgreSQL's name for it."""

    name: str
    type: str
    title: tuple[str, str] = ("", "")
    """In English and in Hindi; without one it is no column for people."""
    needed: bool = False
    """Never empty."""


class Board(Protocol):
    """One board. Its table is in store/ddl, with `root` as the first column of its key."""

    @property
    def table(self) -> str:
        """The table's name, without schema."""
        ...

    @property
    def columns(self) -> Sequence[Column]:
        """In the order of a row."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """The columns' names."""
        ...

    @property
    def types(self) -> Sequence[str]:
        """The columns' types."""
        ...

    def reads(self, root: str) -> bool:
        """Whether the file of this root has rows here."""
        ...

    def rows(self, root: str, document: dict[str, Any]) -> Sequence[Row]:
        """The file's rows, in order of key; nothing in them depends on the day."""
        ...
