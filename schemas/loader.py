"""Reads the `.avsc` files of this folder and makes self-contained schemas of them.

A file holds one named type and refers to shared ones by full name (`sangam.common.Accused`). A registry and
a reader need one text with everything in it: `schema_of(name)` writes each shared type out at its first use.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
NAMESPACE = "sangam."
PRIMITIVES = frozenset({"null", "boolean", "int", "long", "float", "double", "bytes", "string"})

Json = dict[str, Any]


class UnknownTypeError(LookupError):
    """A schema refers to a type for which there is no file, or an event is asked for that does not exist."""


@cache
def definitions() -> dict[str, Json]:
    """Full name -> the definition as its file has it, for every `.avsc` file, in order of name."""
    found: dict[str, Json] = {}
    for path in sorted(FOLDER.glob("*/*.avsc")):
        definition = json.loads(path.read_text(encoding="utf-8"))
        found[f"{definition['namespace']}.{definition['name']}"] = definition
    return found


@cache
def event_names() -> tuple[str, ...]:
    """The events ("court.BailGranted"): the records whose first field is the envelope."""
    return _records_that_begin_with("envelope")


@cache
def message_names() -> tuple[str, ...]:
    """The hub's own messages ("hub.AlarmRaised"), which it sends and never reads back as events: the records
    whose first field is the message."""
    return _records_that_begin_with("message")


def _records_that_begin_with(field: str) -> tuple[str, ...]:
    return tuple(
        full.removeprefix(NAMESPACE)
        for full, definition in definitions().items()
        if definition["type"] == "record" and definition["fields"][0]["name"] == field
    )


def schema_of(event: str) -> Json:
    """The self-contained Avro schema of an event, a new object each time.

    `event` is a type as the catalogue names it, "court.BailGranted". Raises UnknownTypeError.
    """
    seen: set[str] = set()
    expanded = _expand(NAMESPACE + event, seen)
    if not isinstance(expanded, dict):
        raise UnknownTypeError(event)
    return expanded


@cache
def schema_text(event: str) -> str:
    """The self-contained schema as the text that is registered: one line, fields in the order of the file."""
    return json.dumps(schema_of(event), ensure_ascii=False, separators=(",", ":"))


def record_of(node: Any) -> str | None:
    """The record that a field's type holds, directly, if not null, or as items of an array; else None."""
    if isinstance(node, list):
        return next((name for branch in node if (name := record_of(branch))), None)
    if isinstance(node, dict):
        return record_of(node["items"]) if node["type"] == "array" else None
    definition = definitions().get(node)
    return node if definition is not None and definition["type"] == "record" else None


def default_of(field: Any) -> Any:
    """A new copy of a field's default, as a decoder gives it. Raises KeyError where there is none."""
    default = field["default"]
    # Avro writes the default of bytes as text, one character a byte.
    return default.encode("latin-1") if field["type"] == "bytes" else copy.copy(default)


def _expand(node: Any, seen: set[str]) -> Any:
    if isinstance(node, str):
        if node in PRIMITIVES or node in seen:
            return node
        if node not in definitions():
            raise UnknownTypeError(f"no .avsc file defines {node}")
        seen.add(node)
        return _expand(definitions()[node], seen)
    if isinstance(node, list):
        return [_expand(branch, seen) for branch in node]
    expanded = dict(node)
    if node["type"] == "record":
        expanded["fields"] = [{**field, "type": _expand(field["type"], seen)} for field in node["fields"]]
    elif node["type"] == "array":
        expanded["items"] = _expand(node["items"], seen)
    return expanded
