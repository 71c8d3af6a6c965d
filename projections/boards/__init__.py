"""Every board, in one list. A new board: its module, its line here, and its table in store/ddl."""

from __future__ import annotations

from typing import Final

from projections.boards.board import Board
from projections.boards.marks import MarksBoard
from projections.boards.relations import Relations
from projections.boards.undertrials import Undertrials

BOARDS: Final[tuple[Board, ...]] = (Undertrials(), Relations(), MarksBoard())
