"""Kafka headers of an event: CloudEvents 1.0 in binary mode, and a W3C trace context.

They repeat what the body says, so that a record whose body cannot be read can still be named.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

Headers = list[tuple[str, bytes]]

ID: Final = "ce_id"
TYPE: Final = "ce_type"
SOURCE: Final = "ce_source"
EPOCH: Final = "ce_sourceepoch"
SEQ: Final = "ce_sourceseq"
# What the headers repeat of the envelope: it can be made anew from the body.
REPEATED: Final = frozenset({"ce_specversion", ID, TYPE, SOURCE, "ce_time", "content-type", EPOCH, SEQ})


def headers_of(event: str, envelope: dict[str, Any], traceparent: str | None = None) -> Headers:
    """The headers of an event; without a trace to continue, the event's id starts one of its own."""
    event_id = envelope["event_id"]
    trace = traceparent or f"00-{event_id.hex}-{event_id.hex[16:]}-01"
    pairs = (
        ("ce_specversion", "1.0"),
        (ID, str(event_id)),
        (TYPE, "sangam." + event),
        (SOURCE, envelope["source"]),
        ("ce_time", envelope["occurred_at"].isoformat()),
        ("content-type", "application/avro"),
        (EPOCH, str(envelope["source_epoch"])),
        (SEQ, str(envelope["source_seq"])),
        ("traceparent", trace),
    )
    return [(name, value.encode()) for name, value in pairs]


def read_headers(headers: Iterable[tuple[str, bytes | None]] | None) -> dict[str, str]:
    """The headers by name, as text; what is no UTF-8 is left out, the last of one name counts."""
    found: dict[str, str] = {}
    for name, value in headers or ():
        try:
            found[name] = (value or b"").decode()
        except UnicodeDecodeError:
            continue
    return found
