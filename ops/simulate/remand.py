"""Production and remand: before cognizance on dates of their own, afterwards at the hearings."""

from __future__ import annotations

from ops.simulate import court, prison
from ops.simulate.engine import Simulation
from ops.simulate.rows import Json, sections
from ops.simulate.state import Party

REMAND_DAYS = 14
_COMMERCIAL = "NDPS1985 20(b)(ii)(C)"


def order(sim: Simulation, party: Party, until: int, *, kind: str = "JUDICIAL", fixes: bool = True) -> None:
    """A remand order until that day; with `fixes` it fixes the day as his next date."""
    docket = party.docket
    assert docket is not None  # noqa: S101
    body: Json = {
        "accused": court.accused(sim, docket, party),
        "custody_kind": kind,
        "by": "JUDICIAL_MAGISTRATE",
        "produced_at": sim.moment(sim.day, 14 * 3600),
        "production_mode": "VIDEO" if sim.chance(0.5) else "IN_PERSON",
        "from_date": sim.date(sim.day),
        "to_date": sim.date(until),
        "next_date": sim.date(until),
        "jail": party.person.jail or "",
        "sections": sections(party.sections),
    }
    # Before the first day no jail's row says whether he went: of who has bail, courts then key no further remand.
    if sim.day >= 0 or party.bail_state != "GRANTED":
        court.row(sim, docket, "court.RemandOrdered", body)
        if party.remanded is None:
            _first_remand(sim, party)
    if fixes:
        party.next_day = until
    if sim.day >= 0 and sim.fate.strikes("phantom"):
        false = {
            "accused": court.accused(sim, docket, party), "bail_kind": "REGULAR", "bond_kind": "OWN_BOND",
            "order_number": f"B/{sim.number('order')}",
        }  # fmt: skip
        granted = court.row(sim, docket, "court.BailGranted", false, day=sim.day + 1, withdrawn=True)
        sim.retract(granted, sim.fate.rng.randrange(2, 9))


def _first_remand(sim: Simulation, party: Party) -> None:
    party.remanded = sim.day
    party.taken(sim.day)
    if _COMMERCIAL in party.sections and sim.law.random() < 0.5:
        sim.at(sim.day + 20, 15, _extend, party, sim.day + 199)


def _extend(sim: Simulation, party: Party, until: int) -> None:
    """More time to investigate, NDPS s.36A(4)."""
    docket = party.docket
    if docket is None or docket.closed or party.over or party.case.reported:
        return
    body = {
        "accused": [court.accused(sim, docket, party)], "rule": "NDPS 36A", "applied_on": sim.date(sim.day),
        "until": sim.date(until), "reasons": "CHEMICAL_REPORT_AWAITED",
    }  # fmt: skip
    court.row(sim, docket, "court.TimeExtended", body, chance=sim.law)
    party.extended = (sim.day, until)


def first(sim: Simulation, party: Party, came_from: str = "COURT") -> None:
    """First production after arrest or surrender, BNSS s.187: police custody at times, else to jail at once."""
    if party.over or party.person.interim or party in party.person.holds:
        return
    docket = court.open_docket(sim, party.case)
    docket = party.docket or docket
    court.enter(sim, docket, party)
    if came_from == "COURT" and docket.next_day is None and sim.chance(0.08):
        until = sim.day + sim.between(2, 5)
        order(sim, party, until, kind="POLICE")
        sim.at(until, 14, commit, party, came_from)
    else:
        commit(sim, party, came_from)


def commit(sim: Simulation, party: Party, came_from: str) -> None:
    """Judicial custody: remand and admission on one day."""
    docket = party.docket
    if party.over or docket is None or party.person.interim:
        return
    until = _next(sim, party)
    order(sim, party, until)
    prison.admit(sim, party, came_from, until)
    resume(sim, party, until)


def _next(sim: Simulation, party: Party) -> int:
    docket = party.docket
    assert docket is not None  # noqa: S101
    if docket.next_day is not None and docket.next_day > sim.day:
        return docket.next_day
    return sim.day + REMAND_DAYS


def resume(sim: Simulation, party: Party, day: int) -> None:
    """His next production is on that day, and on no other that was fixed before."""
    party.remand_due = day
    sim.at(day, 14, again, party)


def again(sim: Simulation, party: Party) -> None:
    """The remand runs out: extend it. Once hearings have begun, they do that."""
    docket = party.docket
    if docket is None or party.over or not party.inside or party.remand_due != sim.day:
        return
    if docket.next_day is not None and docket.next_day <= sim.day:
        return
    if docket.last_day is not None:
        return
    prison.produce(sim, party, docket.court.code)
    until = _next(sim, party)
    order(sim, party, until)
    prison.warrant(sim, party, until)
    resume(sim, party, until)
