"""Records that no hub can read or may accept: what broken publishers send beside good events.

Each is made of a good event, so that it stands under the key of a file that exists, and comes from a source of its
own (`police.broken/…`), so that the good sources' numbers stay gapless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from random import Random
from typing import NamedTuple
from uuid import UUID

from connectors.publisher import topic_of
from ops.simulate.rows import Json
from schemas.codec import Encoder

UNKNOWN_SCHEMA = 2_000_000_000


class Raw(NamedTuple):
    """Bytes for Kafka. `kind` says what is wrong."""

    kind: str
    topic: str
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


Spoiler = Callable[[Json], None]


def _identifier(record: Json) -> None:
    record["envelope"]["claims"] = [{"kind": "FIR", "value": "F.I.R. 12 / 2025"}]


def _dates(record: Json) -> None:
    record["envelope"]["occurred_at"] = datetime(1821, 1, 1, tzinfo=UTC)


def _nul(record: Json) -> None:
    record["envelope"]["source_record"] += "\0"


def _long(record: Json) -> None:
    record["envelope"]["source_record"] = "x" * 1_000_000


def _claim(record: Json) -> None:
    record["envelope"]["claims"] = [{"kind": "FSL_NO", "value": "BR-FSLPAT-2025-00123"}]


def _foreign(record: Json) -> None:
    # Well formed: only the ledger can see that it corrects another source's event.
    record["envelope"]["supersedes"] = str(record["envelope"]["event_id"])


_IN_THE_RECORD: dict[str, Spoiler] = {
    "INVALID_IDENTIFIER": _identifier,
    "ABSURD_DATE": _dates,
    "NUL_IN_TEXT": _nul,
    "LONG_TEXT": _long,
    "CLAIM_NOT_ALLOWED": _claim,
    "FOREIGN_CORRECTION": _foreign,
}
_IN_THE_BYTES = ("NO_AVRO", "UNKNOWN_SCHEMA", "TRUNCATED", "OVERLONG", "WRONG_TOPIC", "WRONG_KEY", "EMPTY")
KINDS = (*_IN_THE_BYTES, *_IN_THE_RECORD)


def malformed(
    events: Iterable[tuple[str, Json]], encoder: Encoder, seed: int, rate: float
) -> Iterator[tuple[str, Json] | Raw]:
    """The events as they come and, after that share of them, a record made of the last one and broken, kind by kind."""
    rng = Random(f"{seed}/malformed")
    numbers: dict[str, int] = {}
    kinds = 0
    for event, record in events:
        yield event, record
        if rng.random() < rate:
            yield _broken(KINDS[kinds % len(KINDS)], event, record, encoder, rng, numbers)
            kinds += 1


def _broken(
    kind: str, event: str, record: Json, encoder: Encoder, rng: Random, numbers: dict[str, int]
) -> Raw:
    topic = topic_of(event, record)
    bad = deepcopy(record)
    envelope = bad["envelope"]
    source = f"{envelope['source'].partition('.')[0]}.broken/1"
    numbers[source] = numbers.get(source, 0) + 1
    spoil = _IN_THE_RECORD.get(kind)
    if spoil is not None:
        spoil(bad)
    envelope |= {
        "event_id": UUID(int=rng.getrandbits(128), version=4), "source": source, "source_epoch": 1,
        "source_seq": numbers[source],
    }  # fmt: skip
    key, value, headers = encoder.encode(event, bad)
    if kind == "NO_AVRO":
        value = b"\x00" + value[1:5] + rng.randbytes(40)
    elif kind == "UNKNOWN_SCHEMA":
        value = b"\x00" + UNKNOWN_SCHEMA.to_bytes(4) + value[5:]
    elif kind == "TRUNCATED":
        value = value[: len(value) * 2 // 3]
    elif kind == "OVERLONG":
        value += b"\x00\x00"
    elif kind == "WRONG_TOPIC":
        topic = "excise.events"
    elif kind == "WRONG_KEY":
        key += b"9"
    elif kind == "EMPTY":
        value = b""
    return Raw(kind, topic, key, value, headers)
