"""An event ready to be kept: complete, checked, with its topic and its content digest, and lacking only its number."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from connectors.publisher import topic_of
from schemas.complete import claim_and_salt, complete
from schemas.content import digest_of
from schemas.plain import from_plain
from schemas.reasons import FaultError, Reason
from schemas.validate import check
from schemas.windows import source_identifier
from schemas.writer import writer_of

Record = dict[str, Any]

LARGEST: Final = 900_000
"""Bytes of an encoded event: below the broker's limit of a megabyte, with room for its headers."""
_DERIVED: Final = uuid5(NAMESPACE_URL, "sangam/event")
NO_ID: Final = UUID(int=0)
"""Of an event that is to have a derived id."""


class Draft(NamedTuple):
    """An event that may be kept. `numbered`: its source gives the numbers itself, and has given this one."""

    type: str
    record: Record
    digest: bytes
    topic: str
    numbered: bool

    @property
    def event_id(self) -> UUID:
        """The event's id."""
        event_id: UUID = self.record["envelope"]["event_id"]
        return event_id


def derived_id(source: str, source_record: str, digest: bytes) -> UUID:
    """The id of an event whose source gives it none: of its source, its row and its content, so that the same row
    sent again is the same event. The content digest does not cover the id."""
    return uuid5(_DERIVED, f"{source}\n{source_record}\n{digest.hex()}")


def draft(event: str, record: Record, salt_key: bytes, numbered: bool = False) -> Draft:
    """An event completed and checked. An id of zeroes is replaced by the derived one.

    Raises FaultError with what is wrong: nothing of the event has got a number then.
    """
    return _checked(event, complete(event, record, salt_key), numbered)


def _checked(event: str, record: Record, numbered: bool) -> Draft:
    envelope = record["envelope"]
    source_identifier(envelope["source"])
    topic = topic_of(event, record)
    check(event, record)
    digest = digest_of(event, record)
    if envelope["event_id"] == NO_ID:
        envelope["event_id"] = derived_id(envelope["source"], envelope["source_record"], digest)
    body = bytearray()
    try:
        writer_of(event)(record, body)
    except (LookupError, ValueError, TypeError, AttributeError, OverflowError) as error:
        detail = f"the record does not fit its schema: {type(error).__name__}"
        raise FaultError(Reason.MALFORMED, detail) from None
    if len(body) > LARGEST:
        raise FaultError(Reason.TEXT_TOO_LONG, f"the event is larger than {LARGEST:,} bytes")
    return Draft(event, record, digest, topic, numbered)


def draft_of_plain(line: Any, salt_key: bytes, numbered: bool = False) -> Draft:
    """The draft of an event in plain form (schemas/plain.py), as parsed from JSON.

    `event_id` may be left out, and, unless `numbered`, `source_seq` must be. Raises FaultError.
    """
    if isinstance(line, dict) and isinstance(envelope := line.get("envelope"), dict):
        if numbered != ("source_seq" in envelope):
            raise FaultError(Reason.PLAIN_INVALID, _NUMBERED if numbered else _NOT_NUMBERED)
        if not numbered and "source_epoch" in envelope:
            raise FaultError(Reason.PLAIN_INVALID, _NOT_NUMBERED)
        # Placeholders: the plain form has no event without them.
        line = line | {"envelope": {"source_seq": 1, "event_id": str(NO_ID)} | envelope}
    event, record = from_plain(line)
    claim_and_salt(event, record, salt_key)
    return _checked(event, record, numbered)


_NUMBERED: Final = "envelope.source_seq: this source numbers its events itself, from 1 without a gap"
_NOT_NUMBERED: Final = (
    "envelope.source_seq and source_epoch: leave them out, the numbers of this source are given here"
)
