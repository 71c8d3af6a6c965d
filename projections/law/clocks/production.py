"""Arrest to remand: production within 24 hours (BNSS s.58), and written grounds of arrest two hours before
it.

s.58 leaves out the journey: with a recorded journey it is deducted; without one, 24 to 48 hours is for
review and more has lapsed. Grounds in writing, in a language that the person understands, at least two
hours before remand: Mihir Rajesh Shah v State of Maharashtra, 2025 INSC 1288, for arrests from 6 November
2025.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from projections.law.calendar import civil
from projections.law.clock import Clock, Dated, Moment, given
from projections.law.clocks.hours import between, last_day
from projections.law.facts import Arrest, Remand
from projections.law.matter import Matter

PRODUCTION = "arrest.production"
GROUNDS = "arrest.grounds-in-writing"
GROUNDS_FROM = date(2025, 11, 6)
LIMIT, DOUBT = 24, 48
_LEAST_NOTICE = 2.0
_PRODUCED = "court.RemandOrdered.produced_at"


def clocks(matter: Matter) -> Iterator[Clock]:
    """Both clocks for each arrest whose person was not let go by the police."""
    for arrest in matter.facts.arrests:
        remand = _remand_after(matter, arrest)
        if arrest.released and remand is None:
            continue
        yield _production(matter, arrest, remand)
        yield _grounds(matter, arrest, remand)


def _remand_after(matter: Matter, arrest: Arrest) -> Remand | None:
    later = [one for one in matter.facts.remands if one.on >= arrest.on]
    return min(later, key=lambda one: one.on, default=None)


def _production(matter: Matter, arrest: Arrest, remand: Remand | None) -> Clock:
    journey = (arrest.journey_minutes or 0) / 60
    allowed = LIMIT + journey
    due = last_day(arrest.on, arrest.at, allowed)
    inputs = {
        "arrest": given(arrest.at or arrest.on, arrest.event),
        "journey_minutes": given(arrest.journey_minutes, arrest.event),
        "allowed_hours": given(allowed),
    }
    missing: list[str] = []
    dated: tuple[Dated, ...] = ()
    met = None
    if remand is None:
        # Courts key remands late: without a row the hub does not know, and says so.
        dated = (Dated(due + timedelta(days=1), None, _PRODUCED),)
    else:
        hours = between(arrest.on, arrest.at, remand.on, remand.produced_at)
        inputs["produced"] = given(remand.produced_at or remand.on, remand.event)
        inputs["hours"] = given([round(hours.least, 2), round(hours.greatest, 2)])
        if hours.greatest <= allowed:
            met = Moment(remand.on, remand.event, "produced before a magistrate")
        elif hours.least <= (allowed if arrest.journey_minutes is not None else DOUBT):
            missing = [
                name
                for name, unknown in (
                    ("police.ArrestMade.at", arrest.at is None),
                    (_PRODUCED, remand.produced_at is None),
                    (
                        "police.ArrestMade.journey_minutes",
                        arrest.journey_minutes is None and hours.greatest > LIMIT,
                    ),
                )
                if unknown
            ]
    return matter.clock(
        PRODUCTION,
        "CrPC 57" if matter.under_crpc else "BNSS 58",
        start_event=arrest.event,
        start_date=arrest.on,
        length="24 hours, journey excluded",
        due_date=due,
        met_by=met,
        stopped_by=matter.released if remand is None else None,
        inputs=inputs,
        missing=tuple(missing),
        dated=dated,
    )


def _grounds(matter: Matter, arrest: Arrest, remand: Remand | None) -> Clock:
    law = "Constitution art. 22(1), BNSS 47; 2025 INSC 1288"
    if arrest.on < GROUNDS_FROM:
        return matter.clock(GROUNDS, law, applies=False, reasons=("arrest before 6 November 2025",))
    inputs = {
        "arrest": given(arrest.at or arrest.on, arrest.event),
        "grounds_at": given(arrest.grounds_at, arrest.event),
        "language": given(arrest.grounds_language, arrest.event),
        "understood": given(arrest.grounds_understood, arrest.event),
    }
    missing = []
    if arrest.grounds_at is None:
        missing.append("police.ArrestMade.grounds_in_writing_at")
    if arrest.grounds_language is None:
        missing.append("police.ArrestMade.grounds_language")
    if arrest.grounds_understood is None:
        missing.append("police.ArrestMade.grounds_understood")
    due, met, in_time = None, None, True
    if remand is not None:
        inputs["produced"] = given(remand.produced_at or remand.on, remand.event)
        due = remand.on
        if remand.produced_at is not None:
            due = civil(remand.produced_at - timedelta(hours=_LEAST_NOTICE))
        if arrest.grounds_at is not None:
            notice = _notice(arrest, remand)
            inputs["hours_before"] = given([round(hours, 2) for hours in notice])
            in_time = notice[1] >= _LEAST_NOTICE
            if in_time and notice[0] < _LEAST_NOTICE:
                missing.append(_PRODUCED)
    if in_time and not missing and arrest.grounds_understood and arrest.grounds_at is not None:
        met = Moment(civil(arrest.grounds_at), arrest.event, "grounds given in writing")
    if not in_time or arrest.grounds_understood is False:
        missing = []  # already late, or not understood: nothing that is missing could mend it
    return matter.clock(
        GROUNDS,
        law,
        start_event=arrest.event,
        start_date=arrest.on,
        length="2 hours before remand",
        due_date=due,
        met_by=met,
        inputs=inputs,
        missing=tuple(missing),
    )


def _notice(arrest: Arrest, remand: Remand) -> tuple[float, float]:
    """Least and greatest hours from the written grounds to production; negative if they came after it."""
    grounds = arrest.grounds_at
    if grounds is None:  # pragma: no cover - the caller asks only with grounds
        return 0.0, 0.0
    hour = timedelta(hours=1)
    if remand.produced_at is not None:
        exact = (remand.produced_at - grounds) / hour
        return exact, exact
    span = between(civil(grounds), grounds, remand.on, None)
    return span.least, span.greatest
