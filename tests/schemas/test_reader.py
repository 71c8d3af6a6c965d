"""Our reader of Avro bodies gives what fastavro gives, and is no looser with foreign bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import fastavro
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.catalogue import CATALOGUE
from schemas.codec import Encoder
from schemas.loader import schema_of
from schemas.reader import reader_of
from schemas.writers import table_of_all
from tests.schemas.samples import A1, FIR, any_event, sample

ENCODER = Encoder(table_of_all().id_of)
PARSED = {event: fastavro.parse_schema(schema_of(event)) for event in CATALOGUE}
HEARD = "court.HearingHeld"


def body_of(event: str, record: dict[str, Any]) -> bytes:
    return ENCODER.encode(event, record).value[5:]


def by_fastavro(event: str, body: bytes) -> Any:
    return fastavro.schemaless_reader(BytesIO(body), PARSED[event], None)


@given(any_event())
def test_it_reads_what_fastavro_reads(named: tuple[str, dict[str, Any]]) -> None:
    event, record = named
    body = body_of(event, record)
    assert reader_of(event)(body, 0) == (by_fastavro(event, body), len(body))
    assert reader_of(event)(b"frame" + body, 5) == (record, len(body) + 5)


@given(any_event(), st.data())
def test_what_it_makes_of_changed_bytes_fastavro_makes_too(
    named: tuple[str, dict[str, Any]], data: st.DataObject
) -> None:
    event, record = named
    body = bytearray(body_of(event, record))
    for _ in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        read, end = reader_of(event)(bytes(body), 0)
    except (ValueError, IndexError, OverflowError):
        return
    if end <= len(body):
        assert read == by_fastavro(event, bytes(body))


@pytest.mark.parametrize("length", [1, 63, 64, 127, 128, 8191, 8192, 20_000])
def test_texts_and_lists_of_every_size_of_length(length: int) -> None:
    record = sample(HEARD, stage="ज" * length, present=[{"ref": A1, "same_as": [A1] * length}])
    read, end = reader_of(HEARD)(body_of(HEARD, record), 0)
    assert read == record
    assert end == len(body_of(HEARD, record))


def test_a_list_in_blocks_with_their_sizes_is_read() -> None:
    """Some writers give a negative count and the block's size in bytes, so that a reader can skip it."""
    record = sample(HEARD, envelope={"claims": [FIR, {"kind": "FIR", "value": "BR-PATKOT-2025-0124"}]})
    body = body_of(HEARD, record)
    items = b"".join(
        bytes([len(text) * 2]) + text
        for claim in record["envelope"]["claims"]
        for text in (claim["kind"].encode(), claim["value"].encode())
    )
    whole = b"\x04" + items + b"\x00"
    half = len(items) // 2
    blocks = b"".join(b"\x01" + bytes([half * 2]) + part for part in (items[:half], items[half:])) + b"\x00"
    assert body.count(whole) == 1
    changed = body.replace(whole, blocks)
    assert by_fastavro(HEARD, changed) == record
    assert reader_of(HEARD)(changed, 0) == (record, len(changed))


# The body of prison.Returned ends: jail (text), cases (list), late (union of null and boolean).
@pytest.mark.parametrize(
    ("end", "why"),
    [
        (b"\x01\x00\x00", "a negative length"),
        (b"\xff" * 10 + b"\x01", "a number of more than 64 bits"),
        (b"\x00\x00\x04", "no branch"),
        (b"\x00\x00\x02\x02", "no boolean"),
    ],
)
def test_what_no_writer_writes_is_refused(end: bytes, why: str) -> None:
    body = body_of("prison.Returned", sample("prison.Returned"))
    assert body.endswith(b"\x00\x00\x00")
    with pytest.raises(ValueError, match=why):
        reader_of("prison.Returned")(body[:-3] + end, 0)


def test_a_long_list_that_is_not_there_takes_no_time_and_no_memory() -> None:
    body = body_of("prison.Returned", sample("prison.Returned"))
    with pytest.raises((ValueError, IndexError)):
        reader_of("prison.Returned")(body[:-3] + b"\x00" + b"\xfe" * 8 + b"\x7f", 0)
