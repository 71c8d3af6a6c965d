"""From a section string's rows to what the accused may have to serve: the readings (`Option`) of each charge.

A section whose variant the event does not name has several readings; none is chosen here. Derived punishments
("same as principal", halves, fractions) are worked out beside the principal in the same list, else doubted.
A doubt is a text that names what would settle it; `liability.py` passes it on as `missing`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from projections.law.offences import Match, Offences, Row
from schemas.correspondence import equivalents, related
from schemas.sections import Section

# Fractions of imprisonment for life are reckoned on twenty years: BNS s.6, IPC s.57.
LIFE_MONTHS = 240
TEN_YEARS = 120

VARIANT = "police.SectionsAltered.sections.variant"
SECTIONS = "police.SectionsAltered.sections"
ANTECEDENTS = "police.AntecedentsReported.convictions"


class Option(NamedTuple):
    """One reading of one charge.

    `maximum` in months, None where no term is known (life alone, or a doubt); `days` is the class of
    s.187(3): 60, 90, a special Act's own, or None where it cannot be told.
    """

    name: str
    excludes: bool  # death or imprisonment for life is one of the punishments
    death: bool
    maximum: Fraction | None
    days: int | None
    days_by_act: bool = False  # the Act gives the days, whatever the row's punishment
    verified: bool = True
    class_doubt: str | None = None
    term_doubt: str | None = None
    bailable: bool | None = None
    triable_by: str = ""


class Charge(NamedTuple):
    """One section of the accused with its readings. `counts`: an offence for "more than one offence"."""

    section: Section
    options: tuple[Option, ...]
    repeats: tuple[Option, ...]  # rows that would apply on a conviction which is not recorded
    flags: tuple[str, ...]
    unknown: tuple[str, ...]  # what makes the section as a whole unreadable
    counts: bool


class Convictions(NamedTuple):
    """What is known of earlier convictions. `complete`: the search was complete, so what is absent is a no."""

    sections: tuple[Section, ...] = ()
    complete: bool = False


def charges(
    table: Offences, sections: Sequence[Section], convictions: Convictions, offence_on: date | None
) -> tuple[Charge, ...]:
    """The charges of a list of sections, joint-liability and merely auxiliary sections left out."""
    found = []
    for section in dict.fromkeys(sections):
        rows, match = table.lookup(section)
        if rows and all(row.max_rule == "not an offence" for row in rows):
            continue
        if (
            rows
            and all(row.max_rule.startswith("no separate punishment") for row in rows)
            and len(sections) > 1
        ):
            continue
        found.append((section, rows, match))
    principals = [rows for _, rows, _ in found if rows and all(_is_own(row) for row in rows)]
    return tuple(
        _charge(section, rows, match, principals, convictions, offence_on) for section, rows, match in found
    )


def _is_own(row: Row) -> bool:
    return row.max_rule == "" and row.commenced


def _charge(
    section: Section,
    rows: tuple[Row, ...],
    match: Match,
    principals: list[tuple[Row, ...]],
    convictions: Convictions,
    offence_on: date | None,
) -> Charge:
    flags = ("SECTION_BASE_MATCH",) if match is Match.BASE else ()
    if not rows:
        return Charge(section, (), (), flags, (f"offence table: {section}",), True)
    if not all(row.commenced for row in rows):
        rows = tuple(row for row in rows if row.commenced)
        if not rows:
            return Charge(section, (), (), (*flags, "NOT_IN_FORCE"), (f"{SECTIONS}: {section}",), True)
    if offence_on is not None:
        applied = tuple(row for row in rows if row.applied_on(offence_on))
        if not applied:
            text = f"offence table: {section} as it stood on {offence_on.isoformat()}"
            return Charge(section, (), (), (*flags, "UNVERIFIED_LAW"), (text,), True)
        rows = applied
    plain, repeats = _by_conviction(rows, convictions)
    named = tuple(row for row in plain if section.variant and _same(row.offence, section.variant))
    if named:
        plain, repeats = named, ()
    elif section.variant and any(_same(row.offence, section.variant) for row in repeats):
        named_repeat = tuple(row for row in repeats if _same(row.offence, section.variant))
        plain, repeats = (*plain, *named_repeat), named_repeat
    options = tuple(dict.fromkeys(o for row in plain for o in _options(row, principals)))
    if not options:  # a repeat offender's section, and no conviction on record
        return Charge(section, (), (), flags, (f"{ANTECEDENTS}: {section}",), True)
    return Charge(
        section,
        options,
        () if convictions.complete else tuple(o for row in repeats for o in _options(row, principals)),
        flags,
        (),
        True,
    )


def _same(offence: str, variant: str) -> bool:
    return offence.casefold().split() == variant.casefold().split()


def _by_conviction(
    rows: tuple[Row, ...], convictions: Convictions
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Rows that apply, and rows for repeat offenders that need a conviction which is not recorded."""
    repeats = tuple(row for row in rows if row.repeat)
    if not repeats:
        return rows, ()
    proved = tuple(
        row for row in repeats if any(_convicted(row, earlier) for earlier in convictions.sections)
    )
    if proved:
        return proved, ()
    return tuple(row for row in rows if not row.repeat), repeats


