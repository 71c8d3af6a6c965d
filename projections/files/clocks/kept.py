"""The clocks that a document keeps, given back: for who asks on a day, and for the alarms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from projections.law import reference
from projections.law.clock import Clock, from_stored

Json = dict[str, Any]

#: Under this key stand the clocks of the case itself, which run whoever is accused.
OF_CASE: Final = ""


def kept(document: Json, accused: str) -> list[Clock]:
    """The clocks of one accused, or of the case itself (OF_CASE), with the lead times of this generation."""
    law = reference.load()
    return [
        from_stored(stored, accused, law.lead_days(stored["rule"]))
        for family in document["clocks"].get(accused, {}).values()
        for stored in family
    ]


def every(document: Json) -> Iterator[Clock]:
    """Every clock of a CaseFile; `clock.accused` says whose it is."""
    for accused in document["clocks"]:
        yield from kept(document, accused)
