"""The registry's ids of our schemas, as a publisher needs them: asked for once each, registered where missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.error import SchemaRegistryError

from schemas.loader import NAMESPACE, schema_text
from schemas.registry import client, register
from schemas.writers import RegistryUnreachableError

_NOT_FOUND = 404


def schema_ids(url: str) -> Callable[[str], int]:
    """Event type -> id in the registry at `url`. Raises RegistryUnreachableError, or IncompatibleSchemaError."""

    @cache
    def id_of(event: str) -> int:
        with client(url) as registry:
            return _id_of(registry, event)

    return id_of


def _id_of(registry: SchemaRegistryClient, event: str) -> int:
    # To look up is a read; to register is a write that some registries answer only after a round of their log.
    try:
        found = registry.lookup_schema(NAMESPACE + event, Schema(schema_text(event), "AVRO")).schema_id
    except SchemaRegistryError as error:
        if error.http_status_code != _NOT_FOUND:
            raise RegistryUnreachableError(f"the registry answered {error.http_status_code}") from error
        found = None
    except Exception as error:  # the client's HTTP library, and so its errors, differ from version to version
        raise RegistryUnreachableError(f"no answer from the registry: {type(error).__name__}") from error
    return register(registry, event) if found is None else found
