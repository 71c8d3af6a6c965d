"""A department's program that publishes with the SDK: hearings 1 to N of its source, each time from the first.

Its one argument is JSON: folder, kafka, registry, source, count. It says `done` once all have arrived.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

from connectors.sdk import Connector
from tests.stories.rows import hearing


def main() -> int:
    options = json.loads(sys.argv[1])
    with Connector(
        Path(options["folder"]), options["kafka"], options["registry"], window=timedelta(seconds=1)
    ) as connector:
        for n in range(1, options["count"] + 1):
            connector.publish("court.HearingHeld", hearing(n, options["source"]))
        return 0 if connector.flush(120) else 1


if __name__ == "__main__":
    sys.exit(main())
