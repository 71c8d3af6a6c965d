"""The monthly reports: a figure is its list, the total is the sum, and what the s.479 return says is the truth."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ops.simulate.disorder import PRESETS
from ops.simulate.world import Settings, World, simulate
from projections.files.fold import fold
from projections.questions.files import is_case
from projections.reports import REPORTS
from projections.reports.prosecution import PROSECUTION
from projections.reports.report import Counted, Definition, Item, Month, Report
from projections.reports.s479 import S479, undertrials
from projections.reports.written import csv_of, json_of, page_of, xlsx_of
from projections.whole import Whole, whole
from schemas.event import Event
from tests.projections.files.test_clocks import BEGUN
from tests.projections.files.test_truth import known
from tests.projections.files.world import A1, CNR, FIR, P1, PID, accused, case_input, event, hold, in_order

Json = dict[str, Any]

OCTOBER = Month.of(2026, 10)
NAMES = [name for name, _ in PROSECUTION.figures]
#: The truth's law is that of undertrials; whoever is judged is none.
ENDED = ("JUDGED", "DISCHARGED", "DISPOSED")
PLACES = st.tuples(st.sampled_from([None, "PAT", "GAY", "=1+1"]))
COUNTED = st.lists(
    st.builds(
        Counted,
        PLACES,
        st.sets(st.sampled_from(NAMES), min_size=1).map(tuple),
        st.builds(Item, st.sampled_from([FIR, "=1+1"]), st.text("AB1", max_size=3), st.none() | st.dates()),
    )
)


def given_report(definition: Definition, counted: list[Counted]) -> Report:
    made = Report(
        Definition(
            definition.name, definition.title, definition.keys, definition.figures,
            lambda root, document, month: iter(counted),
        ),
        OCTOBER,
        None,
    )  # fmt: skip
    made.take(FIR, {})
    return made


@given(COUNTED)
def test_every_figure_is_the_length_of_its_list_and_every_total_the_sum_of_its_rows(
    counted: list[Counted],
) -> None:
    report = given_report(PROSECUTION, counted)
    rows, total = report.rows(), report.total()
    for name in NAMES:
        assert total.figures[name] == sum(row.figures[name] for row in rows) == len(total.lists[name])
        assert total.figures[name] == sum(name in one.figures for one in counted)
        assert all(row.figures[name] == len(row.lists[name]) for row in rows)
        # What is written is the same: the list of a figure has as many lines as the figure says.
        assert len(csv_of(report, name).splitlines()) == 1 + total.figures[name]
    assert len({row.place for row in rows}) == len(rows)


def of_case(definition: Definition, month: Month, *events: Event) -> dict[str, int]:
    report = Report(definition, month, None)
    report.take(FIR, fold(case_input(), in_order([*BEGUN, *events])).document)
    return {name: number for name, number in report.total().figures.items() if number}


def antecedents(*convictions: Json) -> Event:
    return event(
        "police.AntecedentsReported", FIR, "2025-02-01", accused=accused(A1), searched_on="2025-02-01",
        registers_searched=["CCTNS", "ICJS", "FINGERPRINT", "PRISON", "COURT"], convictions=list(convictions),
    )  # fmt: skip


def in_month(year: int, month: int) -> Month:
    return Month.of(year, month)


def test_one_whose_antecedents_nobody_reported_is_no_first_time_offender_until_half_and_then_one_of_the_others() -> (
    None
):
    assert of_case(S479, in_month(2025, 12)) == {}
    assert of_case(S479, in_month(2026, 1)) == {
        "not_known_third": 1
    }  # a third of three years: 2 January 2026
    assert of_case(S479, in_month(2026, 7)) == {"other_half": 1}


def test_a_convict_of_before_comes_in_at_half_alone() -> None:
    earlier = {"court": "BRPA01", "case_number": "7/2019", "convicted_on": "2019-05-01", "sections": []}
    assert of_case(S479, in_month(2026, 1), antecedents(earlier)) == {}
    assert of_case(S479, in_month(2026, 7), antecedents(earlier)) == {"other_half": 1}


def test_applied_and_released_on_bond_are_of_those_who_completed_and_end_with_the_release() -> None:
    steps = (
        event("prison.Section479Applied", PID, "2026-01-05", jail="BR-0123", cases=[hold(FIR, A1)],
              basis="ONE_THIRD", applied_on="2026-01-05"),
        event("court.BailGranted", CNR, "2026-02-10", accused=accused(P1, A1), bail_kind="S479", basis="ONE_THIRD"),
        event("prison.Released", PID, "2026-02-11", jail="BR-0123", cases=[hold(FIR, A1)], ground="BAIL"),
    )  # fmt: skip
    assert of_case(S479, in_month(2026, 2), *steps) == {
        "first_third": 1, "first_applied": 1, "first_released": 1,
    }  # fmt: skip
    assert of_case(S479, in_month(2026, 3), *steps) == {}
    # Before the court's order, and before the release, as the file stood at the month's end.
    assert of_case(S479, in_month(2026, 1), steps[0]) == {"not_known_third": 1, "not_known_applied": 1}


def test_one_released_or_convicted_before_his_date_or_held_for_death_or_life_is_none_of_the_returns() -> None:
    released = event(
        "prison.Released", PID, "2026-01-01", jail="BR-0123", cases=[hold(FIR, A1)], ground="BAIL"
    )
    assert of_case(S479, in_month(2026, 1), released) == {}
    convicted = event(
        "court.JudgmentDelivered", CNR, "2025-12-20",
        verdicts=[{"accused": accused(P1, A1), "result": "CONVICTED", "charges": []}],
    )  # fmt: skip
    assert of_case(S479, in_month(2026, 1), convicted) == {}
    murder = event(
        "police.SectionsAltered",
        FIR,
        "2025-01-20",
        accused=[],
        sections=[{"act": "BNS", "section": "103(1)"}],
    )
    assert of_case(S479, in_month(2030, 1), murder) == {}


def issued(number: str, kind: str, on: str) -> Event:
    return event("court.ProcessIssued", CNR, on, process_id=number, process_kind=kind, issued_on=on)


def came_back(number: str, kind: str, on: str, result: str) -> Event:
    return event(
        "police.ProcessExecuted", FIR, on, process_id=number, process_kind=kind, executed_on=on, result=result
    )


@pytest.mark.parametrize(
    ("kind", "result", "figures"),
    [
        ("SUMMONS", "SERVED", {"summons_executed": 1}),
        ("SUMMONS", "NOT_SERVED", {}),
        ("BAILABLE_WARRANT", "EXECUTED", {"bailable_executed": 1}),
        ("NON_BAILABLE_WARRANT", "NOT_SERVED", {"non_bailable_pending": 1}),
        ("NON_BAILABLE_WARRANT", "RECALLED", {}),
        ("ATTACHMENT", "EXECUTED", {"attachments_executed": 1}),
        ("NOTICE", "SERVED", {}),
    ],
)
def test_a_warrant_is_pending_until_executed_or_recalled_and_a_summons_until_it_comes_back(
    kind: str, result: str, figures: dict[str, int]
) -> None:
    events = (issued("P/1", kind, "2025-03-20"), came_back("P/1", kind, "2025-04-10", result))
    assert of_case(PROSECUTION, in_month(2025, 4), *events) == figures
    pending = {name: 1 for name, number in figures.items() if name.endswith("_pending") and number}
    assert of_case(PROSECUTION, in_month(2025, 5), *events) == pending


def test_a_proclamation_is_executed_when_published_and_witnesses_and_disposals_count_once() -> None:
    def heard(on: str, seq: int) -> Event:
        return event(
            "court.WitnessExamined",
            CNR,
            on,
            seq=seq,
            witness_number="PW1",
            witness_kind="EYE",
            hearing_date=on,
        )

    events = (
        issued("P/1", "PROCLAMATION", "2025-04-01"),
        event("court.Proclaimed", CNR, "2025-04-05", accused=accused(P1, A1), process_id="P/1",
              proclaimed_on="2025-04-05"),
        heard("2025-04-07", 1), heard("2025-04-08", 2),
        event("court.CaseDisposed", CNR, "2025-04-20", manner="TRANSFERRED", accused=[]),
        event("court.CaseDisposed", CNR, "2025-04-28", manner="ACQUITTED", accused=[accused(P1, A1)]),
    )  # fmt: skip
    assert of_case(PROSECUTION, in_month(2025, 4), *events) == {
        "proclamations_executed": 1, "witnesses": 1, "disposed": 1,
    }  # fmt: skip
    assert of_case(PROSECUTION, in_month(2025, 1)) == {"firs": 1}


@pytest.mark.parametrize(("disorder", "seed"), [("calm", 3), ("usual", 2)])
def test_whoever_the_return_names_has_completed_his_share_in_the_simulators_truth_and_nobody_is_left_out(
    disorder: str, seed: int
) -> None:
    world = simulate(Settings(150, 250, seed, PRESETS[disorder]))
    files = whole([known(kind, record) for kind, record in world.events], [])
    documents = _documents(files)
    # Nothing happens after the world's last day: whoever is inside then stays, and his dates come.
    counted = 0
    for month in (Month.of(2025, 12), Month.of(2026, 12), Month.of(2031, 1)):
        truth, found = _truth_of(world, month), _found(documents, month)
        assert found == truth
        report = Report(S479, month, None)
        for root, document in documents.items():
            report.take(root, document)
        lists = report.total().lists
        completed = {
            (item.case, item.what)
            for name in ("first_third", "other_half", "not_known_third")
            for item in lists[name]
        }
        his = {(root, who) for root, who, _ in found}
        assert completed == his
        counted += len(his)
    assert counted > 10


def _truth_of(world: World, month: Month) -> set[tuple[str, str, str]]:
    """(case, accused, share) of every undertrial inside whose share of the term is served by the month's end."""
    return {
        (one["fir"], one["accused"], share)
        for one in world.truth.accused()
        if one["custody"]["inside"] and one["law"] and one["stage"] not in ENDED
        for share in ("one_third", "half")
        if (one["law"][share] or "9999") <= month.last.isoformat()
    }


