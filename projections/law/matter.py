"""One accused's matter: what several clocks need, worked out once.

Custody joined, the sections that hold, what they amount to, what is known of earlier convictions.
"""

from __future__ import annotations

import functools
from datetime import date
from typing import Any

from projections.law import counting
from projections.law.charges import Convictions
from projections.law.clock import Clock, Dated, Moment
from projections.law.counting import Exit, Held
from projections.law.facts import Antecedents, Disposal, Facts, Remand, Report, SectionsSet, in_order
from projections.law.liability import Liability, assess
from projections.law.offences import COMMENCEMENT
from projections.law.reference import Reference

# The registers whose search makes "no conviction" a fact.
REGISTERS = frozenset({"CCTNS", "COURT"})


class Matter:
    """Facts and reference data with what follows from them. Pure; made anew for every computation.

    `as_of`: the day as of which the facts stand, when that is a past day; it decides which law is named.
    """

    def __init__(self, facts: Facts, reference: Reference, as_of: date | None = None) -> None:
        self.facts = facts = in_order(facts)
        self.reference = reference
        self.before_bnss = as_of is not None and as_of < COMMENCEMENT
        self.held: Held = counting.held(facts.custody)
        self.convictions, self.first_offender, self.antecedents = _convictions(facts)

    @functools.cached_property
    def current(self) -> SectionsSet | None:
        """The sections that hold now: of the latest stage."""
        return sections_on(self.facts, None)

    @functools.cached_property
    def liability(self) -> Liability:
        """What the current sections amount to."""
        return self._assess(self.current)

    def amount(self, stated: SectionsSet | None) -> Liability:
        """What a list of sections amounts to for this accused."""
        return self.liability if stated is self.current else self._assess(stated)

    def _assess(self, stated: SectionsSet | None) -> Liability:
        return assess(
            self.reference.offences,
            stated.sections if stated else (),
            stated.unread if stated else (),
            self.convictions,
            self.facts.offence_on,
        )

    @functools.cached_property
    def first_remand(self) -> Remand | None:
        """The first order that gave the accused into custody, a magistrate's of either kind."""
        return min(self.facts.remands, key=lambda order: order.on, default=None)

    @functools.cached_property
    def sheets(self) -> list[Report]:
        """The sheets in court that send up this accused, in order of receipt."""
        mine = [one for one in self.facts.filings if one.disposal is Disposal.SENT_UP and not one.final_form]
        return sorted(mine, key=lambda one: one.on)

    @property
    def sent_up(self) -> Report | None:
        """The first of them."""
        return self.sheets[0] if self.sheets else None

    @functools.cached_property
    def under_crpc(self) -> bool:
        """True if the investigation stays under the CrPC: FIR before 1 July 2024 (s.531), or remand before
        it.
        """
        if self.facts.fir_on is not None:
            return self.facts.fir_on < COMMENCEMENT
        if self.before_bnss:
            return True
        remand = self.first_remand
        return remand is not None and remand.on < COMMENCEMENT

    @functools.cached_property
    def savings(self) -> tuple[str, ...]:
        """SAVINGS_531 on the later stages of a case whose FIR was before 1 July 2024."""
        return ("SAVINGS_531",) if self.under_crpc else ()

    def gaps_input(self, start: date | None) -> dict[str, Any]:
        """The gaps in custody that end on or after `start`, as an input: pairs of first and last day."""
        gaps = [gap for gap in self.held.gaps if start is None or gap.last >= start]
        return {
            "value": [[gap.first.isoformat(), gap.last.isoformat()] for gap in gaps],
            "events": [event for gap in gaps for event in gap.events],
        }

    @functools.cached_property
    def released(self) -> Moment | None:
        """What ended custody in this case, when nothing followed: it stops every custody clock."""
        return _moment(self.held.left)

    @functools.cached_property
    def ever_inside(self) -> bool:
        """True if any custody or remand in this case is on record."""
        return bool(self.facts.custody or self.facts.remands)

    def clock(
        self,
        rule: str,
        law: str,
        *,
        start_event: str | None = None,
        start_date: date | None = None,
        length: str | None = None,
        due_date: date | None = None,
        accrues_on: date | None = None,
        met_by: Moment | None = None,
        stopped_by: Moment | None = None,
        inputs: dict[str, dict[str, Any]] | None = None,
        missing: tuple[str, ...] = (),
        reasons: tuple[str, ...] = (),
        flags: tuple[str, ...] = (),
        dated: tuple[Dated, ...] = (),
        applies: bool = True,
        stays_due: bool = False,
    ) -> Clock:
        """A clock of this accused with the rule's lead times."""
        return Clock(
            rule,
            law,
            self.facts.accused,
            start_event,
            start_date,
            length,
            due_date,
            accrues_on,
            met_by,
            stopped_by,
            inputs or {},
            missing,
            reasons,
            flags,
            dated,
            self.reference.lead_days(rule),
            applies,
            stays_due,
        )


def _moment(left: Exit | None) -> Moment | None:
    return Moment(left.on, left.event, left.how.value) if left else None


def sections_on(facts: Facts, day: date | None) -> SectionsSet | None:
    """The sections of this accused as they stood at the end of `day` (None: now): latest stage, latest in
    it.
    """
    best: SectionsSet | None = None
    for one in facts.sections:
        if day is not None and one.on > day:
            continue
        if best is None or (one.stage, one.on) >= (best.stage, best.on):
            best = one
    return best


def history(facts: Facts, until: date | None) -> list[SectionsSet]:
    """The lists of sections that held one after another, up to the end of `until`."""
    if len(facts.sections) == 1:
        only = facts.sections[0]
        return [only] if until is None or only.on <= until else []
    days = sorted({one.on for one in facts.sections if until is None or one.on <= until})
    held: list[SectionsSet] = []
    for day in days:
        stated = sections_on(facts, day)
        if stated is not None and (not held or held[-1] is not stated):
            held.append(stated)
    return held


_NOTHING = Convictions()


def _convictions(facts: Facts) -> tuple[Convictions, bool | None, tuple[Antecedents, ...]]:
    """Recorded convictions, and whether the accused is a first-time offender (None: not known).

    "Never convicted of any offence in the past" is known when CCTNS and court registers were searched after
    the arrest; a recorded conviction settles it at once. An acquittal or a pending case does not matter.
    """
    reports = facts.antecedents
    if not reports:
        return _NOTHING, None, ()
    since = _taken_in(facts)
    current = [
        one
        for one in reports
        if one.searched_on is not None and since is not None and one.searched_on >= since
    ]
    searched = frozenset().union(*(one.registers for one in current)) if current else frozenset()
    complete = searched >= REGISTERS
    sections = tuple(dict.fromkeys(section for one in reports for section in one.convictions))
    found = bool(sections) or any(one.convicted for one in reports)
    known = Convictions(sections, complete)
    if found:
        return known, False, reports
    return known, (True if complete else None), reports


def _taken_in(facts: Facts) -> date | None:
    """The day of the arrest, else the first day of custody: a search must not be older."""
    days = [one.on for one in facts.arrests]
    if not days:
        days = [one.since for one in facts.custody if one.since is not None]
    if not days:
        days = [one.on for one in facts.remands]
    return min(days, default=None)
