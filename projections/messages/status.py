"""hub.CaseStatus: the undertrial view of one accused in one case, by reference and without a name. Pure.

One message an accused, keyed by root and accused. Nothing in it depends on the day. Each field that a department said
has its source: the event and the digest of its content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from projections.files.status.bail import bail
from projections.files.status.course import FINAL, charge_sheet, sections, stage
from projections.files.status.custody import custody
from projections.files.status.hearings import hearings
from projections.files.status.view import View, views

Json = dict[str, Any]

#: Each asks for more protection than the one before.
SENSITIVITIES: Final = ("NORMAL", "SENSITIVE_FIR", "CHILD_VICTIM", "CHILD_IN_CONFLICT", "WITNESS_PROTECTED")


def key_of(root: str, accused: str) -> str:
    """The Kafka key of an accused's status; neither part holds a slash."""
    return f"{root}/{accused}"


def statuses(document: Json) -> Iterator[tuple[str, Json]]:
    """(accused, content but for the digests of its sources) of every accused of a CaseFile."""
    protection = sensitivity(document)
    for view in views(document):
        yield view.accused["id"], _status(view, protection)


def sensitivity(document: Json) -> str:
    """The most restrictive of the file's events."""
    marks = {event["sensitivity"] for event in document["events"] if "sensitivity" in event}
    return max(marks, key=SENSITIVITIES.index, default=SENSITIVITIES[0])


def with_digests(content: Json, digests: Mapping[str, str]) -> Json:
    """The content with the digest of each source's content, hexadecimal, by event id."""
    sources = [{**one, "digest": digests.get(one["event_id"], "")} for one in content["sources"]]
    return {**content, "sources": sources}


def _status(view: View, protection: str) -> Json:
    now, since_stage, _ = sections(view)
    reached = stage(view, charge_sheet(view), now)
    held = custody(view)
    bailed = bail(view)
    heard = hearings(view, over=reached["value"] in FINAL, day=None)
    facts: Json = {
        "stage": reached,
        "inside": held["inside"],
        "jail": held["jail"],
        "inside_since": held["since"],
        "sections": now,
        "bail_state": bailed,
        "last_hearing": heard["last"],
        "next_hearing": heard["next"],
    }
    departments = {event["id"]: event["department"] for event in view.document["events"]}
    return {
        "root": view.document["root"],
        "accused": view.accused["id"],
        "references": list(view.accused["references"]),
        "sensitivity": protection,
        "stage": reached["value"],
        # Of whom neither jail nor court has said anything, it is not known.
        "inside": held["inside"]["value"] if held["inside"]["by"] else None,
        "jail": _value(held["jail"]) or "",
        "inside_since": _day(held["since"]),
        "sections": _value(now) or [],
        "sections_stage": since_stage or "",
        "bail_state": bailed["state"],
        "bail_kind": bailed["kind"] or "",
        "bail_granted_on": _date(bailed["granted_on"]),
        "last_hearing": _day(heard["last"]),
        "next_hearing": _day(heard["next"]),
        "incomplete": bool(view.document["incomplete"]),
        "sources": [
            {"field": field, "event_id": event, "department": departments.get(event, "")}
            for field, fact in facts.items()
            if (event := _event(fact)) is not None
        ],
    }


def _event(fact: Json | None) -> str | None:
    return None if fact is None else fact.get("event")


def _value(fact: Json | None) -> Any:
    return None if fact is None else fact["value"]


def _day(fact: Json | None) -> date | None:
    return _date(_value(fact))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
