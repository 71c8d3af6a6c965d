"""The fold: the same bytes however the members were batched, and a bad member harms only itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.files import case_bail
from projections.files.case import HANDLERS
from projections.files.clocks import winding
from projections.files.clocks.memory import Memory
from projections.files.fold import FOLD_FAILED, dump, fold, kind_of_root, load
from projections.files.state import FileInput, FileState, SetAside
from projections.files.telling import Telling
from schemas.event import Event
from tests.projections.files.any_events import (
    NAMES,
    RELATIVES,
    any_event_of_the_contract,
    any_events,
    any_input,
)
from tests.projections.files.world import FIR, PID, case_input, event, in_order, life

CUSTODY_INPUT = FileInput(PID, frozenset({PID}), (), ())


@pytest.fixture(autouse=True, scope="module")
def _no_memory() -> Iterator[None]:
    """Every clock is reckoned, so that a table that forgets an event cannot hide behind what is remembered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(winding, "MEMORY", Memory(0))
        yield


def in_batches(file: FileInput, members: list[Event], cuts: list[bool]) -> FileState:
    """Fold on batch by batch; where `cuts` says so, from the stored bytes and not from memory."""
    kind = kind_of_root(file.root)
    state = kind.start(file)
    kind.finish(state)
    for member, cut in zip(members, cuts, strict=True):
        kind.apply(state, member)
        if cut:
            kind.finish(state)
            state = load(file, *dump(state))
    kind.finish(state)
    return state


@settings(max_examples=150, deadline=None)
@given(any_input(), any_events(), st.data())
def test_a_case_folded_on_from_any_stored_state_has_the_bytes_of_a_fold_from_the_start(
    file: FileInput, members: list[Event], data: st.DataObject
) -> None:
    cuts = data.draw(st.lists(st.booleans(), min_size=len(members), max_size=len(members)))
    assert dump(in_batches(file, members, cuts)) == dump(fold(file, members))


@settings(max_examples=150, deadline=None)
@given(any_input(), any_events(), any_event_of_the_contract(), st.data())
def test_so_has_one_to_which_any_event_of_the_contract_comes(
    file: FileInput, members: list[Event], any_one: Event, data: st.DataObject
) -> None:
    here = FileInput(file.root, file.identifiers | {any_one.anchor}, file.links, ())
    every = in_order([*members, any_one])
    cuts = data.draw(st.lists(st.booleans(), min_size=len(every), max_size=len(every)))
    assert dump(in_batches(here, every, cuts)) == dump(fold(here, every))


