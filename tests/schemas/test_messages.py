"""The hub's own messages: each has its topic, is written and read as it was, and is none of the catalogue's events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.catalogue import CATALOGUE
from schemas.loader import message_names, schema_text
from schemas.messages import MESSAGES, MessageError, MessageReader, MessageWriter
from schemas.topics import SOURCE_TOPICS, TOPICS
from schemas.writers import SchemaTable
from tests.schemas.samples import named_values

OUTBOUND = {
    "message_id": UUID("7d0a4a5e-3c0b-4f6f-8a51-6c1f1f0f7a02"),
    "key": "FIR:BR-PATKOT-2025-0123",
    "order": 3,
    "sent_at": datetime(2025, 3, 1, 12, tzinfo=UTC),
}


def test_every_message_has_its_topic_which_the_hub_does_not_project() -> None:
    assert set(message_names()) == set(MESSAGES)
    assert set(MESSAGES.values()) == {topic.name for topic in TOPICS} - set(SOURCE_TOPICS)
    assert not set(MESSAGES) & set(CATALOGUE)


@given(
    st.sampled_from(sorted(MESSAGES)).flatmap(
        lambda name: st.tuples(st.just(name), named_values("sangam." + name))
    )
)
def test_a_message_is_read_as_it_was_written(one: tuple[str, dict[str, Any]]) -> None:
    name, record = one
    table = SchemaTable()
    sent = MessageWriter(table.id_of).write(name, record)
    assert MessageReader(table).read(sent.value) == (name, record)
    assert sent.key.decode() == record["message"]["key"]
    assert dict(sent.headers)["ce_type"].decode() == "sangam." + name


def test_an_event_on_a_topic_of_messages_is_refused() -> None:
    table = SchemaTable()
    number = table.add(schema_text("court.BailGranted"))
    with pytest.raises(MessageError, match="no message of the hub"):
        MessageReader(table).read(b"\x00" + number.to_bytes(4) + b"0")


def test_a_body_that_is_cut_off_is_refused() -> None:
    table = SchemaTable()
    sent = MessageWriter(table.id_of).write(
        "hub.AlarmCleared", {"message": OUTBOUND, "alarm_id": OUTBOUND["message_id"], "reason": "MET"}
    )
    reader = MessageReader(table)
    assert reader.read(sent.value)[1]["reason"] == "MET"
    with pytest.raises(MessageError, match="does not fit"):
        reader.read(sent.value[:-20])
