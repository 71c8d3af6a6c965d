"""What differs between two documents, place by place, in words that a person can check. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any, NamedTuple

import orjson


class Difference(NamedTuple):
    """One place: `before` or `after` is None where there is nothing."""

    path: str
    before: Any
    after: Any


def differences(before: Any, after: Any, path: str = "") -> list[Difference]:
    """Every place in which two JSON values differ; entries of a list that are alike are matched to each other."""
    if before == after:
        return []
    if isinstance(before, dict) and isinstance(after, dict):
        found: list[Difference] = []
        for key in sorted(before.keys() | after.keys()):
            below = f"{path}.{key}" if path else str(key)
            found += differences(before.get(key), after.get(key), below)
        return found
    if isinstance(before, list) and isinstance(after, list):
        return _lists(before, after, path)
    return [Difference(path, before, after)]


def _lists(before: list[Any], after: list[Any], path: str) -> list[Difference]:
    one, two = (
        [orjson.dumps(entry, option=orjson.OPT_SORT_KEYS) for entry in side] for side in (before, after)
    )
    found: list[Difference] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if b - a == d - c:
            for old, new in zip(range(a, b), range(c, d), strict=True):
                found += differences(before[old], after[new], f"{path}[{new}]")
            continue
        found += [Difference(f"{path}[{place}]", before[place], None) for place in range(a, b)]
        found += [Difference(f"{path}[{place}]", None, after[place]) for place in range(c, d)]
    return found
