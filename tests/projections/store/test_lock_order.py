"""Every worker makes and locks rows in one order, that of their keys: so two can wait for each other, never both."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.projections.store.ground import Connection, Ground
from tests.projections.store.hands import Hand, event, record, waiting
from tests.streams.ground import wait_until

pytestmark = pytest.mark.stack

FIRS = [f"FIR:BR-PATKOT-2025-{n:04}" for n in range(9)]
SCRAMBLED = random.Random(5).sample(FIRS, len(FIRS))
MIDDLE = FIRS[4]
TABLES = pytest.mark.parametrize(("table", "key"), [("identifier", "identifier"), ("file", "root")])


@pytest.fixture
def ground(database: str) -> Ground:
    return Ground(database)


@contextmanager
def standing_still(ground: Ground, hold: str, *, kind: str) -> Iterator[Connection]:
    """A worker whose batch touches all files waits for what the statement `hold` holds; a connection to look on."""
    hand = Hand(ground, 10)
    with ground.connect() as conn, ground.connect() as looking:
        with conn.transaction():
            conn.execute(hold.encode(), (MIDDLE,))
            hand.start(*(record(event(kind, fir, FIRS.index(fir) + 1)) for fir in SCRAMBLED))
            wait_until(lambda: waiting(ground) == 1)
            with looking.transaction(force_rollback=True):
                yield looking
        hand.end()


@TABLES
def test_rows_are_locked_in_the_order_of_their_keys(ground: Ground, table: str, key: str) -> None:
    ground.project(
        [record(event("police.FirRegistered", fir, 50 + n)) for n, fir in enumerate(SCRAMBLED)], [9]
    )
    hold = f"SELECT FROM {table} WHERE {key} = %s FOR UPDATE"
    with standing_still(ground, hold, kind="police.SectionsAltered") as looking:
        free = looking.execute(f"SELECT {key} FROM {table} ORDER BY 1 FOR UPDATE SKIP LOCKED").fetchall()
    assert [row[0] for row in free] == FIRS[5:]


@TABLES
def test_new_rows_are_made_in_the_order_of_their_keys(ground: Ground, table: str, key: str) -> None:
    insert = f"INSERT INTO {table} ({key}) VALUES (%s)"
    with standing_still(ground, insert, kind="police.FirRegistered") as looking:
        made = [fir for fir in FIRS if fir != MIDDLE and _is_made(looking, insert, fir)]
    assert made == FIRS[:4]


def _is_made(conn: Connection, insert: str, fir: str) -> bool:
    """Whether somebody has made this row and not committed it."""
    conn.execute("SET LOCAL lock_timeout = '200ms'")
    try:
        with conn.transaction():
            conn.execute(insert.encode(), (fir,))
    except psycopg.errors.LockNotAvailable:
        return True
    return False
