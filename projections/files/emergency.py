"""What the emergency response centre (112) says of an incident, in its own file and in the case that it led to.

    {"kind": "INCIDENT", …, "reported": {…}, "dispatched": […], "arrived": […], "closed": {…}}

The caller's token is in no file.
"""

from __future__ import annotations

from typing import Final

from projections.files.story import Entry, StoryFile, Table, kept

TABLE: Final[Table] = {
    "emergency.IncidentReported": Entry(
        "reported",
        kept(
            "channel incident_kind priority control_room district police_station latitude_e6 longitude_e6 language",
            moments="received_at",
        ),
    ),
    "emergency.UnitDispatched": Entry(
        "dispatched",
        kept("unit unit_kind expected_minutes district police_station", moments="dispatched_at"),
        many=True,
    ),
    "emergency.UnitArrived": Entry(
        "arrived", kept("unit latitude_e6 longitude_e6", moments="arrived_at"), many=True
    ),
    "emergency.IncidentClosed": Entry(
        "closed", kept("unit action_taken gd_number reason", moments="closed_at", identifiers="led_to")
    ),
}
INCIDENT: Final = StoryFile("INCIDENT", TABLE)
