"""Stock Faust: `python -m ops.bench.peers.faust_peer each|take|batch TOPIC…`; runs until it is ended.

* each: a table, and an upsert awaited for every event: the agent of the documentation's first pages
* take: a table, and `take` with one transaction of upserts a batch: what it recommends where that is too slow
* batch: `take_events`, handed to the hub's projector
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import faust
import psycopg
import uvloop

from ops.base.settings import Settings
from ops.bench.peers.carried import BATCH, Carried
from ops.bench.peers.folding import content, decoder, fold_on
from projections.store.ports import RawRecord
from schemas.topics import PARTITIONS

TAKE, WITHIN = 1000, 0.1
UPSERT = (
    "INSERT INTO peer_file (root, content, members) VALUES (%s, %s, %s)"
    " ON CONFLICT (root) DO UPDATE SET content = excluded.content, members = excluded.members"
)


def app_of(settings: Settings) -> faust.App:
    """An application with the defaults of the documentation."""
    return faust.App(
        f"bench-{uuid4().hex[:8]}",
        broker=f"kafka://{settings.require_kafka()}",
        store="memory://",
        topic_partitions=PARTITIONS,
        datadir=tempfile.mkdtemp(),
        autodiscover=False,
        web_enabled=False,
    )


def documented(app: faust.App, settings: Settings, topics: Sequence[str], take: bool) -> None:
    """An agent that keeps the folded file in a table and upserts it into PostgreSQL."""
    files: Any = app.Table("files", partitions=PARTITIONS, use_partitioner=True)
    source = app.topic(
        *topics, key_type=bytes, key_serializer="raw", value_type=bytes, value_serializer="raw"
    )
    decode = decoder(settings.require_registry()).decode

    def folded(event: Any) -> tuple[str, Any]:
        got = decode(event.message.topic, event.message.key, event.message.value)
        # A table sees what is set, not what is changed in place.
        kept = files[got.anchor] = fold_on(files.get(got.anchor), got)
        return got.anchor, kept

    @app.agent(source)
    async def project(stream: Any) -> None:
        conn = await psycopg.AsyncConnection.connect(settings.require_database(), autocommit=True)
        if take:
            async for events in stream.take_events(TAKE, within=WITHIN):
                changed = dict(folded(event) for event in events)
                async with conn.transaction(), conn.cursor() as cur:
                    await cur.executemany(
                        UPSERT,
                        [(root, content(kept), kept["members"]) for root, kept in sorted(changed.items())],
                    )
        else:
            async for event in stream.events():
                root, kept = folded(event)
                await conn.execute(UPSERT, (root, content(kept), kept["members"]))


def batch(app: faust.App, settings: Settings, topics: Sequence[str]) -> None:
    """An agent that hands what `take_events` gathers to the hub's projector."""
    carried = Carried(settings, topics)
    database = ThreadPoolExecutor(1)
    source = app.topic(
        *topics, key_type=bytes, key_serializer="raw", value_type=bytes, value_serializer="raw"
    )

    @app.agent(source)
    async def project(stream: Any) -> None:
        async for events in stream.take_events(BATCH, within=WITHIN):
            records = [raw(event.message) for event in events]
            await asyncio.get_running_loop().run_in_executor(database, carried.project, records)


def raw(message: Any) -> RawRecord:
    """A Faust message as the store takes it."""
    headers = message.headers
    pairs = list(headers.items()) if isinstance(headers, dict) else list(headers or ())
    at = int(message.timestamp * 1000)
    return RawRecord(message.topic, message.partition, message.offset, at, message.key, message.value, pairs)


def main() -> None:
    mode, topics = sys.argv[1], sys.argv[2:]
    settings = Settings()
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    app = app_of(settings)
    if mode == "batch":
        batch(app, settings, topics)
    else:
        documented(app, settings, topics, mode == "take")
    faust.Worker(app, loglevel="WARNING").execute_from_commandline()


if __name__ == "__main__":
    main()
