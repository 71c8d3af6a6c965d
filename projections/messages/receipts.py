"""hub.receipts: for every event that came, where and when it became visible, or why it did not.

A batch's row in the outbox names the ids; what became of them is read here from the ledger and from what was set
aside. An event that comes again gets a receipt again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import psycopg

from projections.messages.outbound import Outgoing, outgoing
from projections.reasons import meaning
from projections.store.outbox import Note
from schemas.topics import RECEIPTS

Connection = psycopg.Connection[tuple[Any, ...]]
Json = dict[str, Any]

PROJECTED: Final = "hub.EventProjected"
REJECTED: Final = "hub.EventRejected"

_EVENTS: Final = """
SELECT l.event_id, l.type, l.source, l.source_epoch, l.source_seq, l.source_record, l.digest, l.topic, l.effective,
    l.standing, l.refused, l.known_at, i.roots,
    CASE WHEN NOT l.standing AND l.refused IS NULL THEN
        (SELECT s.event_id FROM ledger s WHERE s.standing AND s.digest = l.digest) END
FROM ledger l LEFT JOIN identifier i ON i.identifier = l.anchor
WHERE (l.standing AND l.event_id = ANY(%s) OR NOT l.standing AND l.event_id = ANY(%s)) AND l.digest IS NOT NULL
ORDER BY l.event_id, l.standing DESC, l.digest
"""
_ASIDES: Final = """
SELECT id, type, source, source_epoch, source_seq, digest, topic, known_at, reason, detail FROM set_aside
WHERE id = ANY(%s) ORDER BY id, digest
"""


class Fate(NamedTuple):
    """What became of a record that came under an id."""

    name: str
    """PROJECTED or REJECTED."""
    said: Json
    """The receipt's content."""
    known_at: datetime
    """When the broker took it in first."""
    effective: bool
    """It counts: it is in its files as it stands."""


def fates(conn: Connection, events: Sequence[UUID], asides: Sequence[UUID]) -> Iterator[Fate]:
    """What became of events that were accepted, or refused for what others say, and of records that were set aside."""
    ids = list(events)
    if ids:
        yield from (_of_event(row) for row in conn.execute(_EVENTS, (ids, ids)))
    if asides:
        yield from (_of_aside(row) for row in conn.execute(_ASIDES, (list(asides),)))


def receipts(conn: Connection, notes: Sequence[Note], at: datetime, generation: str) -> Iterator[Outgoing]:
    """The receipts of what these batches took in. `at`: when they are made, aware."""
    visible = {str(event): note.told_at for note in notes for event in note.events}
    asides = [one for note in notes for one in note.asides]
    for fate in fates(conn, [UUID(event) for event in visible], asides):
        said = fate.said
        if fate.name == PROJECTED:
            said = said | {"visible_at": visible[said["event_id"]]}
        yield outgoing(RECEIPTS, fate.name, said["event_id"], said, None, at, generation)


def _of_event(row: tuple[Any, ...]) -> Fate:
    (
        event,
        type_,
        source,
        epoch,
        seq,
        record,
        digest,
        topic,
        effective,
        standing,
        refused,
        known,
        roots,
        alias,
    ) = row
    told: Json = {
        "event_id": str(event),
        "event_type": type_,
        "source": source,
        "source_epoch": epoch,
        "source_seq": seq,
        "source_record": record,
        "digest": digest.hex(),
        "topic": topic,
    }
    if refused is not None:
        return Fate(REJECTED, told | {"reason": refused, "what_to_do": meaning(refused)}, known, False)
    told["files"] = sorted(roots or ()) if effective else []
    told["alias_of"] = str(alias) if not standing and alias is not None else ""
    return Fate(PROJECTED, told, known, effective)


def _of_aside(row: tuple[Any, ...]) -> Fate:
    event, type_, source, epoch, seq, digest, topic, known, reason, detail = row
    told = {
        "event_id": str(event),
        "event_type": type_ or "",
        "source": source or "",
        "source_epoch": epoch,
        "source_seq": seq,
        "digest": digest.hex(),
        "topic": topic,
        "reason": reason,
        "detail": detail,
        "what_to_do": meaning(reason),
    }
    return Fate(REJECTED, told, known, False)
