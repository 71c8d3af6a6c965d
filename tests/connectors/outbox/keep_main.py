"""Keeps rows one after another until it is killed, and says the id of each once it is kept."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from tests.connectors.outbox.given import opened, row


def main() -> None:
    outbox = opened(Path(sys.argv[1]))
    for n in count(int(sys.argv[2])):
        (kept,) = outbox.keep([row(n)])
        print(kept.event_id, flush=True)
        if n % 7 == 6:
            outbox.close_windows()


if __name__ == "__main__":
    main()
