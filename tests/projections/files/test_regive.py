"""A file that only gets more links and identifiers stands on, unless an earlier row may read otherwise now."""

from __future__ import annotations

from dataclasses import replace

import orjson

from projections.files.fold import dump, fold, kind_of_root
from projections.files.regive import as_it_was, regive
from projections.files.state import FileInput
from projections.linking.model import HELD_UNDER, TRIED_IN, LinkKey
from tests.projections.files.test_prison import F9, prison
from tests.projections.files.world import CNR, FIR, HELD, OTHER_FIR, PID, TRIED, event, hold, link

REGISTERED = event("police.FirRegistered", FIR, "2025-01-01")
HEARING = event("court.HearingHeld", CNR, "2025-01-20")
ALONE = FileInput(FIR, frozenset({FIR}), (), ())


def test_a_court_number_that_nobody_named_before_is_taken_in_without_folding_again() -> None:
    state = fold(ALONE, [REGISTERED])
    now = FileInput(FIR, frozenset({FIR, CNR}), (TRIED,), ())
    assert regive(state, now, as_it_was(now, {LinkKey(TRIED_IN, FIR, CNR)}, {CNR}, {CNR}))
    kind = kind_of_root(FIR)
    kind.apply(state, HEARING)
    kind.finish(state)
    assert dump(state) == dump(fold(now, [REGISTERED, HEARING]))


def test_what_a_file_was_given_is_told_from_what_it_is_given_now() -> None:
    now = FileInput(FIR, frozenset({FIR, CNR}), (TRIED,), ())
    assert as_it_was(now, {LinkKey(TRIED_IN, FIR, CNR)}, {CNR}, {CNR}) == ALONE
    hung = replace(now, links=(replace(TRIED, a_at=FIR, b_at=CNR),))
    assert not as_it_was(hung, set(), {CNR}, {CNR}).links[0].b_anchored


def test_a_hold_that_an_earlier_row_named_and_that_counts_only_now_is_folded_from_the_start() -> None:
    # The jail named a number that led nowhere; now a reviewer reads it as this case.
    before = FileInput(FIR, frozenset({FIR, PID}), (HELD, link(HELD_UNDER, PID, F9)), ())
    state = fold(before, [REGISTERED, prison("Admitted", "2025-01-02", hold(F9))])
    was = orjson.dumps(state.document)
    now = FileInput(
        FIR, before.identifiers, (link(HELD_UNDER, PID, FIR, in_place_of=(F9,)), before.links[1]), ()
    )
    assert not regive(state, now, before)
    assert orjson.dumps(state.document) == was


def test_a_hold_of_another_case_that_nobody_named_before_changes_nothing_here() -> None:
    before = FileInput(FIR, frozenset({FIR, PID}), (HELD,), ())
    events = [REGISTERED, prison("Admitted", "2025-01-02", hold(FIR))]
    state = fold(before, events)
    now = FileInput(FIR, before.identifiers, (HELD, link(HELD_UNDER, PID, OTHER_FIR)), ())
    assert regive(state, now, as_it_was(now, {LinkKey(HELD_UNDER, PID, OTHER_FIR)}, set(), set()))
    kind_of_root(FIR).finish(state)
    assert dump(state) == dump(fold(now, events))
