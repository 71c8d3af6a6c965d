"""Facts: who has authority, what the others said, and that a department's later word is its word."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from projections.files.facts import in_conflict, sayings_of, tell


def told(field: str, *sayings: tuple[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for n, (by, value) in enumerate(sayings):
        tell(facts, field, value, f"e{n}", by)
    found: dict[str, Any] = facts[field]
    return found


def test_the_later_word_of_one_department_stands_and_the_earlier_is_gone() -> None:
    assert told("jail", ("prison", "A"), ("prison", "B")) == {"value": "B", "event": "e1", "by": "prison"}


def test_the_department_with_authority_stands_whoever_spoke_last_and_the_other_is_kept() -> None:
    fact = told("jail", ("prison", "A"), ("court", "B"))
    assert fact == {
        "value": "A", "event": "e0", "by": "prison", "others": [{"value": "B", "event": "e1", "by": "court"}],
    }  # fmt: skip
    assert in_conflict(fact)


def test_departments_that_agree_are_no_conflict_and_are_named() -> None:
    fact = told("next_hearing", ("prison", "2025-02-01"), ("court", "2025-02-01"))
    assert fact["by"] == "court"
    assert fact["agreed"] == [{"event": "e0", "by": "prison"}]
    assert not in_conflict(fact)


def test_a_field_without_declared_authority_goes_by_the_later_event() -> None:
    assert told("utp_no", ("prison", "1"), ("court", "2"))["value"] == "2"


@given(st.lists(st.tuples(st.sampled_from(["police", "court", "prison"]), st.integers(0, 2)), min_size=1))
def test_a_fact_holds_the_last_word_of_every_department_and_nothing_else(
    sayings: list[tuple[str, int]],
) -> None:
    last = {by: (value, f"e{n}") for n, (by, value) in enumerate(sayings)}
    fact = told("jail", *sayings)
    assert {s.by: (s.value, s.event) for s in sayings_of(fact)} == last
