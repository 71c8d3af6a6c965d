"""What is set aside: in groups, one record as far as it can be read, and what a repair would change in the files.

A repair is two events on hub.repairs: one office proposes (RepairProposed), another approves (RepairApproved, or
EventDiscarded). The record itself stays as it came. What a repair would do is worked out before, purely, from the rows
around the files that it touches (projections/whole.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from projections.difference import differences
from projections.files.fold import dump
from projections.questions.errors import NotFound, NotUnderstood
from projections.questions.events import unsalted
from projections.reasons import meaning
from projections.store import quarantine
from projections.store.quarantine import Group, Record
from projections.store.reading import Reader
from projections.whole import Known, Whole, whole
from schemas.catalogue import CATALOGUE
from schemas.codec import Decoder, Encoder, Refused
from schemas.complete import complete
from schemas.event import Event
from schemas.plain import from_plain, to_plain
from schemas.reasons import FaultError
from schemas.reasons_hindi import meaning_hindi
from schemas.writers import RegistryUnreachableError, SchemasById, SchemaTable, table_of_all

Json = dict[str, Any]

_NAMESPACE: Final = uuid5(NAMESPACE_URL, "sangam/repair")
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected event, checked: its type, its record, and where it would have stood."""

    type: str
    record: Json
    topic: str
    key: str


def listed(
    reader: Reader, source: str | None = None, reason: str | None = None, *, door: bool = False
) -> list[Json]:
    """The open records in groups: reason with its meaning, source, how many, since when.

    `door`: as somebody whom the database knows by his ticket.
    """
    return [_group(group) for group in quarantine.groups(reader.conn, source, reason, door=door)]


def records(reader: Reader, source: str | None, reason: str | None, limit: int = 100) -> list[Json]:
    """Open records, the newest first, without their bytes."""
    if not 1 <= limit <= _MOST:
        raise NotUnderstood(f"limit: 1 to {_MOST}")
    return [_head(one) for one in quarantine.records(reader.conn, source, reason, limit)]


def shown(reader: Reader, record_id: UUID, schemas: SchemasById, *, salted: bool = False) -> list[Json]:
    """The record or records of an id: bytes as hex, and decoded as far as possible. Raises NotFound.

    `salted`: with the salts of descriptions, for an editor who is to give the event back with the same.
    """
    decoder = Decoder(schemas)
    proposed = proposals(reader, record_id)
    return [
        _head(one)
        | {
            "key": _text(one.key),
            "value": (one.value or b"").hex(),
            "headers": [list(pair) for pair in one.headers],
            "event": decoded(decoder, one) if salted else unsalted(decoded(decoder, one)),
            "files": reader.roots(one.anchor) if one.anchor else [],
            "proposals": proposed,
        }
        for one in found(reader, record_id)
    ]


def found(reader: Reader, record_id: UUID) -> list[Record]:
    """The open records of an id. Raises NotFound."""
    there = quarantine.one(reader.conn, record_id)
    if not there:
        raise NotFound(f"nothing is set aside under {record_id}: it never was, or it is settled")
    return there


def decoded(decoder: Decoder, record: Record) -> Json | None:
    """The event in plain form where the body can be read, whatever else is wrong with it."""
    try:
        type_, body = decoder.opened(record.value)
        return to_plain(type_, body)
    except (FaultError, ValueError, OverflowError, RegistryUnreachableError):
        return None


def corrected(plain: Any, record: Record, salt_key: bytes, now: datetime) -> Corrected:
    """A corrected event from its plain form, as an editor wrote it. It takes the number of the record that it is for,
    gets an id of its own, and is checked as a publisher's event is. Raises NotUnderstood with what is wrong.
    """
    if not isinstance(plain, dict) or not isinstance(plain.get("envelope"), dict):
        raise NotUnderstood("the corrected event is one JSON object with type and envelope")
    envelope = {"source": record.source or "", **plain["envelope"]}
    envelope |= {
        "event_id": str(UUID(int=0)),
        "source_epoch": record.source_epoch or envelope.get("source_epoch", 1),
        "source_seq": record.source_seq or envelope.get("source_seq", 1),
        "recorded_at": now.isoformat(),
        "supersedes": None,
    }
    try:
        type_, made = from_plain({**plain, "envelope": envelope})
        made = complete(type_, made, salt_key)
        content = orjson.dumps(to_plain(type_, made) | {"envelope": None}, option=orjson.OPT_SORT_KEYS)
        made["envelope"]["event_id"] = uuid5(_NAMESPACE, f"{record.id} {content.decode()}")
        topic = record.topic if type_ == "common.Retracted" else CATALOGUE[type_].topic
        event = _as_hub(type_, made, topic)
    except FaultError as fault:
        raise NotUnderstood(f"{fault.reason}: {fault.detail}") from fault
    except Refused as refused:
        raise NotUnderstood(f"{refused.reason}: {refused.detail}") from refused
    return Corrected(type_, made, topic, event.anchor)


