"""Which files an identifier's events belong to: the table of links, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.linking.model import (
    AROSE_FROM,
    CONTINUES,
    EXAMINED_FOR,
    HELD_UNDER,
    ORDERED_IN,
    SAME_CASE,
    TRIED_IN,
    Graph,
)
from projections.linking.roots import dependencies, dependents, roots

FIR, FIR2, ZERO = "FIR:F1", "FIR:F2", "ZERO_FIR:Z1"
CNR, CNR2, PTN = "CNR:C1", "CNR:C2", "PTN:P1"
PID, GD, FSL, ORDER = "PID:J1", "GD:G1", "FSL_NO:S1", "ORDER_NO:O1"
EVERY = (FIR, FIR2, ZERO, CNR, CNR2, PTN, PID, GD, FSL, ORDER)


def graph(*links: tuple[str, str, str], anchored: tuple[str, ...] = EVERY) -> Graph:
    made = Graph(anchored=set(anchored))
    for kind, a, b in links:
        made.add(kind, a, b)
    return made


@pytest.mark.parametrize(
    ("links", "identifier", "expected"),
    [
        ((), FIR, {FIR}),
        (((SAME_CASE, ZERO, FIR),), ZERO, {FIR}),
        (((SAME_CASE, ZERO, FIR), (SAME_CASE, ZERO, FIR2)), ZERO, {FIR}),
        (((TRIED_IN, FIR, CNR),), CNR, {FIR}),
        (((TRIED_IN, FIR, CNR), (TRIED_IN, FIR2, CNR)), CNR, {FIR, FIR2}),
        ((), CNR, {CNR}),
        (((CONTINUES, PTN, CNR),), PTN, {CNR}),
        (((CONTINUES, PTN, CNR), (TRIED_IN, FIR, CNR)), PTN, {FIR}),
        (((CONTINUES, CNR, CNR2), (TRIED_IN, FIR, CNR)), CNR2, {FIR}),
        (((HELD_UNDER, PID, FIR),), PID, {PID, FIR}),
        (((HELD_UNDER, PID, CNR), (TRIED_IN, FIR, CNR)), PID, {PID, FIR}),
        (((AROSE_FROM, FIR, GD),), GD, {GD, FIR}),
        (((AROSE_FROM, FIR, GD),), FIR, {FIR}),
        ((), FSL, {FSL}),
        (((EXAMINED_FOR, FSL, FIR),), FSL, {FSL, FIR}),
        (((ORDERED_IN, ORDER, CNR), (TRIED_IN, FIR, CNR)), ORDER, {ORDER, FIR}),
        (((SAME_CASE, FIR, FIR2), (SAME_CASE, FIR2, FIR)), FIR2, {FIR}),
    ],
)
def test_an_event_reaches_the_files_that_the_table_names(
    links: tuple[tuple[str, str, str], ...], identifier: str, expected: set[str]
) -> None:
    assert roots(identifier, graph(*links)) == expected


def test_a_claimed_identifier_that_anchors_nothing_roots_no_file() -> None:
    claimed = graph((TRIED_IN, FIR, CNR), anchored=(CNR,))
    assert roots(CNR, claimed) == {CNR}
    assert roots(FIR, claimed) == frozenset()


def test_a_zero_fir_keeps_its_file_until_the_fir_that_it_became_anchors_an_event() -> None:
    assert roots(ZERO, graph((SAME_CASE, ZERO, FIR), anchored=(ZERO,))) == {ZERO}


ENDS = {
    SAME_CASE: ((FIR, FIR2, ZERO), (FIR, FIR2)),
    TRIED_IN: ((FIR, FIR2, ZERO), (CNR, CNR2, PTN)),
    CONTINUES: ((CNR, CNR2, PTN), (CNR, CNR2)),
    HELD_UNDER: ((PID,), (FIR, FIR2, CNR, PTN)),
    AROSE_FROM: ((FIR, FIR2), (GD,)),
    EXAMINED_FOR: ((FSL,), (FIR,)),
    ORDERED_IN: ((ORDER,), (CNR, CNR2)),
}
ONE_LINK = st.sampled_from([(kind, a, b) for kind, (x, y) in ENDS.items() for a in x for b in y if a != b])


def _closure(start: str, made: Graph, step: object) -> set[str]:
    seen, todo = {start}, [start]
    while todo:
        for other in step(todo.pop(), made):  # type: ignore[operator]
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


@given(st.lists(ONE_LINK, max_size=10), st.sets(st.sampled_from(EVERY)), ONE_LINK)
def test_a_new_link_changes_roots_only_of_those_that_the_store_locks(
    links: list[tuple[str, str, str]], anchored: set[str], new: tuple[str, str, str]
) -> None:
    before = graph(*links, anchored=tuple(anchored))
    after = graph(*links, new, anchored=tuple(anchored))
    locked = set().union(*(_closure(end, after, dependents) for end in new[1:]))
    for identifier in EVERY:
        if roots(identifier, before) != roots(identifier, after):
            assert identifier in locked


@given(st.lists(ONE_LINK, max_size=10), st.sets(st.sampled_from(EVERY)), st.sampled_from(EVERY))
def test_roots_depend_on_nothing_but_the_dependencies(
    links: list[tuple[str, str, str]], anchored: set[str], identifier: str
) -> None:
    whole = graph(*links, anchored=tuple(anchored))
    deciding = _closure(identifier, whole, dependencies)
    kept = [link for link in links if link[1] in deciding and link[2] in deciding]
    assert roots(identifier, whole) == roots(identifier, graph(*kept, anchored=tuple(anchored & deciding)))
