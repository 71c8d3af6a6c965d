"""Sets of numbers as runs: {1, 2, 3, 7} is 1-3 and 7. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: Beyond it a number is no count of anything, and the end of its run no number of the database.
GREATEST: Final = 2**62

Runs = list[tuple[int, int]]


def runs(numbers: Iterable[int]) -> Runs:
    """The runs, in order; both ends belong to a run. Numbers that count nothing are passed over."""
    found: Runs = []
    for number in sorted({n for n in numbers if 0 < n < GREATEST}):
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def literal(found: Runs) -> str:
    """As PostgreSQL writes an int8multirange."""
    return "{" + ",".join(f"[{low},{high}]" for low, high in found) + "}"
