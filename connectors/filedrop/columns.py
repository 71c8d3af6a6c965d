"""A mapping as data: which column is which field of which event. Compiled from TOML, once; what it names must exist.

[event]
type = "forensics.ReportIssued"
id = ["Lab No"]                            # the columns that name the row
occurred_at = "Report Date"                # or {column = "Date", time = "Time"}
anchor = {kind = "FSL_NO", column = "Lab No"}
claims = [{kind = "FIR", station = "Thana", number = "Case No", year = "Year"}]

[fields]
report_number = "Report No"                # a column, read as the field's type asks
laboratory = {value = "FSLPAT"}            # the same for every row
opinion = {column = "Result", codes = "opinion"}    # through the table [book.codes.opinion]
sections = {act = "Act", sections = "Sections"}
examiner = {kind = {value = "EXAMINER"}, code = "Officer"}   # a record, field by field
accused = {code = "Accused", name = "Name", father_name = "Father"}   # an accused of the anchor
cases = [{identifier = {kind = "FIR", …}}]                   # a list, item by item
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from connectors.mappings import persons
from connectors.mappings.book import Book
from connectors.mappings.drafting import Draft, Identifier, Record, mapping
from connectors.mappings.drafting import Mapping as MappingOfRows
from connectors.mappings.fields import Fields, field_name
from connectors.mappings.reading import When, joined
from connectors.mappings.sections import of_children, sections_of
from connectors.mappings.troubles import Trouble, UnreadableError
from ops.base.errors import UserError
from schemas.accused import CIS_PARTY, SCOPES
from schemas.catalogue import CATALOGUE
from schemas.identifiers import KINDS
from schemas.loader import definitions
from schemas.plain import plain_value
from schemas.reasons import FaultError

_IDENTIFIER: Final = "sangam.common.Identifier"
_SECTION: Final = "sangam.common.Section"
_ACCUSED: Final = "sangam.common.Accused"
_PERSON: Final = "sangam.common.PersonDescription"


class MappingError(UserError):
    """A mapping's TOML does not say what it should; the text names the place."""


class Line:
    """One row while it is read: its cells, the draft, the book, and its anchor once that is known."""

    def __init__(self, draft: Draft, cells: Fields, book: Book, anchor: Identifier) -> None:
        self.draft = draft
        self.cells = cells
        self.book = book
        self.anchor = anchor


_Read = Callable[[Line], Any]


