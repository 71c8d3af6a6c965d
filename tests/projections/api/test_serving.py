"""The API as a process: it listens on loopback alone, says where, and ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from projections.api.serving import NotLoopback, loopback, serve
from tests.fix_api import Tokens

ROOT = Path(__file__).parents[3]


@contextmanager
def served(database: str, issuer: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`sangam serve` on a free port: its address and its process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SANGAM_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "ops.cli.main", "serve", "--port", "0"],
        env=kept | {"SANGAM_DATABASE": database, "SANGAM_LOG_FORMAT": "json", "SANGAM_ISSUER": issuer},
        stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
        assert found is not None
        yield found.group(), process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.stack
def test_it_serves_until_it_is_told_to_stop_and_logs_no_address(district: str, issued: Tokens) -> None:
    token = issued(district, "HIGH_COURT")
    with served(district, token.issuer) as (address, process):
        with httpx.Client(headers={"Authorization": f"Bearer {token.text}"}, timeout=20) as asker:
            assert asker.get(f"{address}/cases/BR-PATKOT-2025-0123").status_code == 200
            assert asker.get(f"{address}/cases/Rakep Zumal").status_code == 400
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "PATKOT" not in log
        assert "Zumal" not in log


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "hub.example", ""])
def test_it_refuses_to_listen_where_other_machines_can_ask(host: str) -> None:
    with pytest.raises(NotLoopback, match="SANGAM_API_HOST"):
        serve(lambda _: pytest.fail("it is made"), host, 0, lambda _: pytest.fail("it listens"))


@pytest.mark.parametrize(
    ("host", "address"), [("localhost", "127.0.0.1"), ("127.0.0.2", "127.0.0.2"), ("[::1]", "::1")]
)
def test_it_listens_on_any_loopback_address(host: str, address: str) -> None:
    assert str(loopback(host)) == address


def test_a_port_that_is_taken_is_told() -> None:
    from ops.base.errors import UserError

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(UserError, match="choose another with --port"):
            serve(lambda _: pytest.fail("it is made"), "127.0.0.1", other.getsockname()[1], lambda _: None)
