"""Into Kafka and out again; and every reason for which a record is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import fastavro
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.catalogue import CATALOGUE
from schemas.codec import Decoder, Encoder, Message, Refused, undecodable_id
from schemas.content import digest_of
from schemas.identifiers import text_of
from schemas.loader import schema_of, schema_text
from schemas.plain import from_plain
from schemas.reasons import FaultError, Reason
from schemas.writers import RegistryUnreachableError, SchemaTable, fingerprint, table_of_all
from tests.schemas.samples import A1, FIR, OFFICE, PARTY_1, PID, any_event, plain, sample, topic_of

TABLE = table_of_all()
ENCODER = Encoder(TABLE.id_of)
DECODER = Decoder(TABLE)
GRANTED = "court.BailGranted"


def encoded(event: str, **fields: Any) -> Message:
    return ENCODER.encode(event, sample(event, **fields))


def refusal(topic: str, message: Message, decoder: Decoder = DECODER) -> Refused:
    with pytest.raises(Refused) as refused:
        decoder.decode(topic, message.key, message.value, message.headers)
    return refused.value


def written_with(schema: dict[str, Any], record: dict[str, Any]) -> tuple[Decoder, Message]:
    """A message whose writer used a schema of his own."""
    table = SchemaTable([json.dumps(schema)])
    stream = BytesIO(b"\x00\x00\x00\x00\x01")
    stream.seek(5)
    fastavro.schemaless_writer(stream, fastavro.parse_schema(copy.deepcopy(schema)), record)
    key = text_of(record["envelope"]["anchor"]).encode()
    return Decoder(table), Message(key, stream.getvalue(), [])


@given(any_event())
def test_what_is_written_is_read(named: tuple[str, dict[str, Any]]) -> None:
    event, record = named
    message = ENCODER.encode(event, record)
    read = DECODER.decode(topic_of(event), message.key, message.value, message.headers)
    envelope = record["envelope"]
    assert (read.type, read.body) == (event, record)
    assert read.digest == digest_of(event, record)
    assert (read.event_id, read.source_seq) == (envelope["event_id"], envelope["source_seq"])
    assert read.anchor == text_of(envelope["anchor"]) == message.key.decode()
    assert read.claims == tuple(sorted({text_of(claim) for claim in envelope["claims"]}))
    assert str(read.supersedes) == str(envelope["supersedes"])
    assert read.writer == fingerprint(schema_text(event))


@pytest.mark.parametrize("event", sorted(CATALOGUE))
def test_the_least_event_of_each_type_is_valid_on_each_of_its_topics(event: str) -> None:
    message = encoded(event)
    for topic in CATALOGUE[event].topics:
        assert DECODER.decode(topic, message.key, message.value, message.headers).type == event


def test_headers_are_cloud_events_with_a_trace() -> None:
    message = ENCODER.encode(GRANTED, sample(GRANTED), traceparent="00-" + "a" * 32 + "-" + "b" * 16 + "-01")
    assert dict(message.headers) == {
        "ce_specversion": b"1.0",
        "ce_id": b"7d0a4a5e-3c0b-4f6f-8a51-6c1f1f0f7a01",
        "ce_type": b"sangam.court.BailGranted",
        "ce_source": b"court.tests/1",
        "ce_time": b"2025-03-01T05:00:00+00:00",
        "content-type": b"application/avro",
        "ce_sourceepoch": b"1",
        "ce_sourceseq": b"7",
        "traceparent": b"00-" + b"a" * 32 + b"-" + b"b" * 16 + b"-01",
    }
    assert dict(encoded(GRANTED).headers)["traceparent"].startswith(b"00-7d0a4a5e3c0b4f6f8a516c1f1f0f7a01-")


def test_a_record_with_an_unknown_field_is_not_encoded() -> None:
    with pytest.raises(ValueError, match="bail_knd"):
        ENCODER.encode(GRANTED, sample(GRANTED) | {"bail_knd": "REGULAR"})


def test_an_event_of_a_day_stands_at_its_types_hour_of_that_day_in_kolkata() -> None:
    late_utc = {"occurred_at": "2025-03-01T23:50:00+05:30", "recorded_at": "2025-03-02T00:00:00+05:30"}
    day = encoded(GRANTED, envelope=late_utc)
    exact = encoded(GRANTED, envelope=late_utc | {"occurred_precision": "MINUTE"})
    retracted = encoded("common.Retracted", envelope=late_utc | {"occurred_precision": "INSTANT"})
    keys = [DECODER.decode("court.events", m.key, m.value).sort_key for m in (day, exact, retracted)]
    event_id = UUID("7d0a4a5e-3c0b-4f6f-8a51-6c1f1f0f7a01")
    court = 2
    assert keys[0] == (datetime(2025, 3, 1, 9, 30, tzinfo=UTC), court, 7, event_id)
    assert keys[1] == (datetime(2025, 3, 1, 18, 20, tzinfo=UTC), court, 7, event_id)
    assert keys[2] == keys[1]


# Each line: the reason, and a record of the topic court.events that has it.
def _touched(change: Callable[[dict[str, Any]], Any], event: str = GRANTED) -> Message:
    record = sample(event)
    change(record)
    return ENCODER.encode(event, record)


def _envelope(**fields: Any) -> Message:
    return _touched(lambda record: record["envelope"].update(fields))


def _cut(message: Message, start: int | None, stop: int | None) -> Message:
    return message._replace(value=message.value[start:stop])


IMPOSSIBLE_DAY = datetime(1949, 12, 31, tzinfo=UTC)
REFUSED: list[tuple[Reason, str, Message]] = [
    (Reason.NOT_FRAMED, "court.events", Message(b"CNR:BRPA010001232025", b"", [])),
    (
        Reason.NOT_FRAMED,
        "court.events",
        Message(b"CNR:BRPA010001232025", b'{"type": "court.BailGranted"}', []),
    ),
    (Reason.SCHEMA_NOT_FOUND, "court.events", Message(b"", b"\x00\x00\x00\xff\xff\x00", [])),
    (Reason.MALFORMED, "court.events", _cut(encoded(GRANTED), 0, -1)),
    (Reason.MALFORMED, "court.events", encoded(GRANTED)._replace(value=encoded(GRANTED).value + b"\0")),
    (
        Reason.MALFORMED,
        "court.events",
        encoded(GRANTED)._replace(value=encoded(GRANTED).value[:5] + b"\xff" * 90),
    ),
    (Reason.WRONG_TOPIC, "police.events", encoded(GRANTED)),
    (Reason.WRONG_TOPIC, "hub.identity", encoded("common.Retracted")),
    (Reason.WRONG_TOPIC, "no.such-topic", encoded(GRANTED)),
    (Reason.KEY_MISMATCH, "court.events", encoded(GRANTED)._replace(key=b"CNR:BRPA010009992025")),
    (Reason.KEY_MISMATCH, "court.events", encoded(GRANTED)._replace(key=b"\xff\xfe")),
    (Reason.IDENTIFIER_INVALID, "court.events", _envelope(anchor={"kind": "CNR", "value": "BRPA01"})),
    (Reason.IDENTIFIER_INVALID, "court.events", _envelope(anchor={"kind": "PASSPORT", "value": "X"})),
    (Reason.IDENTIFIER_INVALID, "court.events", _envelope(claims=[{"kind": "FIR", "value": "1/2025"}])),
    (
        Reason.IDENTIFIER_INVALID,
        "court.events",
        _touched(lambda record: record["accused"].update(ref=PARTY_1 | {"code": "one"})),
    ),
    (
        Reason.IDENTIFIER_INVALID,
        "court.events",
        _touched(lambda record: record["accused"].update(same_as=[A1, A1 | {"scope": "FIR:1"}])),
    ),
    (Reason.ANCHOR_NOT_ALLOWED, "court.events", _envelope(anchor=PID)),
    (Reason.ANCHOR_NOT_ALLOWED, "court.events", _envelope(anchor=PID, claims=[FIR])),
    (Reason.CLAIM_NOT_ALLOWED, "court.events", _envelope(claims=[PID])),
    (
        Reason.CLAIM_NOT_ALLOWED,
        "court.events",
        _envelope(claims=[{"kind": "CNR", "value": "BRPA010001232025"}]),
    ),
    (
        Reason.CLAIM_MISSING,
        "court.events",
        _touched(lambda record: record.update(pid=PID), "court.ReleaseWarrantIssued"),
    ),
    (Reason.DATE_ABSURD, "court.events", _envelope(occurred_at=IMPOSSIBLE_DAY)),
    (Reason.DATE_ABSURD, "court.events", _envelope(recorded_at=datetime(1999, 12, 31, tzinfo=UTC))),
    (Reason.DATE_ABSURD, "court.events", _envelope(recorded_at=datetime(2100, 1, 1, tzinfo=UTC))),
    (Reason.DATE_ABSURD, "court.events", _envelope(occurred_at=datetime(2025, 3, 3, tzinfo=UTC))),
    (Reason.NUL_IN_TEXT, "court.events", _touched(lambda record: record.update(court="A\0"))),
    (Reason.TEXT_TOO_LONG, "court.events", _touched(lambda record: record.update(court="x" * 1_000_000))),
    (Reason.SOURCE_INVALID, "court.events", _envelope(source="")),
    (Reason.SOURCE_INVALID, "court.events", _envelope(source_record="")),
    (Reason.SOURCE_INVALID, "court.events", _envelope(source_seq=0)),
    (Reason.SOURCE_INVALID, "court.events", _envelope(source_epoch=0)),
    (Reason.SUPERSEDES_INVALID, "court.events", _envelope(supersedes="the one before")),
    (
        Reason.SUPERSEDES_INVALID,
        "court.events",
        _touched(lambda record: record["envelope"].update(supersedes=None), "common.Retracted"),
    ),
    (Reason.LINK_IMPOSSIBLE, "hub.identity", encoded("hub.LinkAsserted", link_kind="TRIED_IN")),
    (Reason.LINK_IMPOSSIBLE, "hub.identity", encoded("hub.LinkAsserted", left=FIR, right=PID)),
    (Reason.LINK_IMPOSSIBLE, "hub.identity", encoded("hub.LinkAsserted", left_accused=A1)),
    (Reason.LINK_IMPOSSIBLE, "hub.identity", encoded("hub.LinkAsserted", link_kind="ACCUSED_IS")),
    (
        Reason.LINK_IMPOSSIBLE,
        "hub.identity",
        encoded("hub.LinkAsserted", link_kind="ACCUSED_IS", left_accused=A1, right_accused=A1),
    ),
    (Reason.OFFICE_MISSING, "hub.identity", encoded("hub.LinkConfirmed", reviewer=None)),
    (Reason.OFFICE_MISSING, "hub.repairs", encoded("hub.EventDiscarded", approved_by=OFFICE)),
    (Reason.TARGET_INVALID, "hub.identity", encoded("hub.LinkUndone", decision="yesterday's")),
    (Reason.TARGET_INVALID, "hub.repairs", encoded("hub.EventDiscarded", target="")),
    (Reason.TARGET_INVALID, "hub.repairs", encoded("hub.RepairApproved", corrected_value="")),
    (Reason.TARGET_INVALID, "hub.repairs", encoded("hub.RepairApproved", corrected_topic="court")),
]


@pytest.mark.parametrize(
    ("reason", "topic", "message"), REFUSED, ids=[f"{n}-{r[0]}" for n, r in enumerate(REFUSED)]
)
def test_a_bad_record_is_refused_with_its_reason(reason: Reason, topic: str, message: Message) -> None:
    assert refusal(topic, message).reason is reason


def test_a_schema_that_is_no_event_is_refused() -> None:
    schema = {"type": "record", "name": "Note", "namespace": "sangam.court", "fields": []}
    decoder = Decoder(SchemaTable([json.dumps(schema), "no schema"]))
    record = Message(b"CNR:BRPA010001232025", b"\x00\x00\x00\x00\x01\x00", [])
    assert refusal("court.events", record, decoder).reason is Reason.TYPE_UNKNOWN
    other = record._replace(value=b"\x00\x00\x00\x00\x02\x00")
    assert refusal("court.events", other, decoder).reason is Reason.SCHEMA_UNREADABLE


def test_each_reason_is_provoked_and_says_what_to_do() -> None:
    provoked = {reason for reason, _, _ in REFUSED} | {Reason.TYPE_UNKNOWN, Reason.SCHEMA_UNREADABLE}
    with pytest.raises(FaultError) as refused:
        from_plain(plain(GRANTED, court=7))
    provoked.add(refused.value.reason)
    assert provoked == set(Reason)
    for reason in Reason:
        assert str(reason) == reason.name
        assert reason.sentence.endswith(".")
        assert ("; " in reason.sentence) or (", " in reason.sentence)


def test_a_date_beyond_any_calendar_is_absurd_and_the_same_bytes_cut_short_are_malformed() -> None:
    schema = schema_of(GRANTED)
    moment = next(f for f in schema["fields"][0]["type"]["fields"] if f["name"] == "recorded_at")
    moment["type"] = "long"
    record = sample(GRANTED)
    record["envelope"]["recorded_at"] = 2**62
    _, message = written_with(schema, record)
    absurd = message._replace(value=b"\x00" + TABLE.id_of(GRANTED).to_bytes(4) + message.value[5:])
    assert refusal("court.events", absurd).reason is Reason.DATE_ABSURD
    assert refusal("court.events", _cut(absurd, 0, -1)).reason is Reason.MALFORMED


@given(st.binary(max_size=300))
def test_any_bytes_give_an_event_or_a_refusal(body: bytes) -> None:
    value = b"\x00" + TABLE.id_of(GRANTED).to_bytes(4) + body
    with suppress(Refused):
        DECODER.decode("court.events", b"CNR:BRPA010001232025", value)


@given(st.integers(0, 400), st.integers(0, 255))
def test_an_event_with_one_wrong_byte_gives_an_event_or_a_refusal(place: int, byte: int) -> None:
    message = encoded(GRANTED, accused={"ref": PARTY_1, "same_as": [A1], "person": {"name": "N. N."}})
    value = bytearray(message.value)
    value[5 + place % (len(value) - 5)] = byte
    with suppress(Refused):
        DECODER.decode("court.events", message.key, bytes(value), message.headers)


def test_a_refusal_names_the_event_by_its_body() -> None:
    refused = refusal("police.events", encoded(GRANTED, envelope={"source_epoch": 2}))
    assert refused.event_id == UUID("7d0a4a5e-3c0b-4f6f-8a51-6c1f1f0f7a01")
    assert (refused.type, refused.source) == (GRANTED, "court.tests/1")
    assert (refused.source_epoch, refused.source_seq) == (2, 7)
    assert refused.key == "CNR:BRPA010001232025"


def test_a_refusal_names_the_event_by_its_headers_where_the_body_cannot_be_read() -> None:
    message = _cut(encoded(GRANTED), 0, -3)
    refused = refusal("court.events", message)
    assert refused.event_id == UUID("7d0a4a5e-3c0b-4f6f-8a51-6c1f1f0f7a01")
    assert (refused.source, refused.source_epoch, refused.source_seq) == ("court.tests/1", 1, 7)


def test_what_cannot_be_named_has_the_id_of_its_bytes() -> None:
    broken = Message(
        b"k", b"\x01garbage", [("ce_id", b"\xff"), ("ce_sourceseq", b"many"), ("ce_source", b"s")]
    )
    refused = refusal("court.events", broken)
    assert refused.event_id == undecodable_id("court.events", b"k", broken.value)
    assert refused.event_id != undecodable_id("court.events", b"k2", broken.value)
    assert undecodable_id("t", b"ab", b"c") != undecodable_id("t", b"a", b"bc")
    assert (refused.source, refused.source_seq, refused.type) == ("s", 0, "")


def test_no_detail_repeats_a_value() -> None:
    record = sample(GRANTED, accused={"ref": PARTY_1, "person": {"name": "Secret Name"}})
    record["accused"]["ref"] = PARTY_1 | {"code": "Secret Name"}
    assert "Secret" not in str(refusal("court.events", ENCODER.encode(GRANTED, record)))


def test_a_registry_that_does_not_answer_is_no_fault_of_the_event() -> None:
    def unreachable(schema_id: int) -> str:
        raise RegistryUnreachableError("no answer")

    with pytest.raises(RegistryUnreachableError):
        Decoder(unreachable).decode("court.events", b"", b"\x00\x00\x00\x00\x01\x00")


def test_a_schema_that_was_not_found_is_asked_for_again() -> None:
    table = SchemaTable()
    decoder = Decoder(table)
    message = encoded(GRANTED)
    message = message._replace(value=b"\x00\x00\x00\x00\x01" + message.value[5:])
    assert refusal("court.events", message, decoder).reason is Reason.SCHEMA_NOT_FOUND
    table.id_of(GRANTED)
    assert decoder.decode("court.events", message.key, message.value).type == GRANTED


def _older(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema as a version without `until`, and with one bail kind fewer."""
    schema["fields"] = [field for field in schema["fields"] if field["name"] != "until"]
    return schema


