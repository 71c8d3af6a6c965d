"""Codes of offices as people write them."""

from __future__ import annotations

from projections.questions.errors import NotUnderstood
from schemas.identifiers import IdentifierError, parse


def code_of(name: str, text: str, kind: str | None) -> str:
    """The canonical value of an identifier of this kind, in any usual spelling; what is none stays, without its
    margins, and finds nothing. `kind` None: the code is of no identifier. `name`: what is asked for by it.

    Raises NotUnderstood for what the database cannot be asked.
    """
    if "\0" in text:
        raise NotUnderstood(f"{name} is no code: it holds a NUL character")
    if kind is None:
        return text.strip()
    try:
        return parse(text, kind)["value"]
    except IdentifierError:
        return text.strip()
