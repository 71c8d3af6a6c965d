"""Supervised workers: `python -m tests.streams.supervise_main <slots> <command of slot 0>…`."""

import json
import sys

from ops.base import log
from streams.supervise import supervise


def main() -> int:
    log.configure("json", "INFO")
    *program, options = sys.argv[2:]
    return supervise(
        int(sys.argv[1]), lambda slot: [*program, json.dumps(json.loads(options) | {"slot": slot})]
    )


if __name__ == "__main__":
    sys.exit(main())
