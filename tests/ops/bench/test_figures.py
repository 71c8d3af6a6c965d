"""The arithmetic of the bench, on which every figure rests."""

from __future__ import annotations

import os

import pytest

from ops.bench.figures import Point, Processors, between, percentile, rate_between, schedule


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(1, 101)]
    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.99) == 99
    assert percentile(values, 1.0) == 100
    assert percentile([7.0], 0.01) == 7


def test_a_percentile_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_a_rare_stall_shows_in_the_99th_percentile_once_it_is_one_in_a_hundred() -> None:
    assert percentile([1.0] * 99 + [500.0], 0.99) == 1
    assert percentile([1.0] * 98 + [500.0, 500.0], 0.99) == 500


def test_events_are_due_at_a_steady_rate_whatever_became_of_those_before() -> None:
    assert list(schedule(500, 4)) == [0, 0.002, 0.004, 0.006]


def test_a_rate_counts_neither_the_first_batch_nor_the_time_until_it() -> None:
    curve = [Point(10.0, 4000), Point(11.0, 6000), Point(12.0, 8000)]
    assert rate_between(curve) == 2000


def test_a_rate_over_some_events_ends_where_they_are_reached() -> None:
    curve = [Point(0.0, 1000), Point(1.0, 3000), Point(9.0, 4000)]
    assert rate_between(curve, 2500) == 2000


@pytest.mark.parametrize("curve", [[], [Point(1.0, 5)]])
def test_what_does_not_grow_has_no_rate(curve: list[Point]) -> None:
    assert rate_between(curve) == 0


def test_time_of_the_processors_is_stolen_idle_our_own_or_of_others() -> None:
    ticks = os.sysconf("SC_CLK_TCK")
    before = Processors(0, 0, 0)
    shares = between(before, Processors(10 * ticks, 2 * ticks, 3 * ticks), own=4)
    assert shares == {"cpu_steal": 0.2, "cpu_idle": 0.3, "cpu_others": 0.1}
