"""A source's mapping file (TOML): who writes, which mapping reads its rows, how its files are laid out, its tables.

source  = "prison.eprisons/BR-0123"     # as envelope.source
mapping = "eprisons-inmate"             # a native mapping (connectors/mappings/table.py), or "columns"

[file]                                  # all of it may be left out
encoding = "utf-8"                      # else it is found out
delimiter = ";"
sheet = "Inmates"
header_row = 3

[columns]                               # native mapping: heading in the file -> field of the mapping
"बंदी संख्या" = "prisoner_id"

[event] and [fields]                    # mapping = "columns": see columns.py

[book]                                  # state, district; tables stations, courts, jails, codes.<name>
district = "PAT"
[book.stations]
"कोतवाली" = "PATKOT"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from connectors.filedrop.columns import Columns, MappingError
from connectors.filedrop.tables import Layout
from connectors.mappings.book import Book
from connectors.mappings.drafting import Mapped, Mapping
from connectors.mappings.fields import field_name
from connectors.mappings.table import MAPPINGS
from schemas.reasons import FaultError
from schemas.windows import source_identifier

COLUMNS: Final = "columns"
_KEYS: Final = {"source", "mapping", "file", "columns", "event", "fields", "book"}


@dataclass(frozen=True, slots=True)
class Spec:
    """A mapping file, compiled."""

    source: str
    layout: Layout
    book: Book
    rows: Mapping
    renamed: dict[str, str]

    def map(self, row: Any) -> Mapped:
        """What one row of a file comes to."""
        if self.renamed and isinstance(row, dict):
            row = {self.renamed.get(field_name(str(name)), name): value for name, value in row.items()}
        return self.rows(row, self.book)


def load(path: Path) -> Spec:
    """The mapping in a file. Raises MappingError, which says what is wrong and where."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"cannot read the mapping {path}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{path} is no TOML: {error}") from error
    try:
        return spec_of(tables)
    except MappingError as error:
        raise MappingError(f"{path}: {error}") from error


def spec_of(tables: dict[str, Any]) -> Spec:
    """The mapping of a TOML's tables. Raises MappingError."""
    if unknown := sorted(set(tables) - _KEYS):
        raise MappingError(f"{unknown[0]}: unknown; there are {', '.join(sorted(_KEYS))}")
    source, name = str(tables.get("source", "")), str(tables.get("mapping", ""))
    try:
        source_identifier(source)
    except FaultError as fault:
        raise MappingError(f"source: {fault.detail}") from fault
    renamed = {field_name(heading): str(field) for heading, field in _table(tables, "columns").items()}
    if name == COLUMNS:
        compiled = Columns(tables)
        rows, headings = compiled.rows, compiled.headings
        if renamed:
            raise MappingError("columns: only a native mapping has its columns renamed")
    elif name in MAPPINGS:
        rows, headings = MAPPINGS[name], frozenset(str(heading) for heading in _table(tables, "columns"))
        if "event" in tables or "fields" in tables:
            raise MappingError('event, fields: only for mapping = "columns"')
    else:
        raise MappingError(f"mapping: one of {COLUMNS}, {', '.join(MAPPINGS)}")
    return Spec(
        source, _layout(_table(tables, "file"), headings), _book(_table(tables, "book")), rows, renamed
    )


def _layout(file: dict[str, Any], headings: frozenset[str]) -> Layout:
    if unknown := sorted(set(file) - {"encoding", "delimiter", "sheet", "header_row"}):
        raise MappingError(f"file.{unknown[0]}: unknown; there are encoding, delimiter, sheet, header_row")
    row = file.get("header_row", 1)
    if not isinstance(row, int) or isinstance(row, bool) or row < 1:
        raise MappingError("file.header_row: a number from 1")
    delimiter = str(file.get("delimiter", ""))
    if len(delimiter) > 1:
        raise MappingError("file.delimiter: one character")
    return Layout(str(file.get("encoding", "")), delimiter, str(file.get("sheet", "")), row, headings)


def _book(tables: dict[str, Any]) -> Book:
    if unknown := sorted(set(tables) - {"state", "district", "stations", "courts", "jails", "codes"}):
        raise MappingError(f"book.{unknown[0]}: unknown")
    for name in ("stations", "courts", "jails"):
        if any(not isinstance(code, str) for code in _table(tables, name).values()):
            raise MappingError(f"book.{name}: a table of name = code")
    for name, table in _table(tables, "codes").items():
        if not isinstance(table, dict) or any(not isinstance(code, str) for code in table.values()):
            raise MappingError(f"book.codes.{name}: a table of word = code")
    return Book.of(tables)


def _table(tables: dict[str, Any], name: str) -> dict[str, Any]:
    found = tables.get(name, {})
    if not isinstance(found, dict):
        raise MappingError(f"{name}: a table is expected")
    return found
