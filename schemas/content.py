"""The content of an event, and its digest.

Content is the event's plain form without event_id, source_epoch, source_seq and recorded_at: two rows that
say the same have the same content, however often and under whichever number they were sent. The digest is
SHA-256 over its canonical JSON (RFC 8785: keys sorted, no blanks; our schemas have no fractions, so orjson
yields it):

* a field that equals its schema's default is left out, so that a later version with one more field digests
alike;
* the type stands in it as "type", so that two events of different types never look alike;
* a description of a person is replaced by SHA-256 over its salt and its own canonical JSON, hexadecimal, so
that   it can be erased one day while digests still verify;
* bytes are hexadecimal, moments are ISO 8601 in UTC, dates ISO 8601.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import orjson

from schemas.loader import default_of, definitions
from schemas.reasons import FaultError, Reason

EXCLUDED: Final = ("event_id", "source_epoch", "source_seq", "recorded_at")
LONGEST_TEXT: Final = 65_536  # bytes of UTF-8
_ENVELOPE: Final = "sangam.common.Envelope"
_PERSON: Final = "sangam.common.PersonDescription"
_NUL: Final = b"\\u0000"

Record = dict[str, Any]
_Shape = Callable[[Any], Any]


class _Hex(str):
    """Bytes as hexadecimal: no text, so no limit of texts holds for it."""

    __slots__ = ()


def digest_of(event: str, record: Record) -> bytes:
    """The content digest of a complete record, 32 bytes.

    Raises FaultError for a text that holds a NUL or is too long: such content is never stored, so it has no
    digest.
    """
    return hashlib.sha256(canonical_json(event, record)).digest()


def canonical_json(event: str, record: Record) -> bytes:
    """The canonical JSON of the content. Raises FaultError as `digest_of` does."""
    content = _shape_of("sangam." + event)(record)
    content["type"] = event
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    if _NUL in text or len(text) > LONGEST_TEXT:
        _check_texts(content)
    return text


def _person_digest(shape: _Shape) -> _Shape:
    def digest(person: Record) -> str:
        described = shape(person)
        described.pop("salt", None)
        text = orjson.dumps(described, option=orjson.OPT_SORT_KEYS)
        if _NUL in text or len(text) > LONGEST_TEXT:
            _check_texts(described)
        return hashlib.sha256(person["salt"] + text).hexdigest()

    return digest


def _check_texts(node: Any) -> None:
    # The bytes only raise the suspicion (an escaped backslash looks alike); here each text is looked at.
    if isinstance(node, _Hex):
        return
    if isinstance(node, str):
        if "\0" in node:
            raise FaultError(Reason.NUL_IN_TEXT, "a text holds a NUL character")
        if len(node.encode()) > LONGEST_TEXT:
            raise FaultError(Reason.TEXT_TOO_LONG, f"a text is longer than {LONGEST_TEXT} bytes")
    elif isinstance(node, dict):
        for value in node.values():
            _check_texts(value)
    elif isinstance(node, list):
        for value in node:
            _check_texts(value)


@cache
def _shape_of(full_name: str) -> _Shape:
    """How a record of this type becomes content: a function generated once, since it runs for every event."""
    lines = ["def content(r):", " c = {}"]
    names: dict[str, Any] = {}
    excluded = EXCLUDED if full_name == _ENVELOPE else ()
    for field in definitions()[full_name]["fields"]:
        name = field["name"]
        if name in excluded:
            continue
        shape = _shape_of_type(field["type"])
        if shape is not None:
            names["shape_" + name] = shape
        value = "v" if shape is None else f"shape_{name}(v)"
        lines += [f" v = r[{name!r}]", f" {_unless_default(field)}c[{name!r}] = {value}"]
    exec("\n".join([*lines, " return c"]), names)  # noqa: S102 - made of our own schemas
    content: _Shape = names["content"]
    return _person_digest(content) if full_name == _PERSON else content


def _unless_default(field: dict[str, Any]) -> str:
    if "default" not in field:
        return ""
    default = default_of(field)
    if default is None:
        return "if v is not None: "
    return f"if v != {default!r}: " if default else "if v: "  # "", 0, false, empty: the type says which


def _shape_of_type(node: Any) -> _Shape | None:
    """The shape of what is not already JSON for orjson; None for what can be taken as it is."""
    if isinstance(node, list):
        shapes = [shape for branch in node if branch != "null" and (shape := _shape_of_type(branch))]
        return shapes[0] if shapes else None
    if isinstance(node, str):
        if node == "bytes":
            return lambda value: _Hex(value.hex())
        definition = definitions().get(node)
        if definition is None or definition["type"] == "enum":
            return None
        plain = all("default" not in f and _shape_of_type(f["type"]) is None for f in definition["fields"])
        return None if plain else _shape_of(node)
    if node["type"] == "array":
        each = _shape_of_type(node["items"])
        return None if each is None else lambda values: [each(value) for value in values]
    return None
