"""What the probation service says of a report or an order: in its own file, and in the case in which it was made.

{"kind": "ORDER", …, "requested": {…}, "submitted": {…}, "supervision": {…}, "contacts": […], "breaches": […],
 "variations": […], "completed": {…}, "revoked": {…}}
"""

from __future__ import annotations

from typing import Final

from projections.files.story import Entry, StoryFile, Table, kept

TABLE: Final[Table] = {
    "probation.ReportRequested": Entry(
        "requested", kept("court report_kind officer", days="due_on", identifiers="case")
    ),
    "probation.ReportSubmitted": Entry(
        "submitted",
        kept("court report_kind officer recommendation document", days="submitted_on", identifiers="case"),
    ),
    "probation.SupervisionStarted": Entry(
        "supervision",
        kept(
            "court order_reference officer home_police_station",
            days="starts_on ends_on next_contact_due",
            identifiers="case",
            texts="conditions",
        ),
    ),
    "probation.ContactLogged": Entry(
        "contacts",
        kept("mode kept officer", days="contacted_on next_contact_due", identifiers="case"),
        many=True,
    ),
    "probation.ConditionBreached": Entry(
        "breaches",
        kept("condition officer", days="breached_on reported_to_court_on", identifiers="case"),
        many=True,
    ),
    "probation.VariationSought": Entry(
        "variations",
        kept("variation officer", days="sought_on ends_on", identifiers="case", texts="conditions"),
        many=True,
    ),
    "probation.SupervisionCompleted": Entry(
        "completed", kept("outcome officer", days="completed_on", identifiers="case")
    ),
    "probation.SupervisionRevoked": Entry(
        "revoked", kept("reason document", days="revoked_on", identifiers="case")
    ),
}
ORDER: Final = StoryFile("ORDER", TABLE)
