"""From raw records to arrivals, and from ledger rows back to events: all that the store knows of the contract.

`take` is pure but for the decoder's look into the registry, once per schema id.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from psycopg import Cursor

from projections.reasons import HubReason
from projections.store.aside import Aside
from projections.store.entries import Arrival, Entry
from projections.store.ports import RawRecord
from schemas.codec import Decoder, Refused
from schemas.event import Event, sort_key
from schemas.headers import REPEATED
from schemas.identifiers import is_canonical
from schemas.reasons import Reason

KEPT_DECODED = 12_000
"""How many decoded events a worker keeps: some 40 MB."""

Cur = Cursor[Any]


class Intake:
    """One worker's reading of records. `schema_of_mark` reads a writer's schema that the ledger kept."""

    def __init__(self, decoder: Decoder, schema_of_mark: Callable[[bytes], str]) -> None:
        self._decoder = decoder
        self._schema_of_mark = schema_of_mark
        self._decoded: OrderedDict[tuple[UUID, bytes], Event] = OrderedDict()
        self._kept: set[bytes] = set()
        self._keeping: set[bytes] = set()

    def take(self, raw: RawRecord) -> tuple[Arrival, ...] | Aside:
        """What a record comes to: its event (and the corrected one inside an approved repair), or why not.

        Raises schemas.writers.RegistryUnreachableError: nothing is known about the record then.
        """
        try:
            event = self._decoder.decode(raw.topic, raw.key, raw.value, raw.headers)
            if event.type == "hub.RepairApproved":
                return self._repair(event, raw)
            if event.type == "hub.EventDiscarded":
                # It takes back its target as a retraction does, with the authority of a repair.
                event = event._replace(supersedes=UUID(event.body["target"]))
                return (_arrival(event, raw, repair=True),)
        except Refused as refused:
            return _aside(refused, raw)
        self._keep(event)
        return (_arrival(event, raw),)

    def meet(self, schema_id: int, text: str) -> None:
        """Get to know a writer's schema before a record of it is read."""
        self._decoder.meet(schema_id, text)

    def _repair(self, approval: Event, raw: RawRecord) -> tuple[Arrival, ...] | Aside:
        """The approval, and the corrected event that it carries; an approval of something unsound is set aside."""
        body = approval.body
        key, value = body["corrected_key"].encode(), body["corrected_value"]
        approved = _arrival(approval, raw, repair=True)
        try:
            corrected = self._decoder.decode(body["corrected_topic"], key, value, ())
        except Refused as refused:
            return self.refused(approved, refused.reason, f"the corrected event: {refused.detail}")
        corrected = corrected._replace(supersedes=UUID(body["target"]))
        inner = raw._replace(topic=body["corrected_topic"], key=key, value=value, headers=())
        return (approved, _arrival(corrected, inner, repair=True))

    def refused(self, arrival: Arrival, reason: HubReason | Reason, detail: str) -> Aside:
        """An event that was sound by itself, set aside all the same."""
        e = arrival.event
        raw = RawRecord(arrival.topic, 0, 0, 0, arrival.key, arrival.value, ())
        return Aside(
            raw, e.event_id, str(reason), detail, arrival.known_at, e.type, e.source, e.source_epoch, e.source_seq,
            e.anchor,
        )  # fmt: skip

    def revive(self, entry: Entry) -> Event:
        """A ledger row as the event that it was, with the times that its copies came to.

        The events last met are kept decoded: a late event, or a new link, has its file folded from the start, and
        most of the file's other events came not long ago.
        """
        event = self._decoded.get((entry.event_id, entry.digest))
        if event is None:
            event = self._read(entry)
            self._keep(event)
        elif (event.recorded_at, event.source_epoch, event.source_seq) != (
            entry.recorded_at,
            entry.source_epoch,
            entry.source_seq,
        ) or event.supersedes != entry.supersedes:
            return self._read(entry)
        return event

    def _keep(self, event: Event) -> None:
        self._decoded[event.event_id, event.digest] = event
        if len(self._decoded) > KEPT_DECODED:
            self._decoded.popitem(last=False)

    def _read(self, entry: Entry) -> Event:
        try:
            body = self._decoder.body(entry.fingerprint, entry.value)
        except KeyError:
            self._decoder.learn(self._schema_of_mark(entry.fingerprint))
            body = self._decoder.body(entry.fingerprint, entry.value)
        envelope = body["envelope"]
        envelope["recorded_at"] = entry.recorded_at
        envelope["source_epoch"], envelope["source_seq"] = entry.source_epoch, entry.source_seq
        return Event(
            entry.type, entry.event_id, entry.digest, entry.anchor, tuple(entry.claims), entry.supersedes,
            entry.source, entry.source_epoch, entry.source_seq, entry.source_record, envelope["occurred_at"],
            entry.recorded_at, sort_key(entry.type, entry.topic, envelope), entry.fingerprint, body,
        )  # fmt: skip

    def keep_schemas(self, cur: Cur) -> None:
        """Store the writers' schemas met since, so that the ledger can be read when the registry is lost."""
        for mark, text in self._decoder.learnt().items():
            if mark not in self._kept:
                cur.execute(
                    "INSERT INTO writer_schema (fingerprint, schema) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                    (mark, text),
                )
                self._keeping.add(mark)

    def committed(self) -> None:
        """The transaction of the last `keep_schemas` is committed."""
        self._kept |= self._keeping
        self._keeping.clear()


def _arrival(event: Event, raw: RawRecord, *, repair: bool = False) -> Arrival:
    return Arrival(
        event=event,
        topic=raw.topic,
        key=raw.key,
        value=raw.value or b"",
        headers=_headers(raw),
        known_at=_known_at(raw),
        repair=repair,
    )


def _headers(raw: RawRecord) -> bytes:
    rest = [
        [name, value.decode("utf-8", "backslashreplace") if value is not None else None]
        for name, value in raw.headers
        if name not in REPEATED
    ]
    return orjson.dumps(rest)


def _known_at(raw: RawRecord) -> datetime:
    """When the hub first knew: the broker's append time, which no publisher can set."""
    return datetime.fromtimestamp(raw.timestamp_ms / 1000, UTC)


def _aside(refused: Refused, raw: RawRecord) -> Aside:
    kind, _, value = refused.key.partition(":")
    # From a header, perhaps: a NUL there would be one more text that the database cannot keep.
    source = refused.source.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return Aside(
        raw, refused.event_id, str(refused.reason), refused.detail, _known_at(raw), refused.type or None,
        source or None, refused.source_epoch or None, refused.source_seq or None,
        refused.key if is_canonical(kind, value) else None,
    )  # fmt: skip
