"""Values as clerks write them."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.mappings import reading
from connectors.mappings.book import Book
from connectors.mappings.troubles import Trouble, UnreadableError
from tests.connectors.mappings.samples import BOOK, JSON


@pytest.mark.parametrize(
    "written",
    [
        "31-01-2025", "31/1/2025", "31.01.25", "2025-01-31", "31 Jan 2025", "31-Jan-2025", "31st January, 2025",
        "३१-०१-२०२५", "31 जनवरी 2025", "2025/01/31", "31 - 01 - 2025", "2025-01-31 00:00:00", "31-01-2025 14:05",
        date(2025, 1, 31), datetime(2025, 1, 31, 9, 30),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: Any) -> None:
    assert reading.day(written, "d") == date(2025, 1, 31)


@pytest.mark.parametrize(
    "written",
    ["31-01-2025 14:05", "31-01-2025 2:05 PM", "2025-01-31T14:05:00", "2025-01-31T08:35:00Z", "31/01/2025, 14.05",
     "31 जनवरी 2025 14:05 बजे", "2025-01-31T14:05:00.000+05:30"],
)  # fmt: skip
def test_a_moment_is_read_to_the_minute(written: str) -> None:
    assert reading.when(written, "d") == (datetime(2025, 1, 31, 8, 35, tzinfo=UTC), "MINUTE")


@pytest.mark.parametrize("written", ["", "-", "NA", "0000-00-00", None, "अज्ञात"])
def test_what_nobody_knows_is_no_date(written: Any) -> None:
    assert reading.when(written, "d") is None


@pytest.mark.parametrize(
    "written",
    [
        "31-02-2025",
        "01-31-2025",
        "2025-31-01",
        "soon",
        "12/2025",
        "31-01-0025",
        "31-01-2025 25:00",
        20250131,
        True,
    ],
)
def test_a_date_that_is_none_is_a_trouble_and_no_guess(written: Any) -> None:
    with pytest.raises(UnreadableError):
        reading.when(written, "d")


@given(JSON)
def test_any_value_is_read_or_refused(value: Any) -> None:
    for read in (reading.text, reading.number, reading.when, reading.flag, reading.day):
        with contextlib.suppress(UnreadableError):
            read(value, "f")


@given(st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)))
def test_a_day_written_in_any_agreed_way_is_that_day(moment: datetime) -> None:
    for form in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y %H:%M", "%d %B %Y"):
        assert reading.day(moment.strftime(form), "d") == moment.date()


@pytest.mark.parametrize(
    ("number", "year", "value"),
    [("123", 2025, "0123"), ("0123/2025", None, "0123"), ("123/25", 2025, "0123"), ("१२३", 2025, "0123"),
     ("FIR No. 123/2025", None, "0123"), ("0", 2025, "0000")],
)  # fmt: skip
def test_an_fir_is_told_by_station_number_and_year(number: str, year: int | None, value: str) -> None:
    assert BOOK.fir("PATKOT", number, year, "fir_no") == {"kind": "FIR", "value": f"BR-PATKOT-2025-{value}"}


def test_two_years_of_one_fir_contradict_each_other() -> None:
    with pytest.raises(UnreadableError) as fault:
        BOOK.fir("PATKOT", "123/2024", 2025, "fir_no")
    assert fault.value.trouble is Trouble.CONTRADICTION


@pytest.mark.parametrize(
    "name",
    ["Kotwali", "P.S. KOTWALI", "kotwali thana", "कोतवाली थाना", "थाना कोतवाली", "Police Station Kotwali"],
)
def test_a_station_is_known_by_its_name(name: str) -> None:
    assert BOOK.station("", name, "ps") == "PATKOT"


def test_a_stations_number_in_another_system_is_a_line_of_its_table() -> None:
    assert BOOK.station("34567012", "", "ps") == "PATKOT"


def test_a_name_that_looks_like_a_code_is_no_code() -> None:
    with pytest.raises(UnreadableError) as fault:
        Book().station("", "KOTWALI", "ps")
    assert fault.value.trouble is Trouble.STATION_UNKNOWN