@functools.lru_cache(maxsize=4096)
def _convicted(row: Row, earlier: Section) -> bool:
    """True if an earlier conviction is the one that a repeat row needs, under this code or its predecessor."""
    wanted = row.repeat_of or (row.section,)
    same_code = (earlier, *equivalents(earlier))
    return any(
        other.act == row.act and ("*" in wanted or any(related(other.section, need) for need in wanted))
        for other in same_code
    )


@functools.lru_cache(maxsize=16384)
def _own(row: Row) -> Option:
    """The reading of a row that states its own punishment."""
    excludes = row.death or row.life
    maximum = None if row.max_months is None else Fraction(row.max_months)
    minimum = row.min_months or 0
    doubt = None
    if row.investigation_days is not None:
        days = row.investigation_days
    elif excludes or minimum >= TEN_YEARS or row.act == "UAPA1967":
        days = 90
    else:
        days = 60
        if maximum is not None and maximum > TEN_YEARS:
            doubt = f"ruling: maximum above ten years, minimum below ({row.act} {row.section})"
    return Option(
        row.name,
        excludes,
        row.death,
        maximum,
        days,
        days_by_act=row.investigation_days is not None or row.act == "UAPA1967",
        verified=row.verified,
        class_doubt=doubt,
        bailable=row.bailable,
        triable_by=row.triable_by,
    )


def _options(row: Row, principals: list[tuple[Row, ...]]) -> tuple[Option, ...]:
    rule = row.max_rule
    base = _own(row)
    if rule == "":
        return (base,)
    where = f"{row.act} {row.section}"
    if rule.startswith("additional"):
        return (base._replace(term_doubt=f"ruling: whether the term of {where} is added to another"),)
    if rule.startswith("fixed:24"):
        return (base._replace(maximum=Fraction(1, 30)),)
    if rule.startswith("fixed"):
        return (base._replace(maximum=Fraction(0)),)
    if rule.startswith("floor only"):
        return (_floor(row, base, principals),)
    if rule in ("same as principal", "half of principal", "double of principal") or rule.startswith(
        "fraction"
    ):
        return _derived(row, base, principals)
    if rule.startswith("class:") and not row.death:
        text = f"offence table: the own term of {where}"
        return (base._replace(maximum=None, term_doubt=text),)
    doubt = f"offence table: {where} ({rule.split(':', maxsplit=1)[0]})"
    days = base.days if base.days_by_act else None
    return (
        base._replace(
            excludes=False, death=False, maximum=None, days=days, class_doubt=doubt, term_doubt=doubt
        ),
    )


# What BNS 311, 312 and IPC 397, 398 are committed with: robbery and dacoity.
_ROBBERY = {
    "BNS2023": frozenset(("309", "310")),
    "IPC1860": frozenset(("392", "393", "394", "395", "396", "399", "402")),
}


def _floor(row: Row, base: Option, principals: list[tuple[Row, ...]]) -> Option:
    robbery = _ROBBERY.get(row.act, frozenset())
    if "309-310" in row.max_rule and any(
        rows[0].act == row.act and rows[0].section.split("(")[0] in robbery for rows in principals
    ):
        return base._replace(
            maximum=Fraction(0)
        )  # the maximum is the robbery's own, which stands in the list
    text = f"ruling: no maximum term is stated for {row.act} {row.section}"
    return base._replace(class_doubt=text, term_doubt=text)


def _derived(row: Row, base: Option, principals: list[tuple[Row, ...]]) -> tuple[Option, ...]:
    """Punishment measured by the principal offence. Beside a principal in the list "same" adds nothing to
    it.
    """
    if row.max_rule == "same as principal" and principals:
        return (base._replace(maximum=Fraction(0), days=base.days if base.days_by_act else 60),)
    factor = _factor(row.max_rule)
    if factor is None or len(principals) != 1:
        doubt = f"{SECTIONS}: the one principal offence of {row.act} {row.section}"
        days = base.days if base.days_by_act else None
        return (base._replace(maximum=None, days=days, class_doubt=doubt, term_doubt=doubt),)
    readings = []
    for principal in principals[0]:
        own = _own(principal)
        top = Fraction(LIFE_MONTHS) if own.excludes else own.maximum
        minimum = (principal.min_months or 0) * (factor if row.act in ("NDPS1985", "ARMS1959") else 0)
        readings.append(
            base._replace(
                name=f"{row.name}, of {own.name}",
                maximum=None if top is None else top * factor,
                days=90 if minimum >= TEN_YEARS else 60,
                verified=row.verified and own.verified,
            )
        )
    return tuple(readings)


def _factor(rule: str) -> Fraction | None:
    if rule == "half of principal":
        return Fraction(1, 2)
    if rule == "double of principal":
        return Fraction(2)
    if rule.startswith("fraction:"):
        return Fraction(rule[len("fraction:") :].split()[0])
    return None
