"""Record first, fold each file once: how back-fill and rebuild go.

While events are recorded, the files that they touch are only noted as dirty. Afterwards each dirty file is folded from
the start, in chunks of one transaction; interrupted at any point, it goes on where it stopped, and several processes
may share the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from psycopg import Cursor

from projections.store.filing import Filing, Work

Connection = psycopg.Connection[tuple[Any, ...]]


def mark(cur: Cursor[Any], roots: Iterable[str]) -> None:
    """Note files as dirty, in the transaction that touches them."""
    cur.execute(
        "INSERT INTO dirty (root) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (sorted(set(roots)),)
    )


def count(conn: Connection) -> int:
    """How many files are dirty."""
    with conn.transaction():
        row = conn.execute("SELECT count(*) FROM dirty").fetchone()
    return int(row[0]) if row else 0


def settle_members(conn: Connection) -> None:
    """Write into each dirty file's row whose events are its members: every identifier knows its roots, and while
    recording no file's row was kept up with them."""
    with conn.transaction():
        conn.execute(
            "INSERT INTO file (root, identifiers)"
            " SELECT root, array_agg(identifier ORDER BY identifier)"
            " FROM (SELECT identifier, unnest(roots) AS root FROM identifier) i JOIN dirty USING (root) GROUP BY root"
            " ON CONFLICT (root) DO UPDATE SET identifiers = excluded.identifiers"
        )
        conn.execute(
            "UPDATE file SET identifiers = '{}' FROM dirty WHERE file.root = dirty.root"
            " AND NOT EXISTS (SELECT FROM identifier WHERE file.root = ANY(roots) AND identifier = ANY(identifiers))"
        )


def drain(conn: Connection, filing: Filing, chunk: int, progress: Callable[[int], None]) -> None:
    """Fold dirty files until there are none; `progress` is told how many after each transaction."""
    while True:
        with conn.transaction(), conn.cursor() as cur:
            roots = {
                row[0]
                for row in cur.execute(
                    "DELETE FROM dirty WHERE root IN"
                    " (SELECT root FROM dirty ORDER BY root LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING root",
                    (chunk,),
                )
            }
            if not roots:
                return
            filing.refold(cur, Work(afresh=roots))
        # States folded once are not needed again: memory stays flat.
        filing.rollback()
        progress(len(roots))
