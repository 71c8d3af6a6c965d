"""So many in so long, and a lock after failures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from projections.signin.limits import Limit, LockOut


@given(st.integers(1, 10), st.lists(st.floats(0, 5), max_size=60))
def test_no_more_than_the_burst_and_what_filled_up_is_ever_let_through(burst: int, gaps: list[float]) -> None:
    limit, now, let = Limit(burst, 10), 0.0, 0
    for gap in gaps:
        now += gap
        let += limit.take("a", now) == 0
    assert let <= burst + now * burst / 10 + 1e-6


def test_one_who_waits_as_long_as_he_was_told_is_let_through() -> None:
    limit = Limit(2, 10)
    assert [limit.take("a", 0) for _ in range(2)] == [0, 0]
    wait = limit.take("a", 0)
    assert wait > 0
    assert limit.take("b", 0) == 0
    assert limit.take("a", wait + 0.001) == 0


def test_memory_is_bounded() -> None:
    limit = Limit(1, 10, most=3)
    for n in range(10):
        assert limit.take(str(n), 0) == 0
    assert limit.take("9", 0) > 0


def test_failures_lock_and_time_or_success_unlock() -> None:
    lock = LockOut(3, 60)
    for _ in range(3):
        assert not lock.locked("a", 0)
        lock.failed("a", 0)
    assert lock.locked("a", 59)
    assert not lock.locked("b", 0)
    assert not lock.locked("a", 61)
    for _ in range(3):
        lock.failed("a", 70)
    lock.succeeded("a")
    assert not lock.locked("a", 71)
