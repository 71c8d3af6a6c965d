"""Every way in, killed at any moment, on a secured stack: the ledger holds each row once, and each writes its own.

The SDK, the gateway and the relay each bring rows of a court while they, and once the broker, are killed with SIGKILL.
The broker asks who comes: each signs in as its own user, with that user's rights.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient

from connectors.gateway.dev_keys import dev_token
from connectors.outbox.drafts import draft_of_plain
from connectors.outbox.store import Outbox
from connectors.publisher import Publisher, PublishError, Receipt
from connectors.relay.relay import DDL
from connectors.schema_ids import schema_ids
from connectors.secret import connector_key
from ops.base.brokers import client_config
from ops.base.clock import SystemClock
from ops.local.ports import free_port
from schemas.codec import Decoder
from schemas.registry import RegistrySchemas, client
from schemas.windows import ABOUT_NUMBERS
from streams.bulk import read_up_to
from streams.topics import Topics
from tests.schemas.samples import sample
from tests.stories.rows import plain
from tests.stories.test_survival import Hub
from tests.streams.ground import wait_until

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]

SEED = 23
COUNT = 300
KILLS = 4
TOPIC = "court.events"
WAYS = ("SDK", "GATEWAY", "RELAY")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A secured stack; what the ways bring is in its log and projected."""
    hub = Hub(tmp_path_factory.mktemp("ways"))
    hub.stack.up(secure=True)
    try:
        yield hub
    finally:
        hub.stop()


def address(hub: Hub, user: str) -> str:
    found: str = json.loads((hub.home / "kafka" / "addresses.json").read_text())[user]
    return found


def source(way: str) -> str:
    return f"court.cis/{way}"


class Killed:
    """A program that is killed `KILLS` times at random moments, and then left to itself."""

    def __init__(self, start: Callable[[], subprocess.Popen[bytes]], seed: int) -> None:
        self._start = start
        self._rng = random.Random(seed)
        self.program = start()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        for _ in range(KILLS):
            time.sleep(self._rng.uniform(1.5, 6.0))
            if self.program.poll() is None:
                os.kill(self.program.pid, signal.SIGKILL)
            self.program.wait()
            self.program = self._start()

    def join(self) -> subprocess.Popen[bytes]:
        self._thread.join()
        return self.program


def sdk(hub: Hub) -> subprocess.Popen[bytes]:
    options = {
        "folder": str(hub.home / "sdk"), "kafka": address(hub, "court"),
        "registry": hub.settings.require_registry(), "source": source("SDK"), "count": COUNT,
    }  # fmt: skip
    return hub.start("tests.stories.sdk_main", json.dumps(options))


def gateway(hub: Hub, port: int) -> subprocess.Popen[bytes]:
    return hub.start("ops.cli.main", "gateway", "--port", str(port), "--window", "1")


def relay(hub: Hub, database: str) -> subprocess.Popen[bytes]:
    words = ("relay", "--source", source("RELAY"), "--database", database, "--poll", "0.2", "--window", "1")
    return hub.start("ops.cli.main", *words)


def post_all(hub: Hub, port: int) -> None:
    """A department's client: it sends each batch again until it is told that it was kept."""
    headers = {"Authorization": f"Bearer {dev_token(publishers(hub), 'court', SystemClock())}"}
    for start in range(1, COUNT + 1, 10):
        batch = [plain(n, source("GATEWAY")) for n in range(start, start + 10)]
        until = time.monotonic() + 120
        while True:
            try:
                answer = httpx.post(
                    f"http://127.0.0.1:{port}/events", json=batch, headers=headers, timeout=10
                )
                if answer.status_code == 202:
                    break
                raise AssertionError(answer.text)
            except httpx.TransportError:
                assert time.monotonic() < until
                time.sleep(0.1)
        time.sleep(0.3)


def publishers(hub: Hub) -> Path:
    return hub.home / "gateway" / "publishers.toml"


def insert_all(database: str) -> None:
    """The department's own program: a row a transaction, some of which it takes back."""
    with psycopg.connect(database) as conn:
        for n in range(1, COUNT + 1):
            event = json.dumps(plain(n, source("RELAY")))
            with conn.transaction():
                conn.execute("INSERT INTO sangam_outbox (event) VALUES (%s)", (event,))
            with conn.transaction(force_rollback=True):
                conn.execute(
                    "INSERT INTO sangam_outbox (event) VALUES (%s)", (event.replace("row ", "never "),)
                )
            time.sleep(0.03)


@pytest.fixture(scope="module")
def brought(hub: Hub) -> Hub:
    """The hub after all rows were given to their ways, and everything was killed."""
    port = free_port()
    (hub.home / "gateway").mkdir()
    dev_token(publishers(hub), "court", SystemClock())
    server = hub.settings.require_database()
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute("CREATE DATABASE department")
    department = f"{server.rpartition('/')[0]}/department"
    with psycopg.connect(department) as conn:
        conn.execute(DDL.read_bytes())

    ways = [
        Killed(lambda: sdk(hub), SEED),
        Killed(lambda: gateway(hub, port), SEED + 1),
        Killed(lambda: relay(hub, department), SEED + 2),
    ]
    given = [
        threading.Thread(target=work, args=arguments)
        for work, arguments in ((post_all, (hub, port)), (insert_all, (department,)))
    ]
    for thread in given:
        thread.start()
    time.sleep(4)
    hub.kill_part("kafka")
    hub.stack.up()
    for thread in given:
        thread.join()
    left = [way.join() for way in ways]
    assert left[0].wait(180) == 0
    wait_until(lambda: unsent(port) == 0, 120)
    with psycopg.connect(department, autocommit=True) as conn:
        wait_until(lambda: unrelayed(conn) == 0, 120)
    for program in left[1:]:
        program.terminate()
        assert program.wait(60) == 0
    for folder in ("gateway", "relay"):
        assert not waiting(hub.home / folder)
    assert hub.start("ops.cli.main", "work", "--until-caught-up").wait(120) == 0
    return hub


