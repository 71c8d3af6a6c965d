"""A department that publishes at a steady rate, in a process of its own: `python -m ops.bench.sending …`.

Each event is due at its moment of the schedule, whether those before it are through or not. What is written out at the
end: when each was due, when the broker appended it, and where it is.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from confluent_kafka import Message, Producer

from ops.bench.figures import schedule
from ops.bench.loading import spooled

_LONGEST_SLEEP = 0.002
_FLUSH = 60.0

Sending = list[Any]
"""[due (time.time), appended (ms since 1970), topic, partition, offset]: one acknowledged event."""


def send(kafka: str, spool: Path, skip: int, count: int, rate: float) -> list[Sending]:
    """Publish `count` events of a spool at `rate` a second; all acknowledged. Raises RuntimeError when one was not."""
    producer = Producer(
        {"bootstrap.servers": kafka, "acks": "all", "enable.idempotence": True, "linger.ms": 2,
         "partitioner": "murmur2_random"}
    )  # fmt: skip
    ready = list(islice(spooled(spool), skip, skip + count))
    acknowledged: list[Sending] = []
    failed: list[str] = []

    def on_delivery(due: float) -> Callable[[Any, Message], None]:
        def delivered(error: Any, message: Message) -> None:
            if error is not None:
                failed.append(str(error))
            else:
                where = message.topic(), message.partition(), message.offset()
                acknowledged.append([due, message.timestamp()[1], *where])

        return delivered

    start = time.time() + 0.1
    for moment, (topic, message) in zip(schedule(rate, len(ready)), ready, strict=True):
        due = start + moment
        while (wait := due - time.time()) > 0:
            producer.poll(0)
            time.sleep(min(wait, _LONGEST_SLEEP))
        headers: Any = message.headers
        producer.produce(topic, message.value, message.key, headers=headers, on_delivery=on_delivery(due))
    producer.flush(_FLUSH)
    if failed or len(acknowledged) < len(ready):
        raise RuntimeError(f"{len(ready) - len(acknowledged)} events were not acknowledged {failed[:1]}")
    return acknowledged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, kind in (
        ("kafka", str),
        ("spool", Path),
        ("skip", int),
        ("count", int),
        ("rate", float),
        ("out", Path),
    ):
        parser.add_argument(f"--{name}", type=kind, required=True)
    args = parser.parse_args()
    args.out.write_text(json.dumps(send(args.kafka, args.spool, args.skip, args.count, args.rate)))


if __name__ == "__main__":
    main()
