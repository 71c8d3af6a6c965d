"""Facts: a value, the event that says it, and what other departments said instead.

Within a department the later event, by sort key, is what it says now. Between departments the authority over the
field decides, whoever spoke last; a field for which nobody has authority goes by the later event. What the others
say now is kept beside the value: `others` where they differ (a conflict), `agreed` where they say the same.

    {"value": …, "event": "<event id>", "by": "court",
     "others": [{"value", "event", "by"}], "agreed": [{"event", "by"}]}

`others` and `agreed` are absent when empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

Json = dict[str, Any]

#: Field -> departments in order of authority. Declared here and nowhere else; a department that is not named
#: comes after those that are.
AUTHORITY: Final[dict[str, tuple[str, ...]]] = {
    # The jail knows who is inside; the court knows what it ordered.
    "inside": ("prison", "court", "police"),
    "jail": ("prison", "court"),
    "since": ("prison", "court", "police"),
    "warrant_valid_to": ("court", "prison"),
    "next_hearing": ("court", "prosecution", "prison"),
    "last_hearing": ("court", "prosecution", "prison"),
    "court": ("court", "prosecution", "police", "prison"),
    "bail": ("court", "prison"),
    "outcome": ("court", "police"),
    # Sections by the stage at which they were written.
    "sections.FIR": ("police", "excise", "court", "prison"),
    "sections.FINAL_REPORT": ("police", "excise", "court", "prison"),
    "sections.COGNIZANCE": ("court", "police", "excise", "prison"),
    "sections.CHARGES": ("court", "police", "excise", "prison"),
    "report_number": ("police", "excise", "court"),
    "filed_on": ("court", "police", "excise"),
}


class Saying(NamedTuple):
    """What one department says now."""

    by: str
    value: Any
    event: str


def settle(field: str, sayings: Iterable[Saying]) -> Json:
    """The Fact that the departments' sayings come to; the latest saying last, at least one, one a department."""
    said = list(sayings)
    best = said[-1]
    if len(said) == 1:
        return {"value": best.value, "event": best.event, "by": best.by}
    authority = AUTHORITY.get(field)
    if authority is not None:
        # min is the first of equals: among departments without authority, so the latest must come first.
        best = min(
            reversed(said), key=lambda s: authority.index(s.by) if s.by in authority else len(authority)
        )
    fact: Json = {"value": best.value, "event": best.event, "by": best.by}
    rest = sorted((s for s in said if s is not best), key=lambda s: s.by)
    others = [{"value": s.value, "event": s.event, "by": s.by} for s in rest if s.value != best.value]
    agreed = [{"event": s.event, "by": s.by} for s in rest if s.value == best.value]
    if others:
        fact["others"] = others
    if agreed:
        fact["agreed"] = agreed
    return fact


def tell(facts: Json, field: str, value: Any, event: str, by: str) -> None:
    """Enter into `facts` what a department now says of a field. Later sayings come later."""
    held = facts.get(field)
    if held is None or (len(held) == 3 and held["by"] == by):
        facts[field] = {"value": value, "event": event, "by": by}
        return
    said = [s for s in sayings_of(held) if s.by != by]
    said.append(Saying(by, value, event))
    facts[field] = settle(field, said)


def sayings_of(fact: Json) -> list[Saying]:
    """A Fact taken apart again: the standing one last."""
    said = [Saying(o["by"], o["value"], o["event"]) for o in fact.get("others", ())]
    said.extend(Saying(a["by"], fact["value"], a["event"]) for a in fact.get("agreed", ()))
    said.append(Saying(fact["by"], fact["value"], fact["event"]))
    return said


def in_conflict(fact: Json) -> bool:
    """Whether another department said something else."""
    return "others" in fact
