"""Where he is held in this case, since when, under which cases and warrants.

The jail says whether he is inside; the court's word is its last remand, until it grants bail, orders release or ends
the case. So a live remand of a man whom the jail does not hold shows as a conflict, and a man of whom the jail has
said nothing yet is inside by the court's word.
"""

from __future__ import annotations

from typing import Any

from projections.files.holds import is_open
from projections.files.status.view import View

Json = dict[str, Any]

UNTIL_TRIAL_ENDS = "UNTIL_TRIAL_ENDS"
_ENDS_REMAND = frozenset({"GRANTED", "RELEASE_WARRANT"})


def hold_of(view: View) -> Json | None:
    """The hold that counts: of several PIDs' an open one, else the one whose last event is latest."""
    holds: list[Json] = [record["custody"] for record in view.records if "custody" in record]
    holds = [hold for hold in holds if hold["spells"]] or holds
    if len(holds) < 2:
        return holds[0] if holds else None
    return max(holds, key=lambda hold: (is_open(hold), view.place(_last(hold)) if hold["spells"] else -1))


def _last(hold: Json) -> str:
    spell = hold["spells"][-1]
    event: str = spell.get("closed") or spell["opened"]
    return event


def custody(view: View) -> Json:
    """The section "custody" of the status."""
    hold = hold_of(view)
    spells = hold["spells"] if hold is not None else []
    spell = spells[-1] if spells else None
    said: list[Json] = []
    if spell is not None:
        said.append(
            {"value": "to" not in spell, "event": spell.get("closed") or spell["opened"], "by": "prison"}
        )
    remand = live_remand(view)
    if remand is not None:
        said.append({"value": True, "event": remand["event"], "by": "court"})
    inside = view.merge("inside", said) or {"value": False, "event": None, "by": None}
    found: Json = {"inside": inside, "jail": None, "since": None}
    if inside["value"]:
        found["jail"] = view.merge("jail", _jails(view, hold))
        if spell is not None and "to" not in spell:
            found["since"] = view.merge(
                "since",
                [{"value": spell["from"], "event": spell.get("altered", spell["opened"]), "by": "prison"}],
            )
        elif remand is not None:
            found["since"] = view.merge(
                "since",
                [{"value": remand.get("from_date", remand["on"]), "event": remand["event"], "by": "court"}],
            )
    found["warrant_valid_to"] = warrant_valid_to(view, hold)
    found["held_under"] = [
        {"identifier": written, "event": event}
        for record in view.records
        for written, event in sorted(record.get("written_as", {}).items())
    ]
    for key in ("spells", "warrants", "productions", "transfers"):
        found[key] = [] if hold is None else hold.get(key, [])
    for key in ("interim", "in_transit", "also_claimed_by"):
        if hold is not None and key in hold:
            found[key] = hold[key]
    return found


def live_remand(view: View) -> Json | None:
    """The court's last order of custody, if nothing since has ended it."""
    orders = [r for r in view.entries("remands") if r.get("custody_kind") != "POLICE"]
    orders += [s for s in view.entries("surrenders") if s.get("taken_into_custody")]
    if not orders:
        return None
    last = max(orders, key=lambda entry: view.place(entry["event"]))
    after = view.place(last["event"])
    ends = [e["event"] for e in view.entries("bail") if e["what"] in _ENDS_REMAND]
    ends += [e["event"] for e in view.entries("results")]
    ends += [e["event"] for e in view.of_court("disposed")]
    return None if any(view.place(event) > after for event in ends) else last


def _jails(view: View, hold: Json | None) -> list[Json]:
    said = [hold["jail"]] if hold is not None and "jail" in hold else []
    for remand in reversed(view.entries("remands")):
        if "jail" in remand:
            said.append({"value": remand["jail"], "event": remand["event"], "by": "court"})
            break
    if hold is not None and hold.get("transfers"):
        # The remand names the jail of its day; once he was transferred, it says nothing of where he is now.
        moved = view.place(hold["transfers"][-1]["event"])
        said = [fact for fact in said if fact["by"] == "prison" or view.place(fact["event"]) > moved]
    return said


def warrant_valid_to(view: View, hold: Json | None) -> Json | None:
    """Until when the last warrant runs, by the court that issued it and by the jail that holds it."""
    said: list[Json] = []
    for by, entries in (("court", view.entries("remands")), ("prison", (hold or {}).get("warrants", []))):
        for entry in reversed(entries):
            value = UNTIL_TRIAL_ENDS if entry.get("until_trial_ends") else None
            value = value or entry.get("valid_to") or entry.get("to_date")
            if value is not None:
                said.append({"value": value, "event": entry["event"], "by": by})
                break
    return view.merge("warrant_valid_to", said)
