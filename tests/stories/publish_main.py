"""A department's publisher as a process: simulated events at a given rate until SIGTERM, its receipts in a file.

Its one argument is JSON: kafka, registry, receipts (path), cases, days, seed, rate (events a second). Each line of the
file is the id and the content digest of an event that the broker has acknowledged.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from connectors.publisher import Publisher, PublishError, Receipt
from connectors.schema_ids import schema_ids
from ops.simulate import USUAL, Settings, stream
from schemas.content import digest_of


def main() -> int:
    options = json.loads(sys.argv[1])
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    events = stream(Settings(options["cases"], options["days"], options["seed"], USUAL))
    with (
        Path(options["receipts"]).open("w", buffering=1) as receipts,
        Publisher(options["kafka"], schema_ids(options["registry"])) as publisher,
    ):
        begun = time.monotonic()
        for n, (kind, record) in enumerate(events):
            if told.is_set():
                return 0
            publisher.publish(kind, record, _note(receipts, digest_of(kind, record).hex()))
            while (early := begun + n / options["rate"] - time.monotonic()) > 0:
                publisher.poll(min(early, 0.1))
    return 3  # The world ended before it was told to stop: the load was no load.


def _note(receipts: TextIO, digest: str) -> Callable[[Receipt | PublishError], None]:
    def done(outcome: Receipt | PublishError) -> None:
        if isinstance(outcome, Receipt):
            receipts.write(f"{outcome.event_id} {digest}\n")

    return done


if __name__ == "__main__":
    sys.exit(main())
