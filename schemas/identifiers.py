"""Identifiers: how a text becomes one, and what is canonical.

Canonical text is `KIND:value`, without space or slash, fit for an address and for a Kafka key:
`FIR:BR-PATKOT-2025-0123`. Kinds, patterns and spellings are one table, identifier_table.py. A dummy
("FIR 0/2025") is a valid identifier; that hundreds of rows share it is found by counting, elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from schemas.events import Identifier
from schemas.identifier_table import TABLE, Kind

# The State whose codes are meant where a spelling names none.
HOME_STATE: Final = "BR"


class IdentifierError(ValueError):
    """A text is not an identifier of the kind expected. Its message never repeats the text."""

    def __init__(self, kind: str, expected: str, example: str) -> None:
        super().__init__(f"not {kind}: expected {expected}, for example {example}")
        self.kind = kind
        self.example = example


KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in TABLE}
# What a bare text on the command line can be, in the order in which it is tried.
_GUESSED: Final = ("FIR", "CNR", "PID", "PTN")
# The hot path: kind -> match of a canonical value.
MATCH: Final[dict[str, Callable[[str], re.Match[str] | None]]] = {
    kind.name: re.compile(kind.pattern, re.ASCII).fullmatch for kind in TABLE
}
_PLAIN: Final = {ord("०") + digit: str(digit) for digit in range(10)} | dict.fromkeys(
    range(0x2010, 0x2015), "-"
)


def is_canonical(kind: str, value: str) -> bool:
    """Whether (kind, value) is a known kind with a value in canonical spelling."""
    match = MATCH.get(kind)
    return match is not None and match(value) is not None


def text_of(identifier: Identifier) -> str:
    """The canonical text, `KIND:value`."""
    return f"{identifier['kind']}:{identifier['value']}"


def parse(text: str, kind: str | None = None, state: str = HOME_STATE) -> Identifier:
    """The identifier that a text means, in any spelling of the table.

    Canonical text (`KIND:…`) says its kind itself; else `kind` says it; else it is guessed. `state` is meant
    where the spelling has none. Raises IdentifierError, also where text and `kind` contradict each other.
    """
    head, colon, rest = text.strip().partition(":")
    named = head.strip().upper() if colon else ""
    if kind is not None and kind not in KINDS:
        raise IdentifierError("a kind of identifier", "one of " + ", ".join(KINDS), "FIR")
    if named in KINDS:
        if kind not in (None, named):
            raise _expected(KINDS[kind])
        return _parse_as(KINDS[named], rest, state)
    return guess(text, state) if kind is None else _parse_as(KINDS[kind], text, state)


def guess(text: str, state: str = HOME_STATE) -> Identifier:
    """The identifier that a bare text means: an FIR, CNR, PID or PTN. Raises IdentifierError."""
    # Canonical values first: a station's code can look like a court's, but only a court pads to six digits.
    bare = text.strip()
    for name in reversed(_GUESSED):
        if is_canonical(name, bare):
            return {"kind": name, "value": bare}
    for name in _GUESSED:
        try:
            return _parse_as(KINDS[name], text, state)
        except IdentifierError:
            continue
    examples = ", ".join(f"{name} {KINDS[name].example}" for name in _GUESSED)
    raise IdentifierError("an identifier", f"KIND:value, or one of {examples}", "FIR:BR-PATKOT-2025-0123")


def _parse_as(kind: Kind, text: str, state: str) -> Identifier:
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).split())
    if is_canonical(kind.name, plain):
        return {"kind": kind.name, "value": plain}
    for spelling in kind.spellings:
        found = spelling.pattern.fullmatch(plain)
        if found is None:
            continue
        groups = {name: (value or "") for name, value in found.groupdict().items()}
        if kind.name != "SOURCE":
            groups = {name: value.upper() for name, value in groups.items()}
        if not groups.get("state"):
            groups["state"] = state
        value = kind.build(groups)
        if is_canonical(kind.name, value):
            return {"kind": kind.name, "value": value}
    raise _expected(kind)


def _expected(kind: Kind) -> IdentifierError:
    return IdentifierError(f"{kind.name} ({kind.meaning})", f"the pattern {kind.pattern}", kind.example)
