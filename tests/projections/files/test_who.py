"""Who in the case is who: the rule by which references join, and what keeps them apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.files.fold import fold
from projections.files.who import Evidence, identify, series
from projections.linking.model import CONTINUES, TRIED_IN
from tests.projections.files.world import (
    A1,
    A2,
    CNR,
    FIR,
    OTHER_CNR,
    OTHER_FIR,
    OTHER_PID,
    P1,
    P2,
    PID,
    accused,
    asserted,
    case_input,
    event,
    hold,
    in_order,
    link,
    person,
    rejected,
)

REFS = (A1, A2, P1, P2, PID, OTHER_PID, f"CIS_PARTY:{OTHER_CNR}:1")
RAM = ("ram kumar", "shyam lal")
MOHAN = ("mohan das", "sohan das")
_pairs = st.lists(
    st.tuples(st.sampled_from(REFS), st.sampled_from(REFS)).filter(lambda p: p[0] != p[1]), max_size=4
)


@st.composite
def _evidence(draw: st.DrawFn) -> Evidence:
    known = draw(st.sets(st.sampled_from(REFS), min_size=1))
    names = st.sampled_from([frozenset({RAM}), frozenset({MOHAN}), frozenset({RAM, MOHAN})])
    return Evidence(
        references=known,
        names=draw(st.dictionaries(st.sampled_from(sorted(known)), names)),
        claims=[(a, b, f"e{n}") for n, (a, b) in enumerate(draw(_pairs))],
        asserted=draw(_pairs),
        rejected=draw(_pairs),
    )


def groups(evidence: Evidence) -> set[frozenset[str]]:
    return {frozenset(one["references"]) for one in identify(evidence)[0]}


@given(_evidence(), st.randoms())
def test_joining_is_symmetric_and_does_not_depend_on_the_order_of_the_evidence(
    evidence: Evidence, chance: Any
) -> None:
    def turned(pairs: Any) -> list[Any]:
        found = [(b, a, *rest) for a, b, *rest in pairs]
        chance.shuffle(found)
        return found

    names = list(evidence.names.items())
    chance.shuffle(names)
    mirrored = Evidence(
        evidence.references,
        dict(names),
        turned(evidence.claims),
        turned(evidence.asserted),
        turned(evidence.rejected),
    )
    assert groups(mirrored) == groups(evidence)


@given(_evidence())
def test_a_rejected_pair_never_ends_in_one_group(evidence: Evidence) -> None:
    found = groups(evidence)
    assert not any({a, b} <= group for a, b in evidence.rejected for group in found)


@given(_evidence())
def test_without_a_decision_two_codes_of_one_series_never_become_one_man(evidence: Evidence) -> None:
    evidence.asserted = ()
    for group in groups(evidence):
        codes = [series(ref) for ref in group if series(ref) != "PID"]
        assert len(codes) == len(set(codes))


@given(_evidence())
def test_every_reference_stands_in_exactly_one_group(evidence: Evidence) -> None:
    listed = [ref for group in groups(evidence) for ref in group]
    assert len(listed) == len(set(listed))
    assert evidence.references <= set(listed)


def test_two_prisoners_of_one_name_make_the_name_ambiguous_and_nobody_joins_by_it() -> None:
    names = {A1: frozenset({RAM}), PID: frozenset({RAM}), OTHER_PID: frozenset({RAM})}
    found, unsettled = identify(Evidence(frozenset(names), names))
    assert [one["references"] for one in found] == [[A1], [PID], [OTHER_PID]]
    assert unsettled == [{"references": sorted(names), "why": "NAME_NOT_UNIQUE"}]


def test_a_name_joins_across_series_where_it_is_unique_and_the_file_says_so() -> None:
    names = {A1: frozenset({RAM}), A2: frozenset({MOHAN}), PID: frozenset({RAM})}
    found, unsettled = identify(Evidence(frozenset(names), names))
    assert found[0] == {
        "id": A1,
        "references": [A1, PID],
        "joined_by": [{"rule": "NAME", "references": [A1, PID]}],
    }
    assert not unsettled


def test_a_name_does_not_join_two_accused_through_a_prisoner_who_was_claimed_as_the_other() -> None:
    names = {A2: frozenset({RAM}), PID: frozenset({RAM})}
    evidence = Evidence(frozenset({A1, A2, PID}), names, claims=[(PID, A1, "e1")])
    assert groups(evidence) == {frozenset({A1, PID}), frozenset({A2})}


def test_claims_that_make_one_party_of_two_accused_join_nobody_until_a_reviewer_rejects_one() -> None:
    claims = [(P1, A1, "e1"), (P1, A2, "e2")]
    refs = frozenset({A1, A2, P1})
    found, unsettled = identify(Evidence(refs, {}, claims))
    assert len(found) == 3
    assert unsettled == [{"references": [A1, A2, P1], "why": "CLAIMS_CONTRADICT"}]
    assert groups(Evidence(refs, {}, claims, rejected=[(A2, P1)])) == {frozenset({A1, P1}), frozenset({A2})}


def test_who_stands_in_contradicting_claims_does_not_join_by_name_either() -> None:
    names = {A1: frozenset({RAM}), P1: frozenset({RAM})}
    evidence = Evidence(frozenset({A1, A2, P1}), names, [(P1, A1, "e1"), (P1, A2, "e2")])
    assert groups(evidence) == {frozenset({A1}), frozenset({A2}), frozenset({P1})}


def test_a_decision_joins_two_prisoners_numbers_and_names_do_not() -> None:
    refs = frozenset({PID, OTHER_PID})
    assert groups(Evidence(refs, {}, asserted=[(PID, OTHER_PID)])) == {refs}


# -- inside a file


def joined(*args: Any, **kwargs: Any) -> list[list[str]]:
    return [one["references"] for one in fold(*args, **kwargs).document["accused"]]


def test_a_rejected_link_forbids_what_claim_and_name_would_join() -> None:
    ram = person("Ram Kumar", "Shyam Lal")
    events = in_order(
        [
            event("police.FirRegistered", FIR, "2025-01-01", accused=[accused(A1, person=ram)]),
            event("court.BailApplied", CNR, "2025-01-02", accused=accused(P1, A1, person=ram)),
        ]
    )
    assert joined(case_input(), events) == [[A1, P1]]
    assert joined(case_input(rejected(A1, P1)), events) == [[A1], [P1]]


@pytest.mark.parametrize(
    ("name", "relative"),
    [
        ("SHRI RAM  KUMAR", "s/o Shyam Lal"),
        ("Ram-Kumar", "Late Shyam Lal"),
        ("Ｒａｍ Ｋｕｍａｒ", "SHYAM LAL."),
    ],
)
def test_names_are_compared_without_case_title_and_punctuation(name: str, relative: str) -> None:
    events = [
        event(
            "police.FirRegistered",
            FIR,
            "2025-01-01",
            accused=[accused(A1, person=person("Ram Kumar", "Shyam Lal"))],
        ),
        event(
            "prison.Admitted",
            PID,
            "2025-01-02",
            jail="BR-0123",
            cases=[hold(FIR)],
            person=person(name, relative),
        ),
    ]
    assert joined(case_input(), events) == [[A1, PID]]


@pytest.mark.parametrize(
    ("name", "relative"), [("Ram Kumar", ""), ("Ram Kumar", "Ghanshyam Lal"), ("Ram Kumari", "Shyam Lal")]
)
def test_a_name_alone_or_another_name_joins_nobody(name: str, relative: str) -> None:
    events = [
        event(
            "police.FirRegistered",
            FIR,
            "2025-01-01",
            accused=[accused(A1, person=person("Ram Kumar", "Shyam Lal"))],
        ),
        event(
            "prison.Admitted",
            PID,
            "2025-01-02",
            jail="BR-0123",
            cases=[hold(FIR)],
            person=person(name, relative),
        ),
    ]
    assert joined(case_input(), events) == [[A1], [PID]]


def test_two_of_one_name_of_whom_no_relative_is_known_are_not_joined() -> None:
    named = person("Ram Kumar", "")
    events = [
        event("police.FirRegistered", FIR, "2025-01-01", accused=[accused(A1, person=named)]),
        event("prison.Admitted", PID, "2025-01-02", jail="BR-0123", cases=[hold(FIR)], person=named),
    ]
    assert joined(case_input(), events) == [[A1], [PID]]


def test_a_name_in_its_own_script_joins_where_the_latin_spellings_differ() -> None:
    def written(latin: str) -> Any:
        return person(latin, "Shyam Lal", name_native="मोहम्मद आलम")

    events = [
        event("police.FirRegistered", FIR, "2025-01-01", accused=[accused(A1, person=written("Md Alam"))]),
        event(
            "prison.Admitted",
            PID,
            "2025-01-02",
            jail="BR-0123",
            cases=[hold(FIR)],
            person=written("Mohammad Aalam"),
        ),
    ]
    assert joined(case_input(), events) == [[A1, PID]]


OTHERS_A1 = f"CCTNS_CODE:{OTHER_FIR}:A1"
TOGETHER = link(TRIED_IN, OTHER_FIR, CNR)


def test_where_a_number_tries_several_cases_a_party_joins_by_claim_and_not_by_name() -> None:
    ram = person("Ram Kumar", "Shyam Lal")
    events = [
        event("police.FirRegistered", FIR, "2025-01-01", accused=[accused(A1, person=ram)]),
        event("court.BailApplied", CNR, "2025-01-02", accused=accused(P1, person=ram)),
    ]
    assert joined(case_input(), events) == [[A1, P1]]
    assert joined(case_input(TOGETHER), events) == [[A1], [P1]]
    named = [*events, event("court.BailApplied", CNR, "2025-01-03", accused=accused(P1, A1))]
    assert joined(case_input(TOGETHER), named) == [[A1, P1]]


def test_a_party_joined_to_another_cases_accused_is_left_out() -> None:
    events = [
        event("court.BailApplied", CNR, "2025-01-02", accused=accused(P1, A1)),
        event("court.BailApplied", CNR, "2025-01-02", seq=2, accused=accused(P2, OTHERS_A1)),
    ]
    document = fold(case_input(TOGETHER), in_order(events)).document
    assert [one["references"] for one in document["accused"]] == [[A1, P1]]
    assert document["left_out"] == [OTHERS_A1, P2]


def test_a_man_accused_in_both_cases_stays_in_both() -> None:
    events = [event("court.BailApplied", CNR, "2025-01-02", accused=accused(P1, A1, OTHERS_A1))]
    assert joined(case_input(TOGETHER), events) == [[A1, P1]]


def test_a_number_clubbed_into_ours_brings_its_own_accused_who_are_left_out() -> None:
    theirs = f"CIS_PARTY:{OTHER_CNR}:1"
    links = (link(TRIED_IN, OTHER_FIR, OTHER_CNR), link(CONTINUES, OTHER_CNR, CNR))
    mapping = [{"old": accused(theirs)["ref"], "new": accused(P2)["ref"]}]
    events = in_order(
        [
            event("court.BailApplied", OTHER_CNR, "2025-01-02", accused=accused(theirs)),
            event("court.BailApplied", CNR, "2025-01-02", accused=accused(P1, A1)),
            event("court.CasesClubbed", CNR, "2025-01-05", mapping=mapping),
        ]
    )
    document = fold(case_input(*links, identifiers=(FIR, CNR, OTHER_CNR, PID)), events).document
    assert [one["references"] for one in document["accused"]] == [[A1, P1]]
    assert document["left_out"] == [P2, theirs]


def test_what_a_prisoner_is_called_in_another_case_is_not_said_here() -> None:
    links = (asserted(PID, A1), asserted(PID, f"CCTNS_CODE:{OTHER_FIR}:A4"))
    events = [event("prison.Admitted", PID, "2025-01-02", jail="BR-0123", cases=[hold(FIR)])]
    document = fold(case_input(*links), events).document
    assert [one["references"] for one in document["accused"]] == [[A1, PID]]
    assert OTHER_FIR not in repr(document)
