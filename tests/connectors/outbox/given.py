"""Drafts for the tests of the outbox: court rows of a few sources."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from connectors.outbox.drafts import Draft, draft
from connectors.outbox.store import Outbox
from ops.base.clock import FixedClock

NOON = FixedClock(datetime(2026, 11, 24, 6, 30, tzinfo=UTC))
EPOCH = 2026112412
SOURCES = ("court.cis/BRPA01", "court.cis/BRTA01")
_SPACE = UUID(int=7)


def row(n: int, source: str = SOURCES[0], **envelope: Any) -> Draft:
    """The n-th row of a source, a hearing; its id follows from both."""
    record = {
        "envelope": {
            "event_id": uuid5(_SPACE, f"{source}/{n}"),
            "source": source,
            "source_seq": 1,
            "source_record": f"hearing/{n}",
            "occurred_at": datetime(2025, 3, 1, tzinfo=UTC),
            "recorded_at": datetime(2025, 3, 1, 12, tzinfo=UTC),
            "anchor": {"kind": "CNR", "value": "BRPA010001232025"},
            **envelope,
        },
        "court": f"BRPA01-{n}",
    }
    return draft("court.HearingHeld", record, b"", "source_epoch" in envelope)


def opened(folder: Path) -> Outbox:
    return Outbox(folder, NOON)


def numbers(outbox: Outbox) -> dict[str, list[tuple[int, str, UUID]]]:
    """source -> (number, type, id) of all that it ever numbered, as the file has them."""
    found: defaultdict[str, list[tuple[int, str, UUID]]] = defaultdict(list)
    with outbox.database.reading() as conn:
        rows = conn.execute(
            "SELECT s.name, e.seq, e.type, e.event_id FROM event e JOIN source s ON s.id = e.source ORDER BY e.seq"
        )
        for name, seq, event, event_id in rows:
            found[name].append((seq, event, UUID(bytes=event_id)))
    return dict(found)
