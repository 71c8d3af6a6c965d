"""Writes `events/`: one TypedDict per record and one Literal per enum of the `.avsc` files, a module a department.

`python -m schemas.generate` writes them; a test fails when they are stale. mypy then sees every field of every
event, and a decoded event costs nothing more than the dictionary that it is.
"""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from typing import Any

from schemas.loader import NAMESPACE, definitions

TARGET = Path(__file__).with_name("events")
SHARED = "common"
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
HEAD = '''"""Types of the events and records in `schemas/{department}/`. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

from __future__ import annotations

'''
FRONT = '''"""Types of the events and their records, of all departments. Generated from the `.avsc` files: do not edit.

Write it anew with `python -m schemas.generate`. A field's meaning is its `doc` in the `.avsc` file.
"""

'''


def render() -> dict[str, str]:
    """File name -> text, for the `.avsc` files as they are; ValueError where two types share a name."""
    of_department: dict[str, list[dict[str, Any]]] = {}
    names: set[str] = set()
    for full, definition in definitions().items():
        name = definition["name"]
        if name in names:
            raise ValueError(f"two types are called {name}: names are unique over all departments")
        names.add(name)
        of_department.setdefault(full.split(".")[1], []).append(definition)
    stars = [
        f"from schemas.events.{department} import *  # noqa: F403" for department in sorted(of_department)
    ]
    modules = {f"{department}.py": _module(department, found) for department, found in of_department.items()}
    return {"__init__.py": FRONT + "\n".join(stars) + "\n", **modules}


def _module(department: str, found: list[dict[str, Any]]) -> str:
    enums = [_literal(one["name"], one["symbols"]) for one in found if one["type"] == "enum"]
    records = [_typed_dict(one, department) for one in found if one["type"] == "record"]
    text = "\n".join(["", *enums, "", *records] if enums else ["", *records])
    return HEAD.format(department=department) + _imports(text) + text


def _imports(text: str) -> str:
    moments = [name for name in ("date", "datetime") if re.search(rf": {name}\b", text)]
    typing = [name for name in ("Literal", "TypedDict") if name in text]
    lines = [f"from datetime import {', '.join(moments)}"] if moments else []
    lines.append(f"from typing import {', '.join(typing)}")
    lines += ["from uuid import UUID"] if re.search(r": UUID\b", text) else []
    lines += ["", f"from schemas.events import {SHARED}"] if f"{SHARED}." in text else []
    return "\n".join(lines) + "\n"


def _literal(name: str, symbols: list[str]) -> str:
    line = f"{name} = Literal[{', '.join(_quoted(symbol) for symbol in symbols)}]"
    if len(line) <= LINE:
        return line
    return f"{name} = Literal[\n" + "".join(f"    {_quoted(symbol)},\n" for symbol in symbols) + "]"


def _typed_dict(definition: dict[str, Any], department: str) -> str:
    lines = [f"\nclass {definition['name']}(TypedDict):"]
    for field in definition["fields"]:
        if keyword.iskeyword(field["name"]):
            raise ValueError(f"{definition['name']}.{field['name']} is a word of Python")
        lines.append(f"    {field['name']}: {_annotation(field['type'], department)}")
    return "\n".join(lines) + "\n"


def _annotation(node: Any, department: str) -> str:
    if isinstance(node, list):
        named = [_annotation(branch, department) for branch in node if branch != "null"]
        return " | ".join([*named, "None"] if "null" in node else named)
    if isinstance(node, str):
        # A department's own type, or a shared one, which stands in the module `common`.
        return PRIMITIVE.get(node) or node.removeprefix(NAMESPACE).removeprefix(f"{department}.")
    if node["type"] == "array":
        return f"list[{_annotation(node['items'], department)}]"
    return LOGICAL[node["logicalType"]]


def _quoted(symbol: str) -> str:
    return f'"{symbol}"'


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    for file, text in render().items():
        (TARGET / file).write_text(text, encoding="utf-8")
