"""The watermarks: who may store, from where, and that nobody else can."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from projections.store import watermarks
from projections.store.ports import ENVIRONMENT_ERRORS, TP, Claim
from tests.streams.ground import create_tables

pytestmark = pytest.mark.stack

TOPIC = uuid4()


def partitions(*numbers: int, topic_id: UUID = TOPIC) -> dict[TP, UUID]:
    return {("t", number): topic_id for number in numbers}


@pytest.fixture
def tables(database: str) -> str:
    create_tables(database, "g")
    return database


@contextmanager
def connected(database: str) -> Iterator[psycopg.Connection[Any]]:
    options = f"-c search_path=g {watermarks.CONNECTION_OPTIONS}"
    with psycopg.connect(database, options=options) as connection:
        yield connection


def test_a_new_partition_starts_at_its_beginning_and_a_moved_one_where_it_was_left(tables: str) -> None:
    with connected(tables) as c:
        first = watermarks.assign(c, partitions(0, 1))
        assert first == {("t", 0): Claim(TOPIC, 1, 0), ("t", 1): Claim(TOPIC, 1, 0)}
        watermarks.move(c, first, {("t", 1): 42})
        c.commit()
        assert watermarks.assign(c, partitions(0, 1))["t", 1] == Claim(TOPIC, 2, 42)


def test_a_topic_made_anew_has_a_watermark_of_its_own(tables: str) -> None:
    with connected(tables) as c:
        watermarks.move(c, watermarks.assign(c, partitions(0)), {("t", 0): 42})
        assert watermarks.assign(c, partitions(0, topic_id=uuid4()))["t", 0].next_offset == 0


def test_a_watermark_never_moves_backwards(tables: str) -> None:
    with connected(tables) as c:
        claims = watermarks.assign(c, partitions(0))
        watermarks.move(c, claims, {("t", 0): 42})
        watermarks.move(c, claims, {("t", 0): 41})
        assert watermarks.read(c, partitions(0, 7)) == {("t", 0): 42, ("t", 7): 0}


def test_a_former_owner_gets_no_lock_and_keeps_the_others(tables: str) -> None:
    with connected(tables) as old, connected(tables) as new:
        claims = watermarks.assign(old, partitions(0, 1))
        watermarks.assign(new, partitions(1))
        assert watermarks.lock(old, claims) == {("t", 0): 0}


def test_a_new_owner_waits_for_the_old_owners_commit_and_resumes_after_it(tables: str) -> None:
    with connected(tables) as old, connected(tables) as new, ThreadPoolExecutor() as pool:
        claims = watermarks.assign(old, partitions(0))
        watermarks.lock(old, claims)
        taking = pool.submit(watermarks.assign, new, partitions(0))
        time.sleep(0.3)
        assert not taking.done()
        watermarks.move(old, claims, {("t", 0): 42})
        old.commit()
        assert taking.result(5)["t", 0] == Claim(TOPIC, 2, 42)


def test_a_batch_that_waited_for_a_new_owner_finds_itself_fenced(tables: str) -> None:
    with connected(tables) as old, connected(tables) as new, ThreadPoolExecutor() as pool:
        claims = watermarks.assign(old, partitions(0))
        new.execute("UPDATE watermark SET epoch = epoch + 1")
        waiting = pool.submit(watermarks.lock, old, claims)
        time.sleep(0.3)
        assert not waiting.done()
        new.commit()
        assert waiting.result(5) == {}


def test_a_new_owner_gives_up_waiting_in_time_to_notice_that_it_was_revoked(tables: str) -> None:
    with connected(tables) as old, connected(tables) as new:
        watermarks.lock(old, watermarks.assign(old, partitions(0)))
        with pytest.raises(psycopg.errors.LockNotAvailable):
            watermarks.assign(new, partitions(0))


def test_an_owner_that_froze_in_mid_transaction_is_thrown_out(tables: str) -> None:
    with connected(tables) as new:
        frozen = psycopg.connect(tables, options=f"-c search_path=g {watermarks.CONNECTION_OPTIONS}")
        watermarks.lock(frozen, watermarks.assign(frozen, partitions(0)))
        deadline = time.monotonic() + 20
        while True:
            try:
                assert watermarks.assign(new, partitions(0))["t", 0].epoch == 2
                break
            except psycopg.errors.LockNotAvailable:
                assert time.monotonic() < deadline
        with pytest.raises(ENVIRONMENT_ERRORS):
            frozen.execute("SELECT 1")
        frozen.close()


def test_owners_that_come_at_once_in_any_order_do_not_deadlock(tables: str) -> None:
    numbers = list(range(24))
    start = threading.Barrier(4)

    def take(order: list[int]) -> int:
        with connected(tables) as c:
            start.wait()
            for _ in range(20):
                watermarks.assign(c, partitions(*order))
        return 1

    with ThreadPoolExecutor(4) as pool:
        orders = (numbers, numbers[::-1], numbers[12:] + numbers[:12], numbers[1::2] + numbers[::2])
        assert sum(pool.map(take, orders)) == 4
    with connected(tables) as c:
        assert {row[0] for row in c.execute("SELECT epoch FROM watermark")} == {80}
