"""A worker process with the table projector: `python -m tests.streams.worker_main '{"kafka": …}'`."""

import json
import logging
import sys

from ops.base import log
from streams.app import Membership
from streams.batches import Limits
from streams.worker import run_worker
from tests.streams.projector import TableProjector


def main() -> int:
    o = json.loads(sys.argv[1])
    log.configure("json", "INFO")
    logging.getLogger("faust").setLevel("WARNING")
    membership = Membership(o["kafka"], o["group"], o["slot"], tuple(o["topics"]), o.get("session", 6.0))
    projector = TableProjector(o["database"], o["schema"], f"{o['slot']}", o.get("dwell", 0.0))
    return run_worker(
        membership,
        projector,
        until_caught_up=o.get("until_caught_up", False),
        metrics_port=o.get("metrics_port"),
        limits=Limits(**o.get("limits", {})),
    )


if __name__ == "__main__":
    sys.exit(main())
