"""Writer schemas by id: what a decoder asks, and how a schema is known without its id.

Ids belong to one registry; the fingerprint belongs to the schema. The ledger keeps the fingerprint, so that
an event can be read when registry and database are both new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from fastavro.schema import fingerprint as avro_fingerprint
from fastavro.schema import to_parsing_canonical_form

from schemas.loader import event_names, schema_text

# A schema id -> the text of the schema. Raises SchemaNotFoundError or RegistryUnreachableError.
SchemasById = Callable[[int], str]


class SchemaNotFoundError(LookupError):
    """The registry has no schema of this id: the event is set aside, and read again later."""


class RegistryUnreachableError(ConnectionError):
    """The registry gave no answer: wait and ask again; nothing may be concluded about the event."""


class SchemaTable:
    """Schemas by id without a registry: for events in files and for replays of a ledger.

    It hands out ids itself, from 1, and gives a text that it knows the id it already has.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts: list[str] = []
        for text in texts:
            self.add(text)

    def __call__(self, schema_id: int) -> str:
        if not 1 <= schema_id <= len(self._texts):
            raise SchemaNotFoundError(f"no schema {schema_id} in the table")
        return self._texts[schema_id - 1]

    def add(self, text: str) -> int:
        """The id of a schema text, new where the text is."""
        if text not in self._texts:
            self._texts.append(text)
        return self._texts.index(text) + 1

    def id_of(self, event: str) -> int:
        """The id of our own schema of an event type."""
        return self.add(schema_text(event))


def table_of_all() -> SchemaTable:
    """A table that holds our schema of every event type."""
    return SchemaTable(schema_text(event) for event in event_names())


def fingerprint(text: str) -> bytes:
    """SHA-256 over the Avro parsing canonical form of a schema text, 32 bytes."""
    return bytes.fromhex(avro_fingerprint(to_parsing_canonical_form(json.loads(text)), "SHA-256"))
