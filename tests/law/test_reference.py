"""The data of the law: the offence table with its traps, the calendar, lead times, the State's rules."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from projections.law.calendar import add_months, add_term, after, civil, split_months
from projections.law.charges import Convictions
from projections.law.clock import Status, status
from projections.law.liability import assess
from projections.law.offences import Match, load
from projections.law.registry import clocks_of_accused, clocks_of_case
from schemas.sections import Section, parse
from tests.law.build import PACKAGED, REFERENCE, facts

TABLE = load()


def test_the_table_is_whole() -> None:
    rows = [row for found in TABLE.rows.values() for row in found]
    assert len(rows) == 1099
    assert sum(not row.verified for row in rows) == 70
    assert sum(row.repeat for row in rows) == 28
    assert all(row.source for row in rows)


def test_every_row_that_speaks_of_a_repeat_offender_is_marked_so_and_no_other() -> None:
    for found in TABLE.rows.values():
        for row in found:
            text = row.offence.casefold()
            speaks = any(word in text for word in ("second or", "subsequent", "repeat", "later offence"))
            assert row.repeat == speaks, row.name


@pytest.mark.parametrize(
    ("section", "match", "found"),
    [
        ("103(1)", Match.EXACT, {"103(1)"}),
        ("112(2)", Match.BASE, {"112"}),
        ("109", Match.CHILDREN, {"109(1)", "109(2)"}),
        ("103", Match.CHILDREN, {"103(1)", "103(2)"}),
        ("12", Match.NONE, set()),
        ("58(A)", Match.EXACT, {"58(a)"}),
    ],
)
def test_lookup_is_exact_then_by_prefix_then_by_children(section: str, match: Match, found: set[str]) -> None:
    rows, how = TABLE.lookup(Section("BNS2023", section))
    assert how is match
    assert {row.section for row in rows} == found


def test_a_number_is_never_a_prefix_of_another_number() -> None:
    assert TABLE.lookup(Section("IPC1860", "37"))[1] is Match.EXACT
    assert {row.section for row in TABLE.lookup(Section("IPC1860", "376"))[0]} == {
        "376(1)",
        "376(2)",
        "376(3)",
    }


def test_the_section_kept_out_of_the_commencement_is_marked() -> None:
    (row,) = TABLE.lookup(Section("BNS2023", "106(2)"))[0]
    assert not row.commenced


def test_fractions_of_life_are_of_twenty_years_and_only_beside_one_principal() -> None:
    stated = parse("511/376A IPC").sections  # 376A: life or death
    liability = assess(TABLE, stated, (), Convictions(), None)
    (attempt,) = [charge for charge in liability.charges if charge.section.section == "511"]
    assert [option.maximum for option in attempt.options] == [Fraction(120)]


def test_a_repeat_narcotics_offender_may_get_one_and_a_half_times_the_maximum() -> None:
    stated = parse("20(b)(ii)(B)/31 NDPS").sections
    never = assess(TABLE, stated, (), Convictions(), None)
    before = assess(TABLE, stated, (), Convictions((Section("NDPS1985", "21(b)"),)), None)
    assert never.term.months == 120
    assert any("AntecedentsReported" in text for text in never.term.missing)
    assert before.term.months == 180
    assert before.term.missing == ()


def test_months_that_a_calendar_lacks_end_on_the_last_day() -> None:
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert after(date(2025, 2, 28), 1) == date(2025, 3, 1)


def test_parts_of_a_month_are_thirtieths_rounded_up() -> None:
    assert split_months(Fraction(10, 3)) == (3, 10)
    assert split_months(Fraction(7, 2)) == (3, 15)
    assert split_months(Fraction(1, 60)) == (0, 1)
    assert add_term(date(2025, 1, 1), Fraction(10, 3)) == date(2025, 4, 11)


def test_the_shipped_calendar_says_that_it_is_incomplete() -> None:
    assert PACKAGED.calendar.flags(date(2025, 3, 3)) == ("CALENDAR_INCOMPLETE",)
    assert PACKAGED.calendar.flags(date(2025, 3, 2)) == ("HOLIDAY_LAST_DAY",)
    assert REFERENCE.calendar.flags(date(2025, 3, 3)) == ()


def test_a_forensic_visit_is_mandatory_from_the_day_that_the_state_notified() -> None:
    note = facts({"fir": "2025-01-01", "sections": "117(2) BNS"})
    notified = dataclasses.replace(REFERENCE, forensic_visit_from=date(2025, 1, 1))
    later = dataclasses.replace(REFERENCE, forensic_visit_from=date(2025, 1, 2))
    assert [one.reasons for one in clocks_of_case(note, notified) if one.rule.startswith("176")] == [
        ("mandatory",)
    ]
    assert [one.reasons for one in clocks_of_case(note, later) if one.rule.startswith("176")] != [
        ("mandatory",)
    ]


def test_a_case_without_accused_has_the_clocks_of_its_investigation_alone() -> None:
    rules = {
        one.rule for one in clocks_of_case(facts({"fir": "2025-01-01", "sections": "64(1) BNS"}), REFERENCE)
    }
    assert rules == {
        "176(3).forensic-visit",
        "193(2).rape-investigation",
        "193(3).progress-told",
        "state.charge-sheet-target",
    }


def test_lead_times_are_data_and_the_longest_opens_the_window() -> None:
    note = facts({"fir": "2025-01-01", "sections": "85 BNS", "remand": "2025-01-01", "in": "2025-01-01.."})
    longer = dataclasses.replace(REFERENCE, leads={**REFERENCE.leads, "default-bail": (3, 20)})
    (clock,) = [one for one in clocks_of_accused(note, longer) if one.rule == "default-bail"]
    assert status(clock, date(2025, 2, 8)) is Status.RUNNING
    assert status(clock, date(2025, 2, 9)) is Status.DUE_SOON


def test_a_day_begins_at_midnight_in_india_in_every_season() -> None:
    for month in (1, 7):
        assert civil(datetime(2025, month, 10, 18, 29, 59, tzinfo=UTC)) == date(2025, month, 10)
        assert civil(datetime(2025, month, 10, 18, 30, tzinfo=UTC)) == date(2025, month, 11)


def test_inputs_name_the_event_and_the_office_that_they_came_from() -> None:
    note = facts(
        {
            "fir": "2025-01-01",
            "offence": "2024-12-30",
            "sections": "85 BNS",
            "remand": ["2025-01-01 executive ..2025-01-07"],
            "in": ["2025-01-01..2025-01-10 interim", "2025-01-20.."],
        }
    )
    clocks = {one.rule: one for one in clocks_of_accused(note, REFERENCE)}
    bail = clocks["default-bail"]
    assert bail.inputs["first_remand"] == {"value": "2025-01-01", "events": ["RemandOrdered-0"]}
    assert bail.inputs["ordered_by"]["value"] == "executive magistrate"
    assert bail.inputs["gaps"] == {"value": [["2025-01-11", "2025-01-19"]], "events": ["end-0", "custody-1"]}
    assert bail.inputs["offence_on"] == {"value": "2024-12-30", "events": ["FirRegistered"]}
    assert clocks["479.half"].inputs["custody_since"] == {"value": "2025-01-01", "events": ["custody-0"]}
    assert clocks["479.half"].inputs["maximum_months"]["events"] == ["sections-FIR-2025-01-01"]
