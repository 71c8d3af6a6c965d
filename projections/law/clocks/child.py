"""A child in jail: JJ Act 2015 s.10(1) - a child in conflict with law is never placed in a lock-up or a jail.

If age stated, claimed or determined says that someone in custody is a child, that is for today:
superintendent, Juvenile Justice Board and legal services are told at once. A determination settles it
either way.
"""

from __future__ import annotations

from collections.abc import Iterator

from projections.law.clock import Clock, given
from projections.law.matter import Matter

RULE = "child-in-jail"


def clocks(matter: Matter) -> Iterator[Clock]:
    """One clock while anything says "child" and nothing determined otherwise; nothing for all others."""
    ages, held = matter.facts.ages, matter.held
    if not ages or not matter.ever_inside:
        return
    settled = [one for one in ages if one.determined]
    heard = [max(settled, key=lambda one: one.on)] if settled else [one for one in ages if one.child]
    if not heard or not heard[0].child:
        return
    since = max(held.since or heard[0].on, heard[0].on)
    yield matter.clock(
        RULE,
        "JJ Act 2015, s.10(1)",
        start_event=heard[0].event,
        start_date=since,
        length="at once",
        due_date=since,
        stopped_by=matter.released,
        inputs={
            "said_on": given(heard[0].on, heard[0].event),
            "determined": given(heard[0].determined, heard[0].event),
            "custody_since": given(held.since, held.since_event),
        },
        flags=("CHILD_IN_JAIL",),
        stays_due=True,
    )
