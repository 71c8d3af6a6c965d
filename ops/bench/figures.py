"""Arithmetic of the bench: percentiles, schedules, rates between two moments, and what the machine did meanwhile."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_STAT = Path("/proc/stat")
_STEAL = 7


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that at least this share (0 to 1) of the values does not exceed. Raises ValueError for none."""
    if not values:
        raise ValueError("no values to take a percentile of")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def schedule(rate: float, count: int) -> Iterator[float]:
    """When each of `count` events is due, in seconds from the start: steadily, whatever became of those before.

    Latency is counted from these moments, so that a publisher or a hub that stalls makes all that was due meanwhile
    late, and not only the one event that it stalled on (no coordinated omission).
    """
    return (number / rate for number in range(count))


@dataclass(frozen=True, slots=True)
class Point:
    """So many events were visible at a moment (seconds of a monotonic clock)."""

    at: float
    events: int


def rate_between(curve: Sequence[Point], events: int | None = None) -> float:
    """Events a second from the first point of a curve to the first that has `events` (default: to its last growth).

    What was visible at the first point is not counted, nor the time until then. 0 where the curve does not grow.
    """
    if not curve:
        return 0.0
    wanted = curve[-1].events if events is None else events
    reached = next((point for point in curve if point.events >= wanted), curve[-1])
    grown, took = reached.events - curve[0].events, reached.at - curve[0].at
    return grown / took if took > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Processors:
    """Processor time of the whole machine since it started, in ticks, and what the host took away of it."""

    total: int
    stolen: int
    idle: int


def processors() -> Processors:
    """Now, from /proc/stat."""
    fields = [int(word) for word in _STAT.read_text().split("\n", 1)[0].split()[1:9]]
    return Processors(sum(fields), fields[_STEAL], fields[3] + fields[4])


def between(before: Processors, after: Processors, own: float = 0.0) -> dict[str, float]:
    """Shares of the processors' time between two moments: stolen by the host, idle, and what others on this machine
    used, if `own` are the seconds that were our own."""
    total = max(1, after.total - before.total)
    stolen, idle = after.stolen - before.stolen, after.idle - before.idle
    others = max(0.0, total - stolen - idle - own * os.sysconf("SC_CLK_TCK"))
    shares = {"cpu_steal": stolen / total, "cpu_idle": idle / total, "cpu_others": others / total}
    return {name: round(share, 4) for name, share in shares.items()}


def machine() -> dict[str, object]:
    """What this machine is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )
    return {"cores": os.cpu_count(), "processor": model, "memory_gb": round(memory / 2**30, 1)}


def processor_seconds(pid: int) -> float:
    """User and system time that a process has used so far. Raises FileNotFoundError when it is gone."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
