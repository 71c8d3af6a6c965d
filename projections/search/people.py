"""Which keys a person is looked up by: those of all names that any department gives him."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from projections.search.sound import keys

Json = dict[str, Any]

_NAMES: Final = ("name", "name_native", "aliases")


def names_of(description: Mapping[str, Json]) -> Iterator[str]:
    """Every name that is said of a person, by whichever department."""
    for part in _NAMES:
        fact = description.get(part)
        if fact is None:
            continue
        for saying in (fact, *fact.get("others", ())):
            said = saying["value"]
            yield from said if isinstance(said, list) else (said,)


def name_keys(root: str, descriptions: Mapping[str, Mapping[str, Json]]) -> Sequence[tuple[str, str, str]]:
    """(root, reference, key) of everybody whom a file describes, in order."""
    return [
        (root, ref, key) for ref, said in sorted(descriptions.items()) for key in sorted(keys(names_of(said)))
    ]
