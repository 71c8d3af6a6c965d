"""The outbox's file: opened by one process at a time, each write one transaction that is on disk when it returns.

**Epochs.** A file that comes back from a backup has forgotten numbers that it gave, and would give them again, to other
events. So a file that is not the one that was last written (its inode differs) begins a new epoch, and so does a new
file. An epoch is named by the hour in which it began, 2026112411: a file that was lost altogether does not begin where
another began, and no register of epochs is needed. A copy that cannot be told from the original (the image of a whole
disk) needs to be told by a person: `new_epoch`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Final

from ops.base.clock import INDIA, Clock
from ops.base.errors import UserError

_DDL: Final = Path(__file__).with_name("ddl.sql")
_VERSION: Final = 1
_FILE: Final = "outbox.sqlite"
_BUSY: Final = 10.0


class OutboxUnavailable(UserError):
    """The file cannot be had or written now: nothing was kept. The text says what to do."""


class Database:
    """One connection, shared between threads under one lock. Close it, or use it in a `with`."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Opens `folder`/outbox.sqlite, made with its folder if there is none. Raises OutboxUnavailable."""
        self._path = folder / _FILE
        self._lock = RLock()
        self._clock = clock
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._held = _held(folder / "outbox.lock")
            try:
                self._conn = self._opened()
            except BaseException:
                os.close(self._held)
                raise
        except (OSError, sqlite3.Error) as error:
            raise OutboxUnavailable(f"the outbox {self._path} cannot be opened: {error}") from error

    def close(self) -> None:
        """Give the file up."""
        with self._lock:
            self._conn.close()
            os.close(self._held)

    @property
    def epoch(self) -> int:
        """The epoch in which numbers are given."""
        with self.reading() as conn:
            epoch: int = conn.execute("SELECT epoch FROM identity").fetchone()[0]
            return epoch

    def new_epoch(self) -> int:
        """Begin a new epoch for every source: for a file that was restored without our seeing it."""
        with self.writing() as conn:
            conn.execute("UPDATE identity SET epoch = max(epoch + 1, ?)", (self._hour(),))
        return self.epoch

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on disk when the block has ended, or as if it had never begun.

        Raises OutboxUnavailable where the disk is full or fails.
        """
        with self._lock:
            try:
                self._conn.execute("BEGIN IMMEDIATE")
                try:
                    yield self._conn
                    self._conn.execute("COMMIT")
                except BaseException:
                    # What failed may have ended the transaction itself.
                    with contextlib.suppress(sqlite3.Error):
                        self._conn.execute("ROLLBACK")
                    raise
            except sqlite3.OperationalError as error:
                raise OutboxUnavailable(
                    f"the outbox {self._path} cannot be written ({error}): is its disk full?"
                ) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for statements that only read."""
        with self._lock:
            yield self._conn

    def _opened(self) -> sqlite3.Connection:
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        conn = sqlite3.connect(self._path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = FULL")
        conn.execute("PRAGMA foreign_keys = ON")
        # What was sent names persons no more once its page is written anew.
        conn.execute("PRAGMA secure_delete = FAST")
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise OutboxUnavailable(
                f"{self._path} is of another version of this program ({version}): update it"
            )
        inode = self._path.stat().st_ino
        if version == 0:
            conn.executescript(
                f"BEGIN; {_DDL.read_text(encoding='utf-8')} PRAGMA user_version = {_VERSION}; COMMIT"
            )
        # In its own statement: what made the tables may have been killed before this.
        conn.execute(
            "INSERT INTO identity SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM identity)",
            (inode, self._hour()),
        )
        conn.execute(
            "UPDATE identity SET inode = ?, epoch = max(epoch + 1, ?) WHERE inode <> ?",
            (inode, self._hour(), inode),
        )
        return conn

    def _hour(self) -> int:
        return int(self._clock.now().astimezone(INDIA).strftime("%Y%m%d%H"))


def _held(path: Path) -> int:
    """A lock that the kernel frees when we die: two processes would each send what is unsent."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise OutboxUnavailable(
            f"{path.parent} is in use by another process: end that one, or give this one a folder of its own"
        ) from None
    return handle
