"""Default bail, BNSS s.187(3) (before 1 July 2024 CrPC s.167(2)); NDPS s.36A(4); UAPA s.43D(2).

The day of the first remand is day 1 (Enforcement Directorate v Kapil Wadhawan, SC 27 March 2023): the last
day is remand + (N - 1), the right accrues on remand + N. Days on interim bail do not count. Holidays extend
nothing. Met by a sheet that sends up this accused, received in court on or before the last day (SFIO v
Rahul Modi, SC 2022).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from projections.law.calendar import add_months, civil
from projections.law.clock import Clock, Dated, Moment, given, listed
from projections.law.counting import DAY, moved
from projections.law.facts import Bail, Disposal, Report
from projections.law.liability import InvestigationClass, Liability
from projections.law.matter import Matter, history, sections_on

RULE = "default-bail"
UAPA_LIMIT = 180
# A claim that does not say what becomes of this accused may send him up.
_MAY_SEND_UP = (Disposal.SENT_UP, None)
_TIMES = "court.BailApplied.envelope.occurred_at and court.ChargeSheetConsumed.received_in_court_at"


def clocks(matter: Matter) -> Iterator[Clock]:
    """The one default-bail clock of this accused in this case."""
    facts = matter.facts
    law = "CrPC 167(2)" if matter.under_crpc else "BNSS 187(3)"
    remand = matter.first_remand
    if remand is None:
        if matter.held.since is None:
            reason = "no remand, no custody on record"
            yield matter.clock(RULE, law, applies=False, reasons=(reason,))
        else:
            inputs = {"custody_since": given(matter.held.since, matter.held.since_event)}
            yield matter.clock(
                RULE,
                law,
                inputs=inputs,
                missing=("court.RemandOrdered",),
                stopped_by=matter.released,
            )
        return

    sheet = matter.sent_up
    stated = sections_on(facts, max(sheet.on, remand.on)) if sheet else matter.current
    if stated is None:
        stated = matter.current
    liability = matter.amount(stated)
    span = liability.investigation
    inputs = {
        "first_remand": given(remand.on, remand.event),
        "sections": listed(liability.named, stated.event if stated else None),
        "ordered_by": given("executive magistrate" if remand.by_executive else "magistrate", remand.event),
        "days": given(span.days),
        "days_possible": listed(span.possible),
        "rests_on": listed(span.rests_on),
        "gaps": matter.gaps_input(remand.on),
    }
    if facts.offence_on is not None:
        inputs["offence_on"] = given(facts.offence_on, facts.offence_event)
    flags, reasons, missing = list(span.flags), list(span.reasons), [*span.missing, *matter.held.missing]
    law = _special_law(span, liability, law)
    if span.days is None:
        inputs["if_days"] = given(
            {str(days): _accrual(matter, remand.on, days) for days in (60, 90)}, remand.event
        )
        yield matter.clock(
            RULE,
            law,
            start_event=remand.event,
            start_date=remand.on,
            inputs=inputs,
            flags=tuple(flags),
            reasons=tuple(reasons),
            missing=tuple(missing),
            stopped_by=matter.released,
        )
        return

    run = _extended(matter, remand.on, span, liability)
    accrues, due = run.accrues, run.accrues - DAY
    inputs |= run.inputs
    flags.extend(run.flags)
    flags.extend(matter.reference.calendar.flags(due))
    if len(span.possible) > 1:
        inputs["if_days"] = given({str(days): _accrual(matter, remand.on, days) for days in span.possible})
    old = _altered_after_accrual(matter, remand.on, accrues, sheet)
    if old is not None:
        flags.append("ALTERED_AFTER_ACCRUAL")
        missing.append("ruling: sections altered after the right accrued")
        inputs["accrued_before_alteration"] = given(old[0], old[1])

    met, dated = _answer(matter, sheet, due, accrues, flags, missing, inputs)
    yield matter.clock(
        RULE,
        law,
        start_event=remand.event,
        start_date=remand.on,
        length=f"{span.days} days",
        due_date=due,
        accrues_on=accrues,
        met_by=met,
        stopped_by=matter.released,
        inputs=inputs,
        missing=tuple(dict.fromkeys(missing)),
        reasons=tuple(dict.fromkeys(reasons)),
        flags=tuple(dict.fromkeys(flags)),
        dated=tuple(dated),
    )


def _special_law(span: InvestigationClass, liability: Liability, law: str) -> str:
    if liability.is_uapa:
        return f"UAPA 43D(2), {law}"
    if span.days == 180 or 180 in span.possible:
        return f"NDPS 36A(4), {law}"
    return law


def _accrual(matter: Matter, start: date, days: int) -> date:
    return moved(start + timedelta(days=days), start, matter.held.gaps)


class _Run(NamedTuple):
    accrues: date
    flags: tuple[str, ...]
    inputs: dict[str, dict[str, Any]]


def _extended(matter: Matter, start: date, span: InvestigationClass, liability: Liability) -> _Run:
    """The accrual with every extension that was ordered in time, cut to what the Act allows."""
    accrues = _accrual(matter, start, span.days or 60)
    rule = "UAPA 43D" if liability.is_uapa else "NDPS 36A" if liability.is_ndps else None
    orders = sorted((one for one in matter.facts.extensions if one.rule == rule), key=lambda one: one.on)
    if rule is None or not orders:
        return _Run(accrues, (), {})
    if rule == "UAPA 43D":
        limit = _accrual(matter, start, UAPA_LIMIT) - DAY
    else:  # one year: the last day is remand + 1 year - 1 day
        limit = moved(add_months(start, 12), start, matter.held.gaps) - DAY
    flags: list[str] = []
    used: list[list[str]] = []
    events: list[str] = []
    for order in orders:
        if order.on >= accrues:
            flags.append("EXTENSION_LATE")
            continue
        until = order.until
        if until > limit:
            flags.append("EXTENSION_BEYOND_LAW")
            until = limit
        if until + DAY > accrues:
            accrues = until + DAY
        used.append([order.on.isoformat(), order.until.isoformat()])
        events.append(order.event)
    inputs = {"extensions": given(used, *events), "extension_limit": given(limit)}
    return _Run(accrues, tuple(flags), inputs)


def _altered_after_accrual(
    matter: Matter, start: date, accrues: date, sheet: Report | None
) -> tuple[date, str] | None:
    """The date on which the right had accrued under sections that were altered only afterwards."""
    lists = history(matter.facts, sheet.on if sheet else None)
    for before, later in itertools.pairwise(lists):
        liability = matter.amount(before)
        if liability.investigation.days is None:
            continue
        old = _extended(matter, start, liability.investigation, liability).accrues
        if later.on >= old and old != accrues:
            return old, later.event
    return None


def _answer(
    matter: Matter,
    sheet: Report | None,
    due: date,
    accrues: date,
    flags: list[str],
    missing: list[str],
    inputs: dict[str, dict[str, Any]],
) -> tuple[Moment | None, list[Dated]]:
    """What met the clock, and what the passing of days adds."""
    facts = matter.facts
    dated: list[Dated] = []
    if (sheet is None or sheet.on > due) and any(
        one.disposal is None and not one.final_form and one.on <= due for one in facts.filings
    ):
        missing.append("court.ChargeSheetConsumed.accused")
    not_sent = next((one for one in facts.filings if one.disposal is Disposal.NOT_SENT_UP), None)
    if not_sent and sheet is None and matter.released is None:
        flags.append("NOT_SENT_UP_IN_CUSTODY")
        missing.append("court.BailGranted or prison.Released (s.189)")
    if sheet is not None:
        in_time = [one for one in matter.sheets if one.on <= due]
        sheet = next((one for one in in_time if one.complete is not False), sheet)
        inputs["received_in_court"] = given(sheet.on, sheet.event)
        if sheet.complete is False:
            flags.append("INCOMPLETE_SHEET")
            missing.append("ruling: charge sheet filed while the investigation was not complete")
        if sheet.on <= due:
            return Moment(sheet.on, sheet.event, "charge sheet received in court"), dated
        if sheet.at_latest:
            missing.append("court.ChargeSheetConsumed.received_in_court_at")
    claim = next(
        (
            one
            for one in facts.claims
            if one.disposal in _MAY_SEND_UP and not one.final_form and one.on <= due
        ),
        None,
    )
    if claim is not None:
        inputs["police_claim"] = given(claim.on, claim.event)
        dated.append(
            Dated(
                accrues,
                "FILED_NOT_CONSUMED",
                "court.ChargeSheetConsumed.received_in_court_at",
                sheet.on - DAY if sheet else None,
            )
        )
    availed, doubt, event = _availed(facts.bail_applied, sheet, accrues)
    inputs["availed"] = given(availed, event)
    if doubt:
        dated.append(Dated(accrues, None, doubt))
    return None, dated


def _availed(
    applications: tuple[Bail, ...], sheet: Report | None, accrues: date
) -> tuple[bool | None, str | None, str | None]:
    """Whether the right was availed before the sheet: (true, false or null, what would settle it, event)."""
    asked = [one for one in applications if one.kind == "DEFAULT"]
    ripe = [one for one in asked if one.on >= accrues]
    if not ripe:
        nameless = next((one for one in applications if one.kind == "UNKNOWN" and one.on >= accrues), None)
        if nameless and (sheet is None or nameless.on <= sheet.on):
            return None, "court.BailApplied.bail_kind", nameless.event
        if asked:
            return None, "ruling: default bail applied for before the right accrued", asked[0].event
        return (None if sheet is None else False), None, None
    first = min(ripe, key=lambda one: (one.on, one.at.timestamp() if one.at else 0.0))
    if sheet is None or first.on < sheet.on:
        return True, None, first.event
    if first.on > sheet.on:
        return False, None, first.event
    if first.at and sheet.at and civil(first.at) == civil(sheet.at) and first.at != sheet.at:
        return first.at < sheet.at, None, first.event
    return None, _TIMES, first.event
