"""Writes `events.py`: one TypedDict per record and one Literal per enum of the `.avsc` files.

`python -m schemas.generate` writes it; a test fails when it is stale. mypy then sees every field of every
event, and a decoded event costs nothing more than the dictionary that it is.
"""

from __future__ import annotations

import keyword
from pathlib import Path
from typing import Any

from schemas.loader import definitions

TARGET = Path(__file__).with_name("events.py")
LINE = 110
LOGICAL = {"uuid": "UUID", "timestamp-micros": "datetime", "date": "date"}
PRIMITIVE = {
    "null": "None",
    "boolean": "bool",
    "int": "int",
    "long": "int",
    "bytes": "bytes",
    "string": "str",
}
HEAD = '''"""Types of the events and their records. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypedDict
from uuid import UUID
'''


def render() -> str:
    """The text of `events.py` for the `.avsc` files as they are; ValueError where two share a name."""
    enums: list[str] = []
    records: list[str] = []
    names: set[str] = set()
    for definition in definitions().values():
        name = definition["name"]
        if name in names:
            raise ValueError(f"two types are called {name}: names are unique over all departments")
        names.add(name)
        if definition["type"] == "enum":
            enums.append(_literal(name, definition["symbols"]))
        else:
            records.append(_typed_dict(definition))
    return "\n".join([HEAD, *enums, "", *records])


def _literal(name: str, symbols: list[str]) -> str:
    line = f"{name} = Literal[{', '.join(_quoted(symbol) for symbol in symbols)}]"
    if len(line) <= LINE:
        return line
    return f"{name} = Literal[\n" + "".join(f"    {_quoted(symbol)},\n" for symbol in symbols) + "]"


def _typed_dict(definition: dict[str, Any]) -> str:
    lines = [f"\nclass {definition['name']}(TypedDict):"]
    for field in definition["fields"]:
        if keyword.iskeyword(field["name"]):
            raise ValueError(f"{definition['name']}.{field['name']} is a word of Python")
        lines.append(f"    {field['name']}: {_annotation(field['type'])}")
    return "\n".join(lines) + "\n"


def _annotation(node: Any) -> str:
    if isinstance(node, list):
        named = [_annotation(branch) for branch in node if branch != "null"]
        return " | ".join([*named, "None"] if "null" in node else named)
    if isinstance(node, str):
        return PRIMITIVE.get(node) or node.rpartition(".")[2]
    if node["type"] == "array":
        return f"list[{_annotation(node['items'])}]"
    return LOGICAL[node["logicalType"]]


def _quoted(symbol: str) -> str:
    return f'"{symbol}"'


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
