"""The registry itself: subjects, ids, compatibility, and reading by id what another process registered."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.error import SchemaRegistryError

from ops.base.settings import Settings
from schemas.codec import Decoder, Encoder
from schemas.loader import event_names, message_names, schema_of
from schemas.registry import COMPATIBILITY, RegistrySchemas, client, register_all
from schemas.writers import SchemaNotFoundError, fingerprint
from tests.schemas.samples import sample, topic_of

pytestmark = pytest.mark.stack
SUBJECT = "sangam.court.BailGranted"


@pytest.fixture
def registry(stack: Settings) -> Iterator[SchemaRegistryClient]:
    with client(stack.require_registry()) as connected:
        yield connected


def test_every_event_is_registered_once_and_read_by_its_id(
    stack: Settings, registry: SchemaRegistryClient
) -> None:
    ids = register_all(registry)
    with client(stack.require_registry()) as another:
        assert register_all(another) == ids
    assert set(ids) == {*event_names(), *message_names()}
    assert {f"sangam.{event}" for event in event_names()} <= set(registry.get_subjects())
    assert registry.get_compatibility(SUBJECT) == COMPATIBILITY
    encoder = Encoder(ids.__getitem__)
    with client(stack.require_registry()) as readers:
        decoder = Decoder(RegistrySchemas(readers))
        for event in event_names():
            record = sample(event)
            message = encoder.encode(event, record)
            read = decoder.decode(topic_of(event), message.key, message.value, message.headers)
            assert read.body == record
            assert read.writer == fingerprint(json.dumps(schema_of(event)))


def test_an_id_that_was_never_given_is_not_found(registry: SchemaRegistryClient) -> None:
    with pytest.raises(SchemaNotFoundError):
        RegistrySchemas(registry)(2_000_000_000)


def test_the_registry_refuses_what_could_not_be_read_beside_the_old(registry: SchemaRegistryClient) -> None:
    register_all(registry)
    schema = schema_of("court.BailGranted")
    schema["fields"].append({"name": "stamp_duty", "type": "long"})
    with pytest.raises(SchemaRegistryError) as refused:
        registry.register_schema(SUBJECT, Schema(json.dumps(schema), "AVRO"))
    assert refused.value.http_status_code == 409
