"""Records set aside: kept whole, with the reason, under an id that the same record always gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from psycopg import Cursor

from projections.store.ledger import lock_ids
from projections.store.ports import RawRecord

Cur = Cursor[Any]


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that could not be accepted, and why. `anchor`: its key, where that is an identifier."""

    record: RawRecord
    id: UUID
    reason: str
    detail: str
    known_at: datetime
    type: str | None = None
    source: str | None = None
    source_epoch: int | None = None
    source_seq: int | None = None
    anchor: str | None = None


def record(cur: Cur, asides: Sequence[Aside]) -> set[str]:
    """Keep them; copies are counted. Returns the anchors whose files must say that they are incomplete.

    Their ids are locked first: else one worker could set a record aside, and another take in what repairs it, and
    neither see the other.
    """
    if asides:
        lock_ids(cur, {aside.id for aside in asides})
    for aside in sorted(asides, key=lambda a: (a.id, sha256(a.record.value or b"").digest())):
        headers = [
            [name, value.decode("utf-8", "backslashreplace") if value is not None else None]
            for name, value in aside.record.headers
        ]
        cur.execute(
            "INSERT INTO set_aside (id, digest, reason, detail, topic, key, value, headers, type, source,"
            " source_epoch, source_seq, anchor, known_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (id, digest) DO UPDATE SET copies = set_aside.copies + 1,"
            " known_at = least(set_aside.known_at, excluded.known_at)",
            (
                aside.id, sha256(aside.record.value or b"").digest(), aside.reason, aside.detail,
                aside.record.topic, aside.record.key, aside.record.value, orjson.dumps(headers), aside.type,
                aside.source, aside.source_epoch, aside.source_seq, aside.anchor, aside.known_at,
            ),
        )  # fmt: skip
    return {aside.anchor for aside in asides if aside.anchor is not None}
