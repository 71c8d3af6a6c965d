"""All clocks: of one accused in one case, and of the case itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from projections.law.clock import Clock
from projections.law.clocks import (
    bail_not_released,
    child,
    default_bail,
    investigation,
    police_custody,
    production,
    set_off,
    trial,
    undertrial,
    warrant,
)
from projections.law.facts import Facts
from projections.law.matter import Matter
from projections.law.reference import Reference

Family = Callable[[Matter], Iterator[Clock]]

# In the order in which a case file shows them.
FAMILIES: tuple[Family, ...] = (
    production.clocks,
    default_bail.clocks,
    police_custody.clocks,
    warrant.clocks,
    undertrial.clocks,
    bail_not_released.clocks,
    child.clocks,
    investigation.clocks,
    trial.clocks,
    set_off.clocks,
)
# What a case has even while nobody is accused in it.
OF_CASE: tuple[Family, ...] = (investigation.clocks,)


def clocks_of_accused(facts: Facts, reference: Reference, as_of: date | None = None) -> tuple[Clock, ...]:
    """Every clock that has something to say of this accused.

    `as_of`: the past day as of which the facts stand; before 1 July 2024 the law is named as it then was.
    """
    matter = Matter(facts, reference, as_of)
    return tuple(clock for family in FAMILIES for clock in family(matter))


def clocks_of_case(facts: Facts, reference: Reference, as_of: date | None = None) -> tuple[Clock, ...]:
    """The clocks of a case in which nobody is named yet: those of the investigation."""
    matter = Matter(facts, reference, as_of)
    return tuple(clock for family in OF_CASE for clock in family(matter))
