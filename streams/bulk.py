"""Reads topics from given offsets up to given ends, as fast as the client can: for backfill and rebuild.

No group, no agents, no gathering: whole batches as the client hands them over. The ends are fixed before
reading, so the work has an end while departments go on publishing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

from ops.base.brokers import client_config
from projections.store.ports import TP, RawRecord

POLL = 0.5
"""Seconds to wait for a batch before looking whether the end was reached without one."""


def read_up_to(
    kafka: str,
    starts: Mapping[TP, int],
    ends: Mapping[TP, int],
    *,
    size: int = 5000,
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> Iterator[list[RawRecord]]:
    """Yield batches of at most `size` records, each partition in offset order, all records in [start, end).

    `progress(done, total)` is called after each batch, in offsets (with holes, more than there are
    records). Raises KafkaException for what the client can't mend, an offset that is no longer in the log
    among it: never a jump.
    """
    open_ends = {tp: end for tp, end in ends.items() if starts.get(tp, 0) < end}
    begun = {tp: starts.get(tp, 0) for tp in open_ends}
    total = sum(end - begun[tp] for tp, end in open_ends.items())
    consumer = Consumer(
        {
            **client_config(kafka),
            "group.id": "sangam-bulk",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "auto.offset.reset": "error",
            "isolation.level": "read_committed",
            # Per partition and in all: what bounds this process's memory.
            "queued.max.messages.kbytes": 32768,
            "fetch.queue.backoff.ms": 10,
        }
    )
    try:
        consumer.assign(
            [TopicPartition(topic, partition, begun[topic, partition]) for topic, partition in open_ends]
        )
        reached = dict(begun)
        while open_ends:
            batch = _records(consumer.consume(size, POLL), ends, reached)
            _close(consumer, open_ends, reached)
            if batch:
                yield batch
            progress(sum(min(at, ends[tp]) - begun[tp] for tp, at in reached.items()), total)
    finally:
        consumer.close()


def _records(messages: Sequence[Any], ends: Mapping[TP, int], reached: dict[TP, int]) -> list[RawRecord]:
    """The records among these messages, and `reached` moved past them and past partition ends."""
    batch = []
    for message in messages:
        topic, partition, offset = message.topic(), message.partition(), message.offset()
        if (error := message.error()) is not None:
            if error.code() != KafkaError._PARTITION_EOF:
                raise KafkaException(error)
            # Beyond markers of transactions, which are no records.
            reached[topic, partition] = max(reached[topic, partition], offset)
        elif offset < ends[topic, partition]:
            reached[topic, partition] = offset + 1
            batch.append(
                RawRecord(
                    topic, partition, offset, message.timestamp()[1], message.key(), message.value(),
                    message.headers() or (),
                )
            )  # fmt: skip
        else:
            reached[topic, partition] = offset
    return batch


def _close(consumer: Consumer, open_ends: dict[TP, int], reached: Mapping[TP, int]) -> None:
    """Read no further in partitions whose end is reached."""
    done = [tp for tp, end in open_ends.items() if reached[tp] >= end]
    if done:
        consumer.pause([TopicPartition(*tp) for tp in done])
        for tp in done:
            del open_ends[tp]
