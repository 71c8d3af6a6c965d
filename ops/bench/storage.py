"""What the stored world takes: bytes of a file, of the ledger an event, of every table."""

from __future__ import annotations

from typing import Any

from ops.bench.ground import Connection

_FILES = "FROM file WHERE content IS NOT NULL"
_TABLES = ("ledger", "file", "description", "link", "identifier", "board_undertrial")


def sizes(conn: Connection, events: int) -> dict[str, Any]:
    """Bytes a file and an event, tables with their indexes. `file_bytes`: the content as it is stored, packed."""
    tables = {table: _one(conn, f"SELECT pg_total_relation_size('{table}')") for table in _TABLES}
    files = _one(conn, f"SELECT count(*) {_FILES}")
    return {
        "files": files,
        "file_bytes": _one(conn, f"SELECT coalesce(avg(length(content)), 0)::bigint {_FILES}"),
        "file_bytes_with_table": tables["file"] // max(1, files),
        "ledger_bytes_per_event": tables["ledger"] // max(1, events),
        "value_bytes_per_event": _one(conn, "SELECT coalesce(avg(length(value)), 0)::bigint FROM ledger"),
        "table_bytes_per_event": {table: size // max(1, events) for table, size in tables.items()},
    }


def _one(conn: Connection, query: str) -> int:
    row = conn.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0