def preview(reader: Reader, record: Record, change: Corrected | None, now: datetime) -> list[Json]:
    """What the repair would change: file -> each place before and after. `change` None: the record is discarded."""
    event = None
    touched = {record.anchor} if record.anchor else set()
    if change is not None:
        event = _as_hub(change.type, change.record, change.topic)._replace(supersedes=record.id)
        touched |= {event.anchor, *event.claims}
    rows, broken = reader.rows_around(touched)
    added = [] if event is None else [Known(event, change.topic if change else record.topic, True)]
    if event is None:
        added = [Known(_discard(record, now), "hub.repairs", True)]
    before, after = whole(rows, broken), whole([*rows, *added], broken)
    roots = sorted({root for side in (before, after) for one in touched for root in side.roots.get(one, ())})
    roots = sorted({*roots, *_all_roots(before, touched), *_all_roots(after, touched)})
    told = []
    for root in roots:
        places = differences(_document(before, root), _document(after, root))
        if places:
            told.append({"file": root, "changes": [place._asdict() for place in places]})
    return told


def proposals(reader: Reader, target: UUID | None = None) -> list[Json]:
    """Repairs that were proposed, for one record or for all, oldest first."""
    told = []
    for event_id in quarantine.proposals(reader.conn):
        for one in reader.event(event_id):
            body = one.event.body
            if one.effective and (target is None or body["target"] == str(target)):
                told.append(
                    {
                        "id": str(event_id),
                        "target": body["target"],
                        "action": "REPLACE" if body["corrected_value"] else "DISCARD",
                        "reason": body["reason"],
                        "proposed_by": body["proposed_by"],
                        "proposed_at": one.event.recorded_at.isoformat(),
                    }
                )
    return told


def proposal(reader: Reader, event_id: UUID) -> Event:
    """The proposal of an id. Raises NotFound."""
    for one in reader.event(event_id):
        if one.event.type == "hub.RepairProposed" and one.effective:
            return one.event
    raise NotFound(f"{event_id} is no repair that was proposed")


def proposed_change(proposed: Event, schemas: SchemasById) -> Corrected | None:
    """The corrected event inside a proposal; None where it proposes to discard. Raises NotUnderstood."""
    body = proposed.body
    if not body["corrected_value"]:
        return None
    try:
        event = Decoder(schemas).decode(
            body["corrected_topic"], body["corrected_key"].encode(), body["corrected_value"]
        )
    except Refused as refused:
        raise NotUnderstood(f"what was proposed cannot be read any more: {refused}") from refused
    return Corrected(event.type, event.body, body["corrected_topic"], body["corrected_key"])


def _group(group: Group) -> Json:
    return {
        "reason": group.reason,
        "meaning": meaning(group.reason),
        "meaning_hi": meaning_hindi(group.reason),
        "source": group.source,
        "topic": group.topic,
        "type": group.type,
        "records": group.records,
        "copies": group.copies,
        "first_seen": group.first_seen,
        "last_seen": group.last_seen,
    }


def _head(one: Record) -> Json:
    return {
        "id": str(one.id),
        "reason": one.reason,
        "meaning": meaning(one.reason),
        "meaning_hi": meaning_hindi(one.reason),
        "detail": one.detail,
        "topic": one.topic,
        "type": one.type,
        "source": one.source,
        "source_epoch": one.source_epoch,
        "source_seq": one.source_seq,
        "anchor": one.anchor,
        "first_seen": one.known_at,
        "copies": one.copies,
    }


def _text(key: bytes | None) -> str | None:
    return None if key is None else key.decode("utf-8", "backslashreplace")


def _as_hub(type_: str, record: Json, topic: str) -> Event:
    """The event as the hub would read it. Raises Refused."""
    table: SchemaTable = table_of_all()
    message = Encoder(table.id_of).encode(type_, record)
    return Decoder(table).decode(topic, message.key, message.value, message.headers)


def _discard(record: Record, now: datetime) -> Event:
    anchor = record.anchor or "SOURCE:hub.review~REPAIRS"
    kind, _, value = anchor.partition(":")
    body = {
        "envelope": {
            "event_id": uuid5(_NAMESPACE, f"{record.id} discard"), "source": "hub.review/REPAIRS", "source_epoch": 1,
            "source_seq": 1, "source_record": f"discard/{record.id}", "occurred_at": now,
            "occurred_precision": "INSTANT", "recorded_at": now, "anchor": {"kind": kind, "value": value},
            "claims": [], "supersedes": None,
            "sensitivity": "NORMAL", "actor": None,
        },
        "target": str(record.id), "reason": "",
        "proposed_by": {"kind": "A", "code": "A", "district": ""},
        "approved_by": {"kind": "B", "code": "B", "district": ""},
    }  # fmt: skip
    return _as_hub("hub.EventDiscarded", body, "hub.repairs")._replace(supersedes=record.id)


def _document(state: Whole, root: str) -> Any:
    found = state.file(root)
    return None if found is None else orjson.loads(dump(found)[0])


def _all_roots(state: Whole, touched: set[str]) -> set[str]:
    return {root for root, given in state.inputs.items() if not touched.isdisjoint(given.identifiers)}