class Columns:
    """The compiled mapping: `rows` maps one row, `headings` are the columns that it needs."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        """`tables` are the TOML's `event` and `fields`. Raises MappingError."""
        self._headings: dict[str, str] = {}
        event = _table(tables, "event")
        _only(event, {"type", "id", "occurred_at", "anchor", "claims", "sensitivity"}, "event")
        self._type = str(event.get("type", ""))
        if self._type not in CATALOGUE:
            raise MappingError(f"event.type: {self._type!r} is no event of the catalogue (docs/events.md)")
        self._id = [self._column(name, "event.id") for name in _names(event.get("id"), "event.id")]
        self._when = self._moment(event.get("occurred_at"))
        self._anchor = self._identifier(_table(event, "anchor"), "event.anchor")
        self._claims = [self._identifier(claim, "event.claims") for claim in event.get("claims", [])]
        self._sensitivity = str(event.get("sensitivity", "NORMAL"))
        if self._sensitivity not in definitions()["sangam.common.Sensitivity"]["symbols"]:
            raise MappingError(f"event.sensitivity: {self._sensitivity!r} is none")
        fields = {
            f["name"]: f for f in definitions()["sangam." + self._type]["fields"] if f["name"] != "envelope"
        }
        self._fields: dict[str, _Read] = {}
        for name, spec in _table(tables, "fields").items():
            if name not in fields:
                raise MappingError(f"fields.{name}: {self._type} has {', '.join(fields)}")
            self._fields[name] = self._reader(fields[name]["type"], spec, f"fields.{name}")
        self.headings = frozenset(self._headings.values())
        self.rows: MappingOfRows = mapping(self._row)

    def _row(self, draft: Draft, row: Any, book: Book) -> None:
        cells = Fields(row)
        draft.scope = "ROW:" + "/".join(cells.needed(name) for name in self._id)
        line = Line(draft, cells, book, {})
        when: When | None = self._when(line)
        if when is None:
            raise UnreadableError(Trouble.FIELD_MISSING, "occurred_at")
        anchor = self._anchor(line)
        if anchor is None:
            raise UnreadableError(Trouble.FIELD_MISSING, "anchor")
        line.anchor = anchor
        claims = []
        for place, read in enumerate(self._claims):
            with draft.part(f"claim/{place + 1}", row):
                claim = read(line)
                if claim is not None:
                    claims.append(claim)
        body = {name: value for name, read in self._fields.items() if (value := read(line)) is not None}
        sections: list[Record] = body.get("sections") or []
        sensitivity = "CHILD_VICTIM" if of_children(sections) else self._sensitivity
        draft.add("row", self._type, anchor, when, body, claims=claims, sensitivity=sensitivity)

    # Readers of values.

    def _reader(self, node: Any, spec: Any, path: str) -> _Read:
        """How a value of this Avro type is read, as the specification says. Raises MappingError."""
        if isinstance(node, list):
            return self._reader(node[1], spec, path)
        if isinstance(spec, dict) and "value" in spec:
            return self._constant(node, spec, path)
        if isinstance(node, dict) and node["type"] == "array":
            return self._list(node["items"], spec, path)
        if isinstance(node, str) and definitions().get(node, {}).get("type") == "record":
            return self._record(node, _as_table(spec, path), path)
        table = spec if isinstance(spec, dict) else {"column": spec}
        _only(table, {"column", "codes"}, path)
        name = self._column(table.get("column"), path)
        if "codes" in table:
            codes = str(table["codes"])
            return lambda line: _coded(line, codes, name)
        return _scalar(node, name)

    def _constant(self, node: Any, spec: dict[str, Any], path: str) -> _Read:
        _only(spec, {"value"}, path)
        try:
            value = plain_value(node, spec["value"])
        except FaultError as fault:
            raise MappingError(f"{path}.value: {fault.detail}") from fault
        return lambda _: value

    def _list(self, items: Any, spec: Any, path: str) -> _Read:
        if items == _SECTION:
            return self._sections(spec, path)
        if items == "string":
            name = self._column(spec, path)
            return lambda line: [part.strip() for part in line.cells.text(name).split(",") if part.strip()]
        if not isinstance(spec, list):
            raise MappingError(f"{path}: a list of tables is expected, one for each item")
        readers = [self._reader(items, one, f"{path}[{place}]") for place, one in enumerate(spec)]
        return lambda line: [value for read in readers if (value := read(line)) is not None]

    def _record(self, node: str, spec: dict[str, Any], path: str) -> _Read:
        if node == _IDENTIFIER:
            return self._identifier(spec, path)
        if node == _ACCUSED:
            return self._accused(spec, path)
        if node == _PERSON:
            columns = {name: self._column(column, f"{path}.{name}") for name, column in spec.items()}
            return lambda line: persons.person(_renamed(line, columns))
        fields = {field["name"]: field for field in definitions()[node]["fields"]}
        readers: dict[str, _Read] = {}
        for name, one in spec.items():
            if name not in fields:
                raise MappingError(f"{path}.{name}: there are {', '.join(fields)}")
            readers[name] = self._reader(fields[name]["type"], one, f"{path}.{name}")
        needed = [name for name, field in fields.items() if "default" not in field]
        if missing := sorted(set(needed) - set(readers)):
            raise MappingError(f"{path}: {', '.join(missing)} must be given")
        if node == "sangam.common.Office":
            needed = ["code"]

        def read(line: Line) -> Record | None:
            record = {name: value for name, one in readers.items() if (value := one(line)) is not None}
            return None if any(not record.get(name) for name in needed) else record

        return read

    def _accused(self, spec: dict[str, Any], path: str) -> _Read:
        if "code" not in spec:
            raise MappingError(f"{path}.code: the column with the accused's code must be given")
        columns = {
            "accused_code" if name == "code" else name: self._column(column, f"{path}.{name}")
            for name, column in spec.items()
        }

        def read(line: Line) -> Record:
            scheme = next((s for s, kinds in SCOPES.items() if line.anchor["kind"] in kinds), CIS_PARTY)
            return persons.accused(_renamed(line, columns), line.anchor, scheme)

        return read

    def _identifier(self, spec: dict[str, Any], path: str) -> _Read:
        kind = spec.get("kind")
        if kind not in KINDS:
            raise MappingError(f"{path}.kind: one of {', '.join(KINDS)}")
        if "column" in spec:
            _only(spec, {"kind", "column"}, path)
            name = self._column(spec["column"], f"{path}.column")
            return lambda line: (
                line.book.identifier(kind, written, name) if (written := line.cells.text(name)) else None
            )
        if "value" in spec:
            _only(spec, {"kind", "value"}, path)
            fixed = str(spec["value"])
            return lambda line: line.book.identifier(kind, fixed, path)
        _only(spec, {"kind", "station", "number", "year"}, path)
        station, number = (self._column(spec.get(part), f"{path}.{part}") for part in ("station", "number"))
        year = self._column(spec["year"], f"{path}.year") if "year" in spec else None

        def read(line: Line) -> Identifier | None:
            cells = line.cells
            if not cells.text(number):
                return None
            place = line.book.station("", cells.text(station), station)
            return line.book.fir(
                place, cells.text(number), cells.number(year) if year else None, number, kind
            )

        return read

    def _sections(self, spec: Any, path: str) -> _Read:
        table = spec if isinstance(spec, dict) else {"sections": spec}
        _only(table, {"act", "sections"}, path)
        sections = self._column(table.get("sections"), f"{path}.sections")
        act = self._column(table["act"], f"{path}.act") if "act" in table else None

        def read(line: Line) -> list[Record]:
            written = line.cells.text(sections)
            return (
                sections_of(line.draft, [(line.cells.text(act) if act else "", written)]) if written else []
            )

        return read

    def _moment(self, spec: Any) -> Callable[[Line], When | None]:
        table = spec if isinstance(spec, dict) else {"column": spec}
        _only(table, {"column", "time"}, "event.occurred_at")
        name = self._column(table.get("column"), "event.occurred_at")
        if "time" not in table:
            return lambda line: line.cells.when(name)
        time = self._column(table["time"], "event.occurred_at.time")
        return lambda line: joined(line.cells.value(name), line.cells.value(time), name)

    def _column(self, heading: Any, path: str) -> str:
        """The name of a column as rows are asked for it; it is noted that the file must have it."""
        if not isinstance(heading, str) or not field_name(heading):
            raise MappingError(f"{path}: the heading of a column is expected, as a text")
        self._headings[field_name(heading)] = heading
        return field_name(heading)


