"""Fixtures for the streams: `ground`, a topic, a schema and worker processes of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.base.settings import Settings
from tests.streams.ground import Ground


@pytest.fixture
def ground(stack: Settings, topic_prefix: str, tmp_path: Path) -> Iterator[Ground]:
    made = Ground(stack.require_kafka(), stack.require_database(), topic_prefix, tmp_path)
    made.prepare()
    try:
        yield made
    finally:
        made.stop()