@settings(max_examples=60, deadline=None)
@given(any_input(), any_events(), st.data())
def test_what_is_remembered_of_earlier_reckonings_changes_no_byte(
    file: FileInput, members: list[Event], data: st.DataObject
) -> None:
    cuts = data.draw(st.lists(st.booleans(), min_size=len(members), max_size=len(members)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(winding, "MEMORY", Memory(100))
        remembered = [dump(in_batches(file, members[:n], cuts[:n])) for n in range(1, len(members) + 1)]
    assert remembered[-1] == dump(fold(file, members))


@settings(max_examples=60, deadline=None)
@given(any_events(), st.data())
def test_a_custody_and_a_record_folded_on_have_the_bytes_of_a_fold_from_the_start(
    events: list[Event], data: st.DataObject
) -> None:
    for file in (CUSTODY_INPUT, FileInput("GD:BR-PATKOT-20250101-0001", frozenset(), (), ())):
        custody = file is CUSTODY_INPUT
        members = [e for e in events if not custody or e.anchor == PID]
        cuts = data.draw(st.lists(st.booleans(), min_size=len(members), max_size=len(members)))
        assert dump(in_batches(file, members, cuts)) == dump(fold(file, members))


@settings(max_examples=60, deadline=None)
@given(any_input(), any_events())
def test_the_bytes_do_not_depend_on_the_order_of_fields_in_a_body(
    file: FileInput, members: list[Event]
) -> None:
    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    assert dump(fold(file, members)) == dump(fold(file, [m._replace(body=turned(m.body)) for m in members]))


@settings(max_examples=60, deadline=None)
@given(any_input(), any_events())
def test_a_fold_changes_no_event_and_no_bytes_hold_a_part_of_a_description(
    file: FileInput, members: list[Event]
) -> None:
    before = repr(members)
    document, descriptions = dump(fold(file, members))
    assert repr(members) == before
    assert not any(name.encode() in document for name in (*NAMES, *RELATIVES))
    assert all(orjson.loads(body) for body in descriptions.values())


@settings(max_examples=60, deadline=None)
@given(any_input(), any_events())
def test_every_event_id_in_a_document_resolves_in_its_list_of_events(
    file: FileInput, members: list[Event]
) -> None:
    state = fold(file, members)
    known = {row["id"] for row in state.document["events"]}

    def check(value: Any) -> None:
        if isinstance(value, dict):
            assert known.issuperset(value[name] for name in ("event", "start_event") if name in value)
            assert known.issuperset(value.get("events", ()))
            for one in value.values():
                check(one)
        elif isinstance(value, list):
            for one in value:
                check(one)

    check({key: part for key, part in state.document.items() if key != "events"})
    check(state.descriptions)


@settings(max_examples=150, deadline=None)
@given(any_input(), any_events(), any_event_of_the_contract(), st.sampled_from([FIR, PID, "COURT:BRPA01"]))
def test_no_valid_event_makes_a_fold_fail(
    file: FileInput, members: list[Event], any_one: Event, root: str
) -> None:
    """Whatever the contract allows: `any_one` is of any type and content, anchored at what the file holds."""
    here = FileInput(root, file.identifiers | {any_one.anchor}, file.links, ())
    assert fold(here, in_order([*members, any_one])).document["incomplete"] == []


def _raises_on_b1(state: FileState, told: Telling) -> None:
    # Half-done before it fails, as a real fault would be.
    case_bail.bail_applied(state, told)
    if told.body["application_no"] == "B1":
        raise ValueError("a fault of the fold")


def test_the_first_member_on_which_the_fold_raises_is_set_aside_for_this_file_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    culprit = next(e for e in life() if e.body.get("application_no") == "B1")
    without = fold(case_input(), [e for e in life() if e.event_id != culprit.event_id])
    monkeypatch.setitem(HANDLERS, "court.BailApplied", _raises_on_b1)
    found = fold(case_input(), life())
    assert found.document["incomplete"] == [
        {"id": str(culprit.event_id), "reason": FOLD_FAILED, "type": "court.BailApplied", "topic": None}
    ]
    assert {**found.document, "incomplete": []} == without.document


def test_two_culprits_are_listed_in_sort_order_after_the_records_set_aside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(state: FileState, told: Telling) -> None:
        raise KeyError(told.id)

    monkeypatch.setitem(HANDLERS, "court.BailApplied", fails)
    aside = SetAside("00000000-0000-0000-0000-000000000001", "BODY_TRUNCATED", None, "court.events")
    incomplete = fold(case_input(set_aside=(aside,)), life()).document["incomplete"]
    assert [row["reason"] for row in incomplete] == ["BODY_TRUNCATED", FOLD_FAILED, FOLD_FAILED]
    applied = [str(e.event_id) for e in life() if e.type == "court.BailApplied"]
    assert [row["id"] for row in incomplete[1:]] == applied


def test_a_member_after_which_the_file_cannot_be_finished_is_the_culprit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def spoils(state: FileState, told: Telling) -> None:
        state.document["references"][PID]["same_as"] = 7
        state.joins_changed = True

    monkeypatch.setitem(HANDLERS, "prison.NotReleasedReason", spoils)
    incomplete = fold(case_input(), life()).document["incomplete"]
    assert [(row["type"], row["reason"]) for row in incomplete] == [("prison.NotReleasedReason", FOLD_FAILED)]


def test_an_event_without_a_handler_is_listed_and_adds_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    extra = event("police.AntecedentsReported", FIR, "2025-03-01", accused={"ref": {"scheme": "PID", "scope": "",
                  "code": "BR-0123-45678"}})  # fmt: skip
    monkeypatch.delitem(HANDLERS, "police.AntecedentsReported")
    plain, more = fold(case_input(), life()), fold(case_input(), [*life(), extra])
    assert [row["id"] for row in more.document["events"][len(plain.document["events"]) :]] == [
        str(extra.event_id)
    ]
    assert {**more.document, "events": None} == {**plain.document, "events": None}


@pytest.mark.parametrize(
    ("root", "kind"),
    [(FIR, "CASE"), ("CNR:BRPA010001232025", "CASE"), ("EXCISE_CASE:BR-1", "CASE"), (PID, "CUSTODY"),
     ("COURT:BRPA01", "RECORD"), ("GD:X", "RECORD"), ("ORDER_NO:X", "ORDER"), ("REPORT_NO:X", "ORDER"),
     ("INCIDENT_112:X", "INCIDENT"), ("NCRP_ACK:X", "COMPLAINT"), ("APPLICATION_NO:X", "REQUEST"),
     ("FSL_NO:X", "EXHIBIT"), ("JAIL:X", "JAIL")],
)  # fmt: skip
def test_the_kind_of_a_file_follows_from_its_root(root: str, kind: str) -> None:
    assert kind_of_root(root).name == kind
