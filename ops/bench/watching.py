"""What a second connection sees while the hub works: how far it is, and since when an offset is visible."""

from __future__ import annotations

import threading
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from types import TracebackType

from ops.bench.figures import Point
from ops.bench.ground import Connection
from projections.store.ports import TP

PAUSE = 0.01
"""Seconds between two looks at the watermarks: an event counts as visible when the first look that shows it is back."""


def visible(conn: Connection) -> int:
    """How many records are stored and visible."""
    row = conn.execute("SELECT coalesce(sum(next_offset), 0)::bigint FROM watermark").fetchone()
    return int(row[0]) if row else 0


def follow(
    look: Callable[[], int],
    until: Callable[[int], bool],
    told: Callable[[int], object],
    pause: float,
    patience: float,
) -> list[Point]:
    """Look again and again until told to stop; a point for each growth. Raises TimeoutError when nothing grows for so
    many seconds."""
    curve: list[Point] = []
    grown = time.monotonic()
    while True:
        seen, now = look(), time.monotonic()
        if seen and (not curve or seen > curve[-1].events):
            curve.append(Point(now, seen))
            grown = now
            told(seen)
        if until(seen):
            return curve
        if now - grown > patience:
            raise TimeoutError(f"nothing became visible for {patience:.0f} s; {seen:,} events are")
        time.sleep(pause)


class Watermarks:
    """Follows the watermarks from a thread of its own, so that each offset's moment of visibility is known after."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._reached: dict[TP, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        self._told = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watermarks")

    def __enter__(self) -> Watermarks:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._told.set()
        self._thread.join()

    def seen_at(self, tp: TP, offset: int) -> float | None:
        """The moment (time.time) from which the record at this offset was visible; None while it is not."""
        offsets, moments = self._reached[tp]
        place = bisect_right(offsets, offset)
        return moments[place] if place < len(moments) else None

    def _run(self) -> None:
        while not self._told.wait(PAUSE):
            rows = self._conn.execute("SELECT topic, partition, next_offset FROM watermark").fetchall()
            now = time.time()
            for topic, partition, offset in rows:
                offsets, moments = self._reached[topic, partition]
                if not offsets or offset > offsets[-1]:
                    offsets.append(offset)
                    moments.append(now)
