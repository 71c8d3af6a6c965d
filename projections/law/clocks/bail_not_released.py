"""Bail granted and not released (In Re Policy Strategy for Grant of Bail, SC 31 January 2023).

Day 0 is the day of the grant. Still inside on day 7: legal services are to be told. After one calendar
month the court may relax the conditions of its own motion. Whether only this case holds the person is
computed at reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from projections.law.calendar import add_months, after
from projections.law.clock import Clock, Moment, given
from projections.law.facts import Bail, CustodyEnd
from projections.law.matter import Matter

LEGAL_SERVICES = "bail-not-released.legal-services"
ONE_MONTH = "bail-not-released.one-month"
INDIGENT = "478.indigent"
LAW = "SC 31 Jan 2023, In Re Policy Strategy for Grant of Bail"
# Interim bail ends by itself and anticipatory bail finds nobody inside.
_RELEASING = frozenset(("REGULAR", "DEFAULT", "S479", "S480_6", "UNKNOWN"))
REASON_CODES = frozenset(
    (
        "NO_SURETY",
        "SURETY_VERIFICATION",
        "OTHER_CASE_CUSTODY",
        "ORDER_NOT_RECEIVED",
        "MISMATCH",
        "UNWILLING",
        "UNKNOWN",
    )
)


def clocks(matter: Matter) -> Iterator[Clock]:
    """Both clocks for the latest grant that found the accused inside; and the bond of a bailable offence."""
    grant = _grant(matter)
    if grant is not None:
        yield from _granted(matter, grant)
    yield from _indigent(matter)


def _grant(matter: Matter) -> Bail | None:
    """The latest grant to one who was inside on that day, or of whose custody nothing is known."""
    grants = [one for one in matter.facts.bail_granted if one.kind in _RELEASING]
    if not grants:
        return None
    latest = max(grants, key=lambda one: one.on)
    held = matter.held
    if held.since is None or held.inside(latest.on):
        return latest
    return None


def _granted(matter: Matter, grant: Bail) -> Iterator[Clock]:
    facts = matter.facts
    missing = tuple(matter.held.missing)
    if matter.held.since is None:
        missing = (*missing, "prison.Admitted")
    if grant.kind == "UNKNOWN":
        missing = (*missing, "court.BailGranted.bail_kind")
    reason = max(
        (one for one in facts.not_released if one.on >= grant.on), key=lambda one: one.on, default=None
    )
    code = reason.code if reason and reason.code in REASON_CODES else "UNKNOWN"
    inputs = {
        "granted": given(grant.on, grant.event),
        "kind": given(grant.kind, grant.event),
        "reason": given(code, reason.event if reason else None),
    }
    stopped = _out(matter, grant)
    told = next(
        (one for one in facts.steps.get("prison.LegalServicesInformed", ()) if one.on >= grant.on), None
    )
    yield matter.clock(
        LEGAL_SERVICES,
        LAW,
        start_event=grant.event,
        start_date=grant.on,
        length="7 days",
        due_date=after(grant.on, 7),
        met_by=Moment(told.on, told.event, "legal services informed") if told else None,
        stopped_by=stopped,
        inputs=inputs,
        missing=missing,
        reasons=(code,),
    )
    yield matter.clock(
        ONE_MONTH,
        LAW,
        start_event=grant.event,
        start_date=grant.on,
        length="1 month",
        due_date=add_months(grant.on, 1),
        stopped_by=stopped,
        inputs=inputs,
        missing=missing,
        reasons=(code,),
    )


def _out(matter: Matter, grant: Bail) -> Moment | None:
    """The first way out of custody after the grant, or the cancelling of the bail."""
    ends = [
        Moment(one.until, one.end_event or one.event, (one.ended or CustodyEnd.RELEASE).value)
        for one in matter.facts.custody
        if one.until is not None and one.until >= grant.on and one.ended is not CustodyEnd.INTERIM
    ]
    ends += [
        Moment(one.on, one.event, "bail cancelled")
        for one in matter.facts.steps.get("court.BailCancelled", ())
        if one.on >= grant.on
    ]
    return min(ends, key=lambda one: one.on, default=None)


def _indigent(matter: Matter) -> Iterator[Clock]:
    """s.478, Explanation: unable to give bail within a week of arrest in a bailable offence: presumed
    indigent.
    """
    facts = matter.facts
    arrest = min(facts.arrests, key=lambda one: one.on, default=None)
    if arrest is None or arrest.released:
        return
    bailable = matter.liability.bailable
    if bailable is False:
        return
    bond = facts.first("court.BondAccepted")
    doubt = (
        () if bailable else ("offence table: whether every section is bailable", *matter.liability.unknown)
    )
    yield matter.clock(
        INDIGENT,
        "CrPC 436(1)" if matter.under_crpc else "BNSS 478(1)",
        start_event=arrest.event,
        start_date=arrest.on,
        length="7 days",
        due_date=arrest.on + timedelta(days=7),
        met_by=Moment(bond.on, bond.event, "bond accepted") if bond else None,
        stopped_by=matter.released,
        inputs={"arrest": given(arrest.on, arrest.event), "days": given(7)},
        missing=(*doubt, *matter.held.missing),
        flags=matter.savings,
    )
