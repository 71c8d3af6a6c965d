"""Fixtures for the API: a small district, projected once a run, and someone who asks about it.

* `district`: URL of a database that holds tests/projections/api/district.py; for reading alone.
* `ask`: a client of the API over that database, on the day district.TODAY.
* `client`: makes such a client of any database and day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from uuid import uuid4

import psycopg
import pytest
from fastapi.testclient import TestClient

from ops.base.clock import FixedClock
from projections.api.app import create
from projections.questions.readers import Readers
from tests.projections.api.district import TODAY, Log, records

Client = Callable[[str, date], TestClient]


@pytest.fixture(scope="session")
def district(postgres: str) -> Iterator[str]:
    name = f"district_{uuid4().hex[:12]}"
    url = f"{postgres.rpartition('/')[0]}/{name}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            Log(url, records())
            yield url
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def client() -> Iterator[Client]:
    with ExitStack() as open_clients:

        def made(database: str, today: date) -> TestClient:
            clock = FixedClock(datetime.combine(today, time(6), UTC))
            app = create(Readers(database, patience=1), clock)
            # A failure of the server is to be seen as its clients see it.
            asker = TestClient(app, "http://127.0.0.1", raise_server_exceptions=False)
            return open_clients.enter_context(asker)

        yield made


@pytest.fixture
def ask(district: str, client: Client) -> TestClient:
    return client(district, TODAY)
