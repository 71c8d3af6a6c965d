"""What every file's document has: kind, root, identifiers, links, what is incomplete, and the list of its events with
the most restrictive sensitivity among them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from projections.files.state import FileInput
from projections.files.telling import Telling, listed
from projections.linking.model import ACCUSED_IS, Link

if TYPE_CHECKING:
    from schemas.event import Event

Json = dict[str, Any]

#: From the least to the most restrictive (schemas/common/Sensitivity.avsc).
SENSITIVITIES: Final = ("NORMAL", "SENSITIVE_FIR", "CHILD_VICTIM", "CHILD_IN_CONFLICT", "WITNESS_PROTECTED")


def frame(kind: str, given: FileInput, links: Iterable[Link]) -> Json:
    """The document of a file without events; `links` are those that it lists."""
    return {
        "kind": kind,
        "root": given.root,
        "identifiers": sorted(given.identifiers),
        "links": [_link(link) for link in sorted(links)],
        "incomplete": [
            {"id": s.id, "reason": s.reason, "type": s.type, "topic": s.topic}
            for s in sorted(given.set_aside)
        ],
        "events": [],
        "sensitivity": SENSITIVITIES[0],
    }


def enter(document: Json, event: Event, told: Telling) -> None:
    """List a member in its file, and let the file be as sensitive as the most sensitive of its members."""
    row = listed(event, told)
    document["events"].append(row)
    sensitivity = row.get("sensitivity")
    if sensitivity is not None:
        held = document["sensitivity"]
        document["sensitivity"] = max(held, sensitivity, key=SENSITIVITIES.index)


def _link(link: Link) -> Json:
    row: Json = {
        "kind": link.kind,
        "a": link.a,
        "b": link.b,
        "standing": link.standing,
        "followed": link.followed,
        "confirmed": link.confirmed,
    }
    # A claim that anchors nothing is listed as unlinked: no event of that record has come.
    unlinked = [
        end for end, anchored in ((link.a, link.a_anchored), (link.b, link.b_anchored)) if not anchored
    ]
    if unlinked and link.kind != ACCUSED_IS:
        row["unlinked"] = unlinked
    if link.in_place_of:
        row["in_place_of"] = list(link.in_place_of)
    return row
