"""`sangam clocks` and `sangam due`: the law's dates on the terminal, on a real database."""

from __future__ import annotations

import json

import pytest

from tests.ops.test_reading import FIR, Sangam, sangam

__all__ = ["sangam"]

pytestmark = pytest.mark.stack


def test_each_clock_is_told_with_its_section_and_its_dates(sangam: Sangam) -> None:
    text = " ".join(sangam("clocks", FIR, "--accused", "A1", "--as-of", "30-01-2025").stdout.split())
    assert "Default bail (BNSS 187(3)): 60 days counted from the first remand on 03-01-2025 as day 1" in text
    assert "end on 03-03-2025" in text
    assert "does not apply" not in text
    hindi = sangam("clocks", FIR, "--accused", "A1", "--as-of", "30-01-2025", "--lang", "hi").stdout
    assert "समय चल रहा है" in hindi


def test_as_of_an_earlier_day_the_clocks_stand_as_they_then_stood(sangam: Sangam) -> None:
    def rules(day: str) -> set[str]:
        answer = json.loads(sangam("clocks", FIR, "--accused", "A1", "--as-of", day, "--json").stdout)
        return {clock["rule"] for one in answer["accused"] for clock in one["clocks"]}

    assert "bail-not-released.one-month" in rules("30-01-2025")
    assert "bail-not-released.one-month" not in rules("20-01-2025")


def test_what_falls_due_is_listed_by_day_for_an_office(sangam: Sangam) -> None:
    passed = json.loads(sangam("due", "--within", "3650", "--passed", "--json").stdout)["rows"]
    days = [row["due_date"] for row in passed]
    assert days
    assert days == sorted(days)
    assert all(row["days_left"] < 0 for row in passed)
    ahead = json.loads(sangam("due", "--within", "3650", "--json").stdout)["rows"]
    assert all(row["days_left"] >= 0 for row in ahead)
    here = json.loads(sangam("due", "--passed", "--jail", "BR-0124", "--json").stdout)["rows"]
    assert {row["jail"] for row in here} <= {"BR-0124"}
