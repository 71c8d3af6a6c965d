"""Runs the worker processes of one machine and starts again those that die.

A worker that ends with 0 has done what it was asked (caught up, or told to stop) and is let go. One that
ends otherwise is started again in the same slot, after a pause that doubles while it keeps failing: within
the group's session it gets its partitions back without a rebalance. SIGTERM and SIGINT stop all; who does
not stop in time is killed, which the watermarks bear as they bear any crash.
"""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ops.base.log import get_logger
from ops.base.metrics import WORKER_RESTARTS

log = get_logger(__name__)

POLL = 0.1
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY = 60.0
"""Seconds after which a worker counts as having started well: its next failure is a first one again."""
STOP_PATIENCE = 30.0


@dataclass(slots=True)
class _Worker:
    slot: int
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = field(default=0.0)


def supervise(slots: int, command: Callable[[int], Sequence[str]]) -> int:
    """Run `command(slot)` for each slot until all ended with 0 or a signal came; 0, or 1 if one had to be
    killed.

    Call from the main thread: it takes SIGTERM and SIGINT for the time of the call.
    """
    told = threading.Event()
    before = {n: signal.signal(n, lambda *_: told.set()) for n in (signal.SIGTERM, signal.SIGINT)}
    workers = [_Worker(slot) for slot in range(slots)]
    try:
        while workers and not told.wait(POLL):
            workers = [worker for worker in workers if _tend(worker, command)]
    finally:
        clean = _stop([worker.process for worker in workers if worker.process is not None])
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0 if clean else 1


def _tend(worker: _Worker, command: Callable[[int], Sequence[str]]) -> bool:
    """Start, or look after, one worker; False when it has ended for good."""
    now = time.monotonic()
    if worker.process is None:
        if now >= worker.due:
            # A session of its own: the terminal's Ctrl-C comes to us, and we tell the workers.
            worker.process = subprocess.Popen(command(worker.slot), start_new_session=True)
            worker.started = now
            log.info("worker.started", worker=str(worker.slot), pid=worker.process.pid)
        return True
    code = worker.process.poll()
    if code is None:
        return True
    worker.process = None
    if code == 0:
        log.info("worker.done", worker=str(worker.slot))
        return False
    worker.pause = FIRST_PAUSE if now - worker.started > STEADY else min(2 * worker.pause, LONGEST_PAUSE)
    worker.due = now + worker.pause
    WORKER_RESTARTS.inc()
    log.error("worker.died", worker=str(worker.slot), status=code, seconds=worker.pause)
    return True


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> bool:
    """Tell all to stop, wait, kill who does not; True if none had to be killed."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_PATIENCE
    clean = True
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.error("worker.killed", pid=process.pid)
            process.kill()
            process.wait()
            clean = False
    return clean
