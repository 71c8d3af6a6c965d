"""Half-written files wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.filedrop.watching import Look, Stable, is_ours_to_take, looks

FILE = Path("a.csv")


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a.csv", True), ("A.XLSX", True), ("a.jsonl", True), ("a.json", True), ("a.csv.part", False), ("a.tmp", False),
     (".a.csv", False), ("~$a.xlsx", False), ("a.csv.report.csv", False), ("a.csv.aside.jsonl", False),
     ("a.pdf", False)],
)  # fmt: skip
def test_only_whole_files_that_we_can_read_are_taken(name: str, taken: bool) -> None:
    assert is_ours_to_take(name) is taken


def test_a_file_that_grows_waits_until_it_has_stood_still() -> None:
    stable = Stable(5)
    assert stable.ready({FILE: Look(10, 1)}, 0) == []
    assert stable.ready({FILE: Look(20, 2)}, 4) == []
    assert stable.ready({FILE: Look(20, 2)}, 8) == []
    assert stable.waiting
    assert stable.ready({FILE: Look(20, 2)}, 9) == [FILE]
    assert not stable.waiting


def test_a_file_is_told_once_until_it_changes() -> None:
    stable = Stable(1)
    stable.ready({FILE: Look(10, 1)}, 0)
    assert stable.ready({FILE: Look(10, 1)}, 1) == [FILE]
    assert stable.ready({FILE: Look(10, 1)}, 9) == []
    assert stable.ready({FILE: Look(11, 2)}, 10) == []
    assert stable.ready({FILE: Look(11, 2)}, 11) == [FILE]


def test_an_empty_file_and_one_that_went_away_are_nobodys() -> None:
    stable = Stable(0)
    assert stable.ready({FILE: Look(0, 1)}, 0) == []
    assert stable.ready({}, 9) == []
    assert not stable.waiting


def test_a_folder_shows_its_files_and_not_our_answers(tmp_path: Path) -> None:
    for name in ("a.csv", "a.csv.report.csv", "b.csv.part"):
        (tmp_path / name).write_text("x")
    (tmp_path / "folder.csv").mkdir()
    assert [path.name for path in looks(tmp_path)] == ["a.csv"]
