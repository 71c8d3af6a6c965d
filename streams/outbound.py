"""Sends the hub's messages, and reads back what it sent.

Messages go out in a Kafka transaction each round: all of it or nothing, in order within a key, and a former sender that
was frozen is fenced by the broker when the next one starts, so that none of its older messages comes after newer ones.
What was sent is known from the topics themselves: whoever takes over reads on from where the tables end (`recall`).
So a process that died between the broker's commit and the database's has told nothing twice, and a database that was
lost altogether raises no alarm again. Receipts are not read back: those of the last rows may come twice, with one id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import psycopg
from confluent_kafka import KafkaError, Message, Producer

from ops.base.brokers import client_config
from ops.base.log import get_logger
from ops.base.metrics import MESSAGES_SENT
from projections.messages.outbound import Outgoing
from projections.store.ports import TP, RawRecord
from schemas import headers
from schemas.messages import MessageError, MessageReader, MessageWriter
from schemas.topics import ALARMS, CASE_STATUS
from streams.bulk import read_up_to
from streams.topics import Topics

Connection = psycopg.Connection[tuple[Any, ...]]
log = get_logger(__name__)

PATIENCE: Final = 30.0
#: Of whose messages the tables keep what was sent.
RECALLED: Final = (CASE_STATUS, ALARMS)
PLACE: Final = "sangam_order"
"""Header of a message without a body: its place among those of its key."""


class Sender:
    """One producer. `name`: the same for all that may send in turn; making one waits for the former's end."""

    def __init__(self, kafka: str, name: str, writer: MessageWriter) -> None:
        self._writer = writer
        self._producer = Producer(
            {
                **client_config(kafka),
                "transactional.id": name,
                "acks": "all",
                "partitioner": "murmur2_random",
                "compression.type": "lz4",
                "linger.ms": 5,
                "queue.buffering.max.messages": 1_000_000,
            }
        )
        self._producer.init_transactions(PATIENCE)

    def send(self, messages: Sequence[Outgoing]) -> dict[TP, int]:
        """Send all of these; returns the offset after the last of each partition. Raises KafkaException, and then none
        of them is there for those who read committed records."""
        if not messages:
            return {}
        reached: dict[TP, int] = {}

        def delivered(error: KafkaError | None, message: Message) -> None:
            topic, partition, offset = message.topic(), message.partition(), message.offset()
            if error is None and topic is not None and partition is not None and offset is not None:
                reached[topic, partition] = max(reached.get((topic, partition), 0), offset + 1)

        self._producer.begin_transaction()
        for message in messages:
            key, value, pairs = self._written(message)
            self._producer.produce(message.topic, key=key, value=value, headers=pairs, on_delivery=delivered)
            self._producer.poll(0)
        self._producer.commit_transaction(PATIENCE)
        for message in messages:
            MESSAGES_SENT.labels(message.topic).inc()
        return reached

    def _written(self, message: Outgoing) -> tuple[bytes, bytes | None, list[tuple[str, str | bytes | None]]]:
        if message.record is not None:
            sent = self._writer.write(message.name, message.record)
            return sent.key, sent.value, [*sent.headers]
        place = message.place
        pairs: list[tuple[str, str | bytes | None]] = [
            (headers.ID, str(place.message_id)),
            (PLACE, str(place.number)),
        ]
        return message.key.encode(), None, pairs


class Recalled:
    """A message read back. `record` None: the state of its key was taken away."""

    def __init__(self, raw: RawRecord, reader: MessageReader) -> None:
        self.topic = raw.topic
        self.key = (raw.key or b"").decode()
        if raw.value is None:
            told = headers.read_headers(raw.headers)
            self.name, self.record = "", None
            self.message_id, self.place = UUID(told[headers.ID]), int(told[PLACE])
        else:
            self.name, self.record = reader.read(raw.value)
            message = self.record["message"]
            self.message_id, self.place = message["message_id"], message["order"]


def recall(
    kafka: str,
    topics: Topics,
    conn: Connection,
    reader: MessageReader,
    take_in: Callable[[Connection, Recalled], None],
) -> int:
    """Take in what was sent beyond where the tables end, by whomever; how many messages. What is no message of the hub
    is passed over."""
    ids = topics.ids(set(RECALLED))
    ends = topics.ends(topics.partitions(set(RECALLED)))
    with conn.transaction():
        known = {
            (row[0], row[1]): row[2]
            for row in conn.execute("SELECT topic_id, partition, next_offset FROM sangam.sent_up_to")
        }
    starts = {tp: known.get((ids[tp[0]], tp[1]), 0) for tp in ends}
    found = 0
    for batch in read_up_to(kafka, starts, ends):
        reached: dict[TP, int] = {}
        with conn.transaction():
            for message in _readable(batch, reader):
                take_in(conn, message)
                found += 1
            for raw in batch:
                reached[raw.topic, raw.partition] = raw.offset + 1
            sent_up_to(conn, reached, ids)
    with conn.transaction():
        # Up to the ends there is nothing left, be it that markers of transactions stand there.
        sent_up_to(conn, ends, ids)
    return found


def sent_up_to(conn: Connection, reached: Mapping[TP, int], ids: Mapping[str, UUID]) -> None:
    """Note in the transaction under way how far the tables know what was sent."""
    with conn.cursor() as cur:
        cur.executemany(
            "INSERT INTO sangam.sent_up_to (topic_id, partition, next_offset) VALUES (%s, %s, %s)"
            " ON CONFLICT (topic_id, partition) DO UPDATE SET next_offset = excluded.next_offset",
            [(ids[tp[0]], tp[1], offset) for tp, offset in sorted(reached.items()) if tp[0] in ids],
        )


def _readable(batch: Sequence[RawRecord], reader: MessageReader) -> Iterator[Recalled]:
    for raw in batch:
        try:
            yield Recalled(raw, reader)
        except (MessageError, LookupError, ValueError) as error:
            log.warning("message.foreign", error=error, topic=raw.topic, partition=raw.partition)
