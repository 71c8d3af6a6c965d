"""How far each department's data is stored: what an alarm waits for.

The end of each partition is asked for at a moment; once all of a topic up to these ends is stored, the hub has what the
broker had by then. A department's data has passed a moment when the hub has caught up with it since, and the newest
record of its topic is younger: who is silent may only be late.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import psycopg

from ops.base.clock import Clock
from projections.store.ports import TP
from schemas.topics import DEPARTMENT_TOPICS
from streams.bulk import read_up_to
from streams.topics import Topics

Connection = psycopg.Connection[tuple[Any, ...]]

_PAUSE: Final = 1.0
_STUCK: Final = 5.0


class Reach:
    """Asks broker and watermarks, at most once a second.

    `clock` tells the moments that are compared with the law's days; pauses are real ones.
    """

    def __init__(self, kafka: str, topics: Topics, clock: Clock) -> None:
        self._kafka = kafka
        self._topics = topics
        self._clock = clock
        self._partitions = topics.partitions(set(DEPARTMENT_TOPICS))
        self._ids = topics.ids(set(DEPARTMENT_TOPICS))
        self._asked: tuple[datetime, float, dict[TP, int]] | None = None
        self._looked: float | None = None
        self._reached: dict[str, datetime] = {}
        self._appended: dict[str, datetime] = {}
        self._sending: set[str] = set()

    @property
    def ready(self) -> bool:
        """Whether the hub has once caught up with every department since this was made."""
        return self._looked is not None and self._sending <= self._reached.keys()

    def passed(self, conn: Connection) -> dict[str, datetime | None]:
        """Department -> the moment up to which its data is stored, of those that ever sent any; None: not known yet.

        Not to be called within a transaction: the broker may let one wait.
        """
        if self._looked is None or time.monotonic() - self._looked >= _PAUSE:
            self._look(conn)
            self._looked = time.monotonic()
        return {
            topic.removesuffix(".events"): min(self._reached[topic], self._appended[topic])
            if topic in self._reached and topic in self._appended
            else None
            for topic in self._sending
        }

    def _look(self, conn: Connection) -> None:
        if self._asked is None:
            self._asked = self._clock.now(), time.monotonic(), self._topics.ends(self._partitions)
            self._sending |= {topic for (topic, _), end in self._asked[2].items() if end > 0}
        at, began, ends = self._asked
        waited = time.monotonic() - began
        behind = self._behind(conn, ends)
        if behind and waited > _STUCK:
            behind = self._without_markers(behind, ends)
        late = {topic for topic, _ in behind}
        for topic in {topic for topic, _ in ends} - late:
            self._reached[topic] = max(at, self._reached.get(topic, at))
        if not behind or waited > 2 * _STUCK:
            self._asked = None

    def _behind(self, conn: Connection, ends: Mapping[TP, int]) -> dict[TP, int]:
        """Partition -> the next offset to store, of those of which not all is stored."""
        stored: dict[TP, int] = {}
        with conn.transaction():
            rows = conn.execute(
                "SELECT topic, topic_id, partition, next_offset, appended_at FROM watermark"
            ).fetchall()
        for topic, topic_id, partition, offset, appended in rows:
            if self._ids.get(topic) == topic_id:
                stored[topic, partition] = offset
                if appended is not None:
                    self._appended[topic] = max(appended, self._appended.get(topic, appended))
        return {tp: stored.get(tp, 0) for tp, end in ends.items() if stored.get(tp, 0) < end}

    def _without_markers(self, behind: Mapping[TP, int], ends: Mapping[TP, int]) -> dict[TP, int]:
        """What is left may be no record, but a marker of a producer's transaction: no watermark ever passes that."""
        left = {}
        for tp, start in behind.items():
            if any(True for _ in read_up_to(self._kafka, {tp: start}, {tp: ends[tp]}, size=1)):
                left[tp] = start
        return left
