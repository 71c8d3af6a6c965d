"""What a person's other cases add to a clock, worked out when it is read and never stored.

The bar of s.479(2) (multiple cases pending) is a question for the Court: it is shown with its sources and
leaves the status to the dates. An unconfirmed identity never bars and never frees: it is for review.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from projections.law import counting
from projections.law.clock import Clock, given
from projections.law.clocks import bail_not_released, set_off, undertrial
from projections.law.facts import OtherCase

_BARRED = frozenset((undertrial.THIRD, undertrial.HALF))
_BAIL = frozenset((bail_not_released.LEGAL_SERVICES, bail_not_released.ONE_MONTH))
IDENTITY = "hub.identity.LinkConfirmed"


def with_other_cases(clock: Clock, others: Sequence[OtherCase]) -> Clock:
    """The clock with what these other cases add; unchanged where the rule does not ask for them."""
    if not clock.applies or not others:
        return clock if clock.rule not in _BAIL else _grouped(clock, others)
    if clock.rule in _BARRED:
        return _barred(clock, others)
    if clock.rule in _BAIL:
        return _grouped(clock, others)
    if clock.rule == set_off.RULE:
        return _overlap(clock, others)
    return clock


def _listed(others: Sequence[OtherCase]) -> dict[str, Any]:
    return given(
        [
            {
                "case": one.case,
                "source": one.source,
                "as_of": one.as_of,
                "confirmed": one.confirmed,
                "pending": one.pending,
                "holds": one.holds,
            }
            for one in others
        ]
    )


def _with(clock: Clock, inputs: dict[str, Any], flags: list[str], missing: list[str]) -> Clock:
    return clock._replace(
        inputs={**clock.inputs, **inputs},
        flags=tuple(dict.fromkeys((*clock.flags, *flags))),
        missing=tuple(dict.fromkeys((*clock.missing, *missing))),
    )


def _barred(clock: Clock, others: Sequence[OtherCase]) -> Clock:
    """s.479(2): BAR_MULTI_CASE for confirmed pending cases, IDENTITY_UNCONFIRMED for all that may be his."""
    open_cases = [one for one in others if one.pending is not False]
    if not open_cases:
        return clock
    flags, missing = [], []
    for one in open_cases:
        if not one.confirmed:
            flags.append("IDENTITY_UNCONFIRMED")
            missing.append(f"{IDENTITY}: {one.case}")
        elif one.pending:
            flags.append("BAR_MULTI_CASE")
        else:
            missing.append(f"court.CaseDisposed: {one.case}")
    return _with(clock, {"other_cases": _listed(open_cases)}, flags, missing)


def _grouped(clock: Clock, others: Sequence[OtherCase]) -> Clock:
    """Whether only this case holds the person: ONLY_THIS_CASE, HELD_ELSEWHERE or NOT_KNOWN."""
    if any(one.confirmed and one.holds for one in others):
        group = "HELD_ELSEWHERE"
    elif any(one.holds is not False for one in others):
        group = "NOT_KNOWN"
    else:
        group = "ONLY_THIS_CASE"
    return _with(clock, {"group": given(group), "other_cases": _listed(others)}, [], [])


def _overlap(clock: Clock, others: Sequence[OtherCase]) -> Clock:
    """s.468: days that another case's custody covers too are for the court."""
    mine = [(first, last) for first, last in clock.inputs["custody"]["value"]]
    flags, missing, over = [], [], []
    for one in others:
        spans = counting.held(one.custody).spans
        if not any(
            span.first.isoformat() <= last and span.last.isoformat() >= first
            for span in spans
            for first, last in mine
        ):
            continue
        over.append(one)
        if one.confirmed:
            missing.append(f"ruling: custody overlaps with {one.case}")
        else:
            flags.append("IDENTITY_UNCONFIRMED")
            missing.append(f"{IDENTITY}: {one.case}")
    return _with(clock, {"other_cases": _listed(over)}, flags, missing) if over else clock
