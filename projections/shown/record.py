"""Files that are no case: a prisoner's holds, and records of any other kind field by field."""

from __future__ import annotations

from typing import Any, Final

from projections.shown.block import Block
from projections.shown.words import Words, identifier

Json = dict[str, Any]

_FRAME: Final = frozenset({"kind", "root", "identifiers", "links", "incomplete", "events", "sensitivity"})


def hold_blocks(words: Words, document: Json) -> list[Block]:
    """Under which cases a prisoner is or was held, and since when."""
    found = []
    for case, hold in sorted(document["holds"].items()):
        block = Block(f"{words('under')}: {identifier(case)}")
        for spell in hold["spells"]:
            begun = words.day(spell["from"]) if "from" in spell else "?"
            end = words.day(spell["to"]) if "to" in spell else "…"
            block.add(words("spell"), words("span", begin=begun, end=end), {"event": spell["opened"]})
        if "jail" in hold:
            block.add(words("jail"), hold["jail"]["value"], hold["jail"])
        found.append(block)
    return found


def facts_block(words: Words, document: Json) -> Block:
    """What a record's events say, entry by entry."""
    block = Block(words("t.facts"))
    for name, part in document.items():
        if name in _FRAME:
            continue
        entries = part if isinstance(part, list) else [part]
        for entry in entries:
            _enter(words, block, name, entry)
    return block


def _enter(words: Words, block: Block, name: str, entry: Any) -> None:
    if not isinstance(entry, dict):
        return
    said = entry if "event" in entry else None
    for field, value in entry.items():
        if field in ("event", "on"):
            continue
        label = f"{words.code(name.upper())}: {words.code(field.upper())}"
        if isinstance(value, dict) and "value" in value and "event" in value:
            block.add(label, _text(words, value["value"]), value)
        elif isinstance(value, dict) and said is None:
            _enter(words, block, field, value)
        else:
            block.add(label, _text(words, value), said)


def _text(words: Words, value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_text(words, one) for one in value)
    if isinstance(value, dict):
        return ", ".join(_text(words, one) for one in value.values() if one not in (None, ""))
    text = words.value(value)
    return identifier(text) if ":" in text and " " not in text else text
