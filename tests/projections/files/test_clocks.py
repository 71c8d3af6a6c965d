"""The law's clocks in the case file: what the events of a life come to, and when they are reckoned anew."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from projections.files.clocks.kept import OF_CASE, every, kept
from projections.files.fold import fold
from projections.files.status import status
from projections.law.clock import Status, read
from schemas.event import Event
from tests.projections.files.world import (
    A1,
    A2,
    CNR,
    FIR,
    P1,
    PID,
    accused,
    case_input,
    event,
    hold,
    in_order,
    life,
)

Json = dict[str, Any]

FORWARDED = event("police.ArrestMade", FIR, "2025-01-02", accused=accused(A1), outcome="FORWARDED")
REGISTERED = event(
    "police.FirRegistered", FIR, "2025-01-01", police_station="PATKOT",
    sections=[{"act": "BNS", "section": "303(2)"}], accused=[accused(A1)],
)  # fmt: skip


def remand(on: str, until: str, **more: Any) -> Event:
    body: Json = {"accused": accused(P1, A1), "custody_kind": "JUDICIAL", "from_date": on, "to_date": until}
    return event("court.RemandOrdered", CNR, on, **body, **more)


def jail(kind: str, on: str, **more: Any) -> Event:
    return event(f"prison.{kind}", PID, on, jail="BR-0123", cases=[hold(FIR, A1)], **more)


def clock(rule: str, *events: Event, who: str = A1) -> Json:
    document = fold(case_input(), in_order(events)).document
    return next(one for one in status(document, who, date(2025, 6, 1))["clocks"] if one["rule"] == rule)


def due(rule: str, *events: Event) -> str | None:
    found: str | None = clock(rule, *events)["due_date"]
    return found


BEGUN = (REGISTERED, FORWARDED, remand("2025-01-03", "2025-01-16"), jail("Admitted", "2025-01-03"))


def test_a_life_gives_the_dates_that_the_law_sets() -> None:
    document = fold(case_input(), life()).document
    dates = {one.rule: one.due_date for one in kept(document, A1)}
    assert dates["default-bail"] == date(2025, 3, 3)  # 3 January is day 1, the 60th is 3 March
    assert dates["479.one-third"] == date(2026, 1, 2)  # a third of three years from the day of arrest
    assert dates["479.half"] == date(2026, 7, 2)
    assert dates["bail-not-released.one-month"] == date(2025, 2, 24)
    by_day = {one.rule: read(one, date(2025, 2, 10)).status for one in kept(document, A1)}
    assert by_day["default-bail"] is Status.MET
    assert by_day["bail-not-released.legal-services"] is Status.LAPSED


def test_what_runs_for_the_case_stands_once_and_not_at_each_accused() -> None:
    document = fold(case_input(), life()).document
    of_case = {one.rule for one in kept(document, OF_CASE)}
    assert "state.charge-sheet-target" in of_case
    assert not of_case & {one.rule for who in (A1, A2) for one in kept(document, who)}
    assert {one.accused for one in every(document)} == {"", A1, A2}


def test_days_on_interim_bail_and_after_an_escape_do_not_count() -> None:
    away = (jail("InterimReleased", "2025-01-10", until="2025-01-20"), jail("Returned", "2025-01-21"))
    fled = (jail("Escaped", "2025-01-10"), jail("Recaptured", "2025-01-21"))
    assert due("default-bail", *BEGUN) == "2025-03-03"
    for gap in (away, fled):
        assert due("default-bail", *BEGUN, *gap) == "2025-03-13"
        assert due("479.half", *BEGUN, *gap) == "2026-07-12"


def test_attributed_delay_moves_one_third_and_half_and_never_the_whole_term() -> None:
    delay = event(
        "court.DelayAttributed", CNR, "2025-02-01", accused=accused(P1, A1), from_date="2025-02-01",
        to_date="2025-02-10",
    )  # fmt: skip
    assert due("479.half", *BEGUN, delay) == "2026-07-12"
    assert due("479.full", *BEGUN, delay) == due("479.full", *BEGUN) == "2028-01-02"


def test_one_whom_no_jail_ever_had_is_out_when_the_court_took_his_bond() -> None:
    bond = event("court.BondAccepted", CNR, "2025-01-03", accused=accused(P1, A1))
    let_go = clock("479.half", REGISTERED, FORWARDED, remand("2025-01-03", "2025-01-16"), bond)
    assert let_go["stopped_by"]["on"] == "2025-01-03"
    # Of one whom a jail holds, the jail says when he goes.
    assert clock("479.half", *BEGUN, bond)["stopped_by"] is None


def test_police_bail_ends_custody_on_the_day_of_the_arrest() -> None:
    bailed = event("police.ArrestMade", FIR, "2025-01-02", accused=accused(A1), outcome="POLICE_BAIL")
    assert clock("479.half", REGISTERED, bailed)["stopped_by"]["on"] == "2025-01-02"


def test_an_alteration_reckons_anew_and_the_day_before_still_shows_the_old_answer() -> None:
    graver = event(
        "police.SectionsAltered",
        FIR,
        "2025-01-20",
        accused=[],
        sections=[{"act": "BNS", "section": "103(1)"}],
    )
    assert due("default-bail", *BEGUN, graver) == "2025-04-02"
    assert clock("479.half", *BEGUN, graver)["flags"] == ["EXCLUDED_LIFE_DEATH"]
    assert due("default-bail", *BEGUN) == "2025-03-03"


def test_the_superintendents_application_and_the_word_to_legal_services_meet_their_clocks() -> None:
    applied = jail("Section479Applied", "2025-05-02", basis="ONE_HALF", applied_on="2025-05-02")
    assert clock("479.half", *BEGUN, applied)["met_by"]["on"] == "2025-05-02"
    granted = event("court.BailGranted", CNR, "2025-02-01", accused=accused(P1, A1), bail_kind="REGULAR")
    told = jail("LegalServicesInformed", "2025-02-07", informed_on="2025-02-07")
    assert clock("bail-not-released.legal-services", *BEGUN, granted, told)["status"] == "MET"


@pytest.mark.parametrize(
    ("started", "ended", "rule", "ref"),
    [
        ("SearchMade", "SearchRecordSent", "185(5).search-record", "search_no"),
        ("InquestHeld", "InquestReportSent", "194(2).inquest-report", "inquest_no"),
        ("VictimExamined", "MedicalReportReceived", "184(6).medical-report", "examination_no"),
    ],
)
def test_what_the_police_must_answer_is_met_by_the_answer_of_the_same_number(
    started: str, ended: str, rule: str, ref: str
) -> None:
    same: Json = {ref: "N1"}
    another: Json = {ref: "N2"}
    began = event(f"police.{started}", FIR, "2025-02-01", **same)
    answer = event(f"police.{ended}", FIR, "2025-02-01", **same)
    other = event(f"police.{ended}", FIR, "2025-02-01", seq=2, **another)
    assert clock(rule, *BEGUN, began, other)["met_by"] is None
    assert clock(rule, *BEGUN, began, answer)["status"] in ("MET", "NEEDS_REVIEW")


def test_a_child_said_to_be_in_jail_is_told_until_the_court_determines_otherwise() -> None:
    said = event("court.AgeClaimed", CNR, "2025-01-05", accused=accused(P1, A1), claimed_age=16)
    grown = event(
        "court.AgeDetermined", CNR, "2025-01-20", accused=accused(P1, A1), age_years=19, is_child=False
    )
    assert clock("child-in-jail", *BEGUN, said)["flags"] == ["CHILD_IN_JAIL"]
    document = fold(case_input(), in_order([*BEGUN, said, grown])).document
    assert not any(one.rule == "child-in-jail" for one in kept(document, A1))


def test_as_of_a_day_before_the_sanhita_the_law_is_named_as_it_then_was() -> None:
    document = fold(case_input(), life()).document
    then = {one["rule"]: one["law"] for one in status(document, A1, date(2024, 6, 30))["clocks"]}
    assert then["436A.half"] == "CrPC 436A"
    assert "479.half" not in then
    assert "479.half" in {one["rule"] for one in status(document, A1, date(2024, 7, 1))["clocks"]}


def test_who_is_back_from_interim_bail_waits_for_no_release() -> None:
    granted = event("court.BailGranted", CNR, "2025-01-09", accused=accused(P1, A1), bail_kind="INTERIM")
    away = (jail("InterimReleased", "2025-01-10", until="2025-01-20"), jail("Returned", "2025-01-21"))
    before = status(fold(case_input(), in_order([*BEGUN, granted])).document, A1)
    after = status(fold(case_input(), in_order([*BEGUN, granted, *away])).document, A1)
    assert before["bail"]["still_inside"]["granted_on"] == "2025-01-09"
    assert after["custody"]["inside"]["value"]
    assert "still_inside" not in after["bail"]


def test_no_day_that_a_calendar_cannot_reckon_with_harms_a_file() -> None:
    endless = remand("2025-01-03", "9999-12-31", seq=9)
    document = fold(case_input(), in_order([REGISTERED, FORWARDED, endless])).document
    assert document["incomplete"] == []
    warrant = next(one for one in kept(document, A1) if one.rule == "warrant")
    assert warrant.due_date is None
    assert warrant.missing
