"""Set-off, BNSS s.468: days in custody of the same case before conviction.

Gross days: delay is not deducted, custody in default of a fine is left out. The day of conviction is not
one of them. Overlap with another case's custody is a question for the court (added at reading).
"""

from __future__ import annotations

from collections.abc import Iterator

from projections.law.clock import Clock, given
from projections.law.counting import DAY, days_in
from projections.law.matter import Matter

RULE = "468.set-off"


def clocks(matter: Matter) -> Iterator[Clock]:
    """The number of days, once there is a conviction."""
    convicted, held = matter.facts.convicted, matter.held
    if convicted is None:
        return
    law = "CrPC 428" if matter.before_bnss else "BNSS 468"
    if not matter.ever_inside:
        yield matter.clock(RULE, law, applies=False, reasons=("never in custody",))
        return
    missing = list(held.missing)
    if held.since is None and not missing:
        missing.append("police.ArrestMade or prison.Admitted")
    last = convicted.on - DAY
    spans = [span for span in held.spans if span.first <= last]
    events = [event for span in spans for event in span.events]
    yield matter.clock(
        RULE,
        law,
        start_event=held.since_event,
        start_date=held.since,
        inputs={
            "convicted": given(convicted.on, convicted.event),
            "custody": given([[span.first, min(span.last, last)] for span in spans], *events),
            "days": given(days_in(spans, held.since or last, last) if spans else 0),
        },
        missing=tuple(missing),
    )
