"""Writer schemas by id, without a registry and with one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from schemas.loader import event_names, schema_of, schema_text
from schemas.registry import IncompatibleSchemaError, RegistrySchemas, client, register
from schemas.writers import (
    RegistryUnreachableError,
    SchemaNotFoundError,
    SchemaTable,
    fingerprint,
    table_of_all,
)

GRANTED = "court.BailGranted"


def test_a_table_gives_ids_and_keeps_them() -> None:
    table = SchemaTable()
    first, second = table.add("one"), table.add("two")
    assert (table(first), table(second)) == ("one", "two")
    assert table.add("one") == first
    with pytest.raises(SchemaNotFoundError):
        table(3)
    with pytest.raises(SchemaNotFoundError):
        table(0)


def test_the_table_of_all_has_every_event() -> None:
    table = table_of_all()
    assert {table(table.id_of(event)) for event in event_names()} == {
        schema_text(event) for event in event_names()
    }


def test_a_fingerprint_is_of_what_the_bytes_mean_not_of_words_or_layout() -> None:
    schema = schema_of(GRANTED)
    reworded = json.dumps(schema | {"doc": "other words"}, indent=2)
    assert fingerprint(reworded) == fingerprint(schema_text(GRANTED))
    assert len(fingerprint(reworded)) == 32
    schema["fields"].pop()
    assert fingerprint(json.dumps(schema)) != fingerprint(schema_text(GRANTED))


class _Answers(BaseHTTPRequestHandler):
    """A registry in the few answers that matter here; what a real one does is tested with the stack."""

    def do_GET(self) -> None:
        if self.path.startswith("/schemas/ids/1"):
            self._answer(200, {"schema": schema_text(GRANTED), "schemaType": "AVRO"})
        elif self.path.startswith("/schemas/ids/2"):
            self._answer(404, {"error_code": 40403, "message": "Schema not found"})
        else:
            self._answer(418, {"error_code": 418, "message": "out of order"})

    def do_POST(self) -> None:
        self._answer(409, {"error_code": 409, "message": "incompatible"})

    def _answer(self, status: int, body: dict[str, object]) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_not_found_and_out_of_order_are_told_apart(address: str) -> None:
    with client(address) as registry:
        schemas = RegistrySchemas(registry)
        assert schemas(1) == schema_text(GRANTED)
        with pytest.raises(SchemaNotFoundError):
            schemas(2)
        with pytest.raises(RegistryUnreachableError, match="418"):
            schemas(3)


def test_a_schema_that_the_registry_refuses_as_incompatible_is_named(address: str) -> None:
    with (
        client(address) as registry,
        pytest.raises(IncompatibleSchemaError, match="BailGranted: incompatible"),
    ):
        register(registry, GRANTED)


def test_no_answer_at_all_is_unreachable() -> None:
    with HTTPServer(("127.0.0.1", 0), _Answers) as server:
        nobody = f"http://127.0.0.1:{server.server_port}"
    with client(nobody) as registry:
        with pytest.raises(RegistryUnreachableError):
            RegistrySchemas(registry)(1)
        with pytest.raises(RegistryUnreachableError):
            register(registry, GRANTED)
