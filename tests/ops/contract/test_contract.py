"""The contract kit: samples are judged as the publisher and the hub would, and the report says so in both languages."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.filedrop.tables import Line
from ops.base.errors import UserError
from ops.cli.main import command_line
from ops.contract import page
from ops.contract.judging import judge_events
from projections.reasons import HubReason
from schemas.loader import schema_of
from schemas.reasons import Reason
from schemas.reasons_hindi import HINDI
from tests.connectors.filedrop.office import EXAMPLES, FSL_ROWS, csv_text

Json = dict[str, Any]
NOW = datetime(2025, 7, 1, tzinfo=UTC)
HEARING: Json = {
    "type": "court.HearingHeld",
    "envelope": {
        "source": "court.cis/BRPA01", "source_record": "H/1", "occurred_at": "2025-03-01",
        "recorded_at": "2025-03-01T16:00:00", "anchor": {"kind": "CNR", "value": "BRPA010001232025"},
        "claims": [{"kind": "FIR", "value": "BR-PATKOT-2025-0123"}],
    },
    "court": "BRPA01-CJM",
    "hearing_date": "2025-03-01",
}  # fmt: skip


def judged(*rows: Any) -> Any:
    return judge_events("samples", [Line(n, row) for n, row in enumerate(rows, start=1)], NOW)


def test_an_event_is_shown_with_its_key_its_link_and_the_file_that_it_would_join() -> None:
    found = judged(HEARING)
    (one,) = found.samples[0].events
    assert found.sound
    assert (one.topic, one.key) == ("court.events", "CNR:BRPA010001232025")
    assert one.joins == (("TRIED_IN", "FIR:BR-PATKOT-2025-0123"),)
    assert one.files == ("FIR:BR-PATKOT-2025-0123",)
    assert found.compatibility[0].conflicts == ()


def test_a_court_number_without_a_case_would_root_a_file_of_its_own() -> None:
    alone = copy.deepcopy(HEARING)
    alone["envelope"]["claims"] = []
    (one,) = judged(alone).samples[0].events
    assert one.files == ("CNR:BRPA010001232025",)


def test_what_is_wrong_is_said_with_the_field_and_in_both_languages() -> None:
    wrong = copy.deepcopy(HEARING)
    wrong["envelope"]["occurred_at"] = "1825-03-01"
    found = judged(wrong, {**HEARING, "hearing_dat": "x"}, "no event")
    reasons = [sample.faults[0].reason for sample in found.samples]
    assert reasons == ["DATE_ABSURD", "PLAIN_INVALID", "PLAIN_INVALID"]
    assert not found.sound
    assert "hearing_dat" in found.samples[1].faults[0].where
    assert all(sample.faults[0].hindi in HINDI.values() for sample in found.samples)


def test_every_reason_has_its_words_in_hindi() -> None:
    assert set(HINDI) == {str(reason) for kind in (Reason, HubReason) for reason in kind}


def test_the_page_is_whole_and_runs_nothing_that_a_sample_holds() -> None:
    wrong = {**HEARING, "court": "<script>alert(1)</script>"}
    wrong["envelope"] = {**HEARING["envelope"], "recorded_at": "never"}
    shown = page.html(judged(wrong, HEARING))
    assert "<script>" not in shown
    assert "Sign-off / स्वीकृति" in shown
    assert "FIR:BR-PATKOT-2025-0123" in shown
    assert shown.startswith("<!doctype html>")
    assert shown.rstrip().endswith("</html>")


def test_a_schema_that_old_readers_could_not_read_is_refused(tmp_path: Path) -> None:
    samples, own = tmp_path / "s.jsonl", tmp_path / "own.avsc"
    samples.write_text(json.dumps(HEARING))
    schema = schema_of("court.HearingHeld")
    schema["fields"].append({"name": "bench", "type": "string"})
    own.write_text(json.dumps(schema))
    result = CliRunner().invoke(command_line(), ["contract", "check", str(samples), "--schema", str(own)])
    assert result.exit_code == 1
    assert "bench: new without a default" in result.stdout


def test_rows_of_a_file_are_judged_through_their_mapping(tmp_path: Path) -> None:
    samples, report = tmp_path / "reports.csv", tmp_path / "report.html"
    samples.write_text(csv_text([*FSL_ROWS, (*FSL_ROWS[0][:6], "Perhaps")]), "utf-8")
    arguments = ["contract", "check", str(samples), "--mapping", str(EXAMPLES / "fsl-reports.toml")]
    result = CliRunner().invoke(command_line(), [*arguments, "--html", str(report), "--json"])
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [len(sample["events"]) for sample in told["samples"]] == [1, 1, 0]
    assert told["samples"][0]["events"][0]["joins"] == [
        {"kind": "EXAMINED_FOR", "other": "FIR:BR-PATKOT-2025-0123"}
    ]
    assert told["samples"][2]["faults"][0]["reason"] == "CODE_UNKNOWN"
    assert "पंक्ति 4" in report.read_text("utf-8")


@pytest.mark.parametrize("name", ["none.jsonl", "table.csv"])
def test_a_file_that_cannot_be_judged_is_said_so(name: str, tmp_path: Path) -> None:
    if name == "table.csv":
        (tmp_path / name).write_text("a,b\n")
    result = CliRunner().invoke(command_line(), ["contract", "check", str(tmp_path / name)])
    assert isinstance(result.exception, UserError)
    assert name in str(result.exception)
