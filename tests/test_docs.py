"""The documentation keeps up with the code: what it names is there, and its links lead somewhere.

That docs/identifiers.md is what the table says is tested in tests/schemas/test_identifiers.py.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
_PATH = re.compile(r"`((?:schemas|connectors|projections|streams|ops|tests|docs)/[\w./-]*)`")
#: What the pages teach to add: not there yet.
_EXERCISE = re.compile(r"[rR]eturned")
_TABLE_LINE = re.compile(r"^\|(?! when \||---)", re.MULTILINE)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def names_in(path: Path) -> frozenset[str]:
    source = path.read_text(encoding="utf-8") if path.is_file() else ""
    return frozenset(re.findall(r"^(?:async )?def (test_\w+)\(", source, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_exists(page: Path) -> None:
    named = _TEST.findall(text_of(page))
    assert [f"{path}::{name}" for path, name in named if name not in names_in(ROOT / path)] == []


def test_each_line_on_what_happens_when_is_proven() -> None:
    page = text_of(ROOT / "docs" / "failure-semantics.md")
    lines = len(_TABLE_LINE.findall(page))
    assert lines > 30
    assert len(_TEST.findall(page)) == lines


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    text = text_of(page)
    named = {target: page.parent / target for target in _LINK.findall(text)}
    named |= {path: ROOT / path for path in _PATH.findall(text) if not _EXERCISE.search(path)}
    assert sorted(name for name, path in named.items() if not path.exists()) == []
