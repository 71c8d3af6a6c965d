"""Undertrial release, BNSS s.479 (before 1 July 2024 CrPC s.436A): one-third, half and full maximum.

Excluded if death or imprisonment for life is one of the punishments. Dates run by calendar months from the
first day of custody; one-third and half move by gaps in custody and by delay that an order attributes to
the accused, the full maximum by gaps alone. A first-time offender at one-third, everybody at half; nobody
beyond the maximum. The superintendent's duty to apply (s.479(3)) is there whatever bar the Court may find.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from projections.law.calendar import add_split, split_months
from projections.law.clock import Clock, Dated, Moment, given, listed
from projections.law.counting import moved, without
from projections.law.facts import Application479
from projections.law.matter import REGISTERS, Matter

THIRD, HALF, FULL = "479.one-third", "479.half", "479.full"
OLD_HALF, OLD_FULL = "436A.half", "436A.full"
_SHARE = {
    THIRD: Fraction(1, 3),
    HALF: Fraction(1, 2),
    FULL: Fraction(1),
    OLD_HALF: Fraction(1, 2),
    OLD_FULL: Fraction(1),
}
_WHOLE = frozenset((FULL, OLD_FULL))
_NAME = {Fraction(1, 3): "1/3", Fraction(1, 2): "1/2", Fraction(1): "1/1"}
_LAW = {
    THIRD: "BNSS 479(1), first proviso",
    HALF: "BNSS 479(1)",
    FULL: "BNSS 479(1), third proviso",
    OLD_HALF: "CrPC 436A",
    OLD_FULL: "CrPC 436A, second proviso",
}


def clocks(matter: Matter) -> Iterator[Clock]:
    """The three clocks of s.479, or the two of s.436A for a day before 1 July 2024."""
    rules = (OLD_HALF, OLD_FULL) if matter.before_bnss else (THIRD, HALF, FULL)
    held, term = matter.held, matter.liability.term
    if not matter.ever_inside:
        for rule in rules:
            yield matter.clock(rule, _LAW[rule], applies=False, reasons=("never in custody",))
        return
    excluded = term.excluded_by_death if matter.before_bnss else term.excluded
    if excluded:
        inputs = {"excluded_by": listed(excluded, *_section_events(matter))}
        flags = ("EXCLUDED_LIFE_DEATH", *term.flags)
        for rule in rules:
            yield matter.clock(rule, _LAW[rule], applies=False, flags=flags, inputs=inputs)
        return
    missing = [*term.missing, *held.missing]
    if term.excluded:
        missing.append("ruling: CrPC 436A where imprisonment for life is one of the punishments")
    if held.since is None and not held.missing:
        missing.append("police.ArrestMade or prison.Admitted")
    if term.months is None and not missing:
        for rule in rules:
            yield matter.clock(
                rule,
                _LAW[rule],
                applies=False,
                reasons=("no imprisonment",),
                inputs={"possible_months": given(list(term.possible), *_section_events(matter))},
            )
        return
    yield from _running(matter, rules, tuple(dict.fromkeys(missing)))


def _section_events(matter: Matter) -> list[str]:
    return [matter.current.event] if matter.current else []


def _running(matter: Matter, rules: tuple[str, ...], missing: tuple[str, ...]) -> Iterator[Clock]:
    held, term = matter.held, matter.liability.term
    start, months = held.since, term.months
    pieces = without(matter.facts.delays, held.gaps)
    shared: dict[str, dict[str, Any]] = {
        "custody_since": given(start, held.since_event),
        "maximum_months": given(months, *_section_events(matter)),
        "possible_months": listed(term.shown),
        "rests_on": listed(term.rests_on),
        "offences": given(matter.liability.offences, *_section_events(matter)),
        "gaps": matter.gaps_input(None),
        "delays": given(
            [[one.first, one.last] for one in matter.facts.delays],
            *(one.event for one in matter.facts.delays),
        ),
    }
    if matter.facts.offence_on is not None:
        shared["offence_on"] = given(matter.facts.offence_on, matter.facts.offence_event)
    third = None
    for rule in rules:
        share = _SHARE[rule]
        due = None
        inputs = dict(shared)
        spans = held.gaps if rule in _WHOLE else pieces
        if start is not None and months is not None:
            whole, days = _part(months.numerator, months.denominator, rule)
            due = moved(add_split(start, whole, days), start, spans)
            inputs["share"] = {"value": {"of": _NAME[share], "months": whole, "days": days}, "events": []}
        if start is not None and len(term.possible) > 1:
            inputs["if_months"] = given(
                {
                    str(value): moved(
                        add_split(start, *_part(value.numerator, value.denominator, rule)), start, spans
                    )
                    for value in term.possible
                    if value > 0
                }
            )
        if rule == THIRD:
            third = due
        yield _one(matter, rule, due, third, inputs, missing)


@functools.cache
def _part(numerator: int, denominator: int, rule: str) -> tuple[int, int]:
    """The rule's share of a term: months, then days. By whole numbers, for fractions are slow to look up."""
    return split_months(Fraction(numerator, denominator) * _SHARE[rule])


