"""The same fold, as a stream processor without a ledger can do it: one document per key, in order of arrival.

What it lacks is said in `CANNOT`: a state per key knows no other key.
"""

from __future__ import annotations

from typing import Any

import orjson

from projections.files.fold import kind_of_root
from projections.files.state import FileInput, FileState
from projections.linking.claims import ACTS_ONLY
from schemas.codec import Decoder
from schemas.event import Event
from schemas.registry import RegistrySchemas, client

CANNOT = (
    "state per key: an event reaches only the document of its own key, one file an event instead of two",
    "no links: a jail's, a court's and the police's documents of one case stay apart",
    "no corrections, retractions or copies: each arrival is folded as a new event, in order of arrival",
    "no ledger, no rebuild to the same bytes, no board, no record set aside with its reason",
)
"""What stands beside the figure of every peer that keeps its own state."""

Kept = dict[str, Any]
"""What is kept of a key: {"document", "descriptions", "members"}, pure JSON."""


def decoder(registry: str) -> Decoder:
    """A decoder as the hub has it."""
    return Decoder(RegistrySchemas(client(registry)))


def fold_on(kept: Kept | None, event: Event) -> Kept:
    """What is kept of the event's key, with the event folded on; a member that the fold refuses is only counted."""
    given = FileInput(event.anchor, frozenset({event.anchor}), (), ())
    kind = kind_of_root(event.anchor)
    if kept:
        state = FileState(given, kept["document"], kept["descriptions"], joins_changed=False)
    else:
        state = kind.start(given)
        kind.finish(state)
    if event.type not in ACTS_ONLY:
        try:
            kind.apply(state, event)
            kind.finish(state)
        except Exception:
            # Out of order, or half of a pair: a peer has no ledger from which to fold again.
            state = FileState(given, kept["document"], kept["descriptions"]) if kept else kind.start(given)
    return {
        "document": state.document,
        "descriptions": state.descriptions,
        "members": (kept["members"] if kept else 0) + 1,
    }


def content(kept: Kept) -> bytes:
    """The bytes of a document, as the hub stores them."""
    return orjson.dumps(kept["document"], option=orjson.OPT_SORT_KEYS)
