"""Any single tampering with the record of reads is found, and said where."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.audit.chain import START, Entry, verify

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def chain(length: int) -> list[Entry]:
    found: list[Entry] = []
    previous = START
    for seq in range(1, length + 1):
        entry = Entry(
            seq=seq, at=BEGUN + timedelta(seconds=seq), kind="ASKED", subject=f"s{seq % 3}", issuer="i", role="COURT",
            purpose="TRIAL", question="CASE", about=f"FIR:BR-PATKOT-2025-{seq:04d}", previous=previous,
        )  # fmt: skip
        entry = replace(entry, hash=entry.sealed())
        previous = entry.hash
        found.append(entry)
    return found


def end(entries: list[Entry]) -> dict[int, bytes]:
    return {entries[-1].seq: entries[-1].hash}


@given(st.integers(0, 12))
def test_a_chain_that_nobody_touched_is_whole(length: int) -> None:
    entries = chain(length)
    assert verify(entries, end(entries) if entries else {}) == (length, [])


CHANGES: dict[str, Any] = {
    "at": BEGUN, "kind": "FAILED", "subject": "other", "issuer": "x", "role": "X", "purpose": "X", "question": "X",
    "about": "X", "reason": "X", "opened": 7, "roots": ["FIR:X"], "reach": ["STATE"], "ticket": b"x", "seq": 99,
    "previous": b"x", "hash": b"x",
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGES)
@given(st.integers(2, 9), st.data())
def test_any_changed_field_is_found_where_it_is(field: str, length: int, data: st.DataObject) -> None:
    entries = chain(length)
    at = data.draw(st.integers(0, length - 1))
    changed = [*entries[:at], replace(entries[at], **{field: CHANGES[field]}), *entries[at + 1 :]]
    _, broken = verify(changed, end(entries))
    assert broken
    assert min(one.seq for one in broken) <= entries[at].seq + 1


@given(st.integers(2, 9), st.data())
def test_an_entry_that_was_rewritten_with_a_fitting_hash_is_found_at_the_next(
    length: int, data: st.DataObject
) -> None:
    entries = chain(length)
    at = data.draw(st.integers(0, length - 1))
    forged = replace(entries[at], about="other")
    forged = replace(forged, hash=forged.sealed())
    _, broken = verify([*entries[:at], forged, *entries[at + 1 :]], end(entries))
    assert broken


@given(st.integers(1, 9), st.data())
def test_an_entry_that_was_taken_out_is_missed_even_at_the_end(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    at = data.draw(st.integers(0, length - 1))
    _, broken = verify(entries[:at] + entries[at + 1 :], end(entries))
    assert any(one.seq in (at + 1, at + 2) for one in broken)


@given(st.integers(2, 9), st.data())
def test_two_that_changed_places_are_found(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    one, two = sorted(data.draw(st.sets(st.integers(0, length - 1), min_size=2, max_size=2)))
    entries[one], entries[two] = entries[two], entries[one]
    assert verify(entries)[1]


@given(st.integers(2, 9), st.data())
def test_one_that_was_put_in_between_is_found(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    at = data.draw(st.integers(1, length - 1))
    new = replace(entries[at], previous=entries[at - 1].hash, about="new")
    new = replace(new, hash=new.sealed())
    assert verify([*entries[:at], new, *entries[at:]], end(entries))[1]
