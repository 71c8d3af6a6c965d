"""Processes are recognised by pid and start, so that a reused pid is never taken for ours."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.local.process import Process, running, spawn

SLEEP = ("/bin/sleep", "60")


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Process]:
    process = spawn(SLEEP, {}, tmp_path / "log")
    yield process
    process.stop(signal.SIGKILL, 5)


def test_a_started_process_is_alive_until_it_is_stopped(sleeper: Process) -> None:
    assert sleeper.alive()
    sleeper.stop(signal.SIGTERM, 5)
    assert not sleeper.alive()
    assert running(sleeper.pid) is None


def test_a_pid_that_was_given_again_is_not_ours_and_is_not_touched(sleeper: Process) -> None:
    yesterday = Process(sleeper.pid, "another boot/17")
    assert not yesterday.alive()
    yesterday.stop(signal.SIGKILL, 1)
    assert sleeper.alive()


def test_one_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    deaf = spawn(
        ("/bin/sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"), {}, tmp_path / "log"
    )
    while "deaf" not in (tmp_path / "log").read_text():
        time.sleep(0.01)
    deaf.stop(signal.SIGTERM, 0.2)
    assert not deaf.alive()


def test_one_that_ended_and_was_not_collected_is_not_alive(tmp_path: Path) -> None:
    process = spawn(("/bin/true",), {}, tmp_path / "log")
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert Path(f"/proc/{process.pid}").exists()
    assert not process.alive()
    process.reap()
    assert not Path(f"/proc/{process.pid}").exists()


def test_output_is_added_to_the_log(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "part.log"
    for word in ("first", "second"):
        process = spawn(("/bin/sh", "-c", f"echo {word}; echo {word}-error >&2"), {}, log)
        os.waitpid(process.pid, 0)
    assert log.read_text().split() == ["first", "first-error", "second", "second-error"]
