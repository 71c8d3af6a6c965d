"""Puts events on Kafka: checks each, encodes it, sends it, and gives a receipt once the broker has it for good.

Promises: an invalid event is refused before anything of it is sent; a receipt means acknowledged by all in-sync
replicas (acks=all, idempotent, so a retry is no double); no more than `in_flight` events are unacknowledged, so
memory stays flat however slow the broker is; events of one key arrive in the order in which they were published.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from uuid import UUID

import orjson
from confluent_kafka import KafkaError, KafkaException, Message, Producer

from ops.base.brokers import client_config
from schemas.catalogue import CATALOGUE
from schemas.codec import Encoder
from schemas.codec import Message as Encoded
from schemas.content import LONGEST_TEXT, canonical_json
from schemas.reasons import FaultError, Reason
from schemas.topics import REPAIRS
from schemas.validate import check

Record = dict[str, Any]

IN_FLIGHT = 20_000
_GRACE = 10.0  # seconds that a flush waits longer than librdkafka tries, so that librdkafka decides


class PublishError(Exception):
    """The broker did not take an event, or may not have: its outcome is unknown until it is sent again.

    Sending it again is safe: the same event id with the same content is one event.
    """

    def __init__(self, event_id: UUID | None, error: KafkaError) -> None:
        super().__init__(f"the broker did not acknowledge the event: {error.str()}")
        self.event_id = event_id
        self.error = error


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where the broker keeps an event."""

    event_id: UUID
    topic: str
    partition: int
    offset: int


_LOG = logging.getLogger(__name__)
Done = Callable[[Receipt | PublishError], None]


def topic_of(event: str, record: Record) -> str:
    """The topic of an event: its type's; of those of `common`, that of their source's department.

    Raises FaultError where the source names no department.
    """
    topics = CATALOGUE[event].topics
    if len(topics) == 1:
        return next(iter(topics))
    department: str = record["envelope"]["source"].partition(".")[0]
    topic = REPAIRS if department == "hub" else department + ".events"
    if topic not in topics:
        raise FaultError(
            Reason.SOURCE_INVALID, "envelope.source must begin with its department, as police.cctns/…"
        )
    return topic


