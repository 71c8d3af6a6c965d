"""Writes Avro bodies with our own schemas: the publisher's hot path, the counterpart of reader.py.

For each event type a function is generated from its `.avsc` files. It writes what fastavro writes, in a third
of the time (fastavro tries each branch of a union by validating it), for records that are complete and fit;
any other makes it raise, and then fastavro says what is wrong. A property test holds the two to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

from schemas.loader import NAMESPACE, definitions

# (complete record, what the body is appended to). Raises OverflowError for a number beyond its type, and some other
# exception where the record does not fit.
Writer = Callable[[dict[str, Any], bytearray], None]

_DAY_ZERO: Final = date(1970, 1, 1).toordinal()


@cache
def writer_of(event: str) -> Writer:
    """The writer of an event type's bodies."""
    source = _Source()
    source.line("def write(r, o):")
    source.depth += 1
    source.line("put = o.append")
    source.value(NAMESPACE + event, "r")
    names: dict[str, Any] = {
        "number": _number, "EPOCH": datetime(1970, 1, 1, tzinfo=UTC), "MICROSECOND": timedelta(microseconds=1),
        **source.symbols,
    }  # fmt: skip
    exec(compile("\n".join(source.lines), f"<writer of {event}>", "exec"), names)  # noqa: S102 - of our own schemas
    write: Writer = names["write"]
    return write


def _number(o: bytearray, value: int, bits: int) -> None:
    """A number in Avro's variable length, after zigzag."""
    if not -(1 << (bits - 1)) <= value < 1 << (bits - 1):
        raise OverflowError("a number beyond its type")
    value = (value << 1) ^ (value >> 63)
    while value > 127:
        o.append(value & 0x7F | 0x80)
        value >>= 7
    o.append(value)


class _Source:
    """The text of a generated function."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.symbols: dict[str, Any] = {}
        self.depth = 0
        self._names = 0

    def line(self, *lines: str) -> None:
        self.lines += ["    " * self.depth + line for line in lines]

    def value(self, node: Any, expression: str) -> None:
        """Writes the lines that write the value of an expression."""
        if isinstance(node, list):
            self._optional(node[1], expression)
        elif isinstance(node, dict):
            if node["type"] == "array":
                self._array(node["items"], expression)
            else:
                self._logical(node, expression)
        elif node == "bytes":
            self._text(expression)
        elif node == "string":
            name = self._name()
            self.line(f"{name} = {expression}", f"if {name} == '': put(0)", "else:")
            self.depth += 1
            self._text(f"{name}.encode()")
            self.depth -= 1
        elif node in ("int", "long"):
            self._integer(expression, 32 if node == "int" else 64)
        elif node == "boolean":
            self.line(f"put({{True: 1, False: 0}}[{expression}])")
        else:
            definition = definitions()[node]
            if definition["type"] == "enum":
                name = definition["name"]
                self.symbols[name] = {
                    symbol: place << 1 for place, symbol in enumerate(definition["symbols"])
                }
                self.line(f"put({name}[{expression}])")
            else:
                self._record(definition, expression)

    def _name(self) -> str:
        self._names += 1
        return f"v{self._names}"

    def _text(self, encoded: str) -> None:
        self.line(
            f"b = {encoded}", "n = len(b)", "if n < 64: put(n << 1)", "else: number(o, n, 64)", "o += b"
        )

    def _integer(self, expression: str, bits: int) -> None:
        name = self._name()
        self.line(f"{name} = {expression}", f"if 0 <= {name} < 64: put({name} << 1)")
        self.line(f"else: number(o, {name}, {bits})")

    def _logical(self, node: dict[str, Any], expression: str) -> None:
        if node["logicalType"] == "uuid":
            self._text(f"str({expression}).encode()")
        elif node["logicalType"] == "date":
            self._integer(f"{expression}.toordinal() - {_DAY_ZERO}", 32)
        else:
            self._integer(f"({expression} - EPOCH) // MICROSECOND", 64)

    def _record(self, definition: dict[str, Any], expression: str) -> None:
        name, fields = self._name(), definition["fields"]
        self.line(f"{name} = {expression}")
        # One field too many is as wrong as one too few.
        self.line(f"if len({name}) != {len(fields)}: raise KeyError('fields')")
        for field in fields:
            self.value(field["type"], f"{name}[{field['name']!r}]")

    def _optional(self, branch: Any, expression: str) -> None:
        name = self._name()
        self.line(f"{name} = {expression}", f"if {name} is None: put(0)", "else:")
        self.depth += 1
        self.line("put(2)")
        self.value(branch, name)
        self.depth -= 1

    def _array(self, items: Any, expression: str) -> None:
        name, each = self._name(), self._name()
        self.line(f"{name} = {expression}", f"if {name}:")
        self.depth += 1
        self.line(f"number(o, len({name}), 64)", f"for {each} in {name}:")
        self.depth += 1
        self.value(items, each)
        self.depth -= 2
        self.line("put(0)")
