"""`sangam drop` killed at any point, against the real broker: each row's event is there once, without a gap."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

from ops.base.settings import Settings
from schemas import headers as cloud
from schemas.topics import PARTITIONS
from tests.connectors.filedrop.office import EXAMPLES, csv_text, read_report

ROWS = 3000
TOPIC = "forensics.events"


def command(stack: Settings, folder: Path, source: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "ops.cli.main", "drop", str(folder), "--mapping", str(source), "--settle", "0.1",
         "--outbox", str(folder / "outbox")],
        env=os.environ | {"SANGAM_HOME": str(stack.home)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def arrived(stack: Settings, source: str) -> dict[tuple[int, int], set[UUID]]:
    """(epoch, number) -> ids of the events of a source, as they lie in the log."""
    consumer = Consumer(
        {"bootstrap.servers": stack.require_kafka(), "group.id": "unused", "enable.auto.commit": False}
    )
    found: dict[tuple[int, int], set[UUID]] = {}
    try:
        places = [TopicPartition(TOPIC, number, OFFSET_BEGINNING) for number in range(PARTITIONS)]
        ends = {p.partition: consumer.get_watermark_offsets(p)[1] for p in places}
        consumer.assign([p for p in places if ends[p.partition]])
        left = {partition for partition, end in ends.items() if end}
        while left:
            message = consumer.poll(20)
            assert message is not None
            assert message.error() is None
            headers = cloud.read_headers(message.headers())  # type: ignore[arg-type]
            if headers[cloud.SOURCE] == source:
                number = int(headers[cloud.EPOCH]), int(headers[cloud.SEQ])
                found.setdefault(number, set()).add(UUID(headers[cloud.ID]))
            if message.offset() + 1 >= ends[message.partition()]:  # type: ignore[index,operator]
                left.discard(message.partition())
    finally:
        consumer.close()
    return found


@pytest.mark.stack
@pytest.mark.timeout(180)
def test_a_drop_that_is_killed_again_and_again_sends_each_row_once(stack: Settings, tmp_path: Path) -> None:
    chance = random.Random(5)
    source = f"forensics.lab/K{chance.randrange(10**9)}"
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        (EXAMPLES / "fsl-reports.toml").read_text("utf-8").replace("forensics.lab/FSLPAT", source), "utf-8"
    )
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [
        (f"BR/FSLKIL/2025/{n}", "R", "31-01-2025", "Kotwali", "1", "2025", "Positive")
        for n in range(1, ROWS + 1)
    ]
    (folder / "reports.csv").write_text(csv_text(rows), "utf-8")
    outbox = folder / "outbox" / "outbox.sqlite"
    for _ in range(4):
        run = command(stack, folder, mapping)
        while run.poll() is None and not outbox.exists():
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.7))
        run.send_signal(signal.SIGKILL)
        run.communicate()
    last = command(stack, folder, mapping)
    _, told = last.communicate(timeout=120)
    assert last.returncode == 0, told.decode()
    numbers = arrived(stack, source)
    assert all(len(ids) == 1 for ids in numbers.values())
    ids = [one for ids in numbers.values() for one in ids]
    assert len(ids) == len(set(ids))
    (epoch,) = {epoch for epoch, _ in numbers}
    manifests = len(ids) - ROWS  # common.WindowClosed, under numbers of their own
    assert 0 < manifests < 8
    assert sorted(numbers) == [(epoch, n) for n in range(1, ROWS + manifests + 1)]
    assert len(read_report(folder / "reports.csv")) == ROWS
