"""What a forensic laboratory says of an exhibit: in its own file, and in the case for which it is examined.

{"kind": "EXHIBIT", …, "received": {…}, "started": {…}, "report": {…}, "returned": {…}}
"""

from __future__ import annotations

from typing import Final

from projections.files.story import Entry, StoryFile, Table, kept

TABLE: Final[Table] = {
    "forensics.ExhibitReceived": Entry(
        "received",
        kept(
            "laboratory division exhibit_no forwarding_memo kind parcels seals seals_intact accused_in_custody",
            days="received_on expected_on",
            identifiers="case",
        ),
    ),
    "forensics.ExaminationStarted": Entry(
        "started", kept("laboratory division examiner", days="started_on", identifiers="case")
    ),
    "forensics.ReportIssued": Entry(
        "report",
        kept("laboratory report_number opinion_class sent_to document", days="issued_on", identifiers="case"),
    ),
    "forensics.ExhibitReturned": Entry(
        "returned", kept("laboratory reason to_police_station", days="returned_on", identifiers="case")
    ),
}
EXHIBIT: Final = StoryFile("EXHIBIT", TABLE)
