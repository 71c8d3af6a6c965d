"""The supervisor with small programs in the place of workers."""

import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from streams import supervise
from tests.streams.ground import ROOT, wait_until


def test_a_worker_that_dies_is_started_again_and_one_that_is_done_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervise, "FIRST_PAUSE", 0.01)
    fails_twice = (
        "import pathlib, sys; tries = pathlib.Path(sys.argv[1]); "
        "tries.write_text(tries.read_text() + 'x' if tries.exists() else 'x'); "
        "sys.exit(len(tries.read_text()) < 3)"
    )
    command = lambda slot: [sys.executable, "-c", fails_twice, str(tmp_path / str(slot))]  # noqa: E731
    assert supervise.supervise(2, command) == 0
    assert [(tmp_path / name).read_text() for name in ("0", "1")] == ["xxx", "xxx"]


def test_a_worker_that_keeps_dying_is_started_at_ever_longer_intervals(tmp_path: Path) -> None:
    code = (
        f"import time; open({str(tmp_path / 'log')!r}, 'a').write(f'{{time.time()}}\\n'); raise SystemExit(3)"
    )
    supervisor = supervised(tmp_path, code)
    time.sleep(4.0)
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(10) == 0
    times = [float(line) for line in (tmp_path / "log").read_text().splitlines()]
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert pauses == sorted(pauses)
    assert pauses[0] > 0.9


def test_told_to_stop_it_stops_its_workers(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time;"
        " signal.signal(signal.SIGTERM, lambda *_: (open(sys.argv[1], 'w').close(), sys.exit(0)));"
        " open(sys.argv[1] + '.up', 'w').close(); time.sleep(60)"
    )
    supervisor = supervised(tmp_path, code, str(tmp_path / "stopped"))
    wait_until((tmp_path / "stopped.up").exists)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(10) == 0
    assert (tmp_path / "stopped").exists()


def supervised(tmp_path: Path, code: str, *arguments: str) -> subprocess.Popen[bytes]:
    program = (
        "import sys; from streams.supervise import supervise;"
        f" sys.exit(supervise(1, lambda slot: [sys.executable, '-c', {code!r}, *{list(arguments)!r}]))"
    )
    return subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