def _found(documents: dict[str, Json], month: Month) -> set[tuple[str, str, str]]:
    return {
        (root, man.accused, share)
        for root, document in documents.items()
        for man in undertrials(root, document, month)
        for share, day in (("one_third", man.third), ("half", man.half))
        if day is not None and man.inside and man.group is not None
    }


def _documents(files: Whole) -> dict[str, Json]:
    found = {}
    for root in files.members:
        state = files.file(root) if is_case(root) else None
        if state is not None:
            found[root] = state.document
    return found


def test_a_cell_that_a_spreadsheet_would_take_for_a_formula_is_text() -> None:
    item = Item("=HYPERLINK(1)", "@A1", date(2026, 10, 5), ("-1",))
    report = given_report(S479, [Counted(("=1+1", None), ("first_third",), item)])
    lines = list(csv.reader(io.StringIO(csv_of(report, "first_third").decode("utf-8-sig"))))
    assert lines[1] == ["'=1+1", "not recorded / अभिलिखित नहीं", "'=HYPERLINK(1)", "'@A1", "05-10-2026", "'-1"]
    book = load_workbook(io.BytesIO(xlsx_of(report)))
    figures, cases = book.worksheets
    assert [figures["A2"].value, figures["A2"].data_type] == ["=1+1", "s"]
    assert [figures["C2"].value, figures["C2"].data_type] == [1, "n"]
    assert cases["D2"].data_type == "s"
    assert cases.max_row - 1 == sum(report.total().figures.values())


