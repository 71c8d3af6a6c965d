"""What the stored world takes: bytes of a file, of the ledger an event, of the tables; and one lookup's time."""

from __future__ import annotations

import random
import time
from typing import Any

from ops.bench.figures import percentile
from ops.bench.ground import Connection, Ground
from ops.hub import reading_intake
from projections.store import generation
from projections.store.reading import Reader

LOOKED_UP = (
    "projections.store.reading.Reader on one connection: identifier to roots to each file's bytes with its "
    "descriptions, for random FIR, CNR and PID numbers"
)
_FILES = "FROM file WHERE content IS NOT NULL"
_TABLES = ("ledger", "file", "description", "link", "identifier", "board_undertrial")


def sizes(conn: Connection, events: int) -> dict[str, Any]:
    """Bytes a file and an event, by table with its indexes."""
    tables = {table: _one(conn, f"SELECT pg_total_relation_size('{table}')") for table in _TABLES}
    files = _one(conn, f"SELECT count(*) {_FILES}")
    return {
        "files": files,
        "file_bytes": _one(conn, f"SELECT coalesce(avg(length(content)), 0)::bigint {_FILES}"),
        "file_bytes_stored": tables["file"] // max(1, files),
        "ledger_bytes_per_event": tables["ledger"] // max(1, events),
        "value_bytes_per_event": _one(conn, "SELECT coalesce(avg(length(value)), 0)::bigint FROM ledger"),
        "table_bytes_per_event": {table: size // max(1, events) for table, size in tables.items()},
        "undertrials": _one(conn, "SELECT count(*) FROM board_undertrial"),
    }


def lookups(ground: Ground, times: int, seed: int = 1) -> list[float]:
    """Milliseconds of each of so many point lookups."""
    database = ground.settings.require_database()
    with ground.connect() as conn:
        name = generation.active(conn)
        known = [
            row[0]
            for row in conn.execute(
                "SELECT identifier FROM identifier WHERE anchored AND (identifier LIKE 'FIR:%%'"
                " OR identifier LIKE 'CNR:%%' OR identifier LIKE 'PID:%%') ORDER BY identifier"
            )
        ]
        chosen = random.Random(seed).choices(known, k=times)
        reader = Reader(conn, reading_intake(database, name).revive)
        took = []
        for identifier in chosen:
            began = time.perf_counter()
            for root in reader.roots(identifier):
                reader.file(root)
            took.append(1000 * (time.perf_counter() - began))
    return took


def lookup_p99(ground: Ground, times: int = 2000) -> float:
    """The 99th percentile of point lookups, in milliseconds."""
    return percentile(lookups(ground, times), 0.99)


def _one(conn: Connection, query: str) -> int:
    row = conn.execute(query).fetchone()
    return int(row[0]) if row else 0
