"""Police custody, BNSS s.187(2): at most 15 days in all, inside the first 40 (N=60) or 60 (N=90) days of
detention.

Every civil day that an order touches counts once. The window moves with gaps. Under the CrPC (FIR before
1 July 2024) police custody lies in the first 15 days only. UAPA s.43D(2): up to 30 days within the first 90.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from projections.law.clock import Clock, Moment, given, listed
from projections.law.counting import DAY, moved, touched
from projections.law.facts import CustodyKind
from projections.law.matter import Matter

RULE = "police-custody"
MOST, MOST_UAPA = 15, 30


def clocks(matter: Matter) -> Iterator[Clock]:
    """Days used and left, and the last day of the window; nothing before the first remand."""
    remand = matter.first_remand
    if remand is None:
        return
    facts = matter.facts
    liability = matter.liability
    missing = list(liability.investigation.missing) + list(matter.held.missing)
    flags = [flag for flag in liability.investigation.flags if flag != "NOT_IN_FORCE"]
    most = MOST_UAPA if liability.is_uapa else MOST
    if facts.fir_on is None and not matter.under_crpc:
        missing.append("police.FirRegistered.envelope.occurred_at")
    window = _window(matter)
    days, open_order = _police_days(matter)
    if open_order:
        missing.append("court.RemandOrdered.to_date")
    if any(one.kind is CustodyKind.UNKNOWN for one in facts.remands):
        missing.append("court.RemandOrdered.custody_kind")
    end = None
    if window is not None:
        end = moved(remand.on + timedelta(days=window), remand.on, matter.held.gaps) - DAY
    events = [one.event for one in facts.remands if one.kind is CustodyKind.POLICE]
    if len(days) > most:
        flags.append("POLICE_CUSTODY_EXCEEDED")
    if end is not None and any(day > end for day in days):
        flags.append("POLICE_CUSTODY_OUT_OF_WINDOW")
    sheet = matter.sent_up
    over = [Moment(sheet.on, sheet.event, "charge sheet received in court")] if sheet else []
    if len(days) >= most:
        over.append(Moment(days[most - 1], events[-1], "all days of police custody used"))
    if matter.released:
        over.append(matter.released)
    yield matter.clock(
        RULE,
        ("CrPC 167(2)" if matter.under_crpc else "BNSS 187(2)")
        if not liability.is_uapa
        else "UAPA 43D(2), BNSS 187(2)",
        start_event=remand.event,
        start_date=remand.on,
        length=f"{most} days within {window}" if window else None,
        due_date=end,
        stopped_by=min(over, key=lambda one: one.on, default=None),
        inputs={
            "first_remand": given(remand.on, remand.event),
            "window_days": given(window),
            "gaps": matter.gaps_input(remand.on),
            "police_days": listed((day.isoformat() for day in days), *events),
            "days_used": given(len(days), *events),
            "days_left": given(max(0, most - len(days))),
            "most": given(most),
        },
        missing=tuple(dict.fromkeys(missing)),
        flags=tuple(dict.fromkeys(flags)),
    )


def _window(matter: Matter) -> int | None:
    if matter.liability.is_uapa:
        return 90
    if matter.under_crpc:
        return 15
    days = matter.liability.investigation.days
    if days is None:
        return None
    return 40 if days == 60 else 60


def _police_days(matter: Matter) -> tuple[list[date], bool]:
    """Civil days of police custody, each once; and whether an order's last day is not known."""
    orders = [one for one in matter.facts.remands if one.kind is CustodyKind.POLICE]
    if not orders:
        return [], False
    known = [((one.since or one.on), one.until) for one in orders]
    return (
        touched((first, last or first) for first, last in known),
        any(last is None for _, last in known),
    )
