"""The versioned data that the clocks rest on, in one bundle: offence table, calendar, lead times, State
rules.

It belongs to the generation of the derived tables: another version is another generation.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from datetime import date
from importlib import resources

from projections.law import calendar, offences


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """Everything that is data of the law and not of a case."""

    version: str
    offences: offences.Offences
    calendar: calendar.Calendar
    leads: dict[str, tuple[int, ...]]
    other_leads: tuple[int, ...]
    antecedents_lead: int
    state: str
    charge_sheet_target_days: int
    forensic_visit_from: date | None

    def lead_days(self, rule: str) -> tuple[int, ...]:
        """Days before the due date at which a rule is DUE_SOON: the longest opens it, the others repeat it."""
        return self.leads.get(rule, self.other_leads)


@functools.cache
def load() -> Reference:
    """The packaged data, read once."""
    text = resources.files("projections.law").joinpath("data/rules.json").read_text("utf-8")
    data = json.loads(text)
    notified = data["state"]["forensic_visit_from"]
    table, court_days = offences.load(), calendar.load()
    return Reference(
        f"offences {table.version}, calendar {court_days.version}, rules {data['version']}",
        table,
        court_days,
        {rule: tuple(days) for rule, days in data["lead_days"].items()},
        tuple(data["other_lead_days"]),
        data["antecedents_lead_days"],
        data["state"]["code"],
        data["state"]["charge_sheet_target_days"],
        date.fromisoformat(notified) if notified else None,
    )
