"""quixstreams: `python -m ops.bench.peers.quix_peer documented|batch TOPIC…`; runs until it is ended.

* documented: StreamingDataFrame.apply with state, and its own PostgreSQLSink with upserts on the primary key
* batch: a custom sink, as its documentation shows one, that hands each checkpoint's records to the hub's projector
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from quixstreams import Application
from quixstreams.sinks import BaseSink
from quixstreams.sinks.community.postgresql import PostgreSQLSink

from ops.base.settings import Settings
from ops.bench.peers.carried import BATCH, Carried
from ops.bench.peers.folding import content, decoder, fold_on
from projections.store.ports import RawRecord

COMMIT_INTERVAL = 1.0
"""Seconds between checkpoints, instead of its 5: nothing is visible before one."""


def app_of(settings: Settings, commit_every: int = 0) -> Any:
    """An application; what isn't said here is the default of the documentation."""
    return Application(
        broker_address=settings.require_kafka(),
        consumer_group=f"bench-{uuid4().hex[:8]}",
        auto_offset_reset="earliest",
        commit_interval=COMMIT_INTERVAL,
        commit_every=commit_every,
        state_dir=tempfile.mkdtemp(),
        loglevel="WARNING",
    )


def documented(app: Any, settings: Settings, topics: Sequence[str]) -> None:
    """State per key, a row per file."""
    where = urlsplit(settings.require_database())
    sink = PostgreSQLSink(
        host=where.hostname,
        port=where.port,
        dbname=where.path[1:],
        user=where.username,
        password=where.password,
        table_name="peer_file",
        primary_key_columns="root",
        upsert_on_primary_key=True,
    )
    decode = decoder(settings.require_registry()).decode
    for topic in topics:

        def folded(
            value: bytes, key: bytes, _time: int, _headers: Any, state: Any, topic: str = topic
        ) -> Any:
            event = decode(topic, key, value)
            kept = fold_on(state.get("file"), event)
            state.set("file", kept)
            return {"root": event.anchor, "content": content(kept), "members": kept["members"]}

        source = app.topic(topic, value_deserializer="bytes", key_deserializer="bytes")
        app.dataframe(source).apply(folded, stateful=True, metadata=True).sink(sink)


class HubSink(BaseSink):  # type: ignore[misc]  # ships types, but not into this environment
    """Gathers what comes between two checkpoints, over all partitions, and stores it at the checkpoint."""

    def __init__(self, carried: Carried) -> None:
        super().__init__()
        self._carried = carried
        self._gathered: list[RawRecord] = []

    def add(
        self, value: bytes, key: bytes, timestamp: int, headers: Any, topic: str, partition: int, offset: int
    ) -> None:
        """See quixstreams.sinks.BaseSink."""
        self._gathered.append(RawRecord(topic, partition, offset, timestamp, key, value, headers or ()))

    def flush(self) -> None:
        """See quixstreams.sinks.BaseSink."""
        if self._gathered:
            self._carried.project(self._gathered)
            self._gathered = []


def batch(app: Any, settings: Settings, topics: Sequence[str]) -> None:
    """Records go unread to the sink."""
    sink = HubSink(Carried(settings, topics))
    for topic in topics:
        source = app.topic(topic, value_deserializer="bytes", key_deserializer="bytes")
        app.dataframe(source).sink(sink)


def main() -> None:
    mode, topics = sys.argv[1], sys.argv[2:]
    settings = Settings()
    if mode == "batch":
        app = app_of(settings, BATCH)
        batch(app, settings, topics)
    else:
        app = app_of(settings)
        documented(app, settings, topics)
    app.run()


if __name__ == "__main__":
    main()
