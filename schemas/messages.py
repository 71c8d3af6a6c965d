"""The hub's own messages: their topics, and how they are written and read.

What the hub sends (the status of an accused, alarms, receipts, the record of reads) is no event: nobody's record, in
no ledger, never projected. So messages have a catalogue of their own. Their first field is the `message` instead of
an envelope: identity, key, place among the messages of that key, and what it replaces.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final, NamedTuple

from fastavro import parse_schema, schemaless_reader, schemaless_writer
from fastavro.types import Schema

from schemas import headers
from schemas.loader import NAMESPACE, message_names, schema_of
from schemas.topics import ACCESS, ALARMS, CASE_STATUS, RECEIPTS

# Message -> the topic on which it stands.
MESSAGES: Final[dict[str, str]] = {
    "hub.CaseStatus": CASE_STATUS,
    "hub.AlarmRaised": ALARMS,
    "hub.AlarmMoved": ALARMS,
    "hub.AlarmCleared": ALARMS,
    "hub.EventProjected": RECEIPTS,
    "hub.EventRejected": RECEIPTS,
    "hub.RecordRead": ACCESS,
    "hub.RecordExported": ACCESS,
    "hub.AccessDenied": ACCESS,
    "hub.EmergencyAccess": ACCESS,
    "hub.RecordSealed": ACCESS,
    "hub.AuditCheckpoint": ACCESS,
}
SOURCE: Final = "hub/outbox"
_FRAME: Final = 5


class Sent(NamedTuple):
    """A message as it stands in Kafka."""

    key: bytes
    value: bytes
    headers: headers.Headers


class MessageError(ValueError):
    """A record on one of the hub's topics is none of its messages."""


class MessageWriter:
    """Writes messages with our schemas. `id_of` gives the registry's id of a message's schema."""

    def __init__(self, id_of: Callable[[str], int]) -> None:
        self._id_of = id_of
        self._schemas: dict[str, tuple[bytes, Schema]] = {}

    def write(self, name: str, record: dict[str, Any]) -> Sent:
        """Key, value and headers. What the record leaves out has its default; ValueError where it does not fit."""
        if name not in self._schemas:
            frame = b"\x00" + self._id_of(name).to_bytes(4)
            self._schemas[name] = frame, parse_schema(schema_of(name))
        frame, schema = self._schemas[name]
        stream = BytesIO()
        stream.write(frame)
        schemaless_writer(stream, schema, record, strict_allow_default=True)
        message = record["message"]
        pairs = (
            ("ce_specversion", "1.0"),
            (headers.ID, str(message["message_id"])),
            (headers.TYPE, NAMESPACE + name),
            (headers.SOURCE, SOURCE),
            ("ce_time", message["sent_at"].isoformat()),
            ("content-type", "application/avro"),
        )
        return Sent(message["key"].encode(), stream.getvalue(), [(n, v.encode()) for n, v in pairs])


class MessageReader:
    """Reads messages, whichever version of its schema wrote them. `text_of` gives a schema's text by its id."""

    def __init__(self, text_of: Callable[[int], str]) -> None:
        self._text_of = text_of
        self._schemas: dict[int, tuple[str, Schema, Schema]] = {}

    def read(self, value: bytes) -> tuple[str, dict[str, Any]]:
        """The message's name and its record as our schema has it. Raises MessageError."""
        if len(value) <= _FRAME or value[0] != 0:
            raise MessageError("expected a zero byte, four bytes of schema id and a body")
        schema_id = int.from_bytes(value[1:_FRAME])
        if schema_id not in self._schemas:
            self._schemas[schema_id] = _schemas(self._text_of(schema_id))
        name, written, ours = self._schemas[schema_id]
        stream = BytesIO(value)
        stream.seek(_FRAME)
        try:
            record: Any = schemaless_reader(stream, written, ours)
        except Exception as error:  # foreign bytes make a reader raise many kinds
            raise MessageError(f"the body does not fit its schema: {type(error).__name__}") from None
        return name, record


def _schemas(text: str) -> tuple[str, Schema, Schema]:
    written = parse_schema(json.loads(text))
    full = written["name"] if isinstance(written, dict) else ""
    name = full.removeprefix(NAMESPACE)
    if name not in message_names():
        raise MessageError("the schema's record is no message of the hub")
    return name, written, parse_schema(schema_of(name))
