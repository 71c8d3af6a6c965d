"""What the Economic Offences Unit says in a case: that it took it over, property attached, proposals under the PMLA.

    document["economic"] = {"taken_over": […], "proposals": […],
                            "attachments": {order number: {"attached": {…}, "decisions": […]}}}

An attachment is known by the number of its order, whichever of the case's numbers the row bears.
"""

from __future__ import annotations

from typing import Any, Final

from projections.files.parties import meet
from projections.files.state import FileState
from projections.files.story import Entry, Table, kept, tell_story
from projections.files.telling import Telling

Json = dict[str, Any]

_CASE: Final[Table] = {
    "economic.CaseTakenOver": Entry(
        "taken_over",
        kept(
            "order_number from_police_station unit investigator reason",
            days="taken_over_on",
            sections="sections",
        ),
        many=True,
    ),
    "economic.PmlaProposalSent": Entry(
        "proposals",
        kept("proposal_number to_office value", days="sent_on", sections="sections"),
        many=True,
    ),
}
_ATTACHMENT: Final[Table] = {
    "economic.PropertyAttached": Entry(
        "attached",
        kept(
            "order_number law court property total_value document",
            days="ordered_on executed_on confirmation_due",
        ),
    ),
    "economic.AttachmentConfirmed": Entry(
        "decisions",
        kept("confirmation_number court result confirmed_value document", days="decided_on"),
        many=True,
    ),
}


def taken_up(state: FileState, told: Telling) -> None:
    """The unit took the case over, or proposed action under the PMLA."""
    _meet(state, told)
    tell_story(state.document["economic"], told, _CASE)


def attachment(state: FileState, told: Telling) -> None:
    """Property was attached, or a court decided on it."""
    _meet(state, told)
    orders: Json = state.document["economic"].setdefault("attachments", {})
    tell_story(orders.setdefault(told.body["order_number"], {}), told, _ATTACHMENT)


def _meet(state: FileState, told: Telling) -> None:
    for accused in told.body.get("accused", ()):
        meet(state, accused, told)


HANDLERS = {**dict.fromkeys(_CASE, taken_up), **dict.fromkeys(_ATTACHMENT, attachment)}
