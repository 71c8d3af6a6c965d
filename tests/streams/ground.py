"""What the tests of this folder stand on: topics, a schema with the tables, and worker processes."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from projections.store import watermarks
from streams.topics import Topics
from tests.streams.projector import TABLE

ROOT = Path(__file__).parents[2]
DDL = ROOT / "projections" / "store" / "ddl"


def create_tables(database: str, schema: str) -> None:
    """The schema with the streams' own tables and the projector's."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(f"SET search_path = {schema}")
        for name in ("watermark",):
            connection.execute((DDL / f"{name}.sql").read_text().encode())
        connection.execute(TABLE.encode())


def wait_until(true: Callable[[], object], seconds: float = 30.0) -> None:
    """Fails if it does not become true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@dataclass
class Ground:
    """One test's own topic, group and schema, all of one name, and the workers that it started."""

    kafka: str
    database: str
    name: str
    folder: Path
    partitions: int = 6
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    published: int = 0

    def prepare(self) -> None:
        self.create_topic()
        create_tables(self.database, self.name)

    def create_topic(self) -> None:
        admin = AdminClient({"bootstrap.servers": self.kafka})
        admin.create_topics([NewTopic(self.name, self.partitions, 1)])[self.name].result()

    def publish(self, count: int, partitions: Iterable[int] | None = None, size: int = 100) -> None:
        """Publish so many records of `size` bytes, each with its own number, over the partitions in turn."""
        producer = Producer({"bootstrap.servers": self.kafka, "linger.ms": 20})
        wanted = list(partitions if partitions is not None else range(self.partitions))
        for n in range(self.published, self.published + count):
            producer.produce(self.name, f"{n:0{size}}".encode(), partition=wanted[n % len(wanted)])
            if n % 1000 == 0:
                producer.poll(0)
        assert producer.flush(30) == 0
        self.published += count

    def options(self, slot: int, **more: Any) -> dict[str, Any]:
        return {
            "kafka": self.kafka, "database": self.database, "schema": self.name, "group": self.name,
            "slot": slot, "topics": [self.name], **more,
        }  # fmt: skip

    def command(self, slot: int, **more: Any) -> list[str]:
        return [sys.executable, "-m", "tests.streams.worker_main", json.dumps(self.options(slot, **more))]

    def start(self, slot: int, **more: Any) -> subprocess.Popen[bytes]:
        with self.log(slot).open("ab") as log:
            worker = subprocess.Popen(self.command(slot, **more), stderr=log, cwd=ROOT)
        self.workers.append(worker)
        return worker

    def log(self, slot: int) -> Path:
        return self.folder / f"worker-{slot}.log"

    def logged(self, slot: int, event: str) -> list[dict[str, Any]]:
        """The lines of a worker with this event name."""
        lines = (json.loads(line) for line in self.log(slot).read_text().splitlines() if line.startswith("{"))
        return [line for line in lines if line["event"] == event]

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database, options=f"-c search_path={self.name}") as connection:
            return connection.execute(statement.encode()).fetchall()

    def stored(self) -> int:
        return int(self.query("SELECT count(*) FROM stored")[0][0])

    def owners(self) -> set[str]:
        """The workers that stored something."""
        return {row[0] for row in self.query("SELECT DISTINCT worker FROM stored")}

    def assert_each_exactly_once(self) -> None:
        wait_until(lambda: self.stored() >= self.published, 60)
        numbers = sorted(int(row[0]) for row in self.query("SELECT value FROM stored"))
        assert numbers == list(range(self.published))

    def catch_up(self) -> None:
        """Store all with one more worker, which ends by itself."""
        assert self.start(9, until_caught_up=True).wait(60) == 0

    def steal(self, partitions: Iterable[int]) -> None:
        """Raise the epoch of partitions, as another worker would."""
        topic_id = Topics(self.kafka).ids({self.name})[self.name]
        with psycopg.connect(self.database, options=f"-c search_path={self.name}") as connection:
            watermarks.assign(connection, {(self.name, p): topic_id for p in partitions})

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()


def metric(port: int, name: str) -> float:
    """The value of a metric without labels that a worker serves."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        lines: Iterator[str] = (line.decode() for line in answer)
        return next(float(line.split()[1]) for line in lines if line.startswith(name + " "))
