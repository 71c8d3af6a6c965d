"""When an alarm may be raised: a date that passed unmet must not be a row that is on its way.

A day's alarms wait until the data of every department that sends any has passed the beginning of that day, in India.
A department that stays silent is not waited for without end: after PATIENCE the alarm is raised and names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from ops.base.clock import INDIA

PATIENCE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DataGate:
    """`passed`: department -> the moment up to which its data is stored; None where that is not known yet.
    `since`: when we began to look; after a stop the backlog is not taken for silence. All moments aware."""

    now: datetime
    since: datetime
    passed: Mapping[str, datetime | None]
    patience: timedelta = PATIENCE

    def __call__(self, day: date) -> tuple[str, ...] | None:
        """See projections.alarms.machine.Gate."""
        begins = datetime.combine(day, time.min, INDIA).astimezone(UTC)
        late = tuple(
            sorted(name for name, reached in self.passed.items() if reached is None or reached < begins)
        )
        if late and self.now < max(begins, self.since) + self.patience:
            return None
        return late
