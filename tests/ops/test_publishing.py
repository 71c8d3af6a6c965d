"""`sangam simulate` and `sangam publish`, as typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ops.base.settings import Settings
from ops.cli.main import command_line
from ops.simulate import PRESETS, simulate
from ops.simulate import Settings as Wanted
from schemas.plain import from_plain

SMALL = ["simulate", "--cases", "12", "--days", "60", "--seed", "9"]


def sangam(*arguments: str, home: Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(command_line(), list(arguments), input=given, env={"SANGAM_HOME": str(home)})


def simulated(folder: Path, *more: str) -> list[bytes]:
    done = sangam(*SMALL, "--out", str(folder / "events"), *more, home=folder)
    assert done.exit_code == 0, done.output
    return (folder / "events").read_bytes().splitlines(keepends=True)


def told(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("disorder", sorted(PRESETS))
def test_the_file_holds_the_world_of_its_seed(tmp_path: Path, disorder: str) -> None:
    lines = simulated(tmp_path, "--disorder", disorder)
    world = simulate(Wanted(12, 60, 9, PRESETS[disorder]))
    assert [from_plain(json.loads(line)) for line in lines] == world.events


def test_the_truth_is_written_beside_it(tmp_path: Path) -> None:
    simulated(tmp_path, "--truth", str(tmp_path / "truth"))
    truth = json.loads((tmp_path / "truth").read_bytes())
    world = simulate(Wanted(12, 60, 9, PRESETS["usual"]))
    assert truth["as_of"] == "2025-03-01"
    assert truth["accused"] == list(world.truth.accused())


def test_the_summary_says_how_many_and_what_is_like_the_field(tmp_path: Path) -> None:
    done = sangam(*SMALL, "--out", str(tmp_path / "events"), "--json", home=tmp_path)
    summary = json.loads(done.stdout)
    assert summary["events"] == len((tmp_path / "events").read_bytes().splitlines())
    assert summary["firs"] == 12


def test_a_rate_spreads_the_events_over_time(tmp_path: Path) -> None:
    done = sangam("simulate", "--cases", "2", "--days", "10", "--rate", "20", "--out", str(tmp_path / "e"), "--json",
                  home=tmp_path)  # fmt: skip
    summary = json.loads(done.stdout)
    assert summary["seconds"] >= (summary["events"] - 1) / 20


@pytest.mark.parametrize(
    "wrong",
    [["--disorder", "wild"], ["--cases", "0"], ["--out", "events", "--broken", "0.1"], ["--start", "soon"]],
)
def test_a_wrong_option_is_refused(tmp_path: Path, wrong: list[str]) -> None:
    assert sangam("simulate", *wrong, home=tmp_path).exit_code != 0


def test_without_a_stack_it_says_what_to_do(tmp_path: Path) -> None:
    done = sangam("publish", "-", home=tmp_path, given=b"{}\n")
    assert done.exit_code == 1
    assert "sangam up" in str(done.exception)
    assert not done.stdout


@pytest.mark.stack
def test_each_line_gets_a_receipt_or_a_reason_in_its_order(stack: Settings, tmp_path: Path) -> None:
    good = simulated(tmp_path)[:4]
    misspelt = good[0].replace(b'"envelope"', b'"envelop"')
    unknown = b'{"type": "court.Nothing"}\n'
    given = b"".join([good[0], b"no json\n", b"\n", misspelt, good[1], unknown, good[2], good[3]])
    done = sangam("publish", "-", "--json", home=stack.home, given=given)
    assert done.exit_code == 1
    lines = told(done)
    assert [line["line"] for line in lines] == [1, 2, 4, 5, 6, 7, 8]
    assert [line.get("reason") for line in lines] == [
        None, "PLAIN_INVALID", "PLAIN_INVALID", None, "TYPE_UNKNOWN", None, None,
    ]  # fmt: skip
    ids = [json.loads(line)["envelope"]["event_id"] for line in good]
    assert [line["event_id"] for line in lines if "event_id" in line] == ids


@pytest.mark.stack
def test_a_file_without_a_fault_exits_with_zero(stack: Settings, tmp_path: Path) -> None:
    lines = simulated(tmp_path)
    done = sangam("publish", str(tmp_path / "events"), home=stack.home)
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == len(lines)
    assert done.stdout.startswith("line 1: ")


@pytest.mark.stack
def test_a_world_is_published_with_its_broken_records(stack: Settings) -> None:
    done = sangam(*SMALL, "--broken", "0.1", "--json", home=stack.home)
    assert done.exit_code == 0, done.output
    summary = json.loads(done.stdout)
    assert summary["events"] == len(simulate(Wanted(12, 60, 9, PRESETS["usual"])).events)
    assert 0 < summary["broken"] < summary["events"] / 4
