"""Properties of rights that accrue, over made-up facts: what must hold whatever happened."""

from __future__ import annotations

import dataclasses
import itertools
import json
import random
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from projections.law.clock import Clock, Status, from_plain, read, to_plain
from projections.law.facts import (
    Antecedents,
    Arrest,
    Bail,
    Custody,
    CustodyEnd,
    CustodyKind,
    CustodyStart,
    Delay,
    Disposal,
    Extension,
    Facts,
    Remand,
    Report,
    SectionsSet,
    Stage,
    Step,
)
from projections.law.offences import load
from projections.law.registry import EVERY, clocks_of_accused, wound
from schemas.sections import Section
from tests.law.build import REFERENCE
from tests.law.checker import check

START = date(2024, 7, 20)
TABLE = load()
KEYS = sorted(TABLE.rows)
ACCRUING = ("default-bail", "479.one-third", "479.half", "479.full")
# Sections whose variants matter, and some without.
COMMON = [
    Section("BNS2023", number)
    for number in (
        "85",
        "115(2)",
        "117(2)",
        "108",
        "109(1)",
        "303(2)",
        "309(4)",
        "106(1)",
        "105",
        "103(1)",
        "999",
    )
] + [
    Section("NDPS1985", "20"),
    Section("NDPS1985", "20(b)(ii)(C)"),
    Section("BPEA2016", "30(a)"),
    Section("UAPA1967", "13(1)"),
]

days = st.integers(0, 900).map(lambda n: START + timedelta(days=n))
sections = st.lists(st.sampled_from(COMMON), min_size=1, max_size=3, unique=True).map(tuple)
any_section = st.sampled_from(KEYS).map(lambda key: Section(*key))


@st.composite
def custodies(draw: st.DrawFn) -> tuple[Custody, ...]:
    """Intervals one after another from START, each closed but perhaps the last."""
    lengths = draw(st.lists(st.integers(1, 120), min_size=1, max_size=7))
    made, at = [], START
    for number in range(0, len(lengths), 2):
        until = at + timedelta(days=lengths[number])
        last = number + 2 >= len(lengths)
        ended = None if last and draw(st.booleans()) else draw(st.sampled_from(list(CustodyEnd)))
        how = CustodyStart.ARREST if number == 0 else CustodyStart.RETURN
        made.append(Custody(at, how, f"in-{number}", until if ended else None, ended, f"out-{number}", True))
        if last:
            break
        at = until + timedelta(days=lengths[number + 1])
    return tuple(made)


reports = st.builds(
    Report,
    days,
    st.sampled_from([Disposal.SENT_UP, Disposal.NOT_SENT_UP, Disposal.PENDING, None]),
    st.just("sheet"),
    final_form=st.booleans(),
    complete=st.sampled_from([True, False, None]),
)
stated_sections = st.builds(
    SectionsSet,
    days,
    st.sampled_from(list(Stage)),
    st.one_of(sections, st.lists(any_section, max_size=3).map(tuple)),
    st.just("sections"),
    st.sampled_from([(), ("what",)]),
)
antecedents = st.builds(
    Antecedents,
    days,
    st.just("antecedents"),
    st.sampled_from([(), (Section("IPC1860", "379"),)]),
    st.just(False),
    st.sampled_from([frozenset(), frozenset({"CCTNS", "COURT"})]),
    days,
)
extensions = st.builds(
    lambda on, more, rule: Extension(on, rule, on + timedelta(days=more), f"extended-{on}"),
    days,
    st.integers(0, 200),
    st.sampled_from(["NDPS 36A", "UAPA 43D", "232"]),
)
delays = st.builds(
    lambda on, more: Delay(on, on + timedelta(days=more), f"delay-{on}"), days, st.integers(0, 40)
)
STEPS = [
    "court.CognizanceTaken",
    "court.AppearanceRecorded",
    "court.ArgumentsConcluded",
    "court.CopiesSupplied",
]


