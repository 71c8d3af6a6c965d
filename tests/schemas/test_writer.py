"""Our writer of Avro bodies writes what fastavro writes, and what does not fit it leaves to fastavro's verdict."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import fastavro
import pytest
from hypothesis import given

from schemas.catalogue import CATALOGUE
from schemas.codec import Encoder
from schemas.loader import schema_of
from schemas.writer import writer_of
from schemas.writers import table_of_all
from tests.schemas.samples import any_event, sample

PARSED = {event: fastavro.parse_schema(schema_of(event)) for event in CATALOGUE}
HEARD = "court.HearingHeld"


def by_fastavro(event: str, record: dict[str, Any]) -> bytes:
    stream = BytesIO()
    fastavro.schemaless_writer(stream, PARSED[event], record, strict=True)
    return stream.getvalue()


@given(any_event())
def test_it_writes_what_fastavro_writes(named: tuple[str, dict[str, Any]]) -> None:
    event, record = named
    body = bytearray()
    writer_of(event)(record, body)
    assert bytes(body) == by_fastavro(event, record)


@pytest.mark.parametrize("number", [0, 63, 64, -1, -64, -65, 2**31, -(2**63), 2**63 - 1])
def test_numbers_of_every_length(number: int) -> None:
    record = sample(HEARD)
    record["envelope"]["source_seq"] = number
    body = bytearray()
    writer_of(HEARD)(record, body)
    assert bytes(body) == by_fastavro(HEARD, record)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"no_such_field": 1}, ValueError),
        ({"stage": 7}, TypeError),
        ({"mode": "BY_PIGEON"}, ValueError),
        ({"present": [{"ref": None}]}, (TypeError, ValueError, AttributeError)),
    ],
)
def test_a_record_that_does_not_fit_is_refused(change: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        Encoder(table_of_all().id_of).encode(HEARD, sample(HEARD) | change)


def test_a_number_beyond_its_type_is_refused() -> None:
    record = sample(HEARD)
    record["envelope"]["source_epoch"] = 2**31
    with pytest.raises(OverflowError):
        Encoder(table_of_all().id_of).encode(HEARD, record)


def test_a_field_left_to_its_default_is_filled() -> None:
    record = sample(HEARD)
    short = {name: value for name, value in record.items() if name != "stage"}
    encoder = Encoder(table_of_all().id_of)
    assert encoder.encode(HEARD, short).value == encoder.encode(HEARD, record | {"stage": ""}).value
