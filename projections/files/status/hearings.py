"""Last and next hearing, and who adjourned how often."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from projections.files.status.view import View

Json = dict[str, Any]


def hearings(view: View, *, over: bool, day: date | None) -> Json:
    """The section "hearing".

    The next date is the last fixed, if it is after the last hearing and the case against him is not over; one that
    lies before `day` is no next date but "passed".
    """
    last: Json | None = None
    adjournments: list[Json] = []
    for _, part, until in view.numbers:
        for heard_on, rows in part.get("hearings", {}).items():
            row = rows.get("held") or rows.get("adjourned")
            if row is None or (until is not None and view.place(row["event"]) > until):
                continue
            if last is None or heard_on > last["value"]:
                last = {"value": heard_on, "event": row["event"], "by": "court"}
            if "adjourned" in rows:
                adjournments.append({"date": heard_on, **rows["adjourned"]})
    adjournments.sort(key=lambda entry: (entry["date"], view.place(entry["event"])))
    count = Counter(entry.get("asked_by", "UNKNOWN") for entry in adjournments)
    coming = None if over else _next(view, last)
    passed = coming is not None and day is not None and coming["value"] < day.isoformat()
    return {
        "last": last,
        "next": None if passed else coming,
        "passed": coming if passed else None,
        "adjournments": adjournments,
        "adjourned_by": dict(sorted(count.items())),
    }


def _next(view: View, last: Json | None) -> Json | None:
    facts = [fact for _, part, until in view.numbers if (fact := _fixed(view, part, until)) is not None]
    for record in view.records:
        if "next_hearing" in record:
            facts.append(record["next_hearing"])
        if "next_hearing" in record.get("custody", ()):
            facts.append(record["custody"]["next_hearing"])
    if last is not None:
        # A date that has been heard is no next date, whoever still has it.
        facts = [fact for fact in facts if fact["value"] > last["value"]]
    return view.merge("next_hearing", facts)


def _fixed(view: View, part: Json, until: int | None) -> Json | None:
    """The next date that a court number had fixed when it last concerned him."""
    fixed: Json | None = part.get("next_hearing")
    if fixed is None or until is None or view.place(fixed["event"]) <= until:
        return fixed
    fixed = None
    for entry in part.get("split", ()):
        if view.place(entry["event"]) == until:
            fixed = entry.get("next_hearing")
    return fixed