class Publisher:
    """One idempotent producer. Not to be shared between threads; close it, or use it in a `with`."""

    def __init__(
        self,
        kafka: str,
        id_of: Callable[[str], int],
        in_flight: int = IN_FLIGHT,
        timeout_seconds: float = 120.0,
    ) -> None:
        """`kafka` is the brokers' address (ops.base.brokers); `id_of` gives the registry's schema id of an event type.

        An event that is not acknowledged within `timeout_seconds`, retries included, has failed.
        """
        self._timeout = timeout_seconds
        self.encoder = Encoder(id_of)
        self._in_flight = in_flight
        self._open = 0
        self._fatal: KafkaError | None = None
        self._producer = Producer(
            {
                **client_config(kafka),
                "acks": "all",
                "enable.idempotence": True,
                "compression.type": "lz4",
                "delivery.timeout.ms": int(timeout_seconds * 1000),
                "linger.ms": 5,
                "message.max.bytes": 1_048_588,  # the broker's own limit
                "batch.size": 262_144,
                "queue.buffering.max.messages": in_flight + 1,
                # As Java clients do it: whoever publishes a key's events, they are in one partition.
                "partitioner": "murmur2_random",
                "error_cb": self._on_error,
            },
            logger=_LOG,
        )

    def __enter__(self) -> Publisher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def unacknowledged(self) -> int:
        """Events sent and not yet acknowledged."""
        return self._open

    def publish(self, event: str, record: Record, done: Done, traceparent: str | None = None) -> None:
        """Send one complete event; `done` is called with its receipt, or the error, from a later call.

        Waits while `in_flight` events are unacknowledged. Raises FaultError for an invalid event, of which
        nothing is sent, and PublishError when the producer can't go on at all.
        """
        topic = topic_of(event, record)
        check(event, record)
        _check_texts(event, record)
        try:
            message = self.encoder.encode(event, record, traceparent)
        except (ValueError, TypeError, OverflowError) as error:
            raise FaultError(
                Reason.MALFORMED, f"the record does not fit its schema: {type(error).__name__}"
            ) from None
        self.send(topic, record["envelope"]["event_id"], message, done)

    def send(self, topic: str, event_id: UUID, message: Encoded, done: Done) -> None:
        """Send an event that was checked and encoded before; all else as `publish` does it."""

        def delivered(error: KafkaError | None, sent: Message) -> None:
            self._open -= 1
            if error is not None:
                done(PublishError(event_id, error))
                return
            partition, offset = sent.partition(), sent.offset()
            assert partition is not None and offset is not None  # noqa: S101, PT018
            done(Receipt(event_id, topic, partition, offset))

        self._send(topic, message.key, message.value, message.headers, delivered)

    def send_raw(
        self, topic: str, key: bytes | None, value: bytes, headers: list[tuple[str, bytes]] | None = None
    ) -> None:
        """Send bytes as they are, unchecked: what a broken publisher would send."""

        def delivered(error: KafkaError | None, sent: Message) -> None:
            self._open -= 1
            if error is not None:
                self._fatal = error

        self._send(topic, key, value, headers or [], delivered)

    def _send(
        self,
        topic: str,
        key: bytes | None,
        value: bytes,
        headers: list[tuple[str, bytes]],
        delivered: Callable[[KafkaError | None, Message], None],
    ) -> None:
        while self._open >= self._in_flight:
            self.poll(0.1)
        if self._fatal is not None:
            raise PublishError(None, self._fatal)
        self._open += 1
        try:
            self._producer.produce(
                topic,
                key=key,
                value=value,
                headers=headers,  # type: ignore[arg-type]
                on_delivery=delivered,
            )
        except (BufferError, KafkaException) as refused:
            self._open -= 1
            error = (
                refused.args[0] if isinstance(refused, KafkaException) else KafkaError(KafkaError._QUEUE_FULL)
            )
            raise PublishError(None, error) from refused
        self.poll(0)

    def poll(self, seconds: float = 0.0) -> None:
        """Call `done` of the events that were acknowledged meanwhile."""
        self._producer.poll(seconds)

    def flush(self) -> None:
        """Wait until every event is acknowledged or failed. Raises PublishError if neither comes in time."""
        self._producer.flush(self._timeout + _GRACE)
        if self._open:
            raise PublishError(None, self._fatal or KafkaError(KafkaError._TIMED_OUT))

    def close(self) -> None:
        """Flush, and give the connection up."""
        try:
            self.flush()
        finally:
            self._producer.close()

    def abandon(self) -> None:
        """Give the connection up at once; what is not acknowledged has failed, or may have arrived."""
        self._producer.purge()
        self._producer.close()

    def publish_all(self, events: Iterable[tuple[str, Record]]) -> Iterator[Receipt]:
        """Publish many; their receipts in the order of the events. Raises FaultError or PublishError."""
        waiting: deque[list[Receipt | PublishError]] = deque()
        for event, record in events:
            slot: list[Receipt | PublishError] = []
            waiting.append(slot)
            self.publish(event, record, slot.append)
            while waiting and waiting[0]:
                yield _receipt(waiting.popleft()[0])
        self.flush()
        while waiting:
            yield _receipt(waiting.popleft()[0])

    def _on_error(self, error: KafkaError) -> None:
        if error.fatal():
            self._fatal = error


def _check_texts(event: str, record: Record) -> None:
    """Refuses a text that holds a NUL or is too long. JSON of the whole only raises the suspicion, cheaply."""
    text = orjson.dumps(record, default=bytes.hex)
    if b"\\u0000" in text or len(text) > LONGEST_TEXT:
        canonical_json(event, record)


def _receipt(outcome: Receipt | PublishError) -> Receipt:
    if isinstance(outcome, PublishError):
        raise outcome
    return outcome
