"""The plain form of events, in and out: one JSON object a line, as `sangam publish` reads and `--json` shows.

`{"type": "court.BailGranted", "envelope": {…}, "accused": {…}, …}`. Moments and dates are ISO 8601 (a moment
without a zone is of Asia/Kolkata), enums are their symbols, bytes hexadecimal. A field left out has its
default; a field that the event does not have is refused by name, since a misspelt one would else be lost in
silence.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timezone
from functools import cache
from typing import Any, Final
from uuid import UUID

from schemas.catalogue import CATALOGUE
from schemas.event import KOLKATA
from schemas.loader import default_of, definitions
from schemas.reasons import FaultError, Reason

Record = dict[str, Any]
_In = Callable[[Any, str], Any]
_Out = Callable[[Any], Any]

_ZONE: Final = timezone(KOLKATA)
_INT: Final = {"int": 31, "long": 63}


def from_plain(line: Any) -> tuple[str, Record]:
    """The type and the complete record of an event in plain form, as parsed from JSON.

    Raises FaultError with the path of the field that is unknown, missing or of another kind. Claims and salts
    that are left to the publisher are added by `complete`.
    """
    if not isinstance(line, dict):
        raise _fault("the line", "an object")
    event = line.get("type")
    if not isinstance(event, str) or event not in CATALOGUE:
        raise FaultError(
            Reason.TYPE_UNKNOWN, "type must name an event of the catalogue, as court.BailGranted"
        )
    body = {name: value for name, value in line.items() if name != "type"}
    record: Record = _reader("sangam." + event)(body, "")
    return event, record


def to_plain(event: str, record: Record) -> dict[str, Any]:
    """The plain form of a record, ready for JSON; fields that have their default are left out."""
    return {"type": event, **_writer("sangam." + event)(record)}


def plain_value(node: Any, value: Any) -> Any:
    """One value of this Avro type from its plain form. Raises FaultError."""
    return _reader_of(node)(value, "value")


def _fault(path: str, expected: str) -> FaultError:
    return FaultError(Reason.PLAIN_INVALID, f"{path.removeprefix('.')}: expected {expected}")


@cache
def _reader(full_name: str) -> _In:
    fields = definitions()[full_name]["fields"]
    readers = {field["name"]: _reader_of(field["type"]) for field in fields}

    def read(value: Any, path: str) -> Record:
        if not isinstance(value, dict):
            raise _fault(path, "an object")
        for name in value:
            if name not in readers:
                raise FaultError(Reason.PLAIN_INVALID, f"{f'{path}.{name}'.removeprefix('.')}: no such field")
        record: Record = {}
        for field in fields:
            name = field["name"]
            if name in value:
                record[name] = readers[name](value[name], f"{path}.{name}")
            elif "default" in field:
                record[name] = default_of(field)
            else:
                raise FaultError(Reason.PLAIN_INVALID, f"{f'{path}.{name}'.removeprefix('.')}: missing")
        return record

    return read


def _reader_of(node: Any) -> _In:
    if isinstance(node, list):
        inner = _reader_of(node[1])  # every union of ours is "null, or …"
        return lambda value, path: None if value is None else inner(value, path)
    if isinstance(node, dict):
        if node["type"] == "array":
            return _array_reader(_reader_of(node["items"]))
        return _LOGICAL_IN[node["logicalType"]]
    if node in _INT:
        return _int_reader(_INT[node])
    if node in _PRIMITIVE_IN:
        return _PRIMITIVE_IN[node]
    definition = definitions()[node]
    return _enum_reader(definition["symbols"]) if definition["type"] == "enum" else _reader(node)


def _array_reader(inner: _In) -> _In:
    def read(value: Any, path: str) -> list[Any]:
        if not isinstance(value, list):
            raise _fault(path, "a list")
        return [inner(one, f"{path}[{number}]") for number, one in enumerate(value)]

    return read


def _enum_reader(symbols: list[str]) -> _In:
    def read(value: Any, path: str) -> str:
        if value not in symbols:
            raise _fault(path, "one of " + ", ".join(symbols))
        return str(value)

    return read


def _int_reader(bits: int) -> _In:
    def read(value: Any, path: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not -(2**bits) <= value < 2**bits:
            raise _fault(path, f"a whole number of {bits + 1} bits")
        return value

    return read


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str) or (not value.isascii() and _has_surrogate(value)):
        raise _fault(path, "a text")
    return value


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _boolean(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise _fault(path, "true or false")
    return value


def _bytes(value: Any, path: str) -> bytes:
    try:
        return bytes.fromhex(value)
    except (TypeError, ValueError):
        raise _fault(path, "bytes in hexadecimal") from None


def _uuid(value: Any, path: str) -> UUID:
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        raise _fault(path, "a UUID") from None


def _moment(value: Any, path: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=_ZONE)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise _fault(path, "a moment in ISO 8601, as 2025-01-31T14:05:00+05:30") from None


def _date(value: Any, path: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _fault(path, "a date in ISO 8601, as 2025-01-31") from None


_PRIMITIVE_IN: Final[dict[str, _In]] = {"string": _text, "boolean": _boolean, "bytes": _bytes}
_LOGICAL_IN: Final[dict[str, _In]] = {"uuid": _uuid, "timestamp-micros": _moment, "date": _date}


@cache
def _writer(full_name: str) -> Callable[[Record], Record]:
    fields = definitions()[full_name]["fields"]
    writers = [(field["name"], field, _writer_of(field["type"])) for field in fields]

    def write(record: Record) -> Record:
        return {
            name: writer(record[name])
            for name, field, writer in writers
            if "default" not in field or record[name] != default_of(field)
        }

    return write


def _writer_of(node: Any) -> _Out:
    if isinstance(node, list):
        inner = _writer_of(node[1])
        return lambda value: None if value is None else inner(value)
    if isinstance(node, dict):
        if node["type"] == "array":
            each = _writer_of(node["items"])
            return lambda values: [each(value) for value in values]
        return str if node["logicalType"] == "uuid" else lambda value: value.isoformat()
    if node == "bytes":
        return lambda value: value.hex()
    definition = definitions().get(node)
    return _same if definition is None or definition["type"] == "enum" else _writer(node)


def _same(value: Any) -> Any:
    return value
