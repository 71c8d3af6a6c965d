"""What a jail says of itself: the count of the day.

{"kind": "JAIL", …, "headcount": {"counted_at", "capacity", "lines": [{"category", "group", "n", "capacity"}], …}}
"""

from __future__ import annotations

from typing import Final

from projections.files.story import Entry, StoryFile, Table, kept

TABLE: Final[Table] = {
    "prison.HeadcountTaken": Entry(
        "headcount",
        kept("capacity lines children_with_mothers out_on_escort", moments="counted_at"),
    ),
}
JAIL: Final = StoryFile("JAIL", TABLE)
