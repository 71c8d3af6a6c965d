"""Rows of every board: made of any file that the contract allows, in the types and the order that its table wants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.boards import LISTINGS
from projections.boards.ddl import FOLDER, render
from projections.boards.listing import Listing
from projections.files.fold import fold
from projections.files.state import FileInput
from projections.linking.claims import ACTS_ONLY
from projections.linking.roots import kind_of
from schemas.catalogue import CATALOGUE
from schemas.event import Event
from tests.projections.files.any_events import any_event_of_the_contract, any_events, any_input
from tests.projections.files.world import FIR, identifier, in_order, of_record
from tests.schemas.samples import records

ROOTS = (
    FIR, "INCIDENT_112:BR-20250131-0001234", "NCRP_ACK:30501250012345", "APPLICATION_NO:BR-2025-0000123",
    "ORDER_NO:BR-PATPO-2025-00007", "REPORT_NO:BR-PATPO-2025-00012", "FSL_NO:BR-FSLPAT-2025-00123", "JAIL:BR-0123",
)  # fmt: skip
PYTHON = {
    "text": str, "date": date, "timestamptz": datetime, "int4": int, "int8": int, "bool": bool, "text[]": list,
}  # fmt: skip


@st.composite
def own_events(draw: st.DrawFn, root: str) -> list[Event]:
    """Any events of the contract that a record of this kind may anchor, all at this one."""
    kinds = [
        name for name, line in CATALOGUE.items() if kind_of(root) in line.anchors and name not in ACTS_ONLY
    ]
    found = []
    for place in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(sorted(kinds)))
        record = draw(records(kind))
        envelope = {**record["envelope"], "anchor": identifier(root), "source_seq": place + 1}
        found.append(of_record(kind, {**record, "envelope": envelope}))
    return in_order(found)


def check(listing: Listing, root: str, document: dict[str, Any]) -> None:
    if not listing.reads(root):
        return
    found = listing.rows(root, document)
    places = [listing.names.index(name) for name in listing.whole_key]
    keys = [tuple(row[place] for place in places) for row in found]
    assert keys == sorted(set(keys))
    for row in found:
        assert row[0] == root
        for column, value in zip(listing.columns, row, strict=True):
            if column.needed or column.name in listing.whole_key:
                assert value is not None, column.name
            if value is not None:
                assert isinstance(value, PYTHON[column.type]), column.name


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ROOTS[1:]).flatmap(lambda root: st.tuples(st.just(root), own_events(root))))
def test_rows_can_be_made_of_any_record_of_its_own(one: tuple[str, list[Event]]) -> None:
    root, members = one
    document = fold(FileInput(root, frozenset({root}), (), ()), members).document
    for listing in LISTINGS.values():
        check(listing, root, document)


@settings(max_examples=100, deadline=None)
@given(any_input(), any_events(), any_event_of_the_contract())
def test_rows_can_be_made_of_any_case(file: FileInput, members: list[Event], any_one: Event) -> None:
    here = FileInput(FIR, file.identifiers | {any_one.anchor}, file.links, ())
    document = fold(here, in_order([*members, any_one])).document
    for listing in LISTINGS.values():
        check(listing, FIR, document)


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=list(LISTINGS))
def test_a_listing_names_its_own_columns_and_tells_them_in_both_languages(listing: Listing) -> None:
    names = set(listing.names)
    assert listing.columns[0].name == "root"
    assert set(listing.key) | set(listing.people) <= names
    assert {one.column for one in listing.filters} | {one.column for one in listing.reckoned} <= names
    assert {one.unless for one in listing.filters if one.unless} <= names
    assert {name for sort in listing.sorts for name in sort.columns} <= names
    titles = [
        listing.title,
        *(column.title for column in listing.columns if column.title != ("", "")),
        *(one.title for one in listing.filters),
        *(one.title for one in listing.sorts),
        *(one.title for one in listing.reckoned),
    ]
    assert all(english and hindi for english, hindi in titles)
    assert not {one.name for one in listing.reckoned} & names


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=list(LISTINGS))
def test_the_table_of_a_listing_is_what_the_declaration_says(listing: Listing) -> None:
    script = (FOLDER / f"{listing.table}.sql").read_text(encoding="utf-8")
    assert script == render(listing), "run: python -m projections.boards.ddl"
