"""The full status: every word of it from the right accused, at the right stage, with its source."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.boards import BOARDS
from projections.boards.undertrials import COLUMNS
from projections.files.fold import fold
from projections.files.status import accused_ids, status
from projections.linking.model import CONTINUES
from schemas.event import Event
from tests.projections.files.world import (
    A1,
    A2,
    CNR,
    FIR,
    OTHER_CNR,
    P1,
    P2,
    PID,
    accused,
    case_input,
    event,
    hold,
    in_order,
    life,
    link,
    person,
    sections,
)

Json = dict[str, Any]


def of(who: str, *events: Event, day: date | None = None, links: Any = ()) -> Json:
    identifiers = (FIR, CNR, OTHER_CNR, PID)
    return status(fold(case_input(*links, identifiers=identifiers), in_order(events)).document, who, day)


def test_who_where_since_when_what_for_and_why_still_inside() -> None:
    found = of(A1, *life())
    assert found["references"] == [A1, P1, PID]
    assert found["custody"]["inside"]["value"]
    assert (found["custody"]["jail"]["value"], found["custody"]["since"]["value"]) == (
        "BR-0123",
        "2025-01-03",
    )
    assert [row["identifier"] for row in found["custody"]["held_under"]] == [FIR]
    assert (found["sections"]["value"], found["sections_stage"]) == (
        ["BNS 3(5)", "BNS 303(2)"],
        "FINAL_REPORT",
    )
    assert (found["bail"]["state"], found["bail"]["granted_on"]) == ("GRANTED", "2025-01-24")
    assert found["bail"]["still_inside"]["reason"]["value"] == "NO_SURETY"
    assert found["charge_sheet"]["received_on"]["value"] == "2025-02-03"
    assert found["stage"]["value"] == "CHARGE_SHEETED"
    assert (found["hearing"]["last"]["value"], found["hearing"]["next"]["value"]) == (
        "2025-01-30",
        "2025-02-13",
    )
    assert found["hearing"]["adjourned_by"] == {"PROSECUTION": 1}
    assert found["prosecution"]["allotted"]["prosecutor"]["code"] == "APP-PAT-1"
    assert [row["defect_no"] for row in found["prosecution"]["open_defects"]] == ["D1"]


def test_what_departments_say_against_each_other_is_a_conflict_with_both_sources() -> None:
    (conflict,) = of(A1, *life())["conflicts"]
    assert (conflict["field"], conflict["by"]) == ("sections.FINAL_REPORT", "police")
    assert [(o["by"], o["value"]) for o in conflict["others"]] == [("court", ["BNS 303(2)"])]


def test_the_bail_of_one_is_not_the_bail_of_the_other() -> None:
    found = of(A2, *life())
    assert (found["bail"]["state"], found["bail"]["granted_on"]) == ("REJECTED", None)
    assert not found["custody"]["inside"]["value"]


def test_without_a_day_nothing_depends_on_when_it_is_read_and_with_one_only_what_says_so() -> None:
    plain, later = of(A1, *life()), of(A1, *life(), day=date(2025, 3, 1))
    assert later.pop("today") == {
        "day": "2025-03-01", "days_inside": 57, "warrant_expired": True, "next_hearing_passed": True,
        "interim_overdue": False, "reports_overdue": [],
    }  # fmt: skip
    assert later["hearing"].pop("passed") == plain["hearing"]["next"]
    assert later["hearing"].pop("next") is None
    assert "NEXT_DATE_NOT_RECORDED" in later.pop("missing")
    read = {"status", "days_left", "text", "flags", "missing"}
    for clock, kept in zip(later.pop("clocks"), plain["clocks"], strict=True):
        assert {k: v for k, v in clock.items() if k not in read} == {
            k: v for k, v in kept.items() if k not in read
        }
    for key, value in later.items():
        assert value == plain[key] or key == "hearing"


def test_data_as_of_is_told_per_department() -> None:
    found = of(A1, *life())["as_of"]
    assert list(found) == ["court", "police", "prison", "prosecution"]
    assert found["prison"]["recorded_at"] == "2025-01-28T14:30:00+00:00"


_MARKED = st.sampled_from(
    [
        "BailApplied",
        "BailGranted",
        "BailRejected",
        "RemandOrdered",
        "Discharged",
        "SentencePassed",
        "ReleaseWarrantIssued",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(_MARKED, st.booleans(), st.integers(1, 28)), max_size=10), st.booleans())
def test_no_fact_of_one_accused_stands_on_another(acts: list[tuple[str, bool, int]], by_name: bool) -> None:
    """Each event names a section that is only its accused's; his status never shows the other's."""
    people = {False: person("Ram Kumar", "Shyam Lal"), True: person("Ram Kumar", "Mohan Lal")}
    known = [accused(A1, person=people[False]), accused(A2, person=people[True])]
    events = [event("police.FirRegistered", FIR, "2024-12-01", accused=known)]
    for seq, (name, second, on) in enumerate(acts, 1):
        party, police = (P2, A2) if second else (P1, A1)
        named = accused(party, person=people[second]) if by_name else accused(party, police)
        mark = sections("BNS 22222" if second else "BNS 11111")
        events.append(event(f"court.{name}", CNR, f"2025-01-{on:02}", seq=seq, accused=named, sections=mark)
                      if name not in ("BailRejected",) else
                      event(f"court.{name}", CNR, f"2025-01-{on:02}", seq=seq, accused=named,
                            reason="22222" if second else "11111"))  # fmt: skip
    document = fold(case_input(), in_order(events)).document
    assert accused_ids(document) == [A1, A2]
    assert "22222" not in repr(status(document, A1))
    assert "11111" not in repr(status(document, A2))


def test_an_alteration_for_one_leaves_the_other_as_registered() -> None:
    events = [
        event("police.FirRegistered", FIR, "2025-01-01", sections=sections("BNS 1", "BNS 2"),
              accused=[accused(A1), accused(A2)]),
        event("police.SectionsAltered", FIR, "2025-01-05", accused=[accused(A1)], added=sections("BNS 3"),
              removed=sections("BNS 1")),
    ]  # fmt: skip
    assert of(A1, *events)["sections"]["value"] == ["BNS 2", "BNS 3"]
    assert of(A2, *events)["sections"]["value"] == ["BNS 1", "BNS 2"]
    for_all = event("police.SectionsAltered", FIR, "2025-01-09", sections=sections("BNS 9"))
    assert of(A1, *events, for_all)["sections"]["value"] == ["BNS 9"]


def granted(on: str, kind: str = "REGULAR") -> Event:
    return event("court.BailGranted", CNR, on, accused=accused(P1), bail_kind=kind)


def test_another_application_takes_nothing_from_bail_that_was_granted_for_good() -> None:
    later = event("court.BailApplied", CNR, "2025-02-01", accused=accused(P1), bail_kind="REGULAR")
    assert of(P1, granted("2025-01-05"), later)["bail"]["state"] == "GRANTED"
    assert of(P1, granted("2025-01-05", "INTERIM"), later)["bail"]["state"] == "APPLIED"
    cancelled = event("court.BailCancelled", CNR, "2025-02-02", accused=accused(P1))
    assert of(P1, granted("2025-01-05"), later, cancelled)["bail"]["granted_on"] is None


def test_a_discharge_of_some_sections_leaves_the_others_to_be_tried() -> None:
    charged = event("court.ChargesFramed", CNR, "2025-01-05",
                    charges=[{"accused": accused(P1), "sections": sections("BNS 1", "BNS 2")}])  # fmt: skip
    part = event("court.Discharged", CNR, "2025-01-09", accused=accused(P1), sections=sections("BNS 1"))
    rest = event(
        "court.Discharged", CNR, "2025-01-10", accused=accused(P1), sections=sections("BNS 1", "BNS 2")
    )
    assert of(P1, charged, part)["stage"]["value"] == "CHARGES_FRAMED"
    assert of(P1, charged, part, rest)["stage"]["value"] == "DISCHARGED"


def test_the_court_record_lags_and_the_supplementary_report_still_sends_him_up() -> None:
    def report(kind: str, anchor: str, on: str, who: Json, outcome: str) -> Event:
        return event(kind, anchor, on, kind="CHARGE_SHEET", accused=[{"accused": who, "outcome": outcome}])

    events = [
        report("police.FinalReportSubmitted", FIR, "2025-01-05", accused(A1), "PENDING"),
        report("court.ChargeSheetConsumed", CNR, "2025-01-08", accused(P1, A1), "PENDING"),
    ]
    assert of(A1, *events)["stage"]["value"] == "INVESTIGATION"
    sent_up = report("police.FinalReportSubmitted", FIR, "2025-02-05", accused(A1), "SENT_UP")
    assert of(A1, *events, sent_up)["stage"]["value"] == "CHARGE_SHEETED"


def test_after_a_split_the_old_number_goes_on_without_him_and_the_new_one_without_the_others() -> None:
    apart = f"CIS_PARTY:{OTHER_CNR}:1"
    mapping = [{"old": accused(P2)["ref"], "new": accused(apart)["ref"]}]
    number = {"kind": "CNR", "value": OTHER_CNR.partition(":")[2]}
    events = [
        event("court.BailApplied", CNR, "2025-01-02", accused=accused(P1)),
        event("court.HearingHeld", CNR, "2025-01-10", hearing_date="2025-01-10", next_date="2025-02-10"),
        event("court.CaseSplit", CNR, "2025-01-20", split_into=[number], mapping=mapping),
        event("court.HearingHeld", CNR, "2025-02-10", hearing_date="2025-02-10", next_date="2025-03-10"),
        event(
            "court.HearingHeld", OTHER_CNR, "2025-02-20", hearing_date="2025-02-20", next_date="2025-03-20"
        ),
    ]
    links = (link(CONTINUES, CNR, OTHER_CNR),)
    stays, goes = of(P1, *events, links=links)["hearing"], of(P2, *events, links=links)["hearing"]
    assert (stays["last"]["value"], stays["next"]["value"]) == ("2025-02-10", "2025-03-10")
    assert (goes["last"]["value"], goes["next"]["value"]) == ("2025-02-20", "2025-03-20")


def test_who_is_known_by_the_number_split_off_alone_shares_the_hearings_before_the_split_only() -> None:
    apart = f"CIS_PARTY:{OTHER_CNR}:1"
    number = {"kind": "CNR", "value": OTHER_CNR.partition(":")[2]}
    events = [
        event("court.HearingHeld", CNR, "2025-01-10", hearing_date="2025-01-10", next_date="2025-02-10"),
        event("court.CaseSplit", CNR, "2025-01-20", split_into=[number]),
        event("court.BailApplied", OTHER_CNR, "2025-01-21", accused=accused(apart)),
        event("court.HearingHeld", CNR, "2025-02-10", hearing_date="2025-02-10", next_date="2025-03-10"),
    ]
    found = of(apart, *events, links=(link(CONTINUES, CNR, OTHER_CNR),))["hearing"]
    assert (found["last"]["value"], found["next"]["value"]) == ("2025-01-10", "2025-02-10")


def test_hearings_under_the_number_before_and_the_number_after_are_one_course() -> None:
    events = [
        event("court.BailApplied", OTHER_CNR, "2025-01-02", accused=accused(f"CIS_PARTY:{OTHER_CNR}:7")),
        event("court.HearingHeld", CNR, "2025-02-10", hearing_date="2025-02-10", next_date="2025-03-10"),
    ]
    links = (link(CONTINUES, OTHER_CNR, CNR),)
    found = of(f"CIS_PARTY:{OTHER_CNR}:7", *events, links=links)
    assert found["hearing"]["next"]["value"] == "2025-03-10"


def test_a_live_remand_of_a_man_whom_the_jail_released_is_a_conflict() -> None:
    events = [
        event("prison.Admitted", PID, "2025-01-03", jail="BR-0123", cases=[hold(FIR, who=P1)]),
        event("prison.Released", PID, "2025-01-20", jail="BR-0123", cases=[hold(FIR)], ground="OTHER"),
        event("court.RemandOrdered", CNR, "2025-01-16", accused=accused(P1), custody_kind="JUDICIAL",
              to_date="2025-01-30"),
    ]  # fmt: skip
    found = of(P1, *events)
    assert not found["custody"]["inside"]["value"]
    assert [row["field"] for row in found["conflicts"]] == ["inside"]
    freed = of(P1, *events, granted("2025-01-19"))
    assert not freed["conflicts"]


def test_reports_of_the_probation_service_are_due_until_they_are_given() -> None:
    def report(kind: str, on: str, **body: Any) -> Event:
        return event(f"probation.{kind}", "REPORT_NO:BR-PAT-2025-000001", on, accused=accused(P1), **body)

    asked = report("ReportRequested", "2025-01-05", due_on="2025-01-20", report_kind="BAIL")
    named = event("court.BailApplied", CNR, "2025-01-02", accused=accused(P1))
    found = of(P1, named, asked, day=date(2025, 1, 25))
    assert [row["number"] for row in found["probation"]["due"]] == found["today"]["reports_overdue"]
    given = of(P1, named, asked, report("ReportSubmitted", "2025-01-21", submitted_on="2025-01-21"))
    assert (given["probation"]["due"], len(given["probation"]["submitted"])) == ([], 1)


def test_an_accused_whom_the_file_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError):
        of(P2, granted("2025-01-05"))


# -- the board


def board(*events: Event) -> list[dict[str, Any]]:
    state = fold(case_input(), in_order(events))
    names = [column.name for column in COLUMNS]
    return [dict(zip(names, row, strict=True)) for row in BOARDS[0].rows(FIR, state.document)]


def test_the_board_has_one_row_for_who_is_inside_and_none_for_who_is_not() -> None:
    (row,) = board(*life())
    assert (row["accused"], row["pid"], row["cnr"], row["fir"]) == (A1, PID, CNR, FIR)
    assert (row["since"], row["next_hearing"], row["warrant_valid_to"]) == (
        date(2025, 1, 3), date(2025, 2, 13), date(2025, 1, 16),
    )  # fmt: skip
    assert (row["bail_state"], row["not_released_reason"], row["conflicts"]) == ("GRANTED", "NO_SURETY", 1)
    assert (row["police_station"], row["district"], row["joined"]) == ("PATKOT", "PAT", True)


def test_a_prisoner_whom_nobody_could_be_joined_to_has_a_row_of_his_own() -> None:
    (row,) = board(event("prison.Admitted", PID, "2025-01-03", jail="BR-0123", cases=[hold(FIR)]))
    assert (row["accused"], row["joined"], row["sections"]) == (PID, False, [])


@pytest.mark.parametrize("last", ["Released", "JudgmentDelivered"])
def test_who_is_released_or_judged_is_no_undertrial(last: str) -> None:
    end = (
        event("prison.Released", PID, "2025-03-01", jail="BR-0123", cases=[hold(FIR)], ground="BAIL")
        if last == "Released"
        else event("court.JudgmentDelivered", CNR, "2025-03-01",
                   verdicts=[{"accused": accused(P1), "result": "CONVICTED"}])
    )  # fmt: skip
    assert not board(*life(), end)
