"""Limits of the investigation: BNSS s.173, 176, 184, 185, 187(9), 193, 194, and the State's own target.

For an FIR before 1 July 2024 the investigation stays under the CrPC (s.531): the limits that are new in the
BNSS do not apply.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from projections.law.clock import Clock, Moment, given
from projections.law.clocks.hours import between, last_day
from projections.law.clocks.limits import (
    APPLIES,
    OLD_CASE,
    Limit,
    Verdict,
    answered,
    first,
    information,
    received,
    steps,
)
from projections.law.clocks.limits import (
    clocks as limit_clocks,
)
from projections.law.facts import Step
from projections.law.matter import Matter
from schemas.correspondence import equivalents
from schemas.sections import Section

# s.193(2) and s.346(1): rape offences of the BNS and of POCSO.
_RAPE = {
    "BNS2023": frozenset(("64", "65", "66", "67", "68", "70", "71")),
    "POCSO2012": frozenset(("4", "6", "8", "10")),
}
THREE_YEARS, SEVEN_YEARS, TWO_YEARS = 36, 84, 24


def _is_rape(section: Section) -> bool:
    return section.section.split("(")[0] in _RAPE.get(section.act, frozenset())


def rape(matter: Matter) -> Verdict:
    """Whether a section of this matter is one that s.193(2) names; an IPC equivalent is a doubt of law."""
    stated = matter.current
    return _rape(stated.sections, stated.unread) if stated else _rape((), ())


@functools.lru_cache(maxsize=65536)
def _rape(sections: tuple[Section, ...], unread: tuple[str, ...]) -> Verdict:
    if any(_is_rape(section) for section in sections):
        return APPLIES
    if any(_is_rape(other) for section in sections for other in equivalents(section)):
        return Verdict(None, "ruling: s.193(2) and s.346(1) name the BNS sections only")
    if not sections or unread:
        return Verdict(None, "police.FirRegistered.sections")
    return Verdict(False, "no offence that s.193(2) names")


def preliminary(matter: Matter) -> Verdict:
    """s.173(3): punishable with three years or more but less than seven."""
    if not matter.facts.sections:
        return APPLIES  # an enquiry comes before the FIR: its own opening says of what kind the offence is
    liability = matter.liability
    if liability.lowest >= SEVEN_YEARS or liability.highest < THREE_YEARS:
        return Verdict(False, "maximum is not three to under seven years")
    if liability.lowest >= THREE_YEARS and liability.highest < SEVEN_YEARS:
        return APPLIES
    return Verdict(None, "police.FirRegistered.sections: whether the maximum is three to under seven years")


def summons_case(matter: Matter) -> Verdict:
    """s.2(1)(x), (z): not death, life, or more than two years."""
    liability = matter.liability
    if liability.lowest > TWO_YEARS:
        return Verdict(False, "a warrant case")
    if liability.highest <= TWO_YEARS:
        return APPLIES
    return Verdict(None, "police.SectionsAltered.sections: whether every maximum is two years or less")


def _first_arrest(matter: Matter) -> Sequence[Step]:
    arrests = sorted(matter.facts.arrests, key=lambda one: one.on)
    return [Step(arrests[0].on, arrests[0].event)] if arrests else []


def _reported(matter: Matter, start: Step) -> Sequence[Step]:
    """The police's own report or the court's stamp, whichever came first: a State target is the police's."""
    claims = [Step(one.on, one.event) for one in matter.facts.claims if one.on >= start.on]
    return [*claims, *received(matter, start)]


# Limits of the case: they run once, whoever is accused.
OF_CASE: tuple[Limit, ...] = (
    Limit(
        "173(1).e-information",
        "BNSS 173(1)(ii)",
        steps("police.EInformationGiven"),
        answered("police.EInformationSigned"),
        "signed",
        days=3,
        stops=steps("police.EInformationLapsed"),
    ),
    Limit(
        "173(3).preliminary-enquiry",
        "BNSS 173(3)",
        steps("police.PreliminaryEnquiryOpened"),
        answered("police.PreliminaryEnquiryClosed"),
        "enquiry closed",
        days=14,
        applies=preliminary,
        not_in_old_cases=True,
    ),
    Limit(
        "184(6).medical-report",
        "BNSS 184(6)",
        steps("police.VictimExamined"),
        answered("police.MedicalReportReceived"),
        "report received",
        days=7,
        not_in_old_cases=True,
    ),
    Limit(
        "193(2).rape-investigation",
        "BNSS 193(2)",
        information,
        received,
        "final report received in court",
        months=2,
        applies=rape,
        not_in_old_cases=True,
    ),
    Limit(
        "193(3).progress-told",
        "BNSS 193(3)(ii)",
        information,
        answered("police.ProgressInformed"),
        "informant or victim told",
        days=90,
        not_in_old_cases=True,
    ),
    Limit(
        "193(9).further-investigation",
        "BNSS 193(9)",
        steps("court.FurtherInvestigationPermitted"),
        received,
        "final report received in court",
        days=90,
        not_in_old_cases=True,
        extension="193(9)",
    ),
)
# Its start is the arrest of this accused.
OF_ACCUSED: tuple[Limit, ...] = (
    Limit(
        "187(9).summons-case",
        "BNSS 187(9)",
        _first_arrest,
        received,
        "final report received in court",
        months=6,
        applies=summons_case,
        not_in_old_cases=True,
    ),
)
# The events that are read as steps here.
STEPS = frozenset(
    (
        "police.EInformationGiven",
        "police.EInformationSigned",
        "police.EInformationLapsed",
        "police.PreliminaryEnquiryOpened",
        "police.PreliminaryEnquiryClosed",
        "police.VictimExamined",
        "police.MedicalReportReceived",
        "police.ProgressInformed",
        "court.FurtherInvestigationPermitted",
        "police.ForensicVisitMade",
        "police.SearchMade",
        "police.SearchRecordSent",
        "police.InquestHeld",
        "police.InquestReportSent",
    )
)


