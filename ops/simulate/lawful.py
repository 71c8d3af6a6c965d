"""What the law gives an accused of this world: default bail, and the dates of undertrial release.

Reckoned from the lives themselves, never from an event, and from the text of the law, by hand: BNSS s.187(3) with the
first remand as day 1; NDPS s.36A(4); BNSS s.479(1) with calendar months from the first day of custody. Where a section
can mean several offences the reading that is best for the accused counts. Nothing here is shared with the hub.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final, NamedTuple

from ops.simulate.state import Case, Party, Stay

_DAY: Final = timedelta(days=1)


class Punishment(NamedTuple):
    """The longest term in months that a section allows (None: none is stated), and what hangs on it."""

    months: int | None
    life_or_death: bool = False
    days: int = 60  # of s.187(3), or of the Act's own limit


_B = "BNS2023 "
#: The sections of ops/simulate/offences.py, as the Acts print them.
_PUNISHMENTS: Final = {
    _B + "64(1)": Punishment(None, True, 90),  # not less than ten years, to life
    _B + "74": Punishment(60),
    _B + "80(2)": Punishment(None, True, 90),  # seven years to life
    _B + "85": Punishment(36),
    _B + "96": Punishment(120),  # up to ten years: 60 days
    _B + "103(1)": Punishment(None, True, 90),  # death or life
    _B + "109(1)": Punishment(120),  # up to ten years; life only where hurt is caused
    _B + "115(2)": Punishment(12),
    _B + "117(2)": Punishment(84),
    _B + "118(1)": Punishment(36),
    _B + "126(2)": Punishment(1),
    _B + "137(2)": Punishment(84),
    _B + "191(2)": Punishment(24),
    _B + "303(2)": Punishment(36),
    _B + "304(2)": Punishment(36),
    _B + "305": Punishment(84),
    _B + "308(2)": Punishment(84),
    _B + "309(4)": Punishment(120),  # fourteen years on a highway by night
    _B + "310(2)": Punishment(None, True, 90),  # life, or up to ten years
    _B + "317(2)": Punishment(36),
    _B + "318(4)": Punishment(84),
    _B + "331(4)": Punishment(60),  # fourteen years where theft is intended
    _B + "351(2)": Punishment(24),
    _B + "352": Punishment(24),
    "ARMS1959 25(1-A)": Punishment(168),  # seven to fourteen years
    "BPEA2016 30": Punishment(None),  # five years to life; the text is not confirmed
    "BPEA2016 32": Punishment(None),
    "DP1961 4": Punishment(24),
    "IT2000 66C": Punishment(36),
    "IT2000 66D": Punishment(36),
    "NDPS1985 20(b)(ii)(B)": Punishment(120),
    "NDPS1985 20(b)(ii)(C)": Punishment(240, days=180),  # commercial quantity
    "POCSO2012 8": Punishment(60),
    "POCSO2012 12": Punishment(36),
}
#: BNS s.303(2): on a second or subsequent conviction up to five years.
_THEFT, _THEFT_AGAIN = _B + "303(2)", 60
_JOINT: Final = frozenset({_B + "3(5)"})


def law_of(party: Party, start: date) -> dict[str, Any] | None:
    """The dates of one accused; None where the log can't hold all of his custody or of what the police wrote."""
    case = party.case
    if not case.published or party.dim:
        return None
    stays = [*_joined(party.stays)]
    gaps = [
        (start + timedelta(days=before.last + 1), start + timedelta(days=after.first - 1))
        for before, after in itertools.pairwise(stays)
        if before.last is not None and after.first > before.last + 1
    ]
    granted = party.bail_state == "GRANTED" and party.bail_kind not in ("INTERIM", "ANTICIPATORY")
    waits = granted and party.inside and not party.over and party.bail_day is not None
    return {
        "default_bail": _default_bail(party, case, start, gaps),
        "not_released_since": str(start + timedelta(days=party.bail_day or 0)) if waits else None,
        **_release(party, case, start, stays, gaps),
    }


