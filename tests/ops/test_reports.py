"""`sangam report` on a real database: now, as known then, and into a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ops.base.errors import UserError
from tests.ops.test_reading import FIR, Sangam, sangam

__all__ = ["sangam"]

pytestmark = pytest.mark.stack


def asked(sangam: Sangam, *words: str) -> Any:
    found = sangam("report", *words, "--json")
    assert found.exception is None, found.exception
    return json.loads(found.stdout)


def test_a_past_month_is_told_as_it_is_known_now_and_as_it_was_known_then(sangam: Sangam) -> None:
    now = asked(sangam, "prosecution", "--month", "2025-01", "--list", "firs")
    assert now["total"]["firs"] == 5
    assert {row["district"]: row["figures"]["firs"] for row in now["rows"]} == {"PAT": 1, None: 4}
    assert [item["case"] for item in now["rows"][0]["list"]] == [f"FIR:{FIR}"]
    # The log took everything in on 20 February 2025.
    late = asked(sangam, "prosecution", "--month", "2025-01", "--as-known", "20-02-2025", "--list", "firs")
    assert late["rows"] == now["rows"]
    early = asked(sangam, "prosecution", "--month", "01-2025", "--as-known", "05-02-2025")
    assert early["rows"] == []


def test_what_happened_after_the_month_does_not_change_it(sangam: Sangam) -> None:
    january = asked(sangam, "s479", "--month", "2025-01")
    assert all(row["jail"] for row in january["rows"])
    later = asked(sangam, "s479", "--month", "2026-06", "--list", "not_known_third")
    assert {item["case"] for row in later["rows"] for item in row["list"]} >= {f"FIR:{FIR}"}
    assert later["total"]["not_known_third"] == sum(len(row["list"]) for row in later["rows"])


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "html"])
def test_a_report_is_written_into_a_file(sangam: Sangam, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"review.{suffix}"
    found = sangam("report", "prosecution", "--month", "2025-01", "--out", str(target))
    assert found.exception is None, found.exception
    if suffix == "xlsx":
        figures, cases = load_workbook(target).worksheets
        assert figures.max_row == 1 + 2 + 1
        assert cases.max_row > 5
    else:
        assert "FIRs registered / दर्ज प्राथमिकी" in target.read_text(encoding="utf-8-sig")


def test_on_a_terminal_the_figures_are_told_with_the_name_of_each_list(sangam: Sangam) -> None:
    told = sangam("report", "prosecution", "--month", "2025-01", "--lang", "hi").stdout
    assert "दर्ज प्राथमिकी" in told
    assert "firs" in told
    assert FIR in sangam("report", "prosecution", "--month", "2025-01", "--list", "firs").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("census", "--month", "2025-01"), "the reports are s479, prosecution"),
        (("s479", "--month", "January"), "write 2026-10"),
        (("s479", "--month", "2999-01"), "has begun"),
        (("s479", "--month", "2025-01", "--list", "firs"), "one of first_third"),
        (("s479", "--month", "2025-01", "--out", "a.pdf"), ".csv, .xlsx, .html"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_to_write(
    sangam: Sangam, words: tuple[str, ...], told: str
) -> None:
    error = sangam("report", *words).exception
    assert isinstance(error, UserError)
    assert told in str(error)
