"""What the citizens' portal says of an application: in its own file, and in the case that it led to.

    {"kind": "REQUEST", …, "submitted": {…}, "moves": […], "decided": {…}}

A secret tip and a verification are in no file but their own, whatever anybody claims (`enters_a_case`). Tokens and
secrets are in no file.
"""

from __future__ import annotations

from typing import Final

from projections.files.story import Entry, StoryFile, Table, kept
from projections.files.telling import Telling

#: Services that may lead to a case; all others are nobody's business there.
LEADING_TO_CASES: Final = frozenset(
    {"E_COMPLAINT", "LOST_PROPERTY", "MISSING_PERSON", "ABDUCTED_PERSON", "VEHICLE_THEFT"}
)

TABLE: Final[Table] = {
    "citizen.ApplicationSubmitted": Entry(
        "submitted",
        kept(
            "service office district police_station channel fee_paid",
            days="promised_on",
            moments="submitted_at",
        ),
    ),
    "citizen.EComplaintFiled": Entry(
        "submitted",
        kept(
            "office district police_station complaint_kind place_of_occurrence",
            days="promised_on",
            moments="submitted_at occurred_from occurred_to",
            identifiers="led_to",
        ),
    ),
    "citizen.ApplicationMoved": Entry(
        "moves", kept("service step from_office office reason", days="promised_on"), many=True
    ),
    "citizen.ApplicationDecided": Entry(
        "decided", kept("service decision office reason document", days="decided_on", identifiers="led_to")
    ),
}
REQUEST: Final = StoryFile("REQUEST", TABLE)


def enters_a_case(told: Telling) -> bool:
    """Whether an event of the portal may stand in a case that is said to have arisen from the application."""
    return told.type == "citizen.EComplaintFiled" or told.body["service"] in LEADING_TO_CASES
