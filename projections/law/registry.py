"""All clocks: of one accused in one case, and of the case itself.

A family is what is computed together. Its `reads` name all that it can depend on: fields of `Facts` and, with a dot,
event types among the steps. `offence` stands for both fields of its own; `code` for what tells which code governs (the
FIR's day or, without one, the remands); `antecedents` for the reports and, where there are any, for what tells when he
was taken in. So whoever keeps clocks computes a family again only when one of these changed, from no more than these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

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


class Family(NamedTuple):
    """Clocks that are computed together, and what they are computed from."""

    name: str
    clocks: Callable[[Matter], Iterator[Clock]]
    reads: frozenset[str]


# Which code governs, and what the sections amount to for one who may have been convicted before.
_CODE = frozenset(("code",))
_LIABILITY = frozenset(("sections", "offence", "antecedents"))

# In the order in which a case file shows them.
OF_ACCUSED: tuple[Family, ...] = (
    Family("production", production.clocks, _CODE | {"arrests", "remands", "custody"}),
    Family(
        "default-bail",
        default_bail.clocks,
        _CODE | _LIABILITY | {"remands", "custody", "filings", "claims", "bail_applied", "extensions"},
    ),
    Family("police-custody", police_custody.clocks, _CODE | _LIABILITY | {"remands", "custody", "filings"}),
    Family("warrant", warrant.clocks, _CODE | {"remands", "custody", "jail_dates", trial.COGNIZANCE}),
    Family(
        "undertrial",
        undertrial.clocks,
        _LIABILITY | {"remands", "custody", "delays", "continued", "applied_479", "convicted"},
    ),
    Family(
        "bail-not-released",
        bail_not_released.clocks,
        _CODE | _LIABILITY
        | {
            "arrests", "custody", "bail_granted", "not_released",
            "prison.LegalServicesInformed", "court.BailCancelled", "court.BondAccepted",
        },
    ),
    Family("child", child.clocks, frozenset(("ages", "custody", "remands"))),
    Family("summons-case", investigation.of_accused, _CODE | _LIABILITY | {"arrests", "filings"}),
    Family("trial", trial.limits, _CODE | _LIABILITY | {"filings", "extensions"} | trial.STEPS),
    Family("adjournments", trial.adjournments, _CODE | {"adjournments"}),
    Family(
        "480(6)",
        trial.bail_480,
        _CODE | _LIABILITY
        | {
            "remands", "custody", "continued",
            "court.HearingListed", "court.JudgmentDelivered", "court.CaseDisposed",
        },
    ),
    Family("set-off", set_off.clocks, frozenset(("convicted", "custody", "remands"))),
)  # fmt: skip
# What stands in a case once, whoever is accused, and even while nobody is.
OF_CASE: tuple[Family, ...] = (
    Family(
        "investigation",
        investigation.of_case,
        _CODE | {"sections", "offence", "filings", "claims", "extensions"} | investigation.STEPS,
    ),
)

EVERY: tuple[Family, ...] = (*OF_ACCUSED, *OF_CASE)


def clocks_of_accused(facts: Facts, reference: Reference, as_of: date | None = None) -> tuple[Clock, ...]:
    """Every clock that has something to say of this accused, those of the investigation included.

    `as_of`: the past day as of which the facts stand; before 1 July 2024 the law is named as it then was.
    """
    return tuple(clock for _, clocks in wound(EVERY, facts, reference, as_of) for clock in clocks)


def clocks_of_case(facts: Facts, reference: Reference, as_of: date | None = None) -> tuple[Clock, ...]:
    """The clocks of a case in which nobody is named yet: those of the investigation."""
    every = (*OF_CASE, Family("summons-case", investigation.of_accused, frozenset()))
    return tuple(clock for _, clocks in wound(every, facts, reference, as_of) for clock in clocks)


def reads_of(families: Iterable[Family]) -> frozenset[str]:
    """All that these families read."""
    return frozenset().union(*(family.reads for family in families))


def wound(
    families: Iterable[Family], facts: Facts, reference: Reference, as_of: date | None = None
) -> Iterator[tuple[str, list[Clock]]]:
    """These families' clocks, by name of the family."""
    matter = Matter(facts, reference, as_of)
    for family in families:
        yield family.name, list(family.clocks(matter))
