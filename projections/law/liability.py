"""What all sections of one accused amount to: the class of s.187(3) and the longest maximum of s.479.

The gravest section governs. Where a section has several readings the range is kept and the reading most
favourable to the accused gives the date: an assumed variant never excludes, never gives 90 days, and a row
that was not checked against the statute never does so alone. `missing` names what would settle a doubt.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from projections.law.charges import ANTECEDENTS, SECTIONS, VARIANT, Charge, Convictions, Option, charges
from projections.law.offences import Offences
from schemas.sections import Section

TEN_YEARS = 120
_NO_LIMIT = Fraction(10**6)


class InvestigationClass(NamedTuple):
    """The days of s.187(3) that these sections give; None where no section gives any."""

    days: int | None
    possible: tuple[int, ...]
    rests_on: tuple[str, ...]
    flags: tuple[str, ...]
    reasons: tuple[str, ...]
    missing: tuple[str, ...]


class Term(NamedTuple):
    """The longest maximum M of s.479 in months; `possible` is the range, the least above 0 is `months`."""

    months: Fraction | None
    possible: tuple[Fraction, ...]
    shown: tuple[int | str, ...]  # the same range as JSON: whole months, or "1/30"
    rests_on: tuple[str, ...]
    excluded: tuple[str, ...]  # rows with death or life as one of the punishments
    excluded_by_death: tuple[str, ...]  # the narrower bar of CrPC s.436A
    flags: tuple[str, ...]
    missing: tuple[str, ...]


class Liability(NamedTuple):
    """One accused's sections, read together."""

    charges: tuple[Charge, ...]
    named: tuple[str, ...]  # every section as stated, joint liability too
    investigation: InvestigationClass
    term: Term
    offences: int  # how many count for "more than one offence"
    unknown: tuple[str, ...]
    lowest: float  # bounds of the gravest maximum in months, life and death above every term
    highest: float
    bailable: bool | None
    sessions: bool | None
    magistrate: bool | None
    is_uapa: bool
    is_ndps: bool


@functools.lru_cache(maxsize=65536)
def assess(
    table: Offences,
    sections: tuple[Section, ...],
    unread: tuple[str, ...],
    convictions: Convictions,
    offence_on: date | None,
) -> Liability:
    """Read a list of sections. Pure; the same list is worked out once."""
    found = charges(table, sections, convictions, offence_on)
    unknown = tuple(f"sections not understood: {text}" for text in unread) + tuple(
        text for charge in found for text in charge.unknown
    )
    if not sections and not unread:
        unknown = ("police.FirRegistered.sections",)
    elif not found:  # joint liability alone: with what offence?
        named = ", ".join(str(section) for section in sections)
        unknown = (*unknown, f"{SECTIONS}: the offence beside {named}")
    flags = tuple(dict.fromkeys(flag for charge in found for flag in charge.flags))
    known = tuple(charge for charge in found if charge.options)
    lows = [min(_grade(option, low=True) for option in charge.options) for charge in known]
    highs = [max(_grade(option, low=False) for option in charge.options) for charge in known]
    return Liability(
        found,
        tuple(str(section) for section in sections),
        _investigation(known, unknown, flags, any(one.section.act == "UAPA1967" for one in found)),
        _term(known, unknown, flags),
        len({(charge.section.act, charge.section.section.upper()) for charge in found if charge.counts})
        + len(unread),
        unknown,
        float(max(lows, default=0)),
        float(_NO_LIMIT if unknown else max(highs, default=_NO_LIMIT)),
        _bailable(known, unknown),
        *_courts(known, unknown),
        any(charge.section.act == "UAPA1967" for charge in found),
        any(charge.section.act == "NDPS1985" for charge in found),
    )


def _grade(option: Option, *, low: bool) -> Fraction:
    if option.excludes:
        return _NO_LIMIT
    if option.maximum is None or option.term_doubt:
        return (option.maximum or Fraction(0)) if low else _NO_LIMIT
    return option.maximum


def _variant(charge: Charge) -> str:
    return f"{VARIANT}: {charge.section}"


def _text(option: Option) -> str:
    return f"offence table: text of {option.name.split(':', maxsplit=1)[0]}"


