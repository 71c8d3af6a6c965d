"""`sangam boards` and `sangam board` on a real database: what people see, and what programs get."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import orjson
import psycopg
import pytest
from typer.testing import CliRunner, Result

from ops.base.errors import UserError
from ops.cli.main import command_line
from projections.boards import DECLARED
from tests.projections.boards.test_asking import records
from tests.projections.store.ground import Ground

pytestmark = pytest.mark.stack

Sangam = Callable[..., Result]


@pytest.fixture(scope="module")
def sangam(postgres: str) -> Sangam:
    name = f"cli_boards_{uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}".encode())
    database = f"{postgres.rpartition('/')[0]}/{name}"
    Ground(database).project_deferred(records(), 100)

    def run(*words: str, columns: int = 240) -> Result:
        return CliRunner().invoke(
            command_line(), words, env={"SANGAM_DATABASE": database, "COLUMNS": str(columns)}
        )

    return run


@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_board_is_listed_and_shown_with_its_title(sangam: Sangam, language: str) -> None:
    listed = sangam("boards", "--lang", language).stdout
    for name, one in DECLARED.items():
        assert name in listed
        shown = sangam("board", name, "--lang", language)
        assert shown.exception is None, shown.exception
        assert one.title[language == "hi"] in shown.stdout


def test_programs_get_the_answer_of_the_api(sangam: Sangam) -> None:
    answer = orjson.loads(
        sangam("board", "emergency", "--where", "district=PAT", "--limit", "2", "--json").stdout
    )
    assert answer["board"] == "emergency"
    assert [row["minutes"] for row in answer["rows"]] == [0, 0]
    more = orjson.loads(sangam("board", "emergency", "--after", answer["next"], "--json").stdout)
    assert len(more["rows"]) == 1


def test_days_stand_in_indian_order_and_names_where_a_board_is_about_persons(sangam: Sangam) -> None:
    assert "15-04-2025" not in sangam("board", "cyber").stdout
    assert "28-01-2025" in sangam("board", "cyber").stdout
    assert "MOHAN" in sangam("board", "undertrials").stdout


def test_codes_of_places_stand_as_they_are_written(sangam: Sangam) -> None:
    shown = sangam("board", "emergency").stdout
    assert "PAT" in shown
    assert " pat " not in shown


@pytest.mark.parametrize("name", ["undertrials", "emergency", "cyber"])
def test_where_columns_have_no_room_a_board_is_told_row_by_row(sangam: Sangam, name: str) -> None:
    shown = sangam("board", name, columns=80).stdout
    titles = {column.title[0] for column in DECLARED[name].columns if column.title[0]}
    said = {title for title in titles if title in shown}
    assert len(said) > 4
    assert all(title in sangam("board", name, columns=400).stdout for title in said)
    assert max(map(len, shown.splitlines())) <= 80


def test_what_is_not_understood_says_what_to_do(sangam: Sangam) -> None:
    refused = sangam("board", "emergency", "--where", "colour=red")
    assert isinstance(refused.exception, UserError)
    assert "narrowed by district" in str(refused.exception)
    assert isinstance(sangam("board", "nonsense").exception, UserError)
