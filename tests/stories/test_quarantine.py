"""A record that nobody could read, put right by two offices at the terminal: seen, corrected, shown, approved, gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ops import hub as made
from ops.base.errors import UserError
from ops.base.settings import Settings
from ops.cli.main import command_line
from streams.bulk import read_up_to
from streams.topics import Topics
from tests.projections.store.hands import event, id_of
from tests.stories.sent import Hub

pytestmark = pytest.mark.stack

Json = dict[str, Any]
FIR = "FIR:BR-PATKOT-2025-4711"
POLICE, CENTRE = "SCRB:SCRB-NODAL:PAT", "NIC:CIS-NODAL:PAT"


def registered() -> Json:
    return event("police.FirRegistered", FIR, 1, police_station="PATKOT", district="PAT")


def altered(n: int = 2, **more: Any) -> Json:
    return event("police.SectionsAltered", FIR, n, sections=[{"act": "BNS2023", "section": "303(2)"}], **more)


@pytest.fixture
def hub(stack: Settings, database: str) -> Hub:
    return Hub(Settings(kafka=stack.require_kafka(), registry=stack.require_registry(), database=database))


@pytest.fixture
def sangam(hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.setenv("SANGAM_KAFKA", hub.settings.require_kafka())
    monkeypatch.setenv("SANGAM_REGISTRY", hub.settings.require_registry())
    monkeypatch.setenv("SANGAM_DATABASE", hub.settings.require_database())
    monkeypatch.setenv("SANGAM_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(command_line(), ["quarantine", *arguments])

    return run


def catch_up(hub: Hub) -> None:
    """Project what came since, as a worker would."""
    ends = hub._ends()
    kafka = hub.settings.require_kafka()
    found = [r for batch in read_up_to(kafka, hub.starts, ends) for r in batch]
    hub.starts = ends
    projector = made.projector(hub.settings, hub.name)
    try:
        ids = Topics(kafka).ids({r.topic for r in found})
        claims = projector.assign({(r.topic, r.partition): ids[r.topic] for r in found})
        projector.project(projector.prepare(found), claims)
    finally:
        projector.close()


def proposal_in(result: Result) -> str:
    assert result.exit_code == 0, (result.output, result.exception)
    return (
        next(line for line in result.stdout.splitlines() if line.startswith("proposed: "))
        .split()[1]
        .rstrip(";")
    )


def test_a_correction_by_two_offices_leaves_the_file_as_if_the_record_had_been_right(
    hub: Hub, sangam: Callable[..., Result], tmp_path: Path
) -> None:
    wrong = altered()
    wrong["envelope"]["occurred_at"] = "1825-03-03T10:00:00+05:30"
    hub.project(hub.encoded(registered()), hub.encoded(wrong), hub.encoded(wrong))
    groups = json.loads(sangam("list", "--json").stdout)
    assert [(g["reason"], g["source"], g["records"], g["copies"]) for g in groups] == [
        ("DATE_ABSURD", "police.tests/1", 1, 2)
    ]
    assert "तारीख़" in groups[0]["meaning_hi"]
    record = json.loads(sangam("list", "--records", "--json").stdout)[0]["id"]
    assert record == id_of(2)
    assert "303(2)" in sangam("show", record).stdout

    corrected = json.loads(sangam("show", record, "--plain").stdout)
    corrected["envelope"]["occurred_at"] = altered()["envelope"]["occurred_at"]
    file = tmp_path / "corrected.json"
    file.write_text(json.dumps(corrected))
    told = sangam("edit", record, str(file), "--office", POLICE, "--reason", "year misread")
    assert f"{FIR} would change:" in told.stdout
    assert "incomplete[0]" in told.stdout
    proposal = proposal_in(told)
    before = hub.file(FIR)
    catch_up(hub)
    assert hub.file(FIR) == before, "a proposal changes nothing"

    assert isinstance(sangam("approve", proposal, "--office", POLICE).exception, UserError)
    assert sangam("approve", proposal, "--office", CENTRE).exit_code == 0
    catch_up(hub)
    assert json.loads(sangam("list", "--json").stdout) == []
    assert hub.incomplete(FIR) == []
    content = json.loads(hub.file(FIR) or b"")
    assert len(content["events"]) == 2
    assert hub.rows("SELECT count(*) FROM set_aside") == [(1,)], "the original stays"


def test_a_record_that_is_discarded_is_forgotten_by_the_file(hub: Hub, sangam: Callable[..., Result]) -> None:
    sound = hub.encoded(altered())
    assert sound.value is not None
    hub.project(hub.encoded(registered()), sound._replace(value=sound.value[:-3]))
    record = json.loads(sangam("list", "--records", "--json").stdout)[0]["id"]
    shown = json.loads(sangam("show", record, "--json").stdout)[0]
    assert (shown["reason"], shown["event"], shown["files"]) == ("MALFORMED", None, [FIR])
    assert isinstance(sangam("show", record, "--plain").exception, UserError)
    proposal = proposal_in(sangam("discard", record, "--office", POLICE, "--reason", "sent twice"))
    catch_up(hub)
    assert json.loads(sangam("show", record, "--json").stdout)[0]["proposals"][0]["action"] == "DISCARD"
    assert sangam("approve", proposal, "--office", CENTRE).exit_code == 0
    catch_up(hub)
    assert json.loads(sangam("list", "--json").stdout) == []
    assert hub.incomplete(FIR) == []


def test_a_correction_that_is_no_sound_event_is_not_even_proposed(
    hub: Hub, sangam: Callable[..., Result], tmp_path: Path
) -> None:
    wrong = altered()
    wrong["envelope"]["occurred_at"] = "1825-03-03T10:00:00+05:30"
    hub.project(hub.encoded(wrong))
    file = tmp_path / "corrected.json"
    file.write_text(json.dumps(wrong))
    told = sangam("edit", id_of(2), str(file), "--office", POLICE, "--reason", "x")
    assert "DATE_ABSURD" in str(told.exception)
