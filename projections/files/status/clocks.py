"""The law's clocks of one accused: as the file keeps them, and on a day with status and sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

from projections.files.clocks.facts import facts_of, facts_of_case
from projections.files.clocks.kept import OF_CASE, kept
from projections.files.status.view import View, whole_case
from projections.law import reference, registry
from projections.law.clock import Clock, read, to_plain
from projections.law.facts import Facts
from projections.law.offences import COMMENCEMENT
from projections.law.registry import Family
from projections.law.words import sentence

Json = dict[str, Any]


def clocks(view: View, day: date | None) -> list[Json]:
    """The section "clocks": those of the accused, then those of the case itself.

    With `day` each has its status, the days left, and a sentence in both languages.
    """
    return [told(clock, day) for clock in (*of_accused(view, day), *of_case(view, day))]


def of_accused(view: View, day: date | None) -> list[Clock]:
    """The clocks of the accused of a view. As of a day before 1 July 2024 they are reckoned anew: the law was another
    one then."""
    if day is None or day >= COMMENCEMENT:
        return kept(view.document, view.accused["id"])
    return _anew(registry.OF_ACCUSED, facts_of(view, registry.reads_of(registry.OF_ACCUSED)), day)


def of_case(view: View, day: date | None) -> list[Clock]:
    """The clocks that run whoever is accused, of the case of a view."""
    if day is None or day >= COMMENCEMENT:
        return kept(view.document, OF_CASE)
    whole = whole_case(view.document, view.order)
    return _anew(registry.OF_CASE, facts_of_case(whole, registry.reads_of(registry.OF_CASE)), day)


def _anew(families: tuple[Family, ...], facts: Facts, day: date) -> list[Clock]:
    return [clock for _, found in registry.wound(families, facts, reference.load(), day) for clock in found]


def told(clock: Clock, day: date | None) -> Json:
    """One clock as JSON."""
    found = to_plain(clock)
    if day is not None:
        reading = read(clock, day)
        found |= {
            "status": reading.status.value,
            "flags": list(reading.flags),
            "missing": list(reading.missing),
            "days_left": reading.days_left,
            "text": {"hi": sentence(clock, day, "hi"), "en": sentence(clock, day, "en")},
        }
    return found
