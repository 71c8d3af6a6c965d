"""The ingest limit: consume, decode, COPY into a table without an index, commit per batch, and nothing else.

Reading and decoding of the next batch overlap the database's work on this one, as in the hub. No hub on this machine
can be faster than this with this broker, this contract and this database.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psycopg

from ops.base.settings import Settings
from projections.store.ports import RawRecord
from schemas.codec import Decoder, Refused
from schemas.registry import RegistrySchemas, client
from schemas.topics import SOURCE_TOPICS
from streams.bulk import read_up_to
from streams.topics import Topics

BATCH = 4000
COUNTED = (
    "consume (confluent_kafka), decode and validate (schemas.codec), COPY of one row an event into a table without an "
    "index, one commit per 4,000 records; decoding of the next batch overlaps the COPY; from the first record asked "
    "for to the last commit"
)
_TABLE = """
CREATE TABLE public.bench_limit (
    event_id uuid, digest bytea, type text, anchor text, claims text[], source text, source_seq bigint,
    recorded_at timestamptz, known_at timestamptz, key bytea, value bytea
)
"""
_COLUMNS = "event_id, digest, type, anchor, claims, source, source_seq, recorded_at, known_at, key, value"
_TYPES = (
    "uuid", "bytea", "text", "text", "text[]", "text", "int8", "timestamptz", "timestamptz", "bytea", "bytea",
)  # fmt: skip
Row = tuple[Any, ...]


def limit(settings: Settings, records: int) -> float:
    """Events a second over the first `records` records that the client brings."""
    topics = Topics(settings.require_kafka())
    partitions = topics.partitions(set(SOURCE_TOPICS))
    decoder = Decoder(RegistrySchemas(client(settings.require_registry())))
    with (
        psycopg.connect(settings.require_database()) as conn,
        ThreadPoolExecutor(1) as ahead,
    ):
        conn.execute("DROP TABLE IF EXISTS public.bench_limit")
        conn.execute(_TABLE)
        conn.commit()
        began, stored = time.perf_counter(), 0
        batches = read_up_to(
            settings.require_kafka(), topics.starts(partitions), topics.ends(partitions), size=BATCH
        )
        prepared = None
        for batch in batches:
            following = ahead.submit(_decoded, decoder, batch)
            if prepared is not None:
                stored += _store(conn, prepared.result())
            prepared = following
            if stored >= records:
                break
        if prepared is not None:
            stored += _store(conn, prepared.result())
        took = time.perf_counter() - began
        conn.execute("DROP TABLE public.bench_limit")
    return stored / took


def _decoded(decoder: Decoder, batch: Sequence[RawRecord]) -> list[Row]:
    rows = []
    for raw in batch:
        try:
            event = decoder.decode(raw.topic, raw.key, raw.value, raw.headers)
        except Refused:
            continue
        known_at = datetime.fromtimestamp(raw.timestamp_ms / 1000, UTC)
        rows.append(
            (
                event.event_id, event.digest, event.type, event.anchor, list(event.claims), event.source,
                event.source_seq, event.recorded_at, known_at, raw.key, raw.value,
            )
        )  # fmt: skip
    return rows


def _store(conn: psycopg.Connection[Row], rows: list[Row]) -> int:
    with (
        conn.cursor() as cur,
        cur.copy(f"COPY public.bench_limit ({_COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types(_TYPES)
        for row in rows:
            copy.write_row(row)
    conn.commit()
    return len(rows)
