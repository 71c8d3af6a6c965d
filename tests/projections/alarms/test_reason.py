"""What a clock asks alarms for: its days, antecedents while they are not known, a second word after three days."""

from __future__ import annotations

from datetime import date, timedelta

from projections.alarms.reason import ANTECEDENTS, NEEDED, Alarm, Doubt, Stage, reasons_of
from projections.alarms.watch import watched
from projections.law.clock import Clock, Dated, Moment
from projections.law.clocks.undertrial import FULL, HALF, THIRD

DUE = date(2025, 6, 1)
DAY = timedelta(days=1)
NOTHING = Clock(
    "default-bail", "BNSS 187(3)", "PID:BR-0123-00001", "e1", DUE - 59 * DAY, "60 days", DUE, DUE + DAY, None, None, {},
    (), (), (), (), (15, 7, 3),
)  # fmt: skip


def days(clock: Clock) -> list[tuple[Stage, int | None, int]]:
    """Stage, lead, and days after the due date."""
    [reason] = reasons_of(clock, "A1")
    return [(stage, lead, (on - DUE).days) for stage, lead, on in reason.stages()]


def test_a_clock_has_its_leads_its_day_and_the_day_after() -> None:
    assert days(NOTHING) == [
        (Stage.DUE_SOON, 15, -15), (Stage.DUE_SOON, 7, -7), (Stage.DUE_SOON, 3, -3), (Stage.DUE, None, 0),
        (Stage.LAPSED, None, 1),
    ]  # fmt: skip


def test_the_application_of_section_479_is_asked_for_again_after_three_days() -> None:
    for rule in (THIRD, HALF):
        assert (Stage.DUE, -3, 3) in days(NOTHING._replace(rule=rule, lead_days=(30, 7)))
    applied = NOTHING._replace(rule=HALF, met_by=Moment(DUE + 2 * DAY, "e9", "application"))
    [reason] = reasons_of(applied, "A1")
    assert list(reason.wanted(DUE + 3 * DAY)) == []
    assert [alarm.stage for alarm, _ in reason.wanted(DUE)] == [Stage.DUE_SOON] * 3 + [Stage.DUE]


def test_nobody_is_said_to_be_held_beyond_the_maximum_too_late_the_cap_stays_due_until_release() -> None:
    stages = {stage for stage, _, _ in days(NOTHING._replace(rule=FULL, stays_due=True))}
    assert stages == {Stage.DUE_SOON, Stage.DUE}


def test_while_antecedents_are_not_known_they_are_asked_for_thirty_days_before_the_third_and_on_it() -> None:
    unknown = NOTHING._replace(
        rule=THIRD,
        lead_days=(30, 7),
        dated=(Dated(DUE - 30 * DAY, NEEDED),),
        missing=("police.AntecedentsReported",),
    )
    [reason] = reasons_of(unknown, "A1")
    assert reason.rule == ANTECEDENTS
    assert days(unknown) == [(Stage.DUE_SOON, 30, -30), (Stage.DUE, None, 0)]
    [known] = reasons_of(unknown._replace(dated=(), missing=()), "A1")
    assert known.rule == THIRD


def test_what_is_due_at_once_is_raised_at_once() -> None:
    assert days(NOTHING._replace(length="at once", start_date=DUE)) == [(Stage.RAISED, None, 0)]


def test_no_alarm_is_about_the_time_before_a_clock_began() -> None:
    assert days(NOTHING._replace(start_date=DUE - 3 * DAY))[0] == (Stage.DUE_SOON, 3, -3)


def test_what_does_not_apply_or_has_no_date_asks_for_nothing() -> None:
    for clock in (
        NOTHING._replace(applies=False),
        NOTHING._replace(due_date=None),
        NOTHING._replace(start_event=None),
    ):
        assert list(reasons_of(clock, "A1")) == []


def test_a_doubt_of_its_days_alone_is_a_doubt_of_these_days() -> None:
    [reason] = reasons_of(
        NOTHING._replace(dated=(Dated(DUE + DAY, "FILED_NOT_CONSUMED", "court stamp"),)), "A1"
    )
    assert reason.doubts == (Doubt(DUE + DAY, None),)


def test_an_alarm_has_one_id_and_each_part_of_what_it_is_known_by_changes_it() -> None:
    one = Alarm("default-bail", "e1", "A1", DUE, Stage.DUE, None)
    others = [
        one._replace(rule="x"), one._replace(start_event="e2"), one._replace(accused=""), one._replace(due=DUE + DAY),
        one._replace(stage=Stage.LAPSED), one._replace(lead=-3),
    ]  # fmt: skip
    assert one.id == Alarm(*one).id
    assert len({one.id, *(other.id for other in others)}) == 1 + len(others)


def test_the_accused_is_the_one_whom_the_start_event_names_as_it_names_him() -> None:
    clock = {
        "rule": "x",
        "law": "y",
        "start_event": "e1",
        "due_date": "2025-06-01",
        "start_date": "2025-05-01",
    }
    document = {
        "accused": [{"id": "CCTNS_CODE:F:A1", "references": ["CCTNS_CODE:F:A1", "CIS_PARTY:C:1"]}],
        "references": {
            "CCTNS_CODE:F:A1": {"arrests": [{"event": "e0"}]},
            "CIS_PARTY:C:1": {"remands": [{"event": "e1"}], "court": {"jail": {"value": "J", "event": "e3"}}},
        },
        "clocks": {
            "CCTNS_CODE:F:A1": {"a": [clock, clock | {"start_event": "e0"}, clock | {"start_event": "e7"}]}
        },
    }
    assert [(reason.start_event, reason.accused) for _, reason in watched(document)] == [
        ("e1", "CIS_PARTY:C:1"), ("e0", "CCTNS_CODE:F:A1"), ("e7", ""),
    ]  # fmt: skip
