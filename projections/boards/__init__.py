"""Every board, in one list. A new board: its module, its line here, and its table in store/ddl (boards/ddl.py)."""

from __future__ import annotations

from typing import Final

from projections.boards.attachments import ATTACHMENTS
from projections.boards.bail_not_released import BAIL_NOT_RELEASED
from projections.boards.board import Board
from projections.boards.cyber import CYBER
from projections.boards.due import DUE
from projections.boards.emergency import EMERGENCY
from projections.boards.forensics import FORENSICS
from projections.boards.headcount import HEADCOUNT
from projections.boards.investigations import INVESTIGATIONS
from projections.boards.listing import Listing
from projections.boards.marks import MarksBoard
from projections.boards.portal import PORTAL
from projections.boards.probation import PROBATION
from projections.boards.relations import Relations
from projections.boards.s479 import S479
from projections.boards.summary import OCCUPANCY, PROBATION_LOAD, UNKNOWN_SECTIONS, Summary
from projections.boards.undertrials import UNDERTRIALS
from projections.boards.warrants import WARRANTS

#: Those that people read, by name.
LISTINGS: Final[dict[str, Listing]] = {
    one.name: one
    for one in (
        UNDERTRIALS,
        EMERGENCY,
        PORTAL,
        CYBER,
        ATTACHMENTS,
        FORENSICS,
        PROBATION,
        HEADCOUNT,
        S479,
        BAIL_NOT_RELEASED,
        WARRANTS,
        INVESTIGATIONS,
        DUE,
    )
}
#: Counts over them, by name.
SUMMARIES: Final[dict[str, Summary]] = {
    one.name: one for one in (PROBATION_LOAD, OCCUPANCY, UNKNOWN_SECTIONS)
}
#: Whatever can be asked for by name.
DECLARED: Final[dict[str, Listing | Summary]] = {**LISTINGS, **SUMMARIES}
BOARDS: Final[tuple[Board, ...]] = (*LISTINGS.values(), Relations(), MarksBoard())
