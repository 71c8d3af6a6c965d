"""The sort key of an event as bytes that compare as the key does, for a column and for one comparison."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

from schemas.event import Event

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BIAS = 1 << 63
_PACK = struct.Struct(">QBQ").pack


def order_bytes(event: Event) -> bytes:
    """33 bytes: the instant (biased, so that days before 1970 sort first), department, source sequence, event id."""
    instant, department, seq, event_id = event.sort_key
    return _PACK((instant - _EPOCH) // _MICROSECOND + _BIAS, department, seq) + event_id.bytes
