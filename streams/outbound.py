"""Sends what the batches wrote to the outbox: the hub's status, alarms and receipts.

One process at a time, the holder of an advisory lock of the database, sends the rows in the order of their
ids and deletes those that the broker has committed. Promise: at least once, in order within a key, for those
who read committed records. When the process dies between commit and delete, rows are sent again with the
same message id in their headers; the receiver drops what it has seen.

The producer is transactional for the sake of order alone: a former lease-holder that was frozen in mid-batch
is fenced by the broker when the next one starts, so none of its older messages can come after newer ones.
"""

import threading
from collections.abc import Callable
from typing import Any, NamedTuple

import psycopg
from confluent_kafka import KafkaException, Producer
from psycopg.rows import args_row

from ops.base.log import get_logger
from ops.base.metrics import OUTBOX_SENT

log = get_logger(__name__)

BATCH = 1000
IDLE_PAUSE = 0.2
RETRY_PAUSE = 2.0
BROKER_PATIENCE = 30.0
LEASE = 0x53414E47
"""With a number for the schema, the key of the advisory lock."""


class _Row(NamedTuple):
    id: int
    topic: str
    key: bytes | None
    value: bytes | None
    headers: dict[str, str]


def run_outbound(
    kafka: str, connect: Callable[[], psycopg.Connection[Any]], told_to_stop: threading.Event
) -> None:
    """Send until told to stop. `connect`: a new connection whose search_path is the active generation's
    schema.

    Waits while another process has the lease, and while database or broker are away.
    """
    while not told_to_stop.is_set():
        try:
            with connect() as connection:
                connection.autocommit = True
                _send_while_leased(kafka, connection, told_to_stop)
        except (psycopg.OperationalError, psycopg.InterfaceError, KafkaException) as error:
            log.warning("outbox.retried", error=error)
            told_to_stop.wait(RETRY_PAUSE)


def _send_while_leased(
    kafka: str, connection: psycopg.Connection[Any], told_to_stop: threading.Event
) -> None:
    # Held by the session: it ends with the connection, also when this process is killed.
    lease = "SELECT pg_try_advisory_lock(%s, hashtext(current_schema()))"
    while not connection.execute(lease, (LEASE,)).fetchall()[0][0]:
        if told_to_stop.wait(RETRY_PAUSE):
            return
    producer = Producer(
        {
            "bootstrap.servers": kafka,
            "transactional.id": _name_of_lease(connection),
            "acks": "all",
            "compression.type": "lz4",
        }
    )
    producer.init_transactions(BROKER_PATIENCE)
    while not told_to_stop.is_set():
        if not send_batch(connection, producer):
            told_to_stop.wait(IDLE_PAUSE)


def _name_of_lease(connection: psycopg.Connection[Any]) -> str:
    [(database, schema)] = connection.execute("SELECT current_database(), current_schema()").fetchall()
    return f"sangam-outbox-{database}-{schema}"


def send_batch(connection: psycopg.Connection[Any], producer: Producer) -> int:
    """Send the oldest rows and delete them; how many. Raises KafkaException, with nothing deleted."""
    with connection.cursor(row_factory=args_row(_Row)) as cursor:
        rows = cursor.execute(
            "SELECT id, topic, key, value, headers FROM outbox ORDER BY id LIMIT %s", (BATCH,)
        ).fetchall()
    if not rows:
        return 0
    producer.begin_transaction()
    for row in rows:
        headers: list[tuple[str, str | bytes | None]] = list(row.headers.items())
        producer.produce(row.topic, key=row.key, value=row.value, headers=headers)
    producer.commit_transaction(BROKER_PATIENCE)
    connection.execute("DELETE FROM outbox WHERE id = ANY(%s)", ([row.id for row in rows],))
    for row in rows:
        OUTBOX_SENT.labels(row.topic).inc()
    return len(rows)
