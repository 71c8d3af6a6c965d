"""The matcher: likely matches and why, held against the misspellings that the simulator planted."""

from __future__ import annotations

import pytest

from ops.bench.matching import measure
from projections.linking.matching import Match, Named, Person, in_block, matches, proposal

RAKEP = Person(frozenset({"rakep zumal"}), frozenset({"tolen zumal"}))
RAKEB = Person(frozenset({"rakeb zumal"}), frozenset({"tolen zumal"}))
OTHER = Person(frozenset({"mivan dorpal"}), frozenset({"sutel dorpal"}))
NEAR = "FIR:BR-PATKOT-2025-0006"
WANTED = Named("FIR:BR-PATKOT-2025-4006", (RAKEP,))


def test_a_slip_in_the_number_with_the_same_person_is_proposed_with_its_reasons() -> None:
    found = matches(WANTED, [Named(NEAR, (RAKEB,)), Named("FIR:BR-PATGAN-2025-0101", (OTHER,))])
    best = proposal(found)
    assert best is not None
    assert best.identifier == NEAR
    assert best.why == ("same station", "one slip in the number", "like name", "same relative")


def test_a_case_of_other_persons_is_no_match_however_alike_its_number() -> None:
    assert matches(WANTED, [Named(NEAR, (OTHER,))]) == []


def test_a_number_alone_is_a_match_to_look_at_and_no_proposal() -> None:
    found = matches(Named(WANTED.identifier, ()), [Named(NEAR, (OTHER,))])
    assert [match.identifier for match in found] == [NEAR]
    assert proposal(found) is None


def test_two_that_are_as_likely_are_not_guessed_between() -> None:
    twins = [Named(NEAR, (RAKEP,)), Named("FIR:BR-PATKOT-2025-4007", (RAKEP,))]
    found = matches(WANTED, twins)
    assert len(found) == 2
    assert proposal(found) is None
    assert proposal([Match("x", 900, ()), Match("y", 800, ())]) is not None


@pytest.mark.parametrize(
    ("wanted", "other", "worth"),
    [
        ("FIR:BR-PATKOT-2025-0001", "FIR:BR-PATGAN-2025-0107", True),
        ("FIR:BR-PATKOT-2025-0001", "FIR:BR-GAYKOT-2025-0107", False),
        ("FIR:BR-PATKOT-2025-0001", "FIR:BR-PATKOT-2024-0001", False),
        ("FIR:BR-UNKNOWN-2025-0001", "FIR:BR-GAYKOT-2025-0107", True),
    ],
)
def test_candidates_are_of_one_district_and_year(wanted: str, other: str, worth: bool) -> None:
    assert in_block(wanted, other) is worth


def test_the_planted_misspellings_are_found_and_hardly_ever_wrongly() -> None:
    found = measure(cases=300, seed=6)
    print(f"precision {found.precision:.3f}, recall {found.recall:.3f} of {found.known}")
    assert found.known > 10
    assert found.precision >= 0.95
    assert found.recall >= 0.7