@st.composite
def all_facts(draw: st.DrawFn) -> Facts:
    """Facts of every kind, plausible or not."""
    remand = START + timedelta(days=draw(st.integers(0, 3)))
    until = draw(st.sampled_from([None, remand + timedelta(days=14)]))

    def some(what: st.SearchStrategy[Any], most: int = 2) -> tuple[Any, ...]:
        return tuple(draw(st.lists(what, max_size=most)))

    return Facts(
        "A1",
        fir_on=draw(st.sampled_from([None, date(2024, 6, 1), START])),
        offence_on=draw(st.sampled_from([None, date(2024, 5, 1), START])),
        sections=(SectionsSet(START, Stage.FIR, draw(sections), "fir"), *some(stated_sections)),
        arrests=(Arrest(START, "arrest"),),
        remands=(Remand(remand, draw(st.sampled_from(list(CustodyKind))), "remand", until=until),),
        custody=draw(custodies()),
        claims=some(reports, 1),
        filings=some(reports),
        bail_applied=some(st.builds(Bail, days, st.just("DEFAULT"), st.just("asked")), 1),
        bail_granted=some(st.builds(Bail, days, st.just("REGULAR"), st.just("granted")), 1),
        antecedents=some(antecedents, 1),
        delays=some(delays),
        extensions=some(extensions),
        steps={
            name: (Step(draw(days), name),) for name in draw(st.lists(st.sampled_from(STEPS), unique=True))
        },
    )


def by_rule(facts: Facts) -> dict[str, Clock]:
    """The clocks by rule."""
    return {clock.rule: clock for clock in clocks_of_accused(facts, REFERENCE)}


def simple(stated: tuple[Section, ...], **more: Any) -> Facts:
    """In custody from START on these sections."""
    return Facts(
        "A1",
        fir_on=START,
        sections=(SectionsSet(START, Stage.FIR, stated, "fir"),),
        arrests=(Arrest(START, "arrest"),),
        remands=(Remand(START, CustodyKind.JUDICIAL, "remand"),),
        antecedents=(Antecedents(START, "none", registers=frozenset({"CCTNS", "COURT"}), searched_on=START),),
        **{"custody": (Custody(START, CustodyStart.ARREST, "in"),), **more},
    )


def with_gaps(gaps: list[tuple[int, int]]) -> tuple[Custody, ...]:
    """Custody from START on, out on the days START + first to START + last."""
    made, at = [], START
    for first, last in gaps:
        made.append(
            Custody(
                at, CustodyStart.RETURN, "in", START + timedelta(days=first - 1), CustodyEnd.INTERIM, "out"
            )
        )
        at = START + timedelta(days=last + 1)
    return (*made, Custody(at, CustodyStart.RETURN, "in"))


@settings(max_examples=300, deadline=None)
@given(all_facts())
def test_every_date_is_rebuilt_by_the_independent_checker_and_survives_json(facts: Facts) -> None:
    for clock in clocks_of_accused(facts, REFERENCE):
        stored = json.loads(json.dumps(to_plain(clock)))
        assert from_plain(stored) == clock
        check(stored)


def only(facts: Facts, reads: frozenset[str]) -> Facts:
    """What a family that reads so much is given of the facts."""
    names = {name for name in reads if "." not in name} - {"offence", "code"}
    if "offence" in reads:
        names |= {"offence_on", "offence_event"}
    if "code" in reads:
        names |= {"fir_on", "fir_event"} if facts.fir_on is not None else {"remands"}
    if "antecedents" in reads and facts.antecedents:
        names |= {"arrests"} if facts.arrests else {"custody", "remands"}
    steps = {name: found for name, found in facts.steps.items() if name in reads}
    return Facts(facts.accused, steps=steps, **{name: getattr(facts, name) for name in names})


@settings(max_examples=300, deadline=None)
@given(all_facts())
def test_a_family_of_clocks_reads_no_more_than_it_says(facts: Facts) -> None:
    for family in EVERY:
        (whole,) = wound([family], facts, REFERENCE)
        (alone,) = wound([family], only(facts, family.reads), REFERENCE)
        assert alone == whole


@settings(max_examples=100, deadline=None)
@given(all_facts(), st.lists(days, min_size=1, max_size=6))
def test_a_review_always_names_what_is_missing_and_a_doubt_is_never_silent(
    facts: Facts, on: list[date]
) -> None:
    for clock in clocks_of_accused(facts, REFERENCE):
        for day in on:
            reading = read(clock, day)
            assert (reading.status is not Status.NEEDS_REVIEW) or reading.missing
            if reading.missing:
                assert reading.status in (Status.NEEDS_REVIEW, Status.STOPPED)
            if not clock.applies:
                assert reading.status is Status.NOT_APPLICABLE


