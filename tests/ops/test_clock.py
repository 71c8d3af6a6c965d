"""The civil day is India's, whatever the machine's zone."""

from datetime import UTC, date, datetime

import pytest

from ops.base.clock import FixedClock, SystemClock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 31, 18, 29, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 18, 30, tzinfo=UTC), date(2026, 2, 1)),
    ],
)
def test_the_day_begins_at_half_past_six_in_the_evening_utc(moment: datetime, day: date) -> None:
    assert FixedClock(moment).today() == day


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        FixedClock(datetime(2026, 1, 31))


def test_now_is_aware_and_in_utc() -> None:
    for clock in (SystemClock(), FixedClock(datetime(2026, 1, 31, tzinfo=UTC))):
        assert clock.now().tzinfo is UTC