def of_case(matter: Matter) -> Iterator[Clock]:
    """Every limit of the case's investigation that started."""
    yield from limit_clocks(matter, OF_CASE)
    yield from _forensic(matter)
    yield from _hours(matter)
    yield from limit_clocks(
        matter, _target(matter.reference.state, matter.reference.charge_sheet_target_days)
    )


def of_accused(matter: Matter) -> Iterator[Clock]:
    """The limit that starts with the arrest of an accused, s.187(9)."""
    yield from limit_clocks(matter, OF_ACCUSED)


@functools.cache
def _target(state: str, days: int) -> tuple[Limit, ...]:
    """The State's own target for the final report, from its data."""
    name, law, what = "state.charge-sheet-target", f"{state} police target", "final report made"
    return (Limit(name, law, information, _reported, what, days=days),)


def _forensic(matter: Matter) -> Iterator[Clock]:
    """s.176(3): a forensic visit for seven years or more. A flag only, until the day that the State
    notified.
    """
    start = next(iter(information(matter)), None)
    if start is None:
        return
    rule, law = "176(3).forensic-visit", "BNSS 176(3)"
    inputs = {"start": given(start.on, start.event)}
    if matter.under_crpc:
        yield matter.clock(rule, law, applies=False, reasons=(OLD_CASE,), inputs=inputs)
        return
    liability = matter.liability
    if liability.highest < SEVEN_YEARS:
        yield matter.clock(rule, law, applies=False, reasons=("maximum under seven years",), inputs=inputs)
        return
    certain = liability.lowest >= SEVEN_YEARS
    made = next(iter(first("police.ForensicVisitMade")(matter)), None)
    notified = matter.reference.forensic_visit_from
    inputs["mandatory_from"] = given(notified)
    yield matter.clock(
        rule,
        law,
        start_event=start.event,
        start_date=start.on,
        met_by=Moment(made.on, made.event, "visit made") if made else None,
        inputs=inputs,
        missing=()
        if certain
        else ("police.SectionsAltered.sections: whether the maximum is seven years or more",),
        reasons=("mandatory",)
        if notified is not None and start.on >= notified
        else ("until notified: flag only",),
        flags=() if made else ("FORENSIC_VISIT_DUE",),
    )


def _hours(matter: Matter) -> Iterator[Clock]:
    """s.185(5): the record of a search within 48 hours. s.194(2): the inquest report within 24 hours."""
    for rule, law, began, ended, limit, new in (
        ("185(5).search-record", "BNSS 185(5)", "police.SearchMade", "police.SearchRecordSent", 48, True),
        ("194(2).inquest-report", "BNSS 194(2)", "police.InquestHeld", "police.InquestReportSent", 24, False),
    ):
        for start in matter.facts.steps.get(began, ()):
            inputs = {"start": given(start.at or start.on, start.event)}
            if new and matter.under_crpc:
                yield matter.clock(rule, law, applies=False, reasons=(OLD_CASE,), inputs=inputs)
                continue
            law_then = "CrPC 174(2)" if not new and matter.under_crpc else law
            end = min(answered(ended)(matter, start), key=lambda step: step.on, default=None)
            met, missing = None, []
            if end is not None:
                hours = between(start.on, start.at, end.on, end.at)
                inputs["end"] = given(end.at or end.on, end.event)
                inputs["hours"] = given([round(hours.least, 2), round(hours.greatest, 2)])
                if hours.greatest <= limit:
                    met = Moment(end.on, end.event, "sent")
                elif hours.least <= limit:
                    missing = [name for name, step in ((began, start), (ended, end)) if step.at is None]
            yield matter.clock(
                rule,
                law_then,
                start_event=start.event,
                start_date=start.on,
                length=f"{limit} hours",
                due_date=last_day(start.on, start.at, limit),
                met_by=met,
                inputs=inputs,
                missing=tuple(f"{name}: the hour" for name in missing),
            )