def unsent(port: int) -> int:
    """How many events the gateway has on its disk alone; -1 while it starts."""
    try:
        found: int = httpx.get(f"http://127.0.0.1:{port}/health").json()["waiting"]
    except httpx.TransportError:
        return -1
    return found


def unrelayed(conn: psycopg.Connection[Any]) -> int:
    (found,) = conn.execute("SELECT count(*) FROM sangam_outbox WHERE relayed_at IS NULL").fetchall()
    return int(found[0])


def waiting(folder: Path) -> int:
    with Outbox(folder, SystemClock()) as outbox:
        return outbox.waiting


def test_the_ledger_holds_each_row_once(brought: Hub) -> None:
    keys = {"SDK": "sdk", "GATEWAY": "gateway", "RELAY": "relay"}
    expected = {
        draft_of_plain(
            plain(n, source(way)), connector_key(brought.home / keys[way] / "connector.key")
        ).event_id
        for way in WAYS
        for n in range(1, COUNT + 1)
    }
    assert len(expected) == 3 * COUNT
    held = Counter(row_of(brought, "SELECT event_id FROM ledger WHERE digest IS NOT NULL"))
    assert set(held.values()) == {1}
    assert expected <= set(held)
    manifests = [event for event in logged(brought) if event.type in ABOUT_NUMBERS]
    assert set(held) == expected | {event.event_id for event in manifests}


def test_each_source_numbered_without_a_hole_and_its_windows_say_so(brought: Hub) -> None:
    numbers: defaultdict[str, dict[int, UUID]] = defaultdict(dict)
    windows: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for event in logged(brought):
        assert numbers[event.source].setdefault(event.source_seq, event.event_id) == event.event_id
        if event.type == "common.WindowClosed":
            windows[event.source].append((event.body["first_seq"], event.body["last_seq"]))
    assert set(numbers) == {source(way) for way in WAYS}
    for name, given in numbers.items():
        assert sorted(given) == list(range(1, len(given) + 1))
        covered = 0
        for first, last in sorted(set(windows[name])):
            assert first == covered + 1
            covered = last
        assert covered >= COUNT


def row_of(hub: Hub, query: str) -> list[Any]:
    with hub.connect() as conn:
        return [row[0] for row in conn.execute(query.encode())]


def logged(hub: Hub) -> list[Any]:
    """The events of the courts' topic, as the hub decodes them."""
    kafka = hub.settings.require_kafka()
    topics = Topics(kafka)
    ends = topics.ends(topics.partitions({TOPIC}))
    with client(hub.settings.require_registry()) as registry:
        decoder = Decoder(RegistrySchemas(registry))
        batches = read_up_to(kafka, dict.fromkeys(ends, 0), ends)
        return [decoder.decode(r.topic, r.key, r.value, r.headers) for batch in batches for r in batch]


def published_as(hub: Hub, user: str, event: str) -> Receipt | PublishError:
    told: list[Receipt | PublishError] = []
    ids = schema_ids(hub.settings.require_registry())
    with Publisher(address(hub, user), ids, timeout_seconds=20.0) as publisher:
        publisher.publish(event, sample(event), told.append)
    return told[0]


def test_the_broker_refuses_one_departments_event_with_anothers_credentials(hub: Hub) -> None:
    own, foreign = (
        published_as(hub, "police", "police.ArrestMade"),
        published_as(hub, "police", "court.BailGranted"),
    )
    assert isinstance(own, Receipt)
    assert isinstance(foreign, PublishError)
    assert foreign.error.code() == KafkaError.TOPIC_AUTHORIZATION_FAILED


def test_a_department_reads_nothing(hub: Hub) -> None:
    config = {**client_config(address(hub, "police")), "group.id": "unused", "enable.auto.commit": False}
    consumer = Consumer({**config, "log_level": 0})
    try:
        consumer.assign([TopicPartition("police.events", n, 0) for n in range(12)])
        # There is a record: whoever could read would have it among the first answers.
        answers = [found for _ in range(10) if (found := consumer.poll(0.5)) is not None]
    finally:
        consumer.close()
    codes = {error.code() if (error := answer.error()) is not None else None for answer in answers}
    assert codes & {KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.GROUP_AUTHORIZATION_FAILED}
    assert None not in codes


def test_who_does_not_sign_in_or_with_another_password_is_not_let_in(hub: Hub) -> None:
    config = client_config(address(hub, "police"))
    assert AdminClient(config).list_topics(timeout=20).brokers
    for stranger in (
        {"bootstrap.servers": config["bootstrap.servers"]},
        config | {"sasl.password": address(hub, "court").split(":")[2].split("@")[0]},
    ):
        with pytest.raises(KafkaException):
            AdminClient({**stranger, "log_level": 0}).list_topics(timeout=3)
