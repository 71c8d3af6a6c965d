"""The way in and out of Kafka: Confluent wire format (0x00, schema id, Avro body) and CloudEvents headers.

The decoder gives a valid event or says why there is none. A record written with another version of its schema
is read as ours, by Avro's resolution; one with our own is read without that cost.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from fastavro import parse_schema, schemaless_reader, schemaless_writer
from fastavro.schema import to_parsing_canonical_form
from fastavro.types import Schema

from schemas import headers as cloud
from schemas.catalogue import CATALOGUE
from schemas.content import digest_of
from schemas.event import Event, event_id_of, sort_key
from schemas.identifiers import text_of
from schemas.loader import NAMESPACE, schema_of
from schemas.reader import Reader, reader_of
from schemas.reasons import FaultError, Reason
from schemas.validate import check
from schemas.writer import Writer, writer_of
from schemas.writers import SchemasById, fingerprint

_FRAME: Final = 5  # magic byte and schema id
_DATES: Final = ("date", "timestamp-micros")
# What cannot be decoded has no id of its own: it gets one of topic, key and value under this name space.
_NO_ID: Final = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


class Refused(Exception):
    """A record that is no valid event, with all that could still be read of it.

    `event_id` is the event's own where it could be read, in the body or a header; else UUIDv5 of topic, key
    and value. `source` is "" and the numbers are 0 where unknown. `key` is the record's key as text.
    """

    def __init__(self, fault: FaultError, type_: str, named: _Named) -> None:
        super().__init__(f"{fault.reason}: {fault.detail}")
        self.reason = fault.reason
        self.detail = fault.detail
        self.type = type_
        self.event_id = named.event_id
        self.source = named.source
        self.source_epoch = named.source_epoch
        self.source_seq = named.source_seq
        self.key = named.key


class _Named(NamedTuple):
    event_id: UUID
    source: str
    source_epoch: int
    source_seq: int
    key: str


class _Writer(NamedTuple):
    """How records of one schema id are read."""

    type: str
    read: Reader
    fingerprint: bytes
    text: str


class Decoder:
    """Decodes records. `schemas_by_id` is asked once for each schema id that it knows.

    It may raise SchemaNotFoundError, then the record is refused (and asked for again the next time), or
    RegistryUnreachableError, which goes through to the caller: nothing is known about the record then.
    """

    def __init__(self, schemas_by_id: SchemasById) -> None:
        self._schemas_by_id = schemas_by_id
        self._writers: dict[int, _Writer] = {}
        self._marked: dict[bytes, _Writer] = {}

    def learn(self, text: str) -> bytes:
        """Get to know a writer's schema from its text; returns its fingerprint. Raises FaultError for a foreign one."""
        writer = _writer(text)
        self._marked[writer.fingerprint] = writer
        return writer.fingerprint

    def meet(self, schema_id: int, text: str) -> None:
        """Take in a schema before the first record that needs it comes; one that is no event's is left alone."""
        with contextlib.suppress(FaultError):
            writer = self._writers[schema_id] = _writer(text)
            self._marked[writer.fingerprint] = writer

    def learnt(self) -> dict[bytes, str]:
        """Fingerprint -> text of every writer's schema met so far."""
        return {mark: writer.text for mark, writer in self._marked.items()}

    def body(self, mark: bytes, value: bytes) -> dict[str, Any]:
        """The record in a value that was accepted before, by its writer's fingerprint; whatever the
        registry's ids are by now. Raises KeyError when no schema of this fingerprint was met or learnt."""
        return _read(value, self._marked[mark])

    def opened(self, value: bytes | None) -> tuple[str, dict[str, Any]]:
        """The type and the record in a value, unchecked: for a look at what was refused.

        Raises FaultError where not even that can be read, and RegistryUnreachableError.
        """
        writer = self._writer_of(value)
        return writer.type, _read(value or b"", writer)

    def decode(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        headers: Iterable[tuple[str, bytes | None]] | None = None,
    ) -> Event:
        """The event in a Kafka record. Raises Refused, or RegistryUnreachableError."""
        writer: _Writer | None = None
        body: dict[str, Any] | None = None
        try:
            writer = self._writer_of(value)
            body = _read(value or b"", writer)
            return _event(topic, key, body, writer)
        except FaultError as fault:
            type_ = writer.type if writer else ""
            raise Refused(fault, type_, _named(topic, key, value, headers, body)) from None

    def _writer_of(self, value: bytes | None) -> _Writer:
        if value is None or len(value) <= _FRAME or value[0] != 0:
            raise FaultError(Reason.NOT_FRAMED, "expected a zero byte, four bytes of schema id and a body")
        schema_id = int.from_bytes(value[1:_FRAME])
        writer = self._writers.get(schema_id)
        if writer is None:
            try:
                text = self._schemas_by_id(schema_id)
            except LookupError:
                raise FaultError(Reason.SCHEMA_NOT_FOUND, f"no schema has the id {schema_id}") from None
            writer = self._writers[schema_id] = _writer(text)
            self._marked[writer.fingerprint] = writer
        return writer


def _writer(text: str) -> _Writer:
    try:
        described = json.loads(text)
        parsed = parse_schema(described)
        name = parsed["name"] if isinstance(parsed, dict) else ""
        mark = fingerprint(text)
    except Exception as error:  # whatever a foreign text makes the parser raise
        raise FaultError(Reason.SCHEMA_UNREADABLE, f"no Avro schema: {type(error).__name__}") from None
    event = name.removeprefix(NAMESPACE)
    if not name.startswith(NAMESPACE) or event not in CATALOGUE:
        raise FaultError(Reason.TYPE_UNKNOWN, "the schema's record is no event of the catalogue")
    ours = parse_schema(schema_of(event))
    if to_parsing_canonical_form(parsed) == to_parsing_canonical_form(ours):
        # The same bytes mean the same: read as ours, with our logical types, and without resolution.
        return _Writer(event, reader_of(event), mark, text)
    return _Writer(event, _resolving(parsed, ours), mark, text)