def test_on_the_page_every_figure_opens_a_list_of_as_many_lines() -> None:
    items = [Item(FIR, f"A{n}", date(2026, 10, n)) for n in (1, 2, 3)]
    counted = [Counted(("PAT",), ("firs",), item) for item in items[:2]]
    page = page_of(given_report(PROSECUTION, [*counted, Counted(("GAY",), ("disposed", "firs"), items[2])]))
    opened = re.findall(r'<a href="#([\w-]+)">(\d+)</a>', page)
    assert sorted(opened) == [("disposed-1", "1"), ("firs-1", "1"), ("firs-2", "2")]
    for place, figure in opened:
        section = page.partition(f'<section id="{place}">')[2].partition("</section>")[0]
        assert section.partition("<tbody>")[2].count("<tr>") == int(figure)


@pytest.mark.parametrize("name", REPORTS)
def test_headings_are_in_hindi_and_english_and_the_page_says_for_when_and_as_known_when(name: str) -> None:
    report = Report(REPORTS[name], OCTOBER, None)
    page = page_of(report, REPORTS[name].figures[0][0])
    for english, hindi in (title for _, title in (*REPORTS[name].keys, *REPORTS[name].figures)):
        assert f"{english} / {hindi}" in page
        assert f"{english} / {hindi}" in csv_of(report).decode()
    assert "01-10-2026 – 31-10-2026" in page
    assert "As known now" in page
    assert "@page" in page
    assert json_of(report)["rows"] == []


def test_a_month_that_runs_goes_up_to_today_and_one_to_come_is_none() -> None:
    assert Month.of(2026, 10, date(2026, 10, 9)).last == date(2026, 10, 9)
    assert Month.of(2024, 2, date(2026, 10, 9)).last == date(2024, 2, 29)
    with pytest.raises(ValueError, match="not begun"):
        Month.of(2026, 11, date(2026, 10, 9))
