"""Mappings as data: what is wrong in one is said by its place."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from typing import Any

import pytest

from connectors.filedrop.columns import MappingError
from connectors.filedrop.spec import load, spec_of
from connectors.mappings.troubles import Trouble
from tests.connectors.filedrop.office import EXAMPLES

REMAND = """
source = "court.register/BRPA01"
mapping = "columns"
[event]
type = "court.RemandOrdered"
id = ["CNR", "Accused", "Date"]
occurred_at = {column = "Date", time = "Time"}
anchor = {kind = "CNR", column = "CNR"}
claims = [{kind = "FIR", station = "PS", number = "FIR", year = "Year"}, {kind = "PID", column = "PID"}]
[fields]
accused = {code = "Accused", name = "Name", father_name = "Father", age = "Age"}
judge = {kind = {value = "JUDGE"}, code = "Bench"}
custody_kind = "Custody"
by = {column = "Court", codes = "authority"}
from_date = "From"
until_trial_ends = "Till end"
sections = {act = "Act", sections = "Sections"}
[book.stations]
"Kotwali" = "PATKOT"
[book.codes.authority]
"CJM" = "JUDICIAL_MAGISTRATE"
"""
ROW = {
    "CNR": "BRPA010001232025", "Accused": "2", "Date": "31-01-2025", "Time": "3:15 pm", "PS": "kotwali", "FIR": "12",
    "Year": "2025", "PID": "BR-0123-45678", "Name": "मोहन", "Father": "शिव", "Age": "34", "Bench": "BRPA01-CJM",
    "Custody": "Judicial", "Court": "cjm", "From": "31-01-2025", "Till end": "", "Act": "IPC", "Sections": "302, 34",
}  # fmt: skip


def tables(text: str = REMAND) -> dict[str, Any]:
    return tomllib.loads(text)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_examples_are_sound(path: Any) -> None:
    assert load(path).source


def test_a_row_becomes_the_event_that_the_mapping_describes() -> None:
    (row,) = spec_of(tables()).map(ROW).rows
    record = row.record
    assert row.type == "court.RemandOrdered"
    assert record["envelope"]["occurred_at"] == datetime(2025, 1, 31, 9, 45, tzinfo=UTC)
    assert record["envelope"]["claims"] == [
        {"kind": "FIR", "value": "BR-PATKOT-2025-0012"}, {"kind": "PID", "value": "BR-0123-45678"},
    ]  # fmt: skip
    assert record["accused"]["ref"] == {"scheme": "CIS_PARTY", "scope": "CNR:BRPA010001232025", "code": "2"}
    assert (record["accused"]["person"]["name_native"], record["accused"]["person"]["age_stated"]) == (
        "मोहन",
        34,
    )
    assert record["judge"] == {"kind": "JUDGE", "code": "BRPA01-CJM"}
    assert (record["custody_kind"], record["by"], record["from_date"]) == (
        "JUDICIAL", "JUDICIAL_MAGISTRATE", date(2025, 1, 31),
    )  # fmt: skip
    assert "until_trial_ends" not in record
    assert [s["section"] for s in record["sections"]] == ["302", "34"]


def test_a_claim_that_cannot_be_read_is_set_aside_and_the_event_goes_on() -> None:
    found = spec_of(tables()).map({**ROW, "PS": "Nowhere"})
    assert [(part.key, part.trouble) for part in found.quarantined] == [("claim/1", Trouble.STATION_UNKNOWN)]
    assert found.rows[0].record["envelope"]["claims"] == [{"kind": "PID", "value": "BR-0123-45678"}]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('mapping = "columns"', 'mapping = "colums"', "mapping"),
        ("court.register/BRPA01", "court register", "source"),
        ("court.RemandOrdered", "court.Remanded", "event.type"),
        ('from_date = "From"', 'form_date = "From"', "fields.form_date"),
        ('from_date = "From"', "from_date = 3", "fields.from_date"),
        ('kind = "CNR", column', 'kind = "CRN", column', "event.anchor.kind"),
        ('id = ["CNR", "Accused", "Date"]', "id = []", "event.id"),
        ('code = "Bench"', 'post = "Bench"', "fields.judge.post"),
        ('{value = "JUDGE"}', "{value = 7}", "fields.judge.kind.value"),
        ('code = "Accused", name', "name", "fields.accused.code"),
        ("[book.stations]", "[book.statons]", "book.statons"),
        ("[event]", "[evnt]", "evnt"),
        ('codes = "authority"', 'table = "authority"', "fields.by.table"),
    ],
)
def test_a_mistake_in_a_mapping_is_named_by_its_place(old: str, new: str, place: str) -> None:
    assert old in REMAND
    with pytest.raises(MappingError, match=rf"^{place}\b"):
        spec_of(tables(REMAND.replace(old, new)))
