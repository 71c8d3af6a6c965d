"""The digest of a whole generation: what its events came to, and nothing of when, where or in which order.

An order-free sum, bucketed, over files, descriptions, boards, standing links and the ids of records set aside. Each
row is hashed (SHA-256) and added into its bucket in four 64-bit lanes; so a digest costs one scan per table and no
sort, and where two generations differ the buckets say in which table and where.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from psycopg import Connection

from projections.boards import BOARDS

_FIXED = {
    "file": "SELECT root AS key, encode(digest, 'hex') AS row FROM file WHERE digest IS NOT NULL",
    "description": "SELECT root AS key, ref || ' ' || encode(sha256(body), 'hex') AS row FROM description",
    "link": "SELECT a AS key, kind || ' ' || a || ' ' || b || ' ' || array_to_string(in_place_of, ' ') AS row"
    " FROM link WHERE standing",
    "set_aside": "SELECT id::text AS key, id || ' ' || encode(digest, 'hex') || ' ' || reason AS row FROM set_aside",
    "refused": "SELECT event_id::text AS key, event_id || ' ' || encode(digest, 'hex') || ' ' || refused AS row"
    " FROM ledger WHERE refused IS NOT NULL",
}
_LANES = ", ".join(
    f"sum(('x' || substr(h, {1 + 16 * lane}, 16))::bit(64)::bigint::numeric)::text" for lane in range(4)
)
_SUM = f"""
SELECT get_byte(sha256(convert_to(key, 'UTF8')), 0) AS bucket, count(*), {_LANES}
FROM (SELECT key, encode(sha256(convert_to(row, 'UTF8')), 'hex') AS h FROM ({{rows}}) r) s GROUP BY bucket
"""


@dataclass(frozen=True, slots=True)
class Digest:
    """`buckets`: (table, bucket) -> (rows, four sums). Equal content gives equal buckets."""

    buckets: dict[tuple[str, int], tuple[int, str, str, str, str]]

    @property
    def hex(self) -> str:
        """The whole as one SHA-256, in hex."""
        return sha256(orjson.dumps(sorted((t, b, *v) for (t, b), v in self.buckets.items()))).hexdigest()

    def rows(self, table: str) -> int:
        """How many rows of a table went in."""
        return sum(v[0] for (t, _), v in self.buckets.items() if t == table)

    def differing(self, other: Digest) -> list[tuple[str, int]]:
        """The buckets in which two generations differ."""
        return sorted(
            key
            for key in self.buckets.keys() | other.buckets.keys()
            if self.buckets.get(key) != other.buckets.get(key)
        )


def digest(conn: Connection[Any]) -> Digest:
    """The digest of the generation in the connection's search_path, as its transaction sees it."""
    found: dict[tuple[str, int], tuple[int, str, str, str, str]] = {}
    for table, rows in tables().items():
        for bucket, *sums in conn.execute(_SUM.format(rows=rows)):
            found[table, bucket] = (sums[0], sums[1], sums[2], sums[3], sums[4])
    return Digest(found)


def tables() -> dict[str, str]:
    """Table -> the query of its rows (key, row) that the digest covers."""
    boards = {
        board.table: f"SELECT root AS key, row_to_json(b)::text AS row FROM"
        f" (SELECT {', '.join(board.names)} FROM {board.table}) b"
        for board in BOARDS
    }
    return _FIXED | boards


def differing_rows(conn: Connection[Any], other: Connection[Any], table: str, bucket: int) -> list[str]:
    """The keys in one bucket whose rows differ between two generations (each in its connection's search_path)."""
    query = (
        f"SELECT key, row FROM ({tables()[table]}) r"
        " WHERE get_byte(sha256(convert_to(key, 'UTF8')), 0) = %s ORDER BY key, row"
    )
    one = {(key, row) for key, row in conn.execute(query, (bucket,))}
    two = {(key, row) for key, row in other.execute(query, (bucket,))}
    return sorted({key for key, _ in one ^ two})
