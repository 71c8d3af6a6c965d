"""Fixtures for tests that need the real broker, registry or database (mark them `stack`).

* `postgres`: URL of a server that this test run started (PostgreSQL alone, ready in a second).
* `database`: URL of an empty database of its own for one test.
* `stack`: Settings of a whole stack that this test run started; topics and schemas are there.
* `topic_prefix`: a word that no other test has, for topics and consumer groups of one's own.

Each server is started once a run, in a folder of its own, so that a running demo is never touched.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from ops.base.settings import Settings
from ops.local.stack import Stack

CACHE = Settings.model_fields["cache"].default


def cache_folder() -> Path:
    """The cache of fetched parts: the user's own, as the tests must not fetch what is there already."""
    return Path(os.environ.get("SANGAM_CACHE") or CACHE)


@pytest.fixture(scope="session", autouse=True)
def _no_stack_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever the environment points at, a running demo or a cluster: no test may reach it."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("KAFKA", "REGISTRY", "DATABASE"):
            environment.delenv(f"SANGAM_{name}", raising=False)
        environment.setenv("SANGAM_HOME", str(tmp_path_factory.mktemp("no-stack")))
        yield


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("postgres")
    server = Stack(home, cache_folder())
    try:
        server.up_postgres()
        yield Settings(home=home).require_database()
    finally:
        server.down()


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{postgres.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    home = tmp_path_factory.mktemp("stack")
    whole = Stack(home, cache_folder())
    try:
        whole.up()
        yield Settings(home=home)
    finally:
        whole.down()


@pytest.fixture
def topic_prefix() -> str:
    return f"t{uuid4().hex[:8]}"
