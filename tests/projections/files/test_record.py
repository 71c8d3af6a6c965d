"""Any other record's file: by event type what its latest event says, and no person."""

from __future__ import annotations

from typing import Any

from projections.files.fold import dump, fold
from projections.files.state import FileInput
from schemas.event import Event
from tests.projections.files.world import A1, accused, event, office, person

Json = dict[str, Any]
COURT = "COURT:BRPA01"
GD = "GD:BR-PATKOT-20250101-0001"


def facts(root: str, *events: Event) -> Json:
    found: Json = fold(FileInput(root, frozenset({root}), (), ()), events).document["facts"]
    return found


def test_the_roster_is_what_was_set_last() -> None:
    def roster(on: str, code: str) -> Event:
        entry = {"prosecutor": {**office(), "code": code}, "from_date": on}
        return event("prosecution.CourtRosterSet", COURT, on, prosecutors=[entry])

    found = facts(COURT, roster("2025-01-01", "APP-1"), roster("2025-02-01", "APP-2"))
    said = found["prosecution.CourtRosterSet"]["prosecutors"]["value"]
    assert [(row["prosecutor"]["code"], row["from_date"]) for row in said] == [("APP-2", "2025-02-01")]


def test_an_accused_is_his_reference_and_his_description_stands_apart() -> None:
    arrest = event(
        "police.ArrestMade", GD, "2025-01-01", accused=accused(A1, person=person("Ram Kumar", "Shyam Lal"))
    )
    state = fold(FileInput(GD, frozenset({GD}), (), ()), [arrest])
    assert state.document["facts"]["police.ArrestMade"]["accused"]["value"] == A1
    assert state.descriptions[A1]["name"]["value"] == "Ram Kumar"
    assert b"Ram Kumar" not in dump(state)[0]