def _investigation(
    known: tuple[Charge, ...], unknown: tuple[str, ...], flags: tuple[str, ...], uapa: bool
) -> InvestigationClass:
    """s.187(3): 90 where an offence is punishable with death, life, or not less than ten years; else 60."""
    given: list[tuple[int, Charge]] = []
    missing = list(unknown)
    raised = list(flags)
    for charge in known:
        days = {option.days for option in charge.options}
        if None in days:
            missing.extend(option.class_doubt for option in charge.options if option.class_doubt)
        certain = [day for day in days if day is not None]
        if not certain:
            continue
        least = min(certain)
        if least >= 90 and not any(option.verified or option.days_by_act for option in charge.options):
            least = 60  # never 90 on a row that nobody has checked against the text
        given.append((least, charge))
    if not given and not uapa:
        return InvestigationClass(
            None, (), (), tuple(dict.fromkeys(raised)), (), tuple(dict.fromkeys(missing))
        )
    days_all = max((day for day, _ in given), default=90)
    if uapa:  # UAPA s.43D(2): 90 for every section, whatever its punishment
        days_all = max(days_all, 90)
    possible = {days_all}
    reasons: list[str] = []
    for least, charge in given:
        higher = {
            option.days for option in charge.options if option.days is not None and option.days > days_all
        }
        if higher:
            possible |= higher
            if len({option.days for option in charge.options}) == 1:
                missing.extend(_text(option) for option in charge.options if not option.verified)
            else:
                raised.append("VARIANT_ASSUMED")
                missing.append(_variant(charge))
        if any(option.days is not None and option.days > days_all for option in charge.repeats):
            missing.append(f"{ANTECEDENTS}: {charge.section}")
        if days_all == 60:
            doubts = [option.class_doubt for option in charge.options if option.class_doubt]
            missing.extend(doubts)
            if doubts and len(doubts) < len(charge.options) and not higher:
                raised.append("VARIANT_ASSUMED")
                missing.append(_variant(charge))
            if any(
                option.maximum == TEN_YEARS and not option.excludes and option.days == 60
                for option in charge.options
            ):
                reasons.append("TEN_YEAR_AMBIGUITY")
        rests = least == days_all or bool(higher)
        if rests and any(not option.verified for option in charge.options):
            raised.append("UNVERIFIED_OFFENCE")
    return InvestigationClass(
        days_all,
        tuple(sorted(possible)),
        tuple(option.name for day, charge in given if day == days_all for option in charge.options),
        tuple(dict.fromkeys(raised)),
        tuple(dict.fromkeys(reasons)),
        tuple(dict.fromkeys(missing)),
    )


def _term(known: tuple[Charge, ...], unknown: tuple[str, ...], flags: tuple[str, ...]) -> Term:
    """s.479: excluded by death or life, else the longest maximum, as a range over the readings."""
    missing = list(unknown)
    raised = list(flags)
    excluded = _excluding(known, lambda option: option.excludes)
    if excluded:
        if any(
            not option.verified and option.name in excluded for charge in known for option in charge.options
        ):
            raised.append("UNVERIFIED_OFFENCE")
        by_death = _excluding(known, lambda option: option.death)
        return Term(None, (), (), (), excluded, by_death, tuple(dict.fromkeys(raised)), ())
    lows: list[Fraction] = []
    values: list[tuple[Fraction, Charge, Option]] = []
    for charge in known:
        own = []
        may_exclude = any(option.excludes for option in charge.options)
        all_exclude = all(option.excludes for option in charge.options)
        for option in charge.options:
            if option.term_doubt:
                missing.append(option.term_doubt)
            if option.excludes and not all_exclude:
                continue
            if option.excludes or (option.maximum is None and not option.term_doubt):
                missing.append(_text(option))
            if option.maximum is not None:
                own.append(option.maximum)
                values.append((option.maximum, charge, option))
        if may_exclude and not all_exclude:
            raised.append("VARIANT_ASSUMED")
            missing.append(_variant(charge))
        if may_exclude and any(not option.verified for option in charge.options):
            raised.append("UNVERIFIED_OFFENCE")
        if own:
            lows.append(min(own))
    floor = max(lows, default=None)
    possible = () if floor is None else tuple(sorted({value for value, _, _ in values if value >= floor}))
    months = next((value for value in possible if value > 0), None)
    if len(possible) > 1:
        raised.append("VARIANT_ASSUMED")
        missing.extend(
            _variant(charge)
            for charge in known
            if len({option.maximum for option in charge.options}) > 1
            and any(option.maximum in possible[1:] for option in charge.options)
        )
    if months is not None:
        if any(not option.verified and value >= months for value, _, option in values):
            raised.append("UNVERIFIED_OFFENCE")
        missing.extend(
            f"{ANTECEDENTS}: {charge.section}"
            for charge in known
            if any(option.excludes or (option.maximum or 0) > months for option in charge.repeats)
        )
    elif any(not option.verified for charge in known for option in charge.options):
        raised.append("UNVERIFIED_OFFENCE")
    return Term(
        months,
        possible,
        tuple(value.numerator if value.denominator == 1 else str(value) for value in possible),
        tuple(dict.fromkeys(option.name for value, _, option in values if value in possible)),
        (),
        (),
        tuple(dict.fromkeys(raised)),
        tuple(dict.fromkeys(missing)),
    )


def _excluding(known: tuple[Charge, ...], bars: Callable[[Option], bool]) -> tuple[str, ...]:
    """Rows of the charges that bar in every reading, at least one of them checked against the text."""
    return tuple(
        option.name
        for charge in known
        if all(bars(option) for option in charge.options)
        and any(option.verified for option in charge.options)
        for option in charge.options
    )


def _bailable(known: tuple[Charge, ...], unknown: tuple[str, ...]) -> bool | None:
    """False if some charge is non-bailable in every reading, True if all are bailable in every reading."""
    if any(all(option.bailable is False for option in charge.options) for charge in known):
        return False
    if unknown or not known:
        return None
    return True if all(option.bailable for charge in known for option in charge.options) else None


def _courts(known: tuple[Charge, ...], unknown: tuple[str, ...]) -> tuple[bool | None, bool | None]:
    """Whether the Court of Session alone tries the case (committal), and whether a magistrate does."""
    courts = [{option.triable_by for option in charge.options} for charge in known]
    if any(names == {"Court of Session"} for names in courts):
        return True, False
    if any("Special Court" in names and len(names) == 1 for names in courts):
        return False, False
    if unknown or not courts:
        return None, None
    every = {name for names in courts for name in names}
    if all("Magistrate" in name for name in every):
        return False, True
    return None, None
