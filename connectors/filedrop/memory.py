"""What a file drop remembers: of each document what its polls said, and of each file when it was first seen.

One SQLite file that its owner alone can read, for it holds descriptions of persons as the department's own system does.
Losing it loses nothing: what is dropped again has the same ids.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from connectors.mappings.revisions import History

_DDL: Final = """
CREATE TABLE IF NOT EXISTS history (
    source TEXT NOT NULL, scope TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (source, scope)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    source TEXT NOT NULL, digest BLOB NOT NULL, first_at TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, digest)
) WITHOUT ROWID;
"""


class Memory:
    """Close it, or use it in a `with`."""

    def __init__(self, path: Path) -> None:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._conn.execute("PRAGMA journal_mode = WAL")
        self._conn.execute("PRAGMA secure_delete = FAST")
        self._conn.executescript(_DDL)

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file up."""
        self._conn.close()

    def seen(self, source: str, digest: bytes, now: datetime) -> tuple[datetime, bool]:
        """When a file of this content was first seen (now, if it is the first time), and whether it was finished."""
        self._conn.execute(
            "INSERT OR IGNORE INTO file (source, digest, first_at) VALUES (?, ?, ?)",
            (source, digest, now.isoformat()),
        )
        first, done = self._conn.execute(
            "SELECT first_at, done FROM file WHERE source = ? AND digest = ?", (source, digest)
        ).fetchone()
        return datetime.fromisoformat(first), bool(done)

    def finished(self, source: str, digest: bytes) -> None:
        """Every row of the file was answered for."""
        self._conn.execute("UPDATE file SET done = 1 WHERE source = ? AND digest = ?", (source, digest))

    def histories(self, source: str, scopes: Iterable[str]) -> dict[str, History]:
        """What is remembered of these documents."""
        found = {}
        for scope in scopes:
            row = self._conn.execute(
                "SELECT body FROM history WHERE source = ? AND scope = ?", (source, scope)
            ).fetchone()
            found[scope] = History.loads(row[0]) if row else History()
        return found

    def remember(self, source: str, histories: Mapping[str, History]) -> None:
        """Keep histories, all in one transaction; after their events are kept for good, not before."""
        self._conn.execute("BEGIN IMMEDIATE")
        try:
            self._conn.executemany(
                "INSERT INTO history (source, scope, body) VALUES (?, ?, ?)"
                " ON CONFLICT (source, scope) DO UPDATE SET body = excluded.body",
                [(source, scope, history.dumps()) for scope, history in histories.items()],
            )
            self._conn.execute("COMMIT")
        except BaseException:
            self._conn.execute("ROLLBACK")
            raise
