"""All clocks of one accused in one case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from projections.law.clock import Clock
from projections.law.clocks import bail_not_released, default_bail, police_custody, undertrial, warrant
from projections.law.facts import Facts
from projections.law.matter import Matter
from projections.law.reference import Reference

Family = Callable[[Matter], Iterator[Clock]]

# Clocks of one accused.
OF_ACCUSED: tuple[Family, ...] = (
    default_bail.clocks,
    police_custody.clocks,
    warrant.clocks,
    undertrial.clocks,
    bail_not_released.clocks,
)


def clocks_of_accused(facts: Facts, reference: Reference, as_of: date | None = None) -> tuple[Clock, ...]:
    """Every clock that has something to say of this accused, in the order of the registry."""
    matter = Matter(facts, reference, as_of)
    return tuple(clock for family in OF_ACCUSED for clock in family(matter))
