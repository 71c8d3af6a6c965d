"""The application under s.479(3): for whom it is offered, and what it must say and must not."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest

from projections.files.fold import dump, fold
from projections.papers.application import pages, printed
from projections.questions.clocks import Clocks, clocks
from projections.questions.errors import NotFound
from projections.questions.files import OneFile
from projections.questions.when import when
from projections.store.reading import Stored
from schemas.event import Event
from tests.projections.files.test_clocks import BEGUN
from tests.projections.files.world import FIR, PID, case_input, event, in_order

Json = dict[str, Any]


def answer(day: date, *events: Event) -> Clocks:
    content, _ = dump(fold(case_input(), in_order([*BEGUN, *events])))
    file = Stored(FIR, content, hashlib.sha256(content).digest(), {})
    asked = OneFile(PID, file, [file], when(day, None, None), (), PID)

    def nobody(pid: str) -> OneFile:
        raise NotFound(pid)

    return clocks(asked, nobody)


def sections(*texts: str, on: str = "2025-01-20") -> Event:
    return event(
        "police.SectionsAltered", FIR, on, accused=[],
        sections=[{"act": act, "section": number} for act, _, number in (one.partition(" ") for one in texts)],
    )  # fmt: skip


def test_it_is_offered_from_the_day_on_which_one_third_is_reached_and_not_before() -> None:
    assert pages(answer(date(2026, 1, 1))) == []
    assert len(pages(answer(date(2026, 1, 2)))) == 1
    with pytest.raises(ValueError, match=r"no date of s\.479 is reached"):
        printed(answer(date(2026, 1, 1)))


def test_it_is_not_offered_where_a_section_carries_death_or_life_nor_to_one_who_was_released() -> None:
    assert pages(answer(date(2030, 1, 1), sections("BNS 103(1)"))) == []
    released = event("prison.Released", PID, "2025-03-01", jail="BR-0123", ground="BAIL")
    assert pages(answer(date(2030, 1, 1), released)) == []


def test_a_page_tells_the_arithmetic_with_the_source_of_every_fact_and_what_is_not_known() -> None:
    (page,) = pages(answer(date(2026, 2, 1)))
    dates = {clock["rule"]: (clock["due"], clock["reached"]) for clock in page["clocks"]}
    assert dates == {
        "479.one-third": ("02-01-2026", True),
        "479.half": ("02-07-2026", False),
        "479.full": ("02-01-2028", False),
    }
    cited = {event["type"] for _, event in page["sources"]}
    assert {"police.FirRegistered", "police.ArrestMade", "prison.Admitted"} <= cited
    assert "police.AntecedentsReported" in page["missing"]
    html = printed(answer(date(2026, 2, 1)))
    for text in (
        "Not signed",
        "अहस्ताक्षरित",
        "BNSS 479(1), first proviso",
        "02-01-2026",
        "for the superintendent’s decision",
    ):
        assert text in html
    assert "must be released" not in html


def test_several_sections_are_a_question_for_the_court_and_bar_no_page() -> None:
    html = printed(answer(date(2026, 2, 1), sections("BNS 303(2)", "BNS 317(2)")))
    assert "whether the words of sub-section (2) bar release" in html
    assert "whether the words of sub-section (2) bar release" not in printed(answer(date(2026, 2, 1)))


def test_nothing_that_a_source_wrote_is_read_as_markup() -> None:
    marked = event(
        "court.HearingHeld", "CNR:BRPA010001232025", "2025-02-01", court="<b>BRPA01</b>", purpose="APPEARANCE"
    )
    html = printed(answer(date(2026, 2, 1), marked))
    assert "<b>BRPA01</b>" not in html
    assert "&lt;b&gt;BRPA01&lt;/b&gt;" in html
