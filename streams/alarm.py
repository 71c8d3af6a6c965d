"""The alarms' part of the messenger: looks when something changed or fell due, tells, and notes what was told.

Nothing is looked at until the hub has caught up with what the broker held when this process began: after a stop, or
on a database that is being filled anew, a file in the midst of its history is no reason to raise or clear anything.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any, Final

import psycopg

from ops.base.clock import Clock
from ops.base.metrics import ALARMS_TOLD
from projections.alarms.gate import DataGate
from projections.alarms.looking import next_look
from schemas.topics import ALARMS
from streams.outbound import Sender, sent_up_to
from streams.reach import Reach
from streams.topics import Topics

Connection = psycopg.Connection[tuple[Any, ...]]

DAYS_PAUSE: Final = 1.0


class AlarmPart:
    """Made when the lease is taken. `generation`: whose files are read."""

    def __init__(
        self,
        sender: Sender,
        topics: Topics,
        reach: Reach,
        clock: Clock,
        generation: str,
        patience: timedelta,
    ) -> None:
        self._sender = sender
        self._reach = reach
        self._clock = clock
        self._generation = generation
        self._patience = patience
        self._since = clock.now()
        self._ids = topics.ids({ALARMS})
        self._days_looked: float | None = None

    def look(self, conn: Connection) -> bool:
        """One look; whether there was anything to look at."""
        now = self._clock.now()
        gate = DataGate(now, self._since, self._reach.passed(conn), self._patience)
        if not self._reach.ready and now < self._since + self._patience:
            return False
        with conn.transaction():
            made = next_look(conn, self._clock.today(), gate, now, self._generation, days=self._days())
        if made is None:
            return False
        self._days_looked = None
        reached = self._sender.send(made.messages)
        with conn.transaction():
            made.settle(conn)
            sent_up_to(conn, reached, self._ids)
        for message in made.messages:
            ALARMS_TOLD.labels(message.name.removeprefix("hub.Alarm").lower()).inc()
        return bool(made.start_events)

    def _days(self) -> bool:
        """Whether to look at what falls due too: not many times a second, for much may wait for a department."""
        if self._days_looked is not None and time.monotonic() - self._days_looked < DAYS_PAUSE:
            return False
        self._days_looked = time.monotonic()
        return True