@settings(max_examples=200, deadline=None)
@given(all_facts(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_come_changes_nothing(facts: Facts, rng: random.Random) -> None:
    mixed: dict[str, Any] = {}
    for field in dataclasses.fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, tuple) and len({_day(one) for one in value}) == len(value):
            shuffled = list(value)
            rng.shuffle(shuffled)
            mixed[field.name] = tuple(shuffled)
    assert clocks_of_accused(dataclasses.replace(facts, **mixed), REFERENCE) == clocks_of_accused(
        facts, REFERENCE
    )


def _day(one: Any) -> Any:
    return next(getattr(one, name) for name in ("on", "first", "since") if hasattr(one, name))


@settings(max_examples=200, deadline=None)
@given(sections, st.integers(2, 500), st.integers(0, 60), st.integers(2, 400), st.integers(0, 40))
def test_a_day_outside_custody_never_moves_a_right_earlier_and_a_day_inside_never_later(
    stated: tuple[Section, ...], first: int, length: int, pause: int, second: int
) -> None:
    gaps = [(first, first + length), (first + length + pause, first + length + pause + second)]
    never_out = by_rule(simple(stated))
    once = by_rule(simple(stated, custody=with_gaps(gaps[:1])))
    twice = by_rule(simple(stated, custody=with_gaps(gaps)))
    longer = by_rule(simple(stated, custody=with_gaps([(first, first + length + 1)])))
    for rule in ACCRUING:
        dates = [one[rule].accrues_on for one in (never_out, once, twice, longer)]
        if dates[0] is None:
            assert dates == [None] * 4
            continue
        full, one, two, more = (day or START for day in dates)
        assert full <= one <= two
        assert one <= more <= one + timedelta(days=1)


@settings(max_examples=200, deadline=None)
@given(sections, st.integers(0, 800), st.integers(0, 60))
def test_a_delay_moves_third_and_half_never_earlier_and_the_maximum_never(
    stated: tuple[Section, ...], first: int, length: int
) -> None:
    delay = Delay(START + timedelta(days=first), START + timedelta(days=first + length), "delay")
    plain, delayed = by_rule(simple(stated)), by_rule(simple(stated, delays=(delay,)))
    assert plain["479.full"].due_date == delayed["479.full"].due_date
    for rule in ("479.one-third", "479.half"):
        before, after = plain[rule].due_date, delayed[rule].due_date
        if before is None or after is None:
            assert before is after is None
        elif delay.first < before:
            assert after == before + timedelta(days=length + 1)
        else:
            assert after == before


def _readings(stated: tuple[Section, ...]) -> list[tuple[Section, ...]]:
    """Every way of naming the variants of these sections (rows for repeat offenders left out)."""
    choices = []
    for section in stated:
        rows, _ = TABLE.lookup(section)
        rows = tuple(row for row in rows if not row.repeat)
        choices.append([Section(row.act, row.section, row.offence) for row in rows] or [section])
    return [tuple(reading) for reading in itertools.product(*choices)]


@settings(max_examples=150, deadline=None)
@given(sections)
def test_no_variant_and_no_unknown_makes_a_date_later_than_the_most_favourable_reading(
    stated: tuple[Section, ...],
) -> None:
    unnamed = by_rule(simple(stated))
    for reading in _readings(stated):
        named = by_rule(simple(reading))
        for rule in ACCRUING:
            mine, other = unnamed[rule], named[rule]
            if other.accrues_on is None:
                assert mine.applies or not other.applies or not other.missing
            elif mine.accrues_on != other.accrues_on:
                assert mine.missing, (rule, reading)
                assert mine.accrues_on is None or mine.accrues_on < other.accrues_on


@settings(max_examples=200, deadline=None)
@given(sections)
def test_an_unknown_section_beside_known_ones_leaves_their_dates_and_asks(
    stated: tuple[Section, ...],
) -> None:
    known = tuple(section for section in stated if section.section != "999")
    if not known:
        return
    alone, beside = by_rule(simple(known)), by_rule(simple((*known, Section("BNS2023", "998"))))
    for rule in ACCRUING:
        assert alone[rule].due_date == beside[rule].due_date
        if beside[rule].applies:
            assert any("998" in text for text in beside[rule].missing)


@settings(max_examples=200, deadline=None)
@given(any_section)
def test_every_row_of_the_table_gives_a_date_a_reason_or_a_question(section: Section) -> None:
    clocks = by_rule(simple((section,)))
    for rule in ACCRUING:
        clock = clocks[rule]
        if clock.applies:
            assert clock.due_date is not None or clock.missing
        else:
            assert clock.flags or clock.reasons
