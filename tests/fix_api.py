"""Fixtures for the API: a small district, projected once a run, and someone who asks about it.

* `district`: URL of a database that holds tests/projections/api/district.py; for reading alone.
* `ask`: a client of the API over that database, on the day district.TODAY.
* `client`: makes such a client of any database and day, for somebody in a role: by default one who may see everything.
* `house_of`: makes what the API and the web work with, of any database and day, with an issuer of the test's own.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NamedTuple, Protocol
from uuid import uuid4

import httpx
import psycopg
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ops.base.clock import FixedClock, SystemClock
from ops.issuer.app import AUDIENCE, Development
from ops.issuer.app import create as issuing
from projections.api.app import create
from projections.api.caller import House
from projections.audit.log import Clerk
from projections.desk.asking import Desk
from projections.questions.readers import Readers
from projections.signin.grants import grant
from projections.signin.issuer import Client as ClientOf
from projections.signin.issuer import Issuer
from projections.signin.limits import Limit
from projections.signin.sessions import Sessions
from projections.signin.tokens import Verifier
from projections.store.doors import doors
from tests.projections.api.district import TODAY, Log, records


class Client(Protocol):
    """Makes a client: of a database, on a day, for somebody in a role from some offices; "" for nobody."""

    def __call__(self, database: str, today: date, role: str = "HIGH_COURT", *offices: str) -> TestClient: ...


ISSUER = "http://127.0.0.1:1"


@dataclass
class Housed:
    """A house, the issuer that its tokens are of, and the clerk by whom roles are granted."""

    house: House
    development: Development
    clerk: Clerk

    def granted(self, role: str, *offices: str) -> str:
        """Grant a role to a subject of its own; the subject."""
        subject = f"{role.lower()}-{uuid4().hex[:8]}"
        grant(self.clerk, "tests", ISSUER, subject, role, offices)
        return subject


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


@pytest.fixture(scope="session")
def development() -> Development:
    """An issuer that nobody serves; its keys are handed on in memory."""
    return Development(ISSUER, {"sangam-web": "secret"})


class Issued(NamedTuple):
    """A token, and the address of the issuer that gave it."""

    issuer: str
    text: str


Tokens = Callable[..., Issued]


@pytest.fixture(scope="session")
def issued() -> Iterator[Tokens]:
    """Makes tokens of an issuer that is served on loopback: of a database, for a role from some offices."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        served = Development(url, {"sangam-web": "secret"})
        server = uvicorn.Server(uvicorn.Config(issuing(served), log_config=None, lifespan="off"))
        thread = threading.Thread(target=lambda: server.run([listener]), daemon=True)
        thread.start()

        def made(database: str, role: str, *offices: str) -> Issued:
            subject = f"{role.lower()}-{uuid4().hex[:8]}"
            with Clerk(doors(database).clerk, SystemClock()) as clerk:
                grant(clerk, "tests", url, subject, role, offices)
            return Issued(url, served.token(subject, "tests"))

        yield made
        server.should_exit = True
        thread.join(10)


HouseOf = Callable[[str, date], Housed]


@pytest.fixture
def house_of(development: Development) -> HouseOf:
    def made(database: str, today: date) -> Housed:
        day = FixedClock(datetime.combine(today, time(6), UTC))
        through, clock = doors(database), SystemClock()
        clerk, readers = Clerk(through.clerk, clock, patience=1), Readers(through.reader, patience=1)
        issuer = Issuer(ISSUER, ClientOf("sangam-web", "secret"), ASGIBridge(issuing(development)))
        house = House(
            readers, Desk(readers, clerk, day), Sessions(clerk), Verifier(ISSUER, AUDIENCE, issuer.keys),
            Verifier(ISSUER, "sangam-web", issuer.keys), issuer, day,
            "http://127.0.0.1", questions=Limit(100_000, 60), arrivals=Limit(100_000, 60),
        )  # fmt: skip
        # Before the house is open its grants are made through a clerk of their own.
        return Housed(house, development, Clerk(through.clerk, clock))

    return made


class ASGIBridge(httpx.BaseTransport):
    """The issuer's application as a transport, so that no port is taken."""

    def __init__(self, app: FastAPI) -> None:
        self._client = TestClient(app, ISSUER, follow_redirects=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._client.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, headers=dict(answer.headers), content=answer.content)


@pytest.fixture
def client(house_of: HouseOf) -> Iterator[Client]:
    with ExitStack() as open_clients:

        def made(database: str, today: date, role: str = "HIGH_COURT", *offices: str) -> TestClient:
            housed = house_of(database, today)
            app = create(housed.house)
            # A failure of the server is to be seen as its clients see it.
            asker = TestClient(app, "http://127.0.0.1", raise_server_exceptions=False)
            if role:
                with housed.clerk:
                    subject = housed.granted(role, *offices)
                asker.headers["Authorization"] = f"Bearer {housed.development.token(subject, 'tests')}"
            return open_clients.enter_context(asker)

        yield made


@pytest.fixture
def ask(district: str, client: Client) -> TestClient:
    return client(district, TODAY)
