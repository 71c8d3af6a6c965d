"""One person out of what the departments say of his references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

Json = dict[str, Any]

#: What a list shows of a person; two men of one name are told apart by the relative and the village.
SHOWN: Final = ("name", "name_native", "relative_name", "relation", "village", "gender", "age_stated")


def person_of(descriptions: Mapping[str, Json], references: Iterable[str]) -> dict[str, Any]:
    """Part -> value, each from the first reference of which it is said; empty where nothing is known."""
    found: dict[str, Any] = {}
    for ref in references:
        for part, fact in descriptions.get(ref, {}).items():
            if part in SHOWN:
                found.setdefault(part, fact["value"])
    return found
