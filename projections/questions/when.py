"""The day for which a question is asked, and the two times: what had happened by a day, what was known at a moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ops.base.clock import INDIA
from projections.questions.errors import NotUnderstood

_INDIAN = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
# "+05:30" comes out of an address as " 05:30" when it was not quoted.
_UNQUOTED_ZONE = re.compile(r" (\d{2}:?\d{2})$", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """`day` is what everything that depends on the day is worked out for."""

    day: date
    as_of: date | None = None
    known_at: datetime | None = None

    @property
    def now(self) -> bool:
        """Whether it is asked how things stand, and not how they stood or were known."""
        return self.as_of is None and self.known_at is None

    @property
    def happened_by(self) -> datetime | None:
        """The last instant of the day `as_of` in India, aware, UTC."""
        if self.as_of is None:
            return None
        last = datetime.combine(self.as_of, time.max, INDIA)
        return last.astimezone(UTC)


def when(today: date, as_of: date | None = None, known_at: datetime | None = None) -> When:
    """The day is that of `as_of`, else that of the moment, else today. Raises NotUnderstood."""
    day = today
    if as_of is not None:
        day = _bearable(as_of)
    elif known_at is not None:
        day = known_at.astimezone(INDIA).date()
    return When(day, as_of, known_at)


def day_of(text: str) -> date:
    """A day as 24-11-2026 or 2026-11-24. Raises NotUnderstood."""
    indian = _INDIAN.fullmatch(text.strip())
    try:
        if indian is not None:
            day, month, year = (int(part) for part in indian.groups())
            found = date(year, month, day)
        else:
            found = date.fromisoformat(text.strip())
    except ValueError:
        raise NotUnderstood("not a day: write 24-11-2026 or 2026-11-24") from None
    return _bearable(found)


def moment_of(text: str) -> datetime:
    """A moment in ISO 8601, or a day, which means its end; without a zone it is of India. Raises NotUnderstood."""
    plain = _UNQUOTED_ZONE.sub(r"+\1", text.strip())
    try:
        return _aware(datetime.combine(day_of(plain), time.max))
    except NotUnderstood:
        pass
    try:
        return _aware(datetime.fromisoformat(plain))
    except (ValueError, OverflowError):
        raise NotUnderstood("not a moment: write 2026-11-24T18:30:00+05:30, or a day as 24-11-2026") from None


def _aware(moment: datetime) -> datetime:
    _bearable(moment.date())
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=INDIA)).astimezone(UTC)


def _bearable(day: date) -> date:
    """Days near the ends of the calendar cannot be reckoned with: a zone, or a span of days, leads beyond it."""
    if not date.min + timedelta(days=400) <= day <= date.max - timedelta(days=400):
        raise NotUnderstood("not a day of any calendar in use: write 24-11-2026 or 2026-11-24")
    return day
