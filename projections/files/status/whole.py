"""The whole status of one accused, put together; `today` and whether the next date has passed depend on the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from projections.files.facts import in_conflict
from projections.files.status.bail import bail, hindrance, waits
from projections.files.status.beside import probation, prosecution
from projections.files.status.clocks import clocks
from projections.files.status.course import FINAL, charge_sheet, sections, stage
from projections.files.status.custody import custody
from projections.files.status.hearings import hearings
from projections.files.status.missing import missing
from projections.files.status.view import View, order_of, view_of

Json = dict[str, Any]


def accused_ids(document: Json) -> list[str]:
    """The accused of a CaseFile: the id of each is his least reference."""
    return [accused["id"] for accused in document["accused"]]


def status(document: Json, accused_id: str, day: date | None = None) -> Json:
    """The full status of one accused of a CaseFile, as JSON. Raises KeyError if the file has no such accused.

    Without `day` nothing in it depends on when it is read.
    """
    for accused in document["accused"]:
        if accused["id"] == accused_id:
            return status_of(view_of(document, accused, order_of(document)), day)
    raise KeyError(accused_id)


def status_of(view: View, day: date | None = None) -> Json:
    """The full status of the accused of a view."""
    document = view.document
    sheet = charge_sheet(view)
    now, since_stage, by_stage = sections(view)
    reached = stage(view, sheet, now)
    held = custody(view)
    bailed = bail(view)
    if held["inside"]["value"] and waits(view, bailed):
        bailed["still_inside"] = hindrance(view, bailed)
    found: Json = {
        "root": document["root"],
        "accused": view.accused["id"],
        "references": view.accused["references"],
        "joined_by": view.accused["joined_by"],
        "unsettled": [row for row in document["unsettled"] if not view.refs.isdisjoint(row["references"])],
        "pid": [ref for ref in view.accused["references"] if ref.startswith("PID:")],
        "custody": held,
        "sections": now,
        "sections_stage": since_stage,
        "sections_by_stage": by_stage,
        "arrests": view.entries("arrests"),
        "remands": view.entries("remands"),
        "surrenders": view.entries("surrenders"),
        "bail": bailed,
        "charge_sheet": sheet,
        "stage": reached,
        "results": view.entries("results"),
        "hearing": hearings(view, over=reached["value"] in FINAL, day=day),
        "antecedents": view.entries("antecedents"),
        "prosecution": prosecution(view),
        "probation": probation(view),
        "clocks": clocks(view, day),
        "conflicts": [{"field": name, **fact} for name, fact in view.facts if in_conflict(fact)],
        "incomplete": document["incomplete"],
        "as_of": as_of(document),
    }
    found["missing"] = missing(view, found)
    if day is not None:
        found["today"] = _today(found, day)
    return found


def as_of(document: Json) -> Json:
    """Department -> the latest instant at which something of it happened, and was recorded, in this file."""
    found: Json = {}
    for event in document["events"]:
        latest = found.setdefault(event["department"], {"occurred_at": "", "recorded_at": ""})
        latest["occurred_at"] = event.get("at", event["occurred_at"])  # events stand in this order
        latest["recorded_at"] = max(latest["recorded_at"], event["recorded_at"])
    return dict(sorted(found.items()))


def _today(found: Json, day: date) -> Json:
    """What follows from the day; days in jail are civil days since the first, not yet what the law counts."""
    custody = found["custody"]
    today = day.isoformat()
    valid_to = custody["warrant_valid_to"]
    since = custody["since"]
    inside = custody["inside"]["value"]
    return {
        "day": today,
        "days_inside": (day - date.fromisoformat(since["value"])).days if since is not None else None,
        "warrant_expired": inside and valid_to is not None and valid_to["value"] < today,
        "next_hearing_passed": found["hearing"]["passed"] is not None,
        "interim_overdue": custody.get("interim", {}).get("until", today) < today,
        "reports_overdue": [
            row["number"] for row in found["probation"]["due"] if row.get("due_on", today) < today
        ],
    }
