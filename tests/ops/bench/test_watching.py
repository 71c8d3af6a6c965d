"""Following what a second connection sees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ops.bench.watching import follow


def _looks(*counts: int) -> Iterator[int]:
    yield from counts
    while True:
        yield counts[-1]


def test_a_curve_has_a_point_for_each_growth_from_the_first_event_on() -> None:
    looks = _looks(0, 0, 10, 10, 25)
    told: list[int] = []
    curve = follow(lambda: next(looks), lambda seen: seen >= 25, told.append, 0.0, 5.0)
    assert [point.events for point in curve] == [10, 25]
    assert told == [10, 25]
    assert curve[0].at < curve[1].at


def test_a_hub_that_stands_still_is_not_waited_for_for_ever() -> None:
    looks = _looks(0, 10)
    with pytest.raises(TimeoutError, match="10 events"):
        follow(lambda: next(looks), lambda seen: seen >= 25, lambda seen: None, 0.01, 0.05)
