"""What to keep in mind when reading a status: where departments differ, what is missing, how far the data reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from projections.shown.block import Block
from projections.shown.labels import LABELS
from projections.shown.words import Words
from projections.store.reading import Freshness

Json = dict[str, Any]


def conflicts(words: Words, status: Json) -> Block:
    """Where departments say different things of one field."""
    block = Block(words("t.conflicts"))
    for fact in status["conflicts"]:
        key = f"f.{fact['field']}"
        label = words(key) if key in LABELS else words.code(fact["field"])
        said = [words("said_by", by=words.code(one["by"]), value=words.value(one["value"]))
                for one in (fact, *fact["others"])]  # fmt: skip
        block.add(label, "; ".join(said), fact, style="yellow")
    return block


def missing(words: Words, status: Json) -> Block:
    """What a file should know and does not."""
    block = Block(words("t.missing"))
    for number, code in enumerate(status["missing"], start=1):
        block.add(f"{number}.", words.code(code), style="yellow")
    return block


def as_of(words: Words, status: Json, reach: Sequence[Freshness]) -> Block:
    """Per department: its last word on this case, and how new the newest is that the hub has of it at all."""
    block = Block(words("t.as_of"))
    newest = {one.topic.removesuffix(".events"): one.appended_at for one in reach}
    for department in sorted({*status["as_of"], *(name for name in newest if name in LABELS)}):
        last = status["as_of"].get(department)
        text = words("a.nothing") if last is None else words(
            "a.department", happened=words.moment(last["occurred_at"]), recorded=words.moment(last["recorded_at"])
        )  # fmt: skip
        at = newest.get(department)
        block.add(
            words.code(department), text + ("" if at is None else words("a.topic", at=words.moment(at)))
        )
    return block