def _scalar(node: Any, name: str) -> _Read:
    if isinstance(node, dict):
        return (
            (lambda line: line.cells.day(name))
            if node["logicalType"] == "date"
            else (lambda line: line.cells.moment(name))
        )
    if node in ("int", "long"):
        return lambda line: line.cells.number(name)
    if node == "boolean":
        return lambda line: line.cells.flag(name)
    if node in definitions():  # an enum
        symbols = {symbol.casefold().replace("_", " "): symbol for symbol in definitions()[node]["symbols"]}
        default = definitions()[node]["default"]
        return lambda line: (
            line.book.code(name, written, symbols, name) if (written := line.cells.text(name)) else default
        )
    return lambda line: line.cells.text(name)


def _coded(line: Line, table: str, name: str) -> Any:
    return line.book.code(table, line.cells.text(name), {}, name)


def _renamed(line: Line, columns: dict[str, str]) -> Fields:
    return Fields({name: line.cells.value(column) for name, column in columns.items()})


def _table(tables: Mapping[str, Any], name: str) -> dict[str, Any]:
    return _as_table(tables.get(name, {}), name)


def _as_table(found: Any, path: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise MappingError(f"{path}: a table is expected")
    return found


def _names(found: Any, path: str) -> list[str]:
    names = found if isinstance(found, list) else [found]
    if not found or not names:
        raise MappingError(f"{path}: name the columns that tell one row from another")
    return names


def _only(table: dict[str, Any], known: set[str], path: str) -> None:
    if unknown := sorted(set(table) - known):
        raise MappingError(f"{path}.{unknown[0]}: unknown; there are {', '.join(sorted(known))}")