def _newer(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema as a later version: one field more, one bail kind more."""
    schema["fields"].append({"name": "stamp_duty", "type": ["null", "long"], "default": None})
    kind = next(field for field in schema["fields"] if field["name"] == "bail_kind")
    kind["type"]["symbols"] = [*kind["type"]["symbols"], "TRANSIT"]
    return schema


def test_older_and_newer_versions_are_read_as_ours_side_by_side() -> None:
    record = sample(GRANTED, bail_kind="DEFAULT")
    older, of_before = written_with(_older(schema_of(GRANTED)), record)
    newer, of_later = written_with(_newer(schema_of(GRANTED)), record | {"stamp_duty": 20})
    unknown_kind = written_with(_newer(schema_of(GRANTED)), record | {"bail_kind": "TRANSIT"})[1]
    ours = ENCODER.encode(GRANTED, record)
    now = DECODER.decode("court.events", ours.key, ours.value)
    before = older.decode("court.events", of_before.key, of_before.value)
    later = newer.decode("court.events", of_later.key, of_later.value)
    assert before.body == later.body == now.body == record
    assert before.digest == later.digest == now.digest
    assert len({before.writer, later.writer, now.writer}) == 3
    unknown = newer.decode("court.events", unknown_kind.key, unknown_kind.value)
    assert unknown.body["bail_kind"] == "UNKNOWN"


def test_a_schema_that_differs_in_words_only_is_ours() -> None:
    schema = schema_of(GRANTED)
    schema["doc"] = "in other words"
    decoder, message = written_with(schema, sample(GRANTED))
    read = decoder.decode("court.events", message.key, message.value)
    assert read.writer == fingerprint(schema_text(GRANTED))
    assert read.body == sample(GRANTED)


def test_the_last_moment_before_recording_is_accepted() -> None:
    recorded_at = datetime(2025, 3, 1, tzinfo=UTC)
    message = _envelope(recorded_at=recorded_at, occurred_at=recorded_at + timedelta(days=1))
    assert DECODER.decode("court.events", message.key, message.value).recorded_at == recorded_at


def test_links_between_accused_are_valid() -> None:
    link = {
        "left": PID,
        "right": FIR,
        "link_kind": "ACCUSED_IS",
        "left_accused": {"scheme": "PID", "scope": "", "code": PID["value"]},
        "right_accused": A1,
    }
    message = encoded("hub.LinkAsserted", **link)
    assert DECODER.decode("hub.identity", message.key, message.value).claims == ()


def test_an_accepted_value_is_read_again_by_its_fingerprint_whatever_the_ids_are_by_now() -> None:
    record = sample(GRANTED)
    older, message = written_with(_older(schema_of(GRANTED)), record)
    first = older.decode("court.events", message.key, message.value)
    kept = older.learnt()
    elsewhere = Decoder(SchemaTable())
    with pytest.raises(KeyError):
        elsewhere.body(first.writer, message.value)
    assert [elsewhere.learn(text) for text in kept.values()] == [first.writer]
    assert elsewhere.body(first.writer, message.value) == first.body
