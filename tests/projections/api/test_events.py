"""One event over HTTP: everything that came under its id, whether it counts, and if not, why."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.projections.api import district as d

pytestmark = pytest.mark.stack


def got(asker: TestClient, event_id: str) -> Any:
    answer = asker.get(f"/events/{event_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_event_is_shown_in_plain_form_with_its_files_and_since_when_it_is_known(ask: TestClient) -> None:
    (content,) = got(ask, d.CORRECTION)["contents"]
    assert content["event"]["type"] == "court.BailGranted"
    assert content["event"]["envelope"]["supersedes"] == d.GRANT
    assert content["known_at"] == "2025-02-10T15:00:00+00:00"
    assert (content["effective"], content["why_not"]) == (True, None)
    assert content["files"] == [f"FIR:{d.FIR}"]


def test_every_content_of_an_id_that_was_used_twice_is_shown_the_standing_one_first(ask: TestClient) -> None:
    stands, other = got(ask, d.TWICE)["contents"]
    assert (stands["effective"], other["effective"]) == (True, False)
    assert stands["digest"] < other["digest"]
    assert {stands["event"]["purpose"], other["event"]["purpose"]} == {"APPEARANCE", "OTHER"}
    assert other["why_not"]["reason"] == "ID_REUSED"
    assert "Give each event its own id" in other["why_not"]["meaning"]


def test_a_corrected_event_names_its_correction(ask: TestClient) -> None:
    (content,) = got(ask, d.GRANT)["contents"]
    assert content["why_not"]["reason"] == "SUPERSEDED"
    assert content["why_not"]["instead"] == [d.CORRECTION]
    assert content["files"] == []


def test_an_alias_names_the_id_under_which_its_content_stands(ask: TestClient) -> None:
    (content,) = got(ask, d.SECOND)["contents"]
    assert (content["why_not"]["reason"], content["why_not"]["instead"]) == ("ALIAS", [d.FIRST])


def test_a_record_that_was_set_aside_says_why(ask: TestClient) -> None:
    answer = got(ask, d.BROKEN)
    assert answer["contents"] == []
    (aside,) = answer["set_aside"]
    assert (aside["reason"], aside["topic"]) == ("NOT_FRAMED", "court.events")
    assert "wire format" in aside["meaning"]


def test_salts_are_not_shown(ask: TestClient) -> None:
    registered = ask.get("/events/00000000-0000-4000-8000-000000000001")
    assert registered.json()["contents"][0]["event"]["accused"][0]["person"]["name"] == d.NAMES[0]
    assert b"salt" not in registered.content


def test_an_unknown_event_is_not_found(ask: TestClient) -> None:
    assert ask.get("/events/00000000-0000-4000-8000-00000000ffff").status_code == 404
