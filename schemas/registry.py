"""The schema registry: registers our schemas and finds any writer's schema by its id.

Any registry that speaks Confluent's protocol serves. The subject is the record's full name (not the topic's),
since a topic carries many types; compatibility is FULL_TRANSITIVE, so that any version ever registered can
read what any other wrote.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Final

from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.error import SchemaRegistryError

from schemas.loader import NAMESPACE, event_names, message_names, schema_text
from schemas.writers import RegistryUnreachableError, SchemaNotFoundError

COMPATIBILITY: Final = "FULL_TRANSITIVE"
_NOT_FOUND: Final = 404
_INCOMPATIBLE: Final = (409, 422)
_AT_ONCE: Final = 8


class IncompatibleSchemaError(ValueError):
    """The registry refused a schema: it cannot be read beside the versions that it already has."""


def client(url: str) -> SchemaRegistryClient:
    """A client of the registry at `url`, its Confluent-compatible API; `with` closes its connections."""
    # One more try bridges a lost connection; to wait for a registry that is away is the caller's business.
    return SchemaRegistryClient({"url": url, "max.retries": 1, "retries.wait.ms": 100})


def register_all(registry: SchemaRegistryClient) -> dict[str, int]:
    """Registers the schema of every event and of every message of the hub. Returns type -> id.

    A schema that is there already keeps its id.

    Raises IncompatibleSchemaError or RegistryUnreachableError.
    """
    events = (*event_names(), *message_names())
    # A registry that keeps its schemas in Kafka answers each only after a round trip there: ask side by side.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(events, pool.map(lambda event: register(registry, event), events), strict=True))


def latest(registry: SchemaRegistryClient) -> dict[int, str]:
    """The newest registered schema of each event, id -> text; events that nobody registered are left out.

    Asked side by side when a process starts, so that it need not ask one by one when the first records come.
    Raises RegistryUnreachableError.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda event: _latest(registry, NAMESPACE + event), event_names())
        return dict(one for one in found if one is not None)


def _latest(registry: SchemaRegistryClient, subject: str) -> tuple[int, str] | None:
    try:
        version = registry.get_latest_version(subject)
    except SchemaRegistryError as error:
        if error.http_status_code == _NOT_FOUND:
            return None
        raise RegistryUnreachableError(f"the registry answered {error.http_status_code}") from error
    except Exception as error:  # as in `register`
        raise RegistryUnreachableError(f"no answer from the registry: {type(error).__name__}") from error
    if version.schema_id is None or version.schema is None:
        return None
    return version.schema_id, version.schema.schema_str or ""


def register(registry: SchemaRegistryClient, event: str) -> int:
    """Registers one event's schema and returns its id. Raises as `register_all` does."""
    subject = NAMESPACE + event
    try:
        schema_id = registry.register_schema(subject, Schema(schema_text(event), "AVRO"))
        # After the first version, since a registry may know no setting of a subject that does not exist.
        registry.set_compatibility(subject_name=subject, level=COMPATIBILITY)
    except SchemaRegistryError as error:
        if error.http_status_code in _INCOMPATIBLE:
            raise IncompatibleSchemaError(f"{subject}: {error.error_message}") from error
        raise RegistryUnreachableError(f"the registry answered {error.http_status_code}") from error
    except Exception as error:  # the client's HTTP library, and so its errors, differ from version to version
        raise RegistryUnreachableError(f"no answer from the registry: {type(error).__name__}") from error
    return schema_id


class RegistrySchemas:
    """Schemas by id from a registry, what a decoder asks; the client fetches each once."""

    def __init__(self, registry: SchemaRegistryClient) -> None:
        self._registry = registry

    def __call__(self, schema_id: int) -> str:
        """The text of a schema. Raises SchemaNotFoundError or RegistryUnreachableError."""
        try:
            text = self._registry.get_schema(schema_id).schema_str
        except SchemaRegistryError as error:
            if error.http_status_code == _NOT_FOUND:
                raise SchemaNotFoundError(f"the registry has no schema {schema_id}") from error
            raise RegistryUnreachableError(f"the registry answered {error.http_status_code}") from error
        except Exception as error:  # as in `register`
            raise RegistryUnreachableError(f"no answer from the registry: {type(error).__name__}") from error
        return text or ""
