"""What every file's document has: kind, root, identifiers, links, what is incomplete, and the list of its events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from projections.files.state import FileInput
from projections.linking.model import ACCUSED_IS, Link

Json = dict[str, Any]


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
    }


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
    if link.in_place_of is not None:
        row["in_place_of"] = link.in_place_of
    return row
