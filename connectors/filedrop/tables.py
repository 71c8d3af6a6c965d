"""Rows of a file, one after the other, whatever kind it is: with its line, and as it stands if it is no row.

Nothing is skipped but blank lines: a line that is no JSON, or has more cells than there are headings, comes out with
a fault, as it was written.
"""

from __future__ import annotations

import csv
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import openpyxl
import orjson
from openpyxl.utils.exceptions import InvalidFileException

from connectors.filedrop.encodings import Encoding, encoding_of
from connectors.mappings.fields import field_name
from connectors.mappings.troubles import Trouble
from ops.base.errors import UserError

Row = dict[str, Any]

KINDS: Final = (".csv", ".tsv", ".xlsx", ".jsonl", ".json")
_DELIMITERS: Final = (",", ";", "\t", "|")
#: A quotation mark that nobody closed swallows the lines that follow: no cell has so many.
_MOST_LINES: Final = 60


class FileError(UserError):
    """The file as a whole cannot be read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a source's files are laid out; "" and 0 are found out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    headings: frozenset[str] = frozenset()
    """Names of columns without which a table cannot be read."""


class Line(NamedTuple):
    """One row: its line in the file, its cells by heading; or what stood there, and why it is no row."""

    number: int
    row: Any
    fault: Trouble | None = None


def rows_of(path: Path, layout: Layout) -> tuple[Encoding, Iterator[Line]]:
    """The encoding and the rows. Raises FileError or EncodingError, also from the iterator."""
    kind = path.suffix.casefold()
    if kind not in KINDS:
        raise FileError(f"{path.name}: files are {', '.join(KINDS)}; save it as one of these")
    if kind == ".xlsx":
        return Encoding(""), _workbook(path, layout)
    encoding = encoding_of(path, layout.encoding)
    if kind == ".jsonl":
        return encoding, _json_lines(path, encoding)
    if kind == ".json":
        return encoding, _json(path, encoding)
    return encoding, _csv(path, encoding, layout)


def _csv(path: Path, encoding: Encoding, layout: Layout) -> Iterator[Line]:
    with path.open(encoding=encoding.codec, newline="") as file:
        source = _Lines(file)
        for _ in range(layout.header_row - 1):
            next(source, "")
        first = next(source, "")
        delimiter = layout.delimiter or ("\t" if path.suffix.casefold() == ".tsv" else _delimiter(first))
        headings = next(csv.reader([first], delimiter=delimiter), [])
        _check(path, headings, layout)
        source.taken.clear()
        reader = csv.reader(source, delimiter=delimiter, strict=True)
        while True:
            begun = source.number
            cells: list[str] | None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            taken, source.taken = source.taken, []
            if cells is None or len(taken) > _MOST_LINES:
                # The first line is at fault; those that its quotation mark swallowed are read anew.
                yield Line(begun + 1, taken[0].rstrip("\r\n"), Trouble.SHAPE_UNKNOWN)
                source.give_back(taken[1:])
                reader = csv.reader(source, delimiter=delimiter, strict=True)
            elif any(cell.strip() for cell in cells):
                yield _line(begun + 1, headings, cells)


def _line(number: int, headings: list[str], cells: list[Any]) -> Line:
    if len(cells) > len(headings) and any(cell not in ("", None) for cell in cells[len(headings) :]):
        return Line(number, [_plain(cell) for cell in cells], Trouble.SHAPE_UNKNOWN)
    return Line(number, {h: cell for h, cell in zip(headings, cells, strict=False) if h.strip()})


def _plain(cell: Any) -> Any:
    return cell if isinstance(cell, str | int | float | bool) or cell is None else str(cell)


def _workbook(path: Path, layout: Layout) -> Iterator[Line]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise FileError(
            f"{path.name} is no workbook that can be read: open it in Excel and save it as .xlsx"
        ) from error
    try:
        if layout.sheet and layout.sheet not in book.sheetnames:
            raise FileError(
                f"{path.name} has no sheet named {layout.sheet!r}; it has {', '.join(book.sheetnames)}"
            )
        sheet = book[layout.sheet] if layout.sheet else book.worksheets[0]
        headings: list[str] = []
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number < layout.header_row:
                continue
            if number == layout.header_row:
                headings = ["" if cell is None else str(cell) for cell in cells]
                _check(path, headings, layout)
            elif any(cell not in ("", None) for cell in cells):
                yield _line(number, headings, list(cells))
        if not headings:
            raise FileError(f"{path.name}: there is no row {layout.header_row} with headings")
    finally:
        book.close()


def _json_lines(path: Path, encoding: Encoding) -> Iterator[Line]:
    with path.open(encoding=encoding.codec, newline="\n") as file:
        for number, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                yield Line(number, orjson.loads(text))
            except orjson.JSONDecodeError:
                yield Line(number, text.rstrip("\r\n"), Trouble.SHAPE_UNKNOWN)


def _json(path: Path, encoding: Encoding) -> Iterator[Line]:
    """One document, or a list of them; a line is its place in the list."""
    text = path.read_text(encoding=encoding.codec)
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise FileError(f"{path.name} is no JSON: {error.msg} in line {error.lineno}") from error
    for number, row in enumerate(found if isinstance(found, list) else [found], start=1):
        yield Line(number, row)


def _check(path: Path, headings: Iterable[str], layout: Layout) -> None:
    there = {field_name(heading) for heading in headings}
    missing = sorted(heading for heading in layout.headings if field_name(heading) not in there)
    if missing:
        raise FileError(
            f"{path.name} lacks the column {', '.join(repr(heading) for heading in missing)}: compare its headings with"
            f" the mapping / फ़ाइल में यह स्तंभ नहीं है; शीर्षक मैपिंग से मिलाएँ"
        )


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


class _Lines:
    """Lines of a file with their number; some of them may be given back, to be read again."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._file)
        self.number += 1
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        """The last lines that were taken come again."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)
