"""Notes in a batch's own transaction which numbers it brought: accepted, refused and unreadable ones alike.

One row for each source, inserted and never updated: no worker waits for another over a source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from psycopg import Cursor

from projections.completeness.runs import GREATEST, literal, runs
from projections.store.aside import Aside
from projections.store.entries import Arrival
from schemas.windows import SEQUENCE_VOIDED, WINDOW_CLOSED

_INSERT: Final = """
INSERT INTO arrived (source, epoch, numbers, voided, stated, known_at)
SELECT source, epoch, numbers::int8multirange, voided::int8multirange, stated, known_at
FROM unnest(%s::text[], %s::int[], %s::text[], %s::text[], %s::bigint[], %s::timestamptz[])
AS a (source, epoch, numbers, voided, stated, known_at)
"""


@dataclass(slots=True)
class _Of:
    """Of one source in one epoch."""

    known_at: datetime
    numbers: list[int] = field(default_factory=list)
    voided: list[int] = field(default_factory=list)
    stated: int = 0


def note(cur: Cursor[Any], arrivals: Iterable[Arrival], asides: Iterable[Aside]) -> None:
    """Note the numbers of a batch."""
    found: dict[tuple[str, int], _Of] = {}

    def of(source: str, epoch: int, known_at: datetime) -> _Of:
        one = found.setdefault((source, epoch), _Of(known_at))
        one.known_at = max(one.known_at, known_at)
        return one

    for arrival in arrivals:
        event = arrival.event
        one = of(event.source, event.source_epoch, arrival.known_at)
        one.numbers.append(event.source_seq)
        if event.type == WINDOW_CLOSED:
            one.stated = max(one.stated, min(event.body["last_seq"], GREATEST - 1))
        elif event.type == SEQUENCE_VOIDED:
            epoch = event.body.get("voided_epoch") or event.source_epoch
            of(event.source, epoch, arrival.known_at).voided.append(event.body["voided_seq"])
    for aside in asides:
        if aside.source and aside.source_epoch and aside.source_seq:
            of(aside.source, aside.source_epoch, aside.known_at).numbers.append(aside.source_seq)
    if not found:
        return
    rows = [
        (source, epoch, literal(runs(one.numbers)), literal(runs(one.voided)), one.stated, one.known_at)
        for (source, epoch), one in found.items()
        if 0 < epoch < 2**31
    ]
    cur.execute(_INSERT, tuple(list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 6)