def _resolving(written: Schema, ours: Schema) -> Reader:
    """Reads what another version wrote, as ours."""

    def read(value: bytes, start: int) -> tuple[dict[str, Any], int]:
        stream = BytesIO(value)
        stream.seek(start)
        body: Any = schemaless_reader(stream, written, ours)
        return body, stream.tell()

    return read


def _read(value: bytes, writer: _Writer) -> dict[str, Any]:
    try:
        body, end = writer.read(value, _FRAME)
    except MemoryError:
        raise
    except Exception as error:  # foreign bytes make a reader raise many kinds
        if _fits_without_dates(value, writer):
            raise FaultError(Reason.DATE_ABSURD, "a date lies beyond any calendar") from None
        raise FaultError(
            Reason.MALFORMED, f"the body does not fit its schema: {type(error).__name__}"
        ) from None
    if end != len(value):
        raise FaultError(Reason.MALFORMED, "the body is shorter than it says, or followed by further bytes")
    return body


def _fits_without_dates(value: bytes, writer: _Writer) -> bool:
    stream = BytesIO(value)
    stream.seek(_FRAME)
    try:
        schemaless_reader(stream, _dateless(writer.text), None)
    except Exception:
        return False
    return stream.tell() == len(value)


@cache
def _dateless(text: str) -> Schema:
    """A writer's schema in which moments and dates are the numbers that they are written as."""
    return parse_schema(_without_dates(json.loads(text)))


def _without_dates(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            name: _without_dates(inner)
            for name, inner in node.items()
            if not (name == "logicalType" and inner in _DATES)
        }
    return [_without_dates(inner) for inner in node] if isinstance(node, list) else node


def _event(topic: str, key: bytes | None, body: dict[str, Any], writer: _Writer) -> Event:
    event, envelope = writer.type, body["envelope"]
    if topic not in CATALOGUE[event].topics:
        raise FaultError(Reason.WRONG_TOPIC, f"{event} does not stand on this topic")
    checked = check(event, body)
    if key != checked.anchor.encode():
        raise FaultError(Reason.KEY_MISMATCH, "the key must be the canonical text of envelope.anchor")
    return Event(
        event,
        envelope["event_id"],
        digest_of(event, body),
        checked.anchor,
        checked.claims,
        checked.supersedes,
        envelope["source"],
        envelope["source_epoch"],
        envelope["source_seq"],
        envelope["source_record"],
        envelope["occurred_at"],
        envelope["recorded_at"],
        sort_key(event, topic, envelope),
        writer.fingerprint,
        body,
    )


def _named(
    topic: str,
    key: bytes | None,
    value: bytes | None,
    headers: Iterable[tuple[str, bytes | None]] | None,
    body: dict[str, Any] | None,
) -> _Named:
    key_text = (key or b"").decode(errors="replace")
    if body is not None:
        envelope = body["envelope"]
        numbers = envelope["source_epoch"], envelope["source_seq"]
        return _Named(envelope["event_id"], envelope["source"], *numbers, key_text)
    found = cloud.read_headers(headers)
    event_id = event_id_of(found.get(cloud.ID, "")) or undecodable_id(topic, key, value)
    source = found.get(cloud.SOURCE, "")
    return _Named(event_id, source, _number(found, cloud.EPOCH), _number(found, cloud.SEQ), key_text)


def _number(found: dict[str, str], name: str) -> int:
    text = found.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def undecodable_id(topic: str, key: bytes | None, value: bytes | None) -> UUID:
    """The id under which a record that has none is set aside: the same record always gets the same."""
    parts = (topic.encode(), key or b"", value or b"")
    return uuid5(_NO_ID, "/".join(f"{len(part)}:{part.hex()}" for part in parts))


class Message(NamedTuple):
    """A record for Kafka."""

    key: bytes
    value: bytes
    headers: cloud.Headers


class Encoder:
    """Encodes events with our schemas. `id_of` gives the registry's id of an event type's schema."""

    def __init__(self, id_of: Callable[[str], int]) -> None:
        self._id_of = id_of
        self._frames: dict[str, tuple[bytes, Writer]] = {}

    def encode(self, event: str, record: dict[str, Any], traceparent: str | None = None) -> Message:
        """Key, value and headers of a complete record.

        Raises ValueError, TypeError or OverflowError where the record does not fit the schema;
        `validate.check` is the caller's.
        """
        frame, write = self._of(event)
        value = bytearray(frame)
        try:
            write(record, value)
        except (LookupError, ValueError, TypeError, AttributeError):
            # Not complete, or it does not fit: fastavro fills what has a default, or says what is wrong.
            value = bytearray(frame) + _by_fastavro(event, record)
        envelope = record["envelope"]
        return Message(
            text_of(envelope["anchor"]).encode(),
            bytes(value),
            cloud.headers_of(event, envelope, traceparent),
        )

    def frame(self, event: str) -> bytes:
        """What stands before the body of every event of this type: the magic byte and the schema's id."""
        return self._of(event)[0]

    def _of(self, event: str) -> tuple[bytes, Writer]:
        if event not in self._frames:
            self._frames[event] = b"\x00" + self._id_of(event).to_bytes(4), writer_of(event)
        return self._frames[event]


def _by_fastavro(event: str, record: dict[str, Any]) -> bytes:
    stream = BytesIO()
    schemaless_writer(stream, parse_schema(schema_of(event)), record, strict_allow_default=True)
    return stream.getvalue()
