"""How many records a second the transport hands on to the agent, beside stock Faust and the bare client, in
one run.

    python -m ops.bench.transport [--records 400000] [--size 300] > transport.json

The bytes are random, as compression would measure the client's unpacking. Each reader has a process of its
own and reads the same topic of the configured broker from its start; it is timed from the first record to
the last. The agent does nothing but count, so this is the limit of the way to it, without decoding and
without a database.
"""

import argparse
import asyncio
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Set
from typing import Any
from uuid import UUID, uuid4

import aiokafka
import faust
import uvloop
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from ops.base.settings import Settings
from projections.store.ports import TP, Claim
from streams.agents import FetchSchema
from streams.app import HubApp

PARTITIONS = 12


class FromTheStart:
    """A hand-over without a database: every partition is read from offset 0."""

    reclaim: Callable[[Set[TP]], object] = staticmethod(lambda lost: None)

    async def assign(self, partitions: Set[TP]) -> Mapping[TP, Claim] | None:
        return {tp: Claim(UUID(int=0), 1, 0) for tp in partitions}

    async def revoke(self) -> None:
        """Nothing is kept."""


class Count:
    """Counts records until all came."""

    def __init__(self, wanted: int) -> None:
        self._wanted = wanted
        self._seen = 0
        self._first = 0
        self._began = 0.0
        self.rate = 0.0
        self.done = asyncio.Event()

    def add(self, records: int) -> None:
        """So many more came."""
        if not self._seen:
            self._began, self._first = time.perf_counter(), records
        self._seen += records
        if self._seen >= self._wanted:
            self.rate = (self._seen - self._first) / (time.perf_counter() - self._began)
            self.done.set()


async def ours(kafka: str, topic: str, count: Count) -> None:
    app = HubApp(f"bench-{uuid4().hex[:8]}", **_options(kafka))
    app.hand_over = FromTheStart()
    source = app.topic(topic, schema=FetchSchema())

    @app.agent(source)
    async def project(stream: Any) -> AsyncIterator[None]:
        async for event in stream.noack().events():
            fetch: Any = event.value
            fetch.buffer.give_back(fetch.nbytes)
            count.add(len(fetch.records))
            yield

    await _until_done(app, count)


async def stock_faust(kafka: str, topic: str, count: Count) -> None:
    app = faust.App(f"bench-{uuid4().hex[:8]}", consumer_auto_offset_reset="earliest", **_options(kafka))
    source = app.topic(topic, value_type=bytes, value_serializer="raw", key_type=bytes, key_serializer="raw")

    @app.agent(source)
    async def project(stream: Any) -> None:
        async for _ in stream:
            count.add(1)

    await _until_done(app, count)


async def stock_faust_take(kafka: str, topic: str, count: Count) -> None:
    app = faust.App(f"bench-{uuid4().hex[:8]}", consumer_auto_offset_reset="earliest", **_options(kafka))
    source = app.topic(topic, value_type=bytes, value_serializer="raw", key_type=bytes, key_serializer="raw")

    @app.agent(source)
    async def project(stream: Any) -> None:
        async for values in stream.noack_take(4000, within=0.03):
            count.add(len(values))

    await _until_done(app, count)


async def bare_client(kafka: str, topic: str, count: Count) -> None:
    consumer = aiokafka.AIOKafkaConsumer(
        topic, bootstrap_servers=kafka, auto_offset_reset="earliest", isolation_level="read_committed"
    )
    await consumer.start()
    try:
        while not count.done.is_set():
            for records in (await consumer.getmany(timeout_ms=500)).values():
                count.add(len(records))
    finally:
        await consumer.stop()


def _options(kafka: str) -> dict[str, Any]:
    return {
        "broker": f"kafka://{kafka}",
        "store": "memory://",
        "autodiscover": False,
        "web_enabled": False,
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "stream_wait_empty": False,
        "datadir": "/tmp",
    }


async def _until_done(app: faust.App, count: Count) -> None:
    starting = asyncio.create_task(app.start())
    await count.done.wait()
    await starting
    await app.stop()


READERS = {reader.__name__: reader for reader in (ours, stock_faust, stock_faust_take, bare_client)}


def read(name: str, kafka: str, topic: str, records: int) -> float:
    """Records a second of one reader, in this process."""
    logging.disable(logging.CRITICAL)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())

    async def run() -> float:
        count = Count(records)
        await READERS[name](kafka, topic, count)
        return count.rate

    return asyncio.run(run())


def fill(kafka: str, records: int, size: int) -> str:
    """Make a topic and fill it with records of so many bytes; its name."""
    topic = f"bench.transport.{uuid4().hex[:8]}"
    admin = AdminClient({"bootstrap.servers": kafka})
    admin.create_topics([NewTopic(topic, PARTITIONS, 1)])[topic].result()
    producer = Producer({"bootstrap.servers": kafka, "linger.ms": 20, "compression.type": "lz4"})
    for n in range(records):
        producer.produce(topic, os.urandom(size), key=str(n % 5000), partition=n % PARTITIONS)
        if n % 10_000 == 0:
            producer.poll(0)
            producer.flush()
    producer.flush()
    return topic


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=400_000)
    parser.add_argument("--size", type=int, default=300, help="bytes of a value")
    parser.add_argument("--read", nargs=2, metavar=("READER", "TOPIC"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    kafka = Settings().require_kafka()
    if chosen.read:
        print(read(chosen.read[0], kafka, chosen.read[1], chosen.records))
        return
    topic = fill(kafka, chosen.records, chosen.size)
    rates = {}
    for name in READERS:
        command = [
            sys.executable,
            "-m",
            "ops.bench.transport",
            "--read",
            name,
            topic,
            "--records",
            str(chosen.records),
        ]
        rates[name] = round(float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
    print(
        json.dumps({"records": chosen.records, "bytes": chosen.size, "records_per_second": rates}, indent=2)
    )


if __name__ == "__main__":
    main()
