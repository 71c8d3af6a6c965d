"""The fold that the peers are given is the hub's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ops.bench.peers.folding import Kept, content, fold_on
from ops.bench.world import records
from projections.files.fold import fold
from projections.files.state import FileInput
from projections.linking.claims import ACTS_ONLY
from schemas.codec import Decoder
from schemas.event import Event
from schemas.writers import table_of_all


@pytest.fixture(scope="module")
def by_key() -> dict[str, list[Event]]:
    table = table_of_all()
    found: dict[str, list[Event]] = {}
    for raw in records(900, table.id_of):
        event = Decoder(table).decode(raw.topic, raw.key, raw.value)
        if event.type not in ACTS_ONLY:
            found.setdefault(event.anchor, []).append(event)
    return found


def _in_order(by_key: dict[str, list[Event]]) -> Iterator[tuple[str, list[Event]]]:
    for anchor, events in by_key.items():
        yield anchor, sorted({e.event_id: e for e in events}.values(), key=lambda e: e.sort_key)


def test_folding_event_by_event_on_what_is_kept_gives_the_bytes_of_a_fold_from_the_start(
    by_key: dict[str, list[Event]],
) -> None:
    longest = sorted(_in_order(by_key), key=lambda item: -len(item[1]))[:20]
    for anchor, events in longest:
        kept: Kept | None = None
        for event in events:
            kept = fold_on(kept, event)
        assert kept is not None
        whole = fold(FileInput(anchor, frozenset({anchor}), (), ()), events)
        assert content(kept) == content({"document": whole.document})
        assert kept["members"] == len(events)
