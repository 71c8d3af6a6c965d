"""Long outages and repeated crashes under load."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.base.settings import Settings
from ops.local.stack import Stack
from tests.fix_stack import cache_folder
from tests.streams.ground import ROOT, Ground, wait_until

pytestmark = pytest.mark.stack

MB = 1 << 20


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[Stack]:
    """A server that this test may stop: the others' must go on."""
    server = Stack(tmp_path / "home", cache_folder())
    server.up_postgres()
    try:
        yield server
    finally:
        server.down()


def resident(worker: subprocess.Popen[bytes]) -> int:
    """Bytes of memory that the process has now."""
    pages = Path(f"/proc/{worker.pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def test_while_the_database_is_away_memory_is_flat_and_the_worker_keeps_its_place(
    stack: Settings, own_postgres: Stack, topic_prefix: str, tmp_path: Path
) -> None:
    database = Settings(home=own_postgres.home).require_database()
    ground = Ground(stack.require_kafka(), database, topic_prefix, tmp_path)
    ground.prepare()
    try:
        survives_an_outage(ground, own_postgres, away=20.0)
    finally:
        ground.stop()


def survives_an_outage(ground: Ground, server: Stack, away: float) -> None:
    """Take the database away under load for so many seconds, and bring it back."""
    worker = ground.start(0)
    ground.publish(60_000, size=1000)
    wait_until(lambda: ground.stored() == 60_000, 60)
    server.down()
    sizes = []
    ended = time.monotonic() + away
    while time.monotonic() < ended:
        # Far more than the buffer holds.
        ground.publish(10_000, size=1000)
        sizes.append(resident(worker))
        time.sleep(away / 20)
    half = len(sizes) // 2
    assert max(sizes[half:]) - max(sizes[:half]) < 8 * MB
    assert max(sizes) < 300 * MB
    server.up_postgres()
    ground.assert_each_exactly_once()
    # The same process with the same claim: it never left the group.
    assert worker.poll() is None
    assert len(ground.logged(0, "partitions.claimed")) == 1


def test_two_supervised_workers_killed_at_random_under_load_store_each_record_once(ground: Ground) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "tests.streams.supervise_main", "2", *ground.command(0)], cwd=ROOT
    )
    ground.workers.append(supervisor)
    chance = random.Random(20_26)
    load_ended = threading.Event()

    def kill_now_and_then() -> None:
        for _ in range(10):
            if load_ended.wait(chance.uniform(0.3, 2.5)):
                return
            workers = children_of(supervisor.pid)
            if workers:
                os.kill(chance.choice(workers), signal.SIGKILL)

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    for _ in range(50):
        ground.publish(2000)
        time.sleep(0.2)
    killer.join()
    load_ended.set()
    ground.assert_each_exactly_once()
    supervisor.terminate()
    assert supervisor.wait(30) == 0
    assert not children_of(supervisor.pid)


def children_of(pid: int) -> list[int]:
    """The processes that this process started and that run."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
