"""Custody in one case as intervals, from what police, court and jail each wrote.

The jail knows when he came and went; police and court know of custody before its gate. An interval that they began is
left open: the law joins it with the jail's record (`law.counting.held`). Where the jail never had him, a bond accepted
or a release ordered by the court ends it. Nothing else does: custody that nobody ended goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from projections.files.clocks.days import day_of
from projections.law.facts import Custody, CustodyEnd, CustodyStart

if TYPE_CHECKING:
    from projections.files.status.view import View

Json = dict[str, Any]

#: The outcomes of an arrest after which nobody is forwarded to a court.
LET_GO: Final = frozenset({"POLICE_BAIL", "NOTICE"})
_HOW: Final = {
    "prison.OpeningBalance": CustodyStart.OPENING,
    "prison.Returned": CustodyStart.RETURN,
    "prison.Recaptured": CustodyStart.RECAPTURE,
}
_ENDED: Final = {
    "INTERIM": CustodyEnd.INTERIM,
    "ESCAPED": CustodyEnd.ESCAPE,
    "DIED": CustodyEnd.DEATH,
}
_COURT_ENDS: Final = frozenset({"BOND_ACCEPTED", "RELEASE_WARRANT"})


def intervals(view: View) -> tuple[Custody, ...]:
    """Every interval of custody of the accused of a view, in this case."""
    spells = [
        spell for record in view.records if "custody" in record for spell in record["custody"]["spells"]
    ]
    found = [*_before_the_gate(view, spells)]
    found += [_in_jail(view, spell, found) for spell in spells]
    return tuple(found)


def _before_the_gate(view: View, spells: list[Json]) -> Iterator[Custody]:
    """Custody that police and court began: arrest, surrender; the first remand of one of whom nothing else is known."""
    begun: list[Custody] = []
    for entry in view.entries("arrests"):
        on = day_of(entry["on"])
        if on is None:
            continue
        event = entry["event"]
        if entry.get("outcome") in LET_GO:
            begun.append(Custody(on, CustodyStart.ARREST, event, on, CustodyEnd.RELEASE, event))
        elif not _while_in_jail(view, entry, spells):
            begun.append(_open(view, CustodyStart.ARREST, entry, entry["on"], spells))
    for entry in view.entries("surrenders"):
        if (
            entry.get("taken_into_custody")
            and day_of(entry["on"])
            and not _while_in_jail(view, entry, spells)
        ):
            begun.append(_open(view, CustodyStart.SURRENDER, entry, entry["on"], spells))
    remands = view.entries("remands")
    if remands:
        first = remands[0]
        since = min(first.get("from_date", first["on"]), first["on"])
        known = any(_covers(one, first["on"]) for one in begun) or any(
            spell.get("from", "") <= first["on"] <= spell.get("to", "9") for spell in spells
        )
        if not known and day_of(since):
            begun.append(_open(view, CustodyStart.REMAND, first, since, spells))
    yield from begun


def _covers(one: Custody, day: str) -> bool:
    since, until = one.since, one.until
    return since is not None and since.isoformat() <= day and (until is None or day <= until.isoformat())


def _while_in_jail(view: View, entry: Json, spells: list[Json]) -> bool:
    """Whether the jail held him already when this was written: its record alone says how long."""
    on = entry["on"]
    return any(
        "from" in spell
        and spell["from"] <= on
        and view.place(spell["opened"]) < view.place(entry["event"])
        and (
            "to" not in spell
            or (on <= spell["to"] and view.place(entry["event"]) < view.place(spell["closed"]))
        )
        for spell in spells
    )


def _open(view: View, how: CustodyStart, entry: Json, since: str, spells: list[Json]) -> Custody:
    """An interval from outside the jail; ended by the court where no jail had him in between."""
    place = view.place(entry["event"])
    for end in view.entries("bail"):
        if end["what"] not in _COURT_ENDS or view.place(end["event"]) < place or end["on"] < since:
            continue
        if any(spell.get("from", "") <= end["on"] and since <= spell.get("to", "9") for spell in spells):
            break
        return Custody(
            day_of(since), how, entry["event"], day_of(end["on"]), CustodyEnd.RELEASE, end["event"]
        )
    return Custody(day_of(since), how, entry["event"])


def _in_jail(view: View, spell: Json, begun: list[Custody]) -> Custody:
    until = day_of(spell.get("to"))
    since = day_of(spell.get("from"))
    event = spell.get("altered") or spell.get("opened") or spell["closed"]
    if since is None and until is not None:
        # The jail wrote the end alone: he came to it from the custody that police or court began last.
        known = [one for one in begun if one.until is None and one.since is not None and one.since <= until]
        if known:
            since, event = known[-1].since, known[-1].event
    return Custody(
        since,
        _HOW.get(spell.get("how", ""), CustodyStart.ADMISSION),
        event,
        until,
        None if until is None else _ENDED.get(spell.get("why", ""), CustodyEnd.RELEASE),
        spell.get("closed"),
        by_jail=True,
    )
