"""Bail: its state and history, and why a man who was granted it is still inside."""

from __future__ import annotations

from typing import Any, Final

from projections.files.status.custody import hold_of
from projections.files.status.view import View

Json = dict[str, Any]


#: The section of one with whose bail nothing was ever done, but for his history.
NO_BAIL: Final[Json] = {"state": "NONE", "kind": None, "granted_on": None, "event": None}


def bail(view: View) -> Json:
    """The section "bail", without what hinders: state, kind, day of the grant, the event that says so, history."""
    history = view.entries("bail")
    found: Json = {**NO_BAIL, "history": history}
    for entry in history:
        what = entry["what"]
        if what in ("BOND_ACCEPTED", "RELEASE_WARRANT"):
            continue
        standing = found["state"] == "GRANTED" and found["kind"] != "INTERIM"
        if standing and what in ("APPLIED", "REJECTED"):
            # Another application does not take away what was granted for good; only a cancellation does.
            continue
        found["state"] = what
        found["kind"] = entry.get("bail_kind")
        found["event"] = entry["event"]
        found["granted_on"] = entry["on"] if what == "GRANTED" else None
    return found


def waits(view: View, bailed: Json) -> bool:
    """Whether bail was granted and nobody has let him out on it; who was, and is inside again, does not wait."""
    if bailed["state"] != "GRANTED":
        return False
    since = view.place(bailed["event"])
    return not any(
        "closed" in spell and view.place(spell["closed"]) >= since
        for record in view.records
        for spell in record.get("custody", {"spells": ()})["spells"]
    )


def hindrance(view: View, granted: Json) -> Json:
    """What the departments wrote since the grant: bond, release warrant, order at the jail, refusal, reasons."""
    since = view.place(granted["event"])
    hold = hold_of(view) or {}

    def after(entries: list[Json]) -> list[Json]:
        return [entry for entry in entries if view.place(entry["event"]) >= since]

    history = after(granted["history"])
    reasons = after(hold.get("not_released", []))
    refusals = after(hold.get("refusals", []))
    return {
        "granted_on": granted["granted_on"],
        "event": granted["event"],
        "bond_accepted": [entry for entry in history if entry["what"] == "BOND_ACCEPTED"],
        "release_warrants": [entry for entry in history if entry["what"] == "RELEASE_WARRANT"],
        "orders_received": after(hold.get("release_orders", [])),
        "refusals": refusals,
        "reasons": reasons,
        "reason": _reason(view, reasons, refusals),
    }


def _reason(view: View, reasons: list[Json], refusals: list[Json]) -> Json | None:
    """The last reason that the jail gave, as a code."""
    said = [*reasons, *refusals]
    if not said:
        return None
    last = max(said, key=lambda entry: view.place(entry["event"]))
    return {"value": last.get("reason", "UNKNOWN"), "event": last["event"], "by": "prison"}
