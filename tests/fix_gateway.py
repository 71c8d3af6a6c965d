"""Fixtures for the gateway: `gate`, a gateway without a broker, its publishers, and who asks it.

What it keeps stays on its disk: nobody answers at its broker's address, and nothing in these tests depends on that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey

from connectors.gateway.app import create
from connectors.gateway.publishers import Key, Publishers
from connectors.gateway.tokens import signed
from connectors.sdk import Connector
from ops.base.clock import SystemClock

NOBODY = "127.0.0.1:1"


@dataclass
class Gate:
    """A gateway, and a key for each of its publishers."""

    folder: Path
    connector: Connector
    publishers: Publishers
    client: TestClient
    keys: dict[str, Key] = field(default_factory=dict)

    @property
    def app(self) -> Any:
        return self.client.app

    def add(self, name: str, written: str) -> None:
        """Enter a publisher, with a key of its own."""
        key = self.keys[name] = RSAKey.generate_key(2048)
        (self.folder / f"{name}.pem").write_bytes(key.as_pem(private=False))
        with self.publishers.path.open("a") as file:
            file.write(f'[{name}]\nkeys = ["{name}.pem"]\n{written}\n')
        self.publishers._looked = 0.0

    def token(self, name: str) -> dict[str, str]:
        """The header with which a publisher says who it is."""
        return {"Authorization": f"Bearer {signed(name, self.keys[name], SystemClock())}"}

    def post(self, name: str, path: str, body: Any, **more: Any) -> Any:
        """What a publisher is answered."""
        return self.client.post(path, json=body, headers=self.token(name), **more)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    with Connector(tmp_path / "outbox", NOBODY, f"http://{NOBODY}") as connector:
        publishers = Publishers(tmp_path / "publishers.toml", loopback=True)
        app = create(connector, publishers, SystemClock())
        with TestClient(app, "http://127.0.0.1", raise_server_exceptions=False) as client:
            made = Gate(tmp_path, connector, publishers, client)
            made.add("court", 'sources = ["court.cis/BR"]')
            made.add("police", 'sources = ["police.cctns/"]')
            yield made
