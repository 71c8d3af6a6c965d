"""Polls of a record become revisions; the hub's own rule of what stands is the oracle."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.mappings.revisions import Event, History, Poll, take
from connectors.mappings.table import MAPPINGS
from projections.resolution import Version, resolve
from schemas.content import digest_of
from tests.connectors.mappings.samples import BOOK, CASE_STATUS, DOCUMENTS, broken, poll

Json = dict[str, Any]
Look = tuple[Any, Poll]


def run(name: str, looks: Iterable[Look]) -> list[Event]:
    """Polls as they come in, with the memory of each document kept as bytes between them."""
    kept: dict[str, bytes] = {}
    events: list[Event] = []
    for document, at in looks:
        mapped = MAPPINGS[name](document, BOOK)
        history = History.loads(kept[mapped.scope]) if mapped.scope in kept else History()
        taken = take(history, mapped, at)
        kept[mapped.scope] = taken.history.dumps()
        events += taken.events
    return events


def effective(events: Iterable[Event]) -> dict[tuple[str, str], Json]:
    """(anchor, id) -> what stands, as the hub resolves it: copies of one content keep the least time of recording."""
    versions: dict[tuple[Any, bytes], Version] = {}
    bodies: dict[tuple[Any, bytes], Json] = {}
    for event, record in events:
        envelope = record["envelope"]
        key = envelope["event_id"], digest_of(event, record)
        recorded = envelope["recorded_at"]
        if key in versions:
            recorded = min(recorded, versions[key].recorded_at)
        versions[key] = Version(
            *key, event, envelope["source"], UUID(envelope["supersedes"]), recorded, repair=False
        )
        bodies[key] = {"type": event, **record}
    resolution = resolve(versions.values())
    assert resolution.refused == {}
    found = {}
    for key in resolution.effective:
        body = copy.deepcopy(bodies[key])
        for name in ("recorded_at", "source_seq"):
            del body["envelope"][name]
        found[body["envelope"]["source_record"], str(key[0])] = body
    return found


def changed(document: Json, **fields: Any) -> Json:
    return {**copy.deepcopy(document), **fields}


@pytest.mark.parametrize("name", sorted(MAPPINGS))
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_polls_in_any_order_and_repeated_come_to_the_same_events(name: str, data: st.DataObject) -> None:
    pool = [
        DOCUMENTS[name],
        *(data.draw(broken(DOCUMENTS[name])) for _ in range(data.draw(st.integers(1, 3)))),
    ]
    days = data.draw(st.lists(st.sampled_from(range(len(pool))), min_size=2, max_size=6))
    looks = [(pool[which], poll(day)) for day, which in enumerate(days)]
    again = data.draw(st.lists(st.sampled_from(looks), max_size=4))
    mixed = data.draw(st.permutations([*looks, *again]))
    assert effective(run(name, mixed)) == effective(run(name, looks))


def test_a_poll_that_says_nothing_new_gives_no_event() -> None:
    looks = [(CASE_STATUS, poll(day)) for day in range(5)]
    events = run("ecourts-case-status", looks)
    assert len(events) == 6
    assert {record["envelope"]["recorded_at"] for _, record in events} == {poll(0).at}


def test_only_what_changed_becomes_an_event() -> None:
    later = changed(CASE_STATUS, date_next_list="10-02-2025")
    events = run("ecourts-case-status", [(CASE_STATUS, poll(1)), (later, poll(2))])
    (event, record) = events[-1]
    assert len(events) == 7
    assert (event, record["hearing_date"].isoformat()) == ("court.HearingListed", "2025-02-10")
    assert record["envelope"]["recorded_at"] == poll(2).at


def test_a_date_that_was_changed_back_is_what_stands() -> None:
    other = changed(CASE_STATUS, date_next_list="10-02-2025")
    looks = [(CASE_STATUS, poll(1)), (other, poll(2)), (CASE_STATUS, poll(3))]
    for order in ([0, 1, 2], [2, 1, 0], [0, 2, 1], [2, 0, 1]):
        standing = effective(run("ecourts-case-status", [looks[place] for place in order]))
        dates = [str(body.get("hearing_date")) for (row, _), body in standing.items() if "list/next" in row]
        assert dates == ["2025-02-03"], order


def test_a_hearing_that_is_gone_from_the_record_is_retracted_and_may_come_back() -> None:
    without = changed(CASE_STATUS)
    del without["historyofcasehearing"]["sr_no2"]
    looks = [(CASE_STATUS, poll(1)), (without, poll(2))]
    events = run("ecourts-case-status", looks)
    assert "common.Retracted" in [event for event, _ in events]
    assert not [row for row, _ in effective(events) if "sr_no2" in row]
    back = effective(run("ecourts-case-status", [*looks, (CASE_STATUS, poll(3))]))
    assert len([row for row, _ in back if "sr_no2" in row]) == 1


def test_a_row_that_cannot_be_read_any_more_stays_as_it_was() -> None:
    unreadable = changed(CASE_STATUS)
    unreadable["historyofcasehearing"]["sr_no2"]["business_date"] = "tomorrow"
    events = run(
        "ecourts-case-status", [(CASE_STATUS, poll(1)), (unreadable, poll(2)), ("nonsense", poll(3))]
    )
    assert [row for row, _ in effective(events) if "sr_no2" in row]


def test_every_revision_supersedes_the_rows_base_id_and_has_an_id_of_its_own() -> None:
    other = changed(CASE_STATUS, date_next_list="10-02-2025")
    events = run("ecourts-case-status", [(CASE_STATUS, poll(1)), (other, poll(2))])
    ids = [record["envelope"]["event_id"] for _, record in events]
    assert len(set(ids)) == len(ids)
    bases = {record["envelope"]["supersedes"] for _, record in events}
    assert len(bases) == 6
    assert not bases & {str(event_id) for event_id in ids}


def test_what_is_remembered_does_not_grow_with_polls_that_repeat() -> None:
    history = History()
    other = changed(CASE_STATUS, date_next_list="10-02-2025")
    for day in range(20):
        document = CASE_STATUS if day < 10 else other
        history = take(history, MAPPINGS["ecourts-case-status"](document, BOOK), poll(day)).history
    assert len(history.looks) == 4
    assert len(history.bodies) == 7


def test_a_date_that_is_not_yet_is_refused_with_its_row_and_taken_once_it_is() -> None:
    ahead = changed(CASE_STATUS, pend_disp="D", date_of_decision="20-07-2025")
    mapped = MAPPINGS["ecourts-case-status"](ahead, BOOK)
    early = take(History(), mapped, poll(1))
    assert [(part.key, part.field) for part in early.quarantined] == [
        ("disposal", "envelope.occurred_at must lie from 1950 to recorded_at")
    ]
    late = take(early.history, mapped, poll(25))
    assert [event for event, _ in late.events] == ["court.CaseDisposed"]


def test_two_sources_of_one_case_have_ids_apart() -> None:
    ids = [
        {
            record["envelope"]["event_id"]
            for _, record in run("ecourts-case-status", [(CASE_STATUS, poll(1, source))])
        }
        for source in ("court.cis/A", "court.cis/B")
    ]
    assert not ids[0] & ids[1]
