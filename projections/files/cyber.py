"""What the cyber-crime unit says of a complaint: in its own file, and in the case that it led to.

{"kind": "COMPLAINT", …, "received": {…}, "held": […], "created": {…}, "signed": {…}, "lapsed": {…}}
"""

from __future__ import annotations

from typing import Final

from projections.files.story import Entry, StoryFile, Table, kept

TABLE: Final[Table] = {
    "cyber.ComplaintReceived": Entry(
        "received",
        kept(
            "channel category sub_category amount accounts district police_station",
            moments="received_at incident_at",
        ),
    ),
    "cyber.AmountHeld": Entry(
        "held",
        kept("hold_no bank account_digest layer amount released_to", days="released_on", moments="held_at"),
        many=True,
    ),
    "cyber.EZeroFirCreated": Entry(
        "created",
        kept(
            "police_station amount",
            days="sign_by",
            moments="created_at",
            identifiers="zero_fir",
            sections="sections",
        ),
    ),
    "cyber.EZeroFirSigned": Entry(
        "signed", kept("police_station", moments="signed_at", identifiers="zero_fir fir")
    ),
    "cyber.EZeroFirLapsed": Entry("lapsed", kept("reason", days="lapsed_on", identifiers="zero_fir")),
}
COMPLAINT: Final = StoryFile("COMPLAINT", TABLE)
