"""`sangam alarms` and `sangam receipt`, as somebody at a terminal uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ops.cli.main import command_line
from tests.projections.api.district import Log
from tests.projections.api.test_telling import JAIL, of_a_prisoner, stamped, told
from tests.stories.telling import TODAY, Case, Json, id_of

pytestmark = pytest.mark.stack

Told = tuple[Case, list[Json]]


@pytest.fixture
def hub(database: str, monkeypatch: pytest.MonkeyPatch) -> Told:
    case = Case(8101)
    events = of_a_prisoner(case, 70)
    Log(database, stamped(*events))
    told(database)
    monkeypatch.setenv("SANGAM_DATABASE", database)
    monkeypatch.setenv("COLUMNS", "120")
    return case, events


def sangam(*words: str, code: int = 0) -> str:
    ended = CliRunner().invoke(command_line(), list(words))
    assert ended.exit_code == code, ended.output
    return ended.output


def test_alarms_are_shown_with_the_reason_in_the_language_asked_for(hub: Told) -> None:
    shown = sangam("alarms", "--jail", JAIL, "--rule", "default-bail")
    assert "Rakep Zumal" in shown
    assert "passed" in shown
    assert "Default bail" in shown
    assert "डिफ़ॉल्ट" in sangam("alarms", "--rule", "default-bail", "--lang", "hi")
    assert "no alarm stands" in sangam("alarms", "--jail", "BR-0999")
    [alarm] = json.loads(sangam("alarms", "--rule", "default-bail", "--json"))["alarms"]
    assert alarm["due_date"] < TODAY.isoformat()


def test_a_receipt_is_given_by_id_by_record_and_for_a_whole_file(hub: Told, tmp_path: Path) -> None:
    case, events = hub
    arrest = events[1]
    by_id = sangam("receipt", id_of(arrest))
    assert "visible" in by_id
    assert case.fir in by_id
    by_record = sangam("receipt", f"police.tests/1:{arrest['envelope']['source_record']}")
    assert id_of(arrest) in by_record
    assert "no event of this record" in sangam("receipt", "police.tests/1:never")

    published = tmp_path / "events.jsonl"
    published.write_text("".join(json.dumps(event) + "\n" for event in events))
    rows = json.loads(sangam("receipt", str(published), "--json"))["receipts"]
    assert [row["event_id"] for row in rows] == [id_of(event) for event in events]
    assert {row["state"] for row in rows} == {"VISIBLE"}

    (tmp_path / "arrests.csv").write_text("code,name\n")
    (tmp_path / "arrests.csv.report.csv").write_text(f"1,row-1,SENT,,,,{id_of(arrest)}\n")
    dropped = json.loads(sangam("receipt", str(tmp_path / "arrests.csv"), "--json"))["receipts"]
    assert [row["event_id"] for row in dropped] == [id_of(arrest)]


def test_what_is_no_event_record_or_file_is_told(hub: Told, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    for wrong in ("nonsense", str(empty)):
        ended = CliRunner().invoke(command_line(), ["receipt", wrong])
        assert ended.exit_code != 0
