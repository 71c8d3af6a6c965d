"""How long an event takes until a reader can see it, while a worker runs live on a base of many files.

A process publishes at a steady rate; a second connection looks at the watermarks every 10 ms. Counted from the moment
at which an event was due at its publisher (so it holds the publisher's own delay, and is safe from coordinated
omission), and besides from the broker's append time.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from ops.bench.figures import percentile
from ops.bench.ground import Connection, Ground, said, sangam
from ops.bench.loading import Loaded
from ops.bench.sending import Sending
from ops.bench.watching import Watermarks, visible

COUNTED = (
    "from the moment at which an event was due at its publisher (a process of its own, steady schedule) until a second "
    "connection that looks every 10 ms sees it; `_from_append`: from the broker's append time (milliseconds)"
)
RATES = (500, 2000)
_PATIENCE = 120.0
_WARM_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds at one rate."""

    rate: int
    events: int
    p50: float
    p99: float
    most: float
    p50_from_append: float
    p99_from_append: float

    def figures(self) -> dict[str, float]:
        """As the report has them."""
        return {
            f"p50_ms_at_{self.rate}": round(self.p50, 1),
            f"p99_ms_at_{self.rate}": round(self.p99, 1),
            f"max_ms_at_{self.rate}": round(self.most, 1),
            f"p50_ms_at_{self.rate}_from_append": round(self.p50_from_append, 1),
            f"p99_ms_at_{self.rate}_from_append": round(self.p99_from_append, 1),
        }


def needed_at(rate: int, seconds: int) -> int:
    """Events that must be there for measuring so many seconds at this rate."""
    return rate * (seconds + _WARM_SECONDS)


def needed(seconds: int) -> int:
    """Events that must be in the spool for every rate."""
    return sum(needed_at(rate, seconds) for rate in RATES)


def latencies(ground: Ground, loaded: Loaded, seconds: int) -> list[Latency]:
    """One worker, live; each rate in turn. Raises TimeoutError when what was sent does not become visible."""
    found: list[Latency] = []
    with ground.connect() as conn:
        epochs = _epochs(conn)
    with ground.program(sangam("work", "--one-slot", "0"), "live-worker"), ground.connect() as conn:
        _until(ground, lambda: _epochs(conn) > epochs, "the worker claims no partitions")
        for rate in RATES:
            step = f"latency at {rate}/s"
            ground.progress.begin(step)
            found.append(
                _at(
                    ground, loaded, conn, sum(needed_at(r, seconds) for r in RATES if r < rate), rate, seconds
                )
            )
            ground.progress.finish(step, f"p50 {found[-1].p50:.0f} ms, p99 {found[-1].p99:.0f} ms")
    return found


def _at(ground: Ground, loaded: Loaded, conn: Connection, skip: int, rate: int, seconds: int) -> Latency:
    with ground.connect() as other, Watermarks(conn) as watermarks:
        start = visible(other)
        sent = _send(ground, loaded, skip, min(needed_at(rate, seconds), loaded.spooled - skip), rate)
        _until(ground, lambda: visible(other) >= start + len(sent), "not all that was sent is visible")
        time.sleep(0.1)
    return _measured(rate, sent, watermarks)


def _send(ground: Ground, loaded: Loaded, skip: int, count: int, rate: int) -> list[Sending]:
    out = ground.home / f"sent-{rate}.json"
    words = {
        "kafka": ground.settings.require_kafka(), "spool": loaded.spool, "skip": skip, "count": count, "rate": rate,
        "out": out,
    }  # fmt: skip
    argv = [sys.executable, "-m", "ops.bench.sending"]
    argv += [word for name, value in words.items() for word in (f"--{name}", str(value))]
    with ground.program(argv, "sending") as sending:
        if sending.wait(count / rate + _PATIENCE) != 0:
            raise RuntimeError(f"the publisher failed:\n{said(ground.log('sending'))}")
    sent: list[Sending] = json.loads(out.read_text())
    return sent


def _epochs(conn: Connection) -> int:
    """Grows when a worker takes the partitions over."""
    row = conn.execute("SELECT coalesce(min(epoch), 0) FROM watermark").fetchone()
    return int(row[0]) if row else 0


def _until(ground: Ground, reached: Callable[[], bool], else_: str) -> None:
    until = time.monotonic() + _PATIENCE
    while not reached():
        if time.monotonic() > until:
            raise TimeoutError(f"after {_PATIENCE:.0f} s {else_}:\n{said(ground.log('live-worker'))}")
        time.sleep(0.2)


def _measured(rate: int, sent: list[Sending], watermarks: Watermarks) -> Latency:
    """The first seconds are left out: a worker that has just started is not what is measured."""
    from_due: list[float] = []
    from_append: list[float] = []
    first = min(row[0] for row in sent)
    for due, appended, topic, partition, offset in sent:
        if due < first + _WARM_SECONDS:
            continue
        seen = watermarks.seen_at((topic, partition), offset)
        if seen is None:
            raise RuntimeError("an event that is stored was never seen")
        from_due.append(1000 * (seen - due))
        from_append.append(1000 * seen - appended)
    return Latency(
        rate, len(from_due), percentile(from_due, 0.5), percentile(from_due, 0.99), max(from_due),
        percentile(from_append, 0.5), percentile(from_append, 0.99),
    )  # fmt: skip
