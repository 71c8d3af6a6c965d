"""The declared boards over HTTP: those of the role alone, with what may be asked of each."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from projections.api.models import BoardDeclared
from tests.fix_api import Client
from tests.projections.api import district as d

pytestmark = pytest.mark.stack


def test_a_role_is_told_the_boards_of_its_day_with_titles_in_both_languages(
    client: Client, district: str
) -> None:
    ask = client(district, d.TODAY, "JAIL_SUPERINTENDENT", "JAIL:BR-0123")
    found = TypeAdapter(list[BoardDeclared]).validate_json(ask.get("/boards").content)
    assert [board.name for board in found][:1] == ["undertrials"]
    assert "headcount" in {board.name for board in found}
    assert "cyber" not in {board.name for board in found}
    assert all(board.title.en and board.title.hi for board in found)


def test_a_board_is_narrowed_by_its_filters(ask: TestClient) -> None:
    every = ask.get("/boards/undertrials").json()["rows"]
    kept = ask.get("/boards/undertrials", params={"where": ["jail=br 0124", "bail_state=NONE"]}).json()[
        "rows"
    ]
    assert kept == [row for row in every if row["jail"] == "BR-0124"]
    assert kept


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/boards/nonsense", 404),
        ("/boards/cyber", 403),
        ("/boards/undertrials?where=jail", 400),
        ("/boards/undertrials?where=jail=A&where=jail=B", 400),
        ("/boards/undertrials?where=colour=red", 400),
        ("/boards/undertrials?sort=beauty", 400),
    ],
)
def test_what_cannot_be_asked_is_said(ask: TestClient, path: str, status: int) -> None:
    answer = ask.get(path)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]
