"""The alarms' state machine: raised once until cleared, the same whatever the order, never twice for another root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from projections.alarms.gate import PATIENCE, DataGate
from projections.alarms.machine import Clear, Decision, Files, Gate, Held, Move, Raise, after, decide
from projections.alarms.reason import Alarm, Closed, Doubt, Reason, Stage

FIRST = date(2025, 3, 1)
DAY = timedelta(days=1)
RULES = ("default-bail", "479.half", "child-in-jail")
EVENTS = ("e1", "e2")
ROOTS = ("FIR:A", "FIR:B", "CNR:C")

Standing = dict[Alarm, Files]


def open_gate(day: date) -> tuple[str, ...] | None:
    return ()


def reason(due: date, **more: object) -> Reason:
    given_ = Reason("default-bail", "e1", "CIS_PARTY:CNR:C:1", due, None, (15, 7, 3))
    return replace(given_, **more)  # type: ignore[arg-type]


def days() -> st.SearchStrategy[date]:
    return st.integers(0, 40).map(lambda n: FIRST + n * DAY)


@st.composite
def reasons(draw: st.DrawFn) -> Reason:
    closed = draw(
        st.none()
        | st.builds(Closed, days(), st.sampled_from(["m1", "m2"]), st.sampled_from(["MET", "STOPPED"]))
    )
    doubt = draw(st.none() | st.builds(Doubt, st.none() | days(), st.none() | days()))
    return Reason(
        draw(st.sampled_from(RULES)), draw(st.sampled_from(EVENTS)), draw(st.sampled_from(["", "A1"])), draw(days()),
        draw(st.none() | days()), draw(st.sampled_from([(), (3,), (30, 7, -3)])),
        draw(st.booleans()), draw(st.booleans()), (doubt,) if doubt else (), closed,
    )  # fmt: skip


Files_ = dict[str, list[Reason]]
files = st.dictionaries(st.sampled_from(ROOTS), st.lists(reasons(), max_size=4), max_size=3)


def held(world: Files_, event: str) -> list[Held]:
    return [Held(root, one) for root, found in world.items() for one in found if one.start_event == event]


def of_event(standing: Standing, event: str) -> Standing:
    return {alarm: roots for alarm, roots in standing.items() if alarm.start_event == event}


def look(standing: Standing, world: Files_, event: str, day: date, gate: Gate = open_gate) -> Decision:
    made = decide(of_event(standing, event), held(world, event), day, gate)
    standing_now = after(standing, made.steps)
    standing.clear()
    standing.update(standing_now)
    return made


def asked_for(world: Files_, day: date) -> Standing:
    wanted: dict[Alarm, set[str]] = {}
    for root, found in world.items():
        for one in found:
            for alarm, _ in one.wanted(day):
                wanted.setdefault(alarm, set()).add(root)
    return {alarm: tuple(sorted(roots)) for alarm, roots in wanted.items()}


#: The files change; so many days pass; one looks at a start event, the data being there or not.
Happening = Files_ | int | tuple[str, bool]
happenings = st.lists(
    files | st.integers(0, 9) | st.tuples(st.sampled_from(EVENTS), st.booleans()), max_size=12
)


@given(happenings, files)
def test_once_nothing_more_comes_what_the_files_ask_for_stands_whatever_came_before(
    history: list[Happening], last: Files_
) -> None:
    standing: Standing = {}
    world: Files_ = {}
    day = FIRST
    for happening in history:
        if isinstance(happening, dict):
            world = happening
        elif isinstance(happening, int):
            day += happening * DAY
        else:
            event, is_open = happening
            before = dict(standing)
            made = look(standing, world, event, day, open_gate if is_open else lambda _: None)
            raised = [step.alarm for step in made.steps if isinstance(step, Raise)]
            # Each once until it is cleared; and whatever is cleared or moved was told before.
            assert len(set(raised)) == len(raised)
            assert not before.keys() & set(raised)
            assert all(step.alarm in before for step in made.steps if not isinstance(step, Raise))
    for event in EVENTS:
        look(standing, last, event, day)
    assert standing == asked_for(last, day)
    for event in EVENTS:
        assert look(standing, last, event, day).steps == []


@given(st.lists(reasons(), max_size=4), st.lists(st.integers(1, 12), min_size=1, max_size=6))
def test_looks_on_the_days_named_by_the_look_before_are_enough(
    found: list[Reason], strides: list[int]
) -> None:
    """Whoever looks only when `again` says so has told the same as one who looks each day."""
    world = {"FIR:A": found}
    daily: Standing = {}
    lazy: Standing = {}
    again: dict[str, date | None] = dict.fromkeys(EVENTS, FIRST)
    for n in range(sum(strides)):
        day = FIRST + n * DAY
        for event in EVENTS:
            look(daily, world, event, day)
            due = again[event]
            if due is not None and due <= day:
                made = look(lazy, world, event, day)
                again[event] = min((one for one in made.again.values() if one), default=None)
        assert lazy == daily


def test_a_clock_comes_to_each_stage_on_its_day_and_to_each_once() -> None:
    due = FIRST + 20 * DAY
    world = {"FIR:A": [reason(due)]}
    standing: Standing = {}
    told = []
    for n in range(30):
        day = FIRST + n * DAY
        for step in look(standing, world, "e1", day).steps:
            assert isinstance(step, Raise)
            assert step.on == day
            told.append((step.alarm.stage, step.alarm.lead, (due - day).days))
    assert told == [
        (Stage.DUE_SOON, 15, 15), (Stage.DUE_SOON, 7, 7), (Stage.DUE_SOON, 3, 3), (Stage.DUE, None, 0),
        (Stage.LAPSED, None, -1),
    ]  # fmt: skip


def test_after_a_stop_of_three_days_what_fell_due_is_raised_in_order_each_once() -> None:
    due = FIRST + 3 * DAY
    world = {
        "FIR:A": [reason(due), reason(due + DAY, accused="CIS_PARTY:CNR:C:2")],
        "FIR:B": [reason(due - DAY, accused="A2")],
    }
    standing: Standing = {}
    look(standing, world, "e1", FIRST)
    before = dict(standing)
    made = look(standing, world, "e1", FIRST + 3 * DAY)
    raised = [step for step in made.steps if isinstance(step, Raise)]
    assert [step.on for step in raised] == sorted(step.on for step in raised)
    assert {(step.alarm.accused[-2:], step.alarm.stage) for step in raised} == {
        ("A2", Stage.DUE), ("A2", Stage.LAPSED), (":1", Stage.DUE), (":2", Stage.DUE_SOON),
    }  # fmt: skip
    assert not before.keys() & {step.alarm for step in raised}
    assert look(standing, world, "e1", FIRST + 3 * DAY).steps == []


def test_a_file_that_goes_under_another_root_moves_its_alarms_and_raises_none() -> None:
    found = [reason(FIRST)]
    standing: Standing = {}
    look(standing, {"CNR:C": found}, "e1", FIRST)
    assert {type(step) for step in look(standing, {"FIR:A": found}, "e1", FIRST + 2 * DAY).steps} == {
        Move,
        Raise,
    }
    # What is raised then is what that day brings, under the new root: LAPSED, and nothing that stood.
    assert all(roots == ("FIR:A",) for roots in standing.values())
    assert {
        type(step) for step in look(standing, {"FIR:A": found, "FIR:B": found}, "e1", FIRST + 2 * DAY).steps
    } == {Move}


def test_an_alarm_whose_reason_is_undone_clears_and_says_why() -> None:
    def told(now: Sequence[Reason], corrected: bool) -> set[tuple[str, str]]:
        standing = dict.fromkeys((alarm for alarm, _ in reason(FIRST).wanted(FIRST)), ("FIR:A",))
        steps = decide(
            standing, [Held("FIR:A", one) for one in now], FIRST, open_gate, lambda event: corrected
        ).steps
        return {(step.why, step.by) for step in steps if isinstance(step, Clear)}

    assert told([], corrected=True) == {("CORRECTED", "")}
    assert told([], corrected=False) == {("RECOMPUTED", "")}
    assert told([reason(FIRST + 60 * DAY)], corrected=False) == {("RECOMPUTED", "")}
    assert told([reason(FIRST, closed=Closed(FIRST, "sheet", "MET"))], corrected=False) == {("MET", "sheet")}
    assert told([reason(FIRST, closed=Closed(FIRST, "free", "STOPPED"))], False) == {("STOPPED", "free")}


def test_what_was_cleared_and_is_asked_for_again_is_raised_again() -> None:
    standing: Standing = {}
    look(standing, {"FIR:A": [reason(FIRST)]}, "e1", FIRST)
    look(standing, {"FIR:A": []}, "e1", FIRST)
    assert standing == {}
    assert any(isinstance(s, Raise) for s in look(standing, {"FIR:A": [reason(FIRST)]}, "e1", FIRST).steps)


def test_nothing_is_said_to_have_lapsed_while_something_is_missing_that_could_move_the_date() -> None:
    doubted = reason(FIRST, doubts=(Doubt(FIRST + DAY, FIRST + 4 * DAY),))

    def stages(day: date) -> set[Stage]:
        return {alarm.stage for alarm, _ in doubted.wanted(day)}

    assert Stage.LAPSED not in stages(FIRST + DAY)
    assert Stage.DUE in stages(FIRST + DAY)
    assert Stage.LAPSED in stages(FIRST + 5 * DAY)


NOW = datetime(2025, 3, 4, 0, 30, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=9)


def test_an_alarm_waits_until_the_data_of_every_department_has_passed_its_day() -> None:
    day = date(2025, 3, 4)  # begins on the 3rd at 18:30 UTC
    begun = datetime(2025, 3, 3, 18, 30, tzinfo=UTC)
    reached = {"police": begun, "court": begun - timedelta(seconds=1)}
    waits = DataGate(begun + timedelta(minutes=5), LONG_AGO, reached)
    assert waits(day) is None
    assert waits(day - DAY) == ()
    assert DataGate(begun + timedelta(minutes=5), LONG_AGO, reached | {"court": begun})(day) == ()


def test_a_department_that_stays_silent_is_named_and_not_waited_for_without_end() -> None:
    day = date(2025, 3, 4)
    silent = {"police": NOW, "court": LONG_AGO, "prison": None}
    assert DataGate(NOW, LONG_AGO, silent)(day) == ("court", "prison")
    # After a stop the backlog is given its time: it is no silence.
    just_started = NOW - PATIENCE + timedelta(seconds=1)
    assert DataGate(NOW, just_started, silent)(day) is None
