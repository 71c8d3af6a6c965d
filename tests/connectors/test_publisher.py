"""The publisher against the real broker: what has a receipt can be read back, what is invalid never gets there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import Consumer, TopicPartition

from connectors.publisher import Publisher, PublishError, Receipt, topic_of
from connectors.schema_ids import schema_ids
from connectors.secret import connector_key
from ops.base.settings import Settings
from ops.simulate import HARSH, World, simulate
from ops.simulate import Settings as Wanted
from schemas.codec import Decoder
from schemas.reasons import FaultError, Reason
from schemas.registry import RegistrySchemas, client
from schemas.writers import table_of_all


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(Wanted(15, 60, 33, HARSH))


@pytest.fixture(scope="module")
def publisher(stack: Settings) -> Iterator[Publisher]:
    with Publisher(stack.require_kafka(), schema_ids(stack.require_registry())) as opened:
        yield opened


def read(stack: Settings, receipt: Receipt) -> Any:
    """The Kafka record that a receipt names."""
    consumer = Consumer(
        {"bootstrap.servers": stack.require_kafka(), "group.id": "unused", "enable.auto.commit": False}
    )
    try:
        consumer.assign([TopicPartition(receipt.topic, receipt.partition, receipt.offset)])
        found = consumer.poll(20)
        assert found is not None
        assert found.error() is None
        return found
    finally:
        consumer.close()


@pytest.mark.stack
def test_receipts_come_in_order_and_name_where_the_event_is(
    stack: Settings, publisher: Publisher, world: World
) -> None:
    receipts = list(publisher.publish_all(world.events))
    assert [receipt.event_id for receipt in receipts] == [r["envelope"]["event_id"] for _, r in world.events]
    with client(stack.require_registry()) as registry:
        decoder = Decoder(RegistrySchemas(registry))
        for (event, record), receipt in list(zip(world.events, receipts, strict=True))[::60]:
            found = read(stack, receipt)
            decoded = decoder.decode(found.topic(), found.key(), found.value(), found.headers())
            assert (decoded.type, decoded.body) == (event, record)
            names = dict(found.headers())
            assert names["ce_id"] == str(receipt.event_id).encode()
            assert names["traceparent"].startswith(b"00-")


@pytest.mark.stack
def test_events_of_one_key_stand_in_one_partition_in_their_order(publisher: Publisher, world: World) -> None:
    places: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for (event, record), receipt in zip(world.events, publisher.publish_all(world.events), strict=True):
        anchor = record["envelope"]["anchor"]
        assert receipt.topic == topic_of(event, record)
        places[receipt.topic, f"{anchor['kind']}:{anchor['value']}"].append(
            (receipt.partition, receipt.offset)
        )
    for found in places.values():
        assert len({partition for partition, _ in found}) == 1
        assert found == sorted(found)


@pytest.mark.stack
def test_an_invalid_event_is_refused_and_nothing_of_it_is_sent(publisher: Publisher, world: World) -> None:
    event, record = world.events[0]
    for change, reason in (
        ({"source": ""}, Reason.SOURCE_INVALID),
        ({"source_record": "a\0b"}, Reason.NUL_IN_TEXT),
        ({"source_record": "x" * 70_000}, Reason.TEXT_TOO_LONG),
        ({"source_seq": "one"}, Reason.MALFORMED),
        ({"claims": [{"kind": "FIR", "value": "12/2025"}]}, Reason.IDENTIFIER_INVALID),
    ):
        bad = {**record, "envelope": {**record["envelope"], **change}}
        told: list[object] = []
        with pytest.raises((FaultError, TypeError)) as refused:
            publisher.publish(event, bad, told.append)
        if isinstance(refused.value, FaultError):
            assert refused.value.reason is reason
        publisher.flush()
        assert told == []


@pytest.mark.stack
def test_no_more_than_its_bound_is_unacknowledged(stack: Settings, world: World) -> None:
    seen = []
    with Publisher(stack.require_kafka(), schema_ids(stack.require_registry()), in_flight=5) as narrow:
        for event, record in world.events[:200]:
            narrow.publish(event, record, lambda outcome: None)
            seen.append(narrow.unacknowledged)
        narrow.flush()
        assert narrow.unacknowledged == 0
    assert max(seen) == 5


def test_a_broker_that_is_not_there_gives_an_error_and_no_receipt(world: World) -> None:
    told: list[Receipt | PublishError] = []
    lonely = Publisher("127.0.0.1:1", table_of_all().id_of, timeout_seconds=1.0)
    lonely.publish(*world.events[0], told.append)
    lonely.close()
    assert [type(outcome) for outcome in told] == [PublishError]
    assert isinstance(told[0], PublishError)
    assert told[0].event_id == world.events[0][1]["envelope"]["event_id"]


def test_a_retraction_goes_to_the_topic_of_its_sources_department(world: World) -> None:
    retracted = [record for event, record in world.events if event == "common.Retracted"]
    assert retracted
    for record in retracted:
        department = record["envelope"]["source"].partition(".")[0]
        assert topic_of("common.Retracted", record) == f"{department}.events"
    homeless = {**retracted[0], "envelope": {**retracted[0]["envelope"], "source": "nowhere"}}
    with pytest.raises(FaultError):
        topic_of("common.Retracted", homeless)


def test_the_connectors_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "connector.key"
    key = connector_key(file)
    assert len(key) == 32
    assert connector_key(file) == key
    assert file.stat().st_mode & 0o077 == 0
    file.write_bytes(b"short")
    with pytest.raises(ValueError, match="backup"):
        connector_key(file)


def test_another_machine_makes_another_key(tmp_path: Path) -> None:
    assert connector_key(tmp_path / "one") != connector_key(tmp_path / "two")
