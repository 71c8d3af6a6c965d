"""Memory and processor time of the parts: worker, broker, database, registry."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ops.bench.figures import processor_seconds
from ops.bench.ground import Ground
from ops.local.process import resident_bytes
from ops.local.stack import Stack

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    """Processor seconds by part."""

    seconds: dict[str, float]

    def __sub__(self, other: Usage) -> Usage:
        return Usage({part: s - other.seconds.get(part, 0.0) for part, s in self.seconds.items()})

    def per_event(self, events: int) -> dict[str, float]:
        """Microseconds an event by part."""
        return {part: round(1e6 * s / events, 1) for part, s in self.seconds.items()}


def used(ground: Ground, worker: int | None = None) -> Usage:
    """Processor time that the parts of a stack (and a worker) have used so far; the database with all its processes."""
    parts = Stack(ground.home, ground.settings.cache).status()
    seconds = {part.name: _with_children(part.pid) for part in parts if part.pid is not None}
    if worker is not None:
        seconds["worker"] = processor_seconds(worker)
    return Usage(seconds)


def own_seconds(ground: Ground) -> float:
    """Processor time of the bench itself, of the programs that it has run and ended, and of its stack, so far."""
    return sum(os.times()[:4]) + sum(used(ground).seconds.values())


def resident_mb(pid: int) -> float | None:
    """MB of memory that a process holds; None when it is gone."""
    size = resident_bytes(pid)
    return size / 1e6 if size else None


def _with_children(pid: int) -> float:
    """A process, those children that it has buried, and those that live."""
    total = 0.0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if status.parent.name == str(pid):
            total += sum(int(word) for word in fields[11:15]) / _TICKS
        elif fields[1] == str(pid):
            total += (int(fields[11]) + int(fields[12])) / _TICKS
    return total
