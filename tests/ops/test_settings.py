"""Where addresses come from: the arguments, the environment, the stack that runs, in this order."""

import json
from pathlib import Path

import pytest

from ops.base.settings import NotConfigured, Settings


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SANGAM_HOME", str(tmp_path))


def _stack_says(home: Path, **said: object) -> None:
    home.mkdir(exist_ok=True)
    (home / "stack.json").write_text(json.dumps(said))


def test_a_running_stack_gives_its_addresses(tmp_path: Path) -> None:
    _stack_says(tmp_path, kafka="127.0.0.1:1", ports={"kafka": 1})
    assert Settings().require_kafka() == "127.0.0.1:1"


def test_the_environment_wins_over_a_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stack_says(tmp_path, kafka="127.0.0.1:1")
    monkeypatch.setenv("SANGAM_KAFKA", "broker.example:9092")
    assert Settings().require_kafka() == "broker.example:9092"


def test_the_stack_of_the_home_that_is_handed_in_is_asked(tmp_path: Path) -> None:
    _stack_says(tmp_path, kafka="127.0.0.1:1")
    _stack_says(tmp_path / "other", kafka="127.0.0.1:2")
    assert Settings(home=tmp_path / "other").require_kafka() == "127.0.0.1:2"


@pytest.mark.parametrize("name", ["kafka", "registry", "database"])
def test_an_address_that_nobody_gave_is_reported_with_what_to_do(name: str) -> None:
    with pytest.raises(NotConfigured, match=rf"run `sangam up`, or set SANGAM_{name.upper()}"):
        getattr(Settings(), f"require_{name}")()
