"""What became of my event? By its id, by its source's own record, or of many at once.

Answered from the ledger and from what was set aside, as they are now: so also for events whose receipt was lost, or of
a time when receipts were off.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import orjson

from projections.messages.receipts import REJECTED, Fate, fates
from projections.questions.errors import NotUnderstood
from projections.reasons import SUPERSEDED
from projections.store.reading import Reader

Json = dict[str, Any]

VISIBLE: Final = "VISIBLE"
REPLACED: Final = "REPLACED"
REFUSED: Final = "REFUSED"
NOT_COME: Final = "NOT_COME"
MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Receipts:
    """One row for each record that came under an id, and one for each id under which none came."""

    rows: Sequence[Json]

    def json(self) -> bytes:
        """The answer."""
        return orjson.dumps({"receipts": self.rows})

    @property
    def tag(self) -> str:
        """Changes with the answer."""
        return hashlib.sha256(self.json()).hexdigest()[:32]


def of_events(reader: Reader, ids: Sequence[UUID]) -> Receipts:
    """What became of these events, in the order asked. Raises NotUnderstood for more than MOST."""
    if len(ids) > MOST:
        raise NotUnderstood(f"ask for at most {MOST:,} events at a time")
    asked = list(dict.fromkeys(ids))
    found: dict[str, list[Json]] = {}
    for fate in fates(reader.conn, asked, asked):
        found.setdefault(fate.said["event_id"], []).append(_row(fate))
    return Receipts([row for one in asked for row in found.get(str(one), [_missing(one)])])


def of_record(reader: Reader, source: str, record: str) -> Receipts:
    """What became of the events of one record of a source, in the order of its numbering."""
    ids = [
        row[0]
        for row in reader.conn.execute(
            "SELECT event_id FROM ledger WHERE source_record = %s AND source = %s AND digest IS NOT NULL"
            " ORDER BY source_epoch, source_seq, event_id LIMIT %s",
            (record, source, MOST),
        )
    ]
    return of_events(reader, ids)


def record_of(text: str) -> tuple[str, str] | None:
    """(source, record) of "police.cctns/PS-1:row-12"; None where the text is none. A record may hold colons."""
    source, colon, record = text.partition(":")
    return (source, record) if colon and source and record and "\0" not in text else None


def _row(fate: Fate) -> Json:
    told = fate.said
    row: Json = {
        "event_id": told["event_id"],
        "state": VISIBLE,
        "type": told["event_type"],
        "source": told["source"],
        "source_epoch": told["source_epoch"],
        "source_seq": told["source_seq"],
        "source_record": told.get("source_record", ""),
        "topic": told["topic"],
        "known_at": fate.known_at,
        "files": told.get("files", []),
        "alias_of": told.get("alias_of", ""),
        "reason": None,
        "detail": None,
        "meaning": None,
    }
    if fate.name == REJECTED:
        return row | {
            "state": REFUSED,
            "reason": told["reason"],
            "detail": told.get("detail"),
            "meaning": told["what_to_do"],
        }
    if not fate.effective and not row["alias_of"]:
        return row | {"state": REPLACED, "meaning": SUPERSEDED}
    return row


def _missing(event_id: UUID) -> Json:
    return {
        "event_id": str(event_id), "state": NOT_COME, "type": "", "source": "", "source_epoch": None,
        "source_seq": None, "source_record": "", "topic": "", "known_at": None, "files": [], "alias_of": "",
        "reason": None, "detail": None, "meaning": None,
    }  # fmt: skip
