"""The one way to learn the time: a clock that is handed in, so that a test or a bench can stand still.

Promises: `now()` is always aware and in UTC; `today()` is the civil date in India, which is what every
period in the procedural law is counted in. Pure code takes dates as arguments and never a clock.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

INDIA = ZoneInfo("Asia/Kolkata")


class Clock(Protocol):
    """Tells the moment (aware, UTC) and the civil day in India."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(INDIA).date()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """Stands still at `moment`. Raises ValueError for a naive moment: nobody could say which day that is."""

    moment: datetime

    def __post_init__(self) -> None:
        if self.moment.tzinfo is None:
            raise ValueError("FixedClock needs an aware datetime, e.g. datetime(2026, 1, 31, tzinfo=UTC)")

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)

    def today(self) -> date:
        return self.moment.astimezone(INDIA).date()