def _one(
    matter: Matter,
    rule: str,
    due: date | None,
    third: date | None,
    inputs: dict[str, dict[str, Any]],
    missing: tuple[str, ...],
) -> Clock:
    facts, term, first = matter.facts, matter.liability.term, matter.first_offender
    flags = list(term.flags)
    dated: list[Dated] = []
    whole = rule in _WHOLE
    months = inputs["maximum_months"]["value"]
    applies = True
    reasons: tuple[str, ...] = ()
    if not whole and matter.liability.offences > 1 and not matter.before_bnss:
        flags.append("REVIEW_MULTI_SECTION")
    if rule in (THIRD, HALF):
        inputs["first_offender"] = given(first, *(one.event for one in matter.antecedents))
        if first is None:
            if third is not None:
                since = third - timedelta(days=matter.reference.antecedents_lead)
                dated.append(Dated(since, "ANTECEDENTS_NEEDED"))
            if rule == THIRD:
                missing = (*missing, _antecedents_missing(matter))
        elif rule == THIRD and first is False:
            applies, reasons = False, ("convicted before",)
    if whole and due is not None:
        dated.append(Dated(due, "CAP_REACHED"))
    return matter.clock(
        rule,
        _LAW[rule],
        start_event=matter.held.since_event,
        start_date=matter.held.since,
        length=None if months is None else f"{_NAME[_SHARE[rule]]} of {months} months",
        due_date=due if applies else None,
        accrues_on=due if applies else None,
        met_by=_met(facts.applied_479, rule, due, first),
        stopped_by=_stopped(matter, rule, due),
        inputs=inputs,
        missing=missing if applies else (),
        reasons=reasons,
        flags=tuple(dict.fromkeys(flags)),
        dated=tuple(dated),
        applies=applies,
        stays_due=whole,
    )


def _antecedents_missing(matter: Matter) -> str:
    if not matter.antecedents:
        return "police.AntecedentsReported"
    searched = frozenset().union(*(one.registers for one in matter.antecedents))
    if searched >= REGISTERS:
        return "police.AntecedentsReported.searched_on: after the arrest"
    return "police.AntecedentsReported.registers: " + ", ".join(sorted(REGISTERS - searched))


def _met(
    applications: tuple[Application479, ...], rule: str, due: date | None, first: bool | None
) -> Moment | None:
    """The superintendent's application: on this basis, or made once this date was reached."""
    if rule not in (THIRD, HALF):
        return None
    own = "ONE_THIRD" if rule == THIRD else "ONE_HALF"
    for one in sorted(applications, key=lambda item: item.on):
        next_due = one.basis is None and (rule == THIRD or first is False)
        if one.basis == own or next_due or (due is not None and one.on >= due):
            return Moment(one.on, one.event, "application made by the superintendent")
    return None


def _stopped(matter: Matter, rule: str, due: date | None) -> Moment | None:
    """Release stops all; conviction ends the undertrial's custody; s.479(1) second proviso never stops the
    cap.
    """
    facts = matter.facts
    full = rule in _WHOLE
    ends = [matter.released] if matter.released else []
    if facts.convicted and not (full and due is not None and facts.convicted.on >= due):
        ends.append(Moment(facts.convicted.on, facts.convicted.event, "convicted"))
    if not full:
        ends += [
            Moment(one.on, one.event, "detention continued by the Court")
            for one in facts.continued
            if one.rule == "479"
        ]
    return min(ends, key=lambda one: one.on, default=None)
