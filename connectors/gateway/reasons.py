"""Why the gateway refuses an event that is sound by itself; beside those of schemas/reasons.py."""

from __future__ import annotations

from schemas.reasons import Explained


class Refused(Explained):
    """A reason, with what it means and what to do."""

    NOT_JSON = ("NOT_JSON", "The line is no JSON; write one event as one JSON object a line.")
    NOT_YOURS = (
        "NOT_YOURS",
        "A publisher sends only its own department's events, of its own sources; GET /publisher says which.",
    )
    ID_REUSED = (
        "ID_REUSED",
        "Another event was published under this event_id; a correction has an id of its own and names this one in "
        "envelope.supersedes.",
    )
    NUMBER_TAKEN = (
        "NUMBER_TAKEN",
        "Another event of this source has this source_seq; number each event once, and send it again unchanged.",
    )
