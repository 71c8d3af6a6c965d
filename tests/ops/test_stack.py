"""The local stack, real parts: beside another one, half broken, down, and through the command line."""

import functools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from confluent_kafka import Consumer, Producer, TopicPartition

from ops.base.settings import Settings
from ops.local.errors import StackError
from ops.local.process import Process, spawn
from ops.local.stack import Stack
from ops.local.state import Started, StateFile
from schemas.loader import NAMESPACE, event_names
from schemas.topics import ALARMS, TOPICS
from tests.fix_stack import cache_folder

pytestmark = pytest.mark.stack

SCHEMA = {"schema": '{"type": "record", "name": "Kept", "fields": []}'}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a second stack beside that of the fixture `stack`; this module's tests bring it up."""
    home = tmp_path_factory.mktemp("second")
    yield home
    Stack(home, cache_folder()).down()


def _sangam(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    env = os.environ | {"SANGAM_HOME": str(home), "SANGAM_CACHE": str(cache_folder())}
    command = (sys.executable, "-m", "ops.cli.main", *words)
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def _status(home: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_sangam(home, "status", "--json").stdout)
    return told


def _processes(home: Path) -> dict[str, Process]:
    return {name: one.process for name, one in StateFile(home).read().started.items()}


def _of_this_home(home: Path) -> list[str]:
    """Command lines of all living processes that name this home, whoever started them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(home) in words:
            found.append(words)
    return found


def _leave_something(settings: Settings) -> None:
    producer = Producer({"bootstrap.servers": settings.require_kafka()})
    producer.produce(ALARMS, value=b"kept", partition=0)
    assert producer.flush(30) == 0
    url = f"{settings.require_registry()}/subjects/kept/versions"
    httpx.post(url, json=SCHEMA, timeout=30).raise_for_status()
    with psycopg.connect(settings.require_database()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")


def _what_was_left(settings: Settings) -> tuple[bytes | None, int, tuple[Any, ...] | None]:
    consumer = Consumer({"bootstrap.servers": settings.require_kafka(), "group.id": "left"})
    consumer.assign([TopicPartition(ALARMS, 0, 0)])
    message = consumer.poll(30)
    consumer.close()
    answer = httpx.get(f"{settings.require_registry()}/subjects/kept/versions/1", timeout=30)
    with psycopg.connect(settings.require_database()) as connection:
        row = connection.execute("SELECT one FROM kept").fetchone()
    return (message.value() if message is not None else None), answer.status_code, row


def test_up_can_be_broken_off_and_repeated(home: Path) -> None:
    command = (sys.executable, "-m", "ops.cli.main", "up")
    env = os.environ | {"SANGAM_HOME": str(home), "SANGAM_CACHE": str(cache_folder())}
    # Whoever runs the tests in the background has had the signal ignored, here and for all whom they start.
    heard = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL, preexec_fn=heard) as begun:
        while "kafka" not in _processes(home):
            time.sleep(0.05)
        begun.send_signal(signal.SIGINT)
        assert begun.wait(timeout=15) != 0
    assert _processes(home)["kafka"].alive()
    # The next test repeats it.


def test_a_second_stack_runs_beside_the_first(stack: Settings, home: Path) -> None:
    run = _sangam(home, "up")
    assert run.returncode == 0, run.stderr
    first, second = _status(stack.home), _status(home)
    assert first["ready"]
    assert second["ready"]
    assert not {part["port"] for part in first["parts"]} & {part["port"] for part in second["parts"]}
    assert not {part["pid"] for part in first["parts"]} & {part["pid"] for part in second["parts"]}
    _leave_something(Settings(home=home))
    assert httpx.get(f"{stack.require_registry()}/subjects/kept/versions").status_code == 404


def test_the_topics_are_those_that_are_declared(stack: Settings) -> None:
    consumer = Consumer({"bootstrap.servers": stack.require_kafka(), "group.id": "topics"})
    found = consumer.list_topics(timeout=30).topics
    consumer.close()
    assert {topic.name: topic.partitions for topic in TOPICS} == {
        topic.name: len(found[topic.name].partitions) for topic in TOPICS
    }


def test_the_schemas_are_registered(stack: Settings) -> None:
    subjects = httpx.get(f"{stack.require_registry()}/subjects", timeout=30).json()
    assert {NAMESPACE + event for event in event_names()} <= set(subjects)


def test_up_on_a_running_stack_leaves_it_alone(home: Path) -> None:
    before = _processes(home)
    assert _sangam(home, "up").returncode == 0
    assert _processes(home) == before


def test_up_repairs_a_stack_whose_parts_were_killed(home: Path) -> None:
    before = _processes(home)
    # The broker and the database without any chance to clean up: PostgreSQL leaves its postmaster.pid behind.
    for name in ("kafka", "postgres"):
        os.kill(before[name].pid, signal.SIGKILL)
    run = _sangam(home, "status")
    assert run.returncode == 1
    assert "down" in run.stdout
    assert (home / "postgres" / "data" / "postmaster.pid").exists()
    run = _sangam(home, "up")
    assert run.returncode == 0, run.stderr
    assert _status(home)["ready"]
    assert _processes(home)["registry"] == before["registry"]
    assert _what_was_left(Settings(home=home)) == (b"kept", 200, (1,))


def test_down_leaves_nothing_running_and_up_finds_the_data_again(stack: Settings, home: Path) -> None:
    processes = _processes(home)
    assert _sangam(home, "down").returncode == 0
    assert not [name for name, process in processes.items() if process.alive()]
    assert not _of_this_home(home)
    assert _status(stack.home)["ready"]
    # A port that somebody took in between is exchanged, and the kept pid of a stranger is left in peace.
    stranger = spawn(("/bin/sleep", "600"), {}, home / "stranger.log")
    file = StateFile(home)
    with file.change() as state:
        state.ports["kafka"] = int(stack.require_kafka().rpartition(":")[2])
        state.started["kafka"] = Started(Process(stranger.pid, "another boot/1"), "")
    (home / "postgres" / "data" / "postmaster.pid").write_text(f"{stranger.pid}\n/elsewhere\n")
    try:
        run = _sangam(home, "up")
        assert run.returncode == 0, run.stderr
        assert stranger.alive()
        assert _what_was_left(Settings(home=home)) == (b"kept", 200, (1,))
    finally:
        stranger.stop(signal.SIGKILL, 5)


def test_a_program_of_ours_is_started_once_and_goes_down_with_the_stack(tmp_path: Path) -> None:
    whole = Stack(tmp_path, cache_folder())
    worker = whole.run("worker", ("/bin/sleep", "60"), {})
    assert whole.run("worker", ("/bin/sleep", "60"), {}) == worker
    other = whole.run("worker", ("/bin/sleep", "61"), {})
    assert other != worker
    assert not worker.alive()
    assert whole.down() == ["worker"]
    assert not other.alive()


def test_a_part_that_can_not_start_says_so_with_its_log(tmp_path: Path) -> None:
    whole = Stack(tmp_path, cache_folder())
    whole.up_postgres()
    whole.down()
    (tmp_path / "postgres" / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(StackError, match="PostgreSQL 18 ended while starting") as told:
        whole.up_postgres()
    assert str(tmp_path / "logs" / "postgres.log") in str(told.value)
    assert "FATAL" in str(told.value)
    assert not _of_this_home(tmp_path)


def test_a_home_that_can_not_be_written_is_named() -> None:
    run = _sangam(Path("/proc/nowhere"), "up")
    assert run.returncode == 1
    assert run.stderr.startswith("error: /proc/nowhere can't be written")
