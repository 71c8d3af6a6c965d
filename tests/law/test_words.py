"""Sentences: both languages for every clock of every worked case, and words for every flag and reason."""

from __future__ import annotations

import re
from datetime import date

from projections.law.clock import read
from projections.law.words import indian, note, sentence, words
from tests.law.test_cases import CASES, clocks_of

DAYS = (date(2025, 1, 10), date(2025, 3, 2), date(2026, 1, 1), date(2030, 1, 1))
DEVANAGARI = re.compile(r"[\u0900-\u097f]")


def test_every_clock_says_one_sentence_in_both_languages_and_never_orders_a_release() -> None:
    for case in CASES:
        for clock in clocks_of(case).values():
            for day in DAYS:
                english, hindi = sentence(clock, day, "en"), sentence(clock, day, "hi")
                assert english.endswith(".")
                assert hindi.endswith("।")
                assert clock.law in english
                assert clock.law in hindi
                assert DEVANAGARI.search(hindi)
                assert not DEVANAGARI.search(english)
                assert "None" not in english
                assert "must" not in english.lower()
                if clock.applies and clock.due_date:
                    assert indian(clock.due_date) in english
                    assert indian(clock.due_date) in hindi


def test_what_is_missing_is_named_in_the_sentence() -> None:
    for case in CASES:
        for clock in clocks_of(case).values():
            for missing in read(clock, DAYS[1]).missing:
                assert missing in sentence(clock, DAYS[1], "en")


def test_every_flag_and_reason_that_occurs_has_words_in_both_languages() -> None:
    for case in CASES:
        for clock in clocks_of(case).values():
            flags = {flag for day in DAYS for flag in read(clock, day).flags}
            assert flags <= set(words()["flags"])
            if clock.rule != "346(2).adjournments":  # its reasons are parties
                assert all(DEVANAGARI.search(note(reason, "hi")) for reason in clock.reasons), clock.reasons


def test_every_flag_and_reason_with_words_occurs_in_a_worked_case() -> None:
    seen: set[str] = set()
    for case in CASES:
        for clock in clocks_of(case).values():
            seen |= set(clock.flags) | set(clock.reasons) | {one.flag for one in clock.dated if one.flag}
    assert set(words()["flags"]) <= seen
    assert set(words()["reasons"]) - seen <= {"mandatory"}


def test_dates_stand_in_indian_order() -> None:
    assert indian(date(2025, 3, 1)) == "01-03-2025"
    assert indian(None) == "-"
