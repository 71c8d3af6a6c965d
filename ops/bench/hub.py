"""The hub itself: `sangam work --until-caught-up` on the log, and `sangam rebuild`, as a user would run them."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass

from ops.bench.figures import Point, rate_between
from ops.bench.ground import Connection, Ground, said, sangam
from ops.bench.processes import resident_mb, used
from ops.bench.watching import follow, visible
from projections.store import generation

COUNTED = (
    "one `sangam work --until-caught-up` on the loaded log; the watermarks are looked at every 50 ms on a second "
    "connection, which sees a batch's files and its watermark by one COMMIT; from the first batch seen (its events not "
    "counted) to the last"
)
WARM = 100_000
_PATIENCE = 180.0
_LOOK = 0.05


@dataclass(frozen=True, slots=True)
class Worked:
    """What one worker did with the log. Rates in events a second, memory in MB, written bytes an event."""

    eps: float
    eps_with_start: float
    eps_last_tenth: float
    rss_start: float
    rss_end: float
    rss_peak: float
    warm: int
    files: int
    members: int
    wal_per_event: float
    usage: dict[str, float]


def work(ground: Ground, events: int, records: int) -> Worked:
    """Let a worker project the whole log of `records`; its rate is taken over the first `events` of them.

    Raises TimeoutError when it stands still, RuntimeError when it fails.
    """
    generation.prepare(ground.settings.require_database())
    warm = min(WARM, records // 2)
    rss: list[tuple[int, float]] = []
    ground.progress.begin("hub")
    with ground.connect() as conn:
        wal, before = written(conn), used(ground)
        began = time.monotonic()
        with ground.program(sangam("work", "--one-slot", "0", "--until-caught-up"), "worker") as worker:

            def look() -> int:
                seen = visible(conn)
                if (now := resident_mb(worker.pid)) is not None:
                    rss.append((seen, now))
                return seen

            curve = follow(
                look,
                lambda seen: seen >= records or worker.poll() is not None,
                lambda seen: ground.progress.note("hub", f"{seen:,} of {records:,} events visible"),
                _LOOK,
                _PATIENCE,
            )
            look()
            usage = used(ground, worker.pid) - before
            if worker.wait(60) != 0 or not curve or curve[-1].events < records:
                raise RuntimeError(f"the worker failed:\n{said(ground.log('worker'))}")
        spent = written(conn) - wal
        counts = conn.execute("SELECT count(*), sum(members) FROM file WHERE content IS NOT NULL").fetchone()
    files, members = counts if counts is not None else (0, 0)
    end = next(point for point in curve if point.events >= events)
    worked = Worked(
        eps=rate_between(curve, events),
        eps_with_start=end.events / (end.at - began),
        eps_last_tenth=_last_tenth(curve),
        rss_start=next(mb for seen, mb in rss if seen >= warm),
        rss_end=rss[-1][1],
        rss_peak=max(mb for _, mb in rss),
        warm=warm,
        files=int(files),
        members=int(members),
        wal_per_event=spent / records,
        usage=usage.per_event(records),
    )
    ground.progress.finish("hub", f"{worked.eps:,.0f} events/s into {worked.files:,} files")
    return worked


def _last_tenth(curve: list[Point]) -> float:
    since = curve[-1].events * 0.9
    return rate_between([point for point in curve if point.events >= since])


def rebuild(ground: Ground, records: int) -> float:
    """Events a second of `sangam rebuild` over the whole log, the command's start included; what it built is dropped.

    Raises RuntimeError when it fails.
    """
    ground.progress.begin("rebuild")
    began = time.monotonic()
    done = subprocess.run(
        sangam("rebuild", "--json"), env=ground.environment(), capture_output=True, check=False, timeout=3600
    )
    took = time.monotonic() - began
    if done.returncode != 0:
        raise RuntimeError(f"sangam rebuild failed:\n{done.stderr.decode(errors='replace')[-2000:]}")
    generation.drop(ground.settings.require_database(), json.loads(done.stdout)["generation"])
    ground.progress.finish("rebuild", f"{records / took:,.0f} events/s")
    return records / took


def written(conn: Connection) -> int:
    """Bytes of write-ahead log that the database has written so far."""
    row = conn.execute("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint").fetchone()
    return int(row[0]) if row else 0
