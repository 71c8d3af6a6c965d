"""Warrant in force, BNSS s.187(2) and s.346(2): custody always rests on an order that has not run out.

At most 15 days at a time; s.232(b) until the trial ends. An order holds to the end of its stated day, and
the jail's own endorsed next date counts. WARRANT_EXPIRED only if the jail's record too has no later date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from projections.law.clock import Clock, Dated, given
from projections.law.counting import DAY
from projections.law.facts import JailDate, Remand
from projections.law.matter import Matter

RULE = "warrant"
MOST = 15


def clocks(matter: Matter) -> Iterator[Clock]:
    """The order under which the accused is held now; nothing for one who was never inside."""
    facts = matter.facts
    if not matter.ever_inside:
        return
    order = max(facts.remands, key=_reach, default=None)
    open_ended = _until_trial_ends(matter, order)
    if open_ended is not None:
        yield matter.clock(
            RULE,
            "BNSS 232(b)",
            start_event=open_ended.event,
            start_date=open_ended.on,
            length="until the trial ends",
            stopped_by=matter.released,
            inputs={"ordered": given(open_ended.on, open_ended.event)},
            missing=matter.held.missing,
            flags=("UNTIL_TRIAL_ENDS", *matter.savings),
        )
        return
    stated = order.until if order else None
    jail = max((one for one in facts.jail_dates if one.until), key=_until, default=None)
    due = max((day for day in (stated, jail.until if jail else None) if day), default=None)
    missing = list(matter.held.missing)
    if due is None:
        missing.append("court.RemandOrdered.to_date or prison.WarrantReceived.valid_to")
    yield matter.clock(
        RULE,
        _law(matter),
        start_event=order.event if order else None,
        start_date=order.on if order else None,
        length=f"{MOST} days at a time",
        due_date=due,
        stopped_by=matter.released,
        inputs={
            "order_until": given(stated, order.event if order else None),
            "jail_until": given(jail.until if jail else None, jail.event if jail else None),
        },
        missing=tuple(missing),
        flags=_over(order) + (matter.savings if facts.first("court.CognizanceTaken") else ()),
        dated=tuple(_later(matter, stated, jail.until if jail else None, due)),
    )


def _until(entry: JailDate) -> date:
    return entry.until or entry.on


def _until_trial_ends(matter: Matter, order: Remand | None) -> Remand | JailDate | None:
    """The latest order if it holds until the trial ends, or a jail's entry of such a warrant that is no older."""
    if order is not None and order.until_trial_ends:
        return order
    latest = max(matter.facts.jail_dates, key=lambda one: one.on, default=None)
    if latest is not None and latest.until_trial_ends and (order is None or order.on <= latest.on):
        return latest
    return None


def _law(matter: Matter) -> str:
    """Before cognizance the order belongs to the investigation, and so to the code that governs it."""
    if matter.facts.first("court.CognizanceTaken") is None:
        return "CrPC 167(2)" if matter.under_crpc else "BNSS 187(2)"
    return "CrPC 309(2)" if matter.before_bnss else "BNSS 346(2)"


def _reach(order: Remand) -> tuple[date, date]:
    """Custody rests on the latest order; of two of one day, on the one that reaches further."""
    return (order.on, order.until or order.on)


def _over(order: Remand | None) -> tuple[str, ...]:
    if order is None or order.until is None:
        return ()
    return ("WARRANT_OVER_15_DAYS",) if (order.until - order.on).days + 1 > MOST else ()


def _later(matter: Matter, stated: date | None, jail: date | None, due: date | None) -> Iterator[Dated]:
    if due is None:
        return
    if jail is not None and (stated is None or jail > stated):
        since = stated + DAY if stated else matter.held.since or due
        yield Dated(since, "WARRANT_NOT_RECORDED", None, jail)
    if matter.held.by_jail or jail is not None:
        yield Dated(due + DAY, "WARRANT_EXPIRED")
    else:  # the jail's record is not known at all: it may hold a later date
        yield Dated(due + DAY, None, "prison.WarrantReceived.valid_to")
