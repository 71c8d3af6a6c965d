"""The outbox on a real database and broker: everything goes out, in order within a key, and one process sends."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from confluent_kafka import Producer

from projections.store.ports import RawRecord
from streams.bulk import read_up_to
from streams.outbound import run_outbound, send_batch
from streams.topics import Topics
from tests.streams.ground import Ground, wait_until

pytestmark = pytest.mark.stack


def connect(ground: Ground) -> psycopg.Connection[Any]:
    return psycopg.connect(ground.database, options=f"-c search_path={ground.name}")


def write(ground: Ground, *numbers: int) -> None:
    """One message each; its key is the last digit."""
    with connect(ground) as connection:
        connection.cursor().executemany(
            "INSERT INTO outbox (topic, key, value, headers) VALUES (%s, %s, %s, %s)",
            [
                (ground.name, str(n % 10).encode(), str(n).encode(), json.dumps({"id": f"m{n}"}))
                for n in numbers
            ],
        )


def waiting(ground: Ground) -> int:
    return int(ground.query("SELECT count(*) FROM outbox")[0][0])


@contextmanager
def sending(ground: Ground, senders: int = 1) -> Iterator[None]:
    told = threading.Event()
    threads = [
        threading.Thread(target=run_outbound, args=(ground.kafka, lambda: connect(ground), told))
        for _ in range(senders)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        told.set()
        for thread in threads:
            thread.join(30)
            assert not thread.is_alive()


def sent(ground: Ground) -> list[RawRecord]:
    topics = Topics(ground.kafka)
    ends = topics.ends(topics.partitions({ground.name}))
    return [record for batch in read_up_to(ground.kafka, {}, ends) for record in batch]


def numbers_of_key(records: list[RawRecord], key: int) -> list[int]:
    return [int(r.value or b"") for r in records if r.key == str(key).encode()]


def test_messages_go_out_once_in_order_within_a_key_and_leave_the_outbox(ground: Ground) -> None:
    write(ground, *range(2500))
    with sending(ground, senders=2):
        wait_until(lambda: waiting(ground) == 0)
        write(ground, *range(2500, 2600))
        wait_until(lambda: waiting(ground) == 0)
    records = sent(ground)
    for key in range(10):
        assert numbers_of_key(records, key) == list(range(key, 2600, 10))
    assert {tuple(r.headers) for r in records if r.value == b"7"} == {(("id", b"m7"),)}


def test_a_sender_whose_connection_broke_goes_on(ground: Ground) -> None:
    with sending(ground):
        write(ground, 1)
        wait_until(lambda: waiting(ground) == 0)
        ground.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE '%outbox%' AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')"
        )
        write(ground, 11)
        wait_until(lambda: waiting(ground) == 0)
    assert numbers_of_key(sent(ground), 1) == [1, 11]


def test_a_former_holder_of_the_lease_can_send_nothing_after_the_next_has_begun(ground: Ground) -> None:
    settings = {"bootstrap.servers": ground.kafka, "transactional.id": f"sangam-outbox-{ground.name}"}
    former, present = Producer(settings), Producer(settings)
    former.init_transactions(20)
    write(ground, 1)
    present.init_transactions(20)
    with connect(ground) as connection:
        with pytest.raises(Exception, match=r"fenced|epoch"):
            send_batch(connection, former)
        assert send_batch(connection, present) == 1
    assert numbers_of_key(sent(ground), 1) == [1]