def _joined(stays: Iterable[Stay]) -> Iterator[Stay]:
    """Stays that overlap or touch, as one."""
    open_one: Stay | None = None
    for stay in stays:
        if open_one is None:
            open_one = Stay(stay.first, stay.last)
        elif open_one.last is None or stay.first <= open_one.last + 1:
            if open_one.last is not None:
                open_one.last = None if stay.last is None else max(open_one.last, stay.last)
        else:
            yield open_one
            open_one = Stay(stay.first, stay.last)
    if open_one is not None:
        yield open_one


def sections_at(party: Party, case: Case, day: int | None) -> tuple[str, ...]:
    """The sections against him as they stood at the end of a day (None: now): charges before report before FIR."""
    best: tuple[int, int, tuple[str, ...]] | None = None
    for on, stage, sections in (*case.history, *party.history):
        if (day is None or on <= day) and (best is None or (stage, on) >= best[:2]):
            best = (stage, on, sections)
    return best[2] if best else ()


def _default_bail(party: Party, case: Case, start: date, gaps: list[tuple[date, date]]) -> str | None:
    """The day on which the right accrues."""
    if party.remanded is None:
        return None
    day = None if party.received is None else max(party.received, party.remanded)
    known = [_PUNISHMENTS[s] for s in sections_at(party, case, day) if s not in _JOINT and s != "BPEA2016 32"]
    if not known:
        return None
    remand = start + timedelta(days=party.remanded)
    days = max(one.days for one in known)
    accrues = _moved(remand + timedelta(days=days), gaps, remand)
    if days == 180 and party.extended is not None:
        ordered, until = party.extended
        if start + timedelta(days=ordered) < accrues:
            accrues = max(accrues, start + timedelta(days=until + 1))
    return accrues.isoformat()


def _release(
    party: Party, case: Case, start: date, stays: list[Stay], gaps: list[tuple[date, date]]
) -> dict[str, str | None]:
    nothing: dict[str, str | None] = {"one_third": None, "half": None, "full": None}
    sections = [s for s in sections_at(party, case, None) if s not in _JOINT]
    known = [_PUNISHMENTS[s] for s in sections]
    if not stays or any(one.life_or_death for one in known):
        return nothing
    terms = [
        _THEFT_AGAIN if section == _THEFT and party.convicted_before else one.months
        for section, one in zip(sections, known, strict=True)
    ]
    longest = max((term for term in terms if term is not None), default=None)
    if longest is None:
        return nothing
    begun = start + timedelta(days=stays[0].first)
    lost = sorted((*gaps, *_outside(party.delays, gaps, start)))
    third = _moved(_after(begun, Fraction(longest, 3)), lost, begun)
    return {
        "one_third": None if party.convicted_before else third.isoformat(),
        "half": _moved(_after(begun, Fraction(longest, 2)), lost, begun).isoformat(),
        "full": _moved(_after(begun, Fraction(longest)), gaps, begun).isoformat(),
    }


def _outside(
    delays: list[tuple[int, int]], gaps: list[tuple[date, date]], start: date
) -> list[tuple[date, date]]:
    """Days of delay that the Court laid at his door and that he did not spend outside anyhow, each once."""
    outside = {first + n * _DAY for first, last in gaps for n in range((last - first).days + 1)}
    days = {start + timedelta(days=n) for first, last in delays for n in range(first, last + 1)} - outside
    return [(day, day) for day in sorted(days)]


def _after(begun: date, months: Fraction) -> date:
    """So many calendar months later; of a part of a month, thirtieths as days, rounded up."""
    whole, rest = divmod(months, 1)
    year, month = divmod(begun.year * 12 + begun.month - 1 + int(whole), 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(begun.day, last)) + timedelta(days=-(-(rest * 30) // 1))


def _moved(due: date, lost: list[tuple[date, date]], begun: date) -> date:
    """A date moved on by the days lost before it; one that is reached stays."""
    for first, last in lost:
        if last >= begun and first < due:
            due += last - max(first, begun) + _DAY
    return due
