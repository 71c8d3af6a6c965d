"""Why the hub sets an event aside although the event by itself is sound: reasons that need more than the one event.

The reasons that an event carries in itself are schemas.reasons.Reason; every symbol of both is shown to departments
and stored, so it never changes.
"""

from __future__ import annotations

from typing import Final

from schemas.reasons import Explained, Reason


class HubReason(Explained):
    """Why an event that is sound by itself is set aside."""

    ID_REUSED = (
        "ID_REUSED",
        "Another event with other content has this id; the smaller content digest stands. Give each event its own id.",
    )
    SUPERSEDES_FOREIGN = (
        "SUPERSEDES_FOREIGN",
        "It corrects or takes back an event of another source; only that source, or an approved repair, may.",
    )
    SUPERSEDES_OTHER_TYPE = (
        "SUPERSEDES_OTHER_TYPE",
        "It corrects an event of another type; take that one back and send the right one as new.",
    )
    SUPERSEDES_RING = (
        "SUPERSEDES_RING",
        "It is one of several events that correct each other in a ring; none of them stands. Correct the first again.",
    )
    DATABASE_REFUSED = (
        "DATABASE_REFUSED",
        "The database could not keep it; its text holds something that no rule of the contract has foreseen.",
    )
    FOLD_FAILED = (
        "FOLD_FAILED",
        "This file could not take the event in; the file leaves it out and says so. The program needs a correction.",
    )


SUPERSEDED: Final = "A later event of its source, or an approved repair, corrects it or takes it back."


def meaning(reason: str) -> str:
    """What a reason means and what to do, in one sentence; the symbol itself where this program does not know it."""
    for kind in (Reason, HubReason):
        if reason in kind.__members__:
            return kind[reason].sentence
    return reason
