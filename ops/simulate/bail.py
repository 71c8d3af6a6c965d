"""Bail: applied for, granted or refused, bond, warrant, release, or granted and still inside; interim; cancelled."""

from __future__ import annotations

from ops.simulate import court, prison, probation, remand
from ops.simulate.engine import Simulation
from ops.simulate.rows import Json, sections
from ops.simulate.state import Docket, Party

_CONDITIONS = ("ATTEND_EVERY_DATE", "NO_CONTACT_WITH_WITNESSES", "REPORT_TO_STATION", "SURRENDER_PASSPORT")


def _open(party: Party) -> Docket | None:
    docket = party.docket
    return None if docket is None or docket.closed or party.over else docket


def consider(sim: Simulation, party: Party) -> None:
    """He may apply now; if not, later."""
    docket = _open(party)
    if docket is None or not party.inside:
        return
    if party.bail_state == "APPLIED" or (party.bail_state == "GRANTED" and party.bail_kind != "INTERIM"):
        return
    person = party.person
    kind = "REGULAR"
    if len(person.holds) == 1 and person.cases == 1 and not person.reserved and sim.chance(0.06):
        kind = "INTERIM"
        person.reserved = True
    elif not party.case.reported and sim.day - person.holds[party].since > 60:
        kind = "DEFAULT"
    apply(sim, party, docket, kind)


def apply(sim: Simulation, party: Party, docket: Docket, kind: str) -> None:
    """A bail application."""
    decided = sim.day + sim.between(2, 12)
    party.application = f"BA-{sim.number('bail')}"
    party.bail_state, party.bail_kind, party.bail_day = "APPLIED", kind, None
    body = {
        "accused": court.accused(sim, docket, party), "bail_kind": kind, "application_no": party.application,
        "sections": sections(party.sections), "listed_for": sim.date(decided),
    }  # fmt: skip
    court.row(sim, docket, "court.BailApplied", body, judge=False)
    if sim.chance(0.07):
        probation.request(sim, party, docket, "BAIL")
    sim.at(decided, 15, decide, party, kind)


def decide(sim: Simulation, party: Party, kind: str) -> None:
    """Grant or refuse."""
    docket = _open(party)
    if docket is None or party.bail_state != "APPLIED":
        return
    head: Json = {
        "accused": court.accused(sim, docket, party), "bail_kind": kind, "application_no": party.application,
    }  # fmt: skip
    if not sim.chance({"REGULAR": 0.6, "DEFAULT": 0.95, "INTERIM": 0.8}.get(kind, 0.5)):
        party.bail_state, party.bail_kind, party.bail_day = "REJECTED", kind, None
        court.row(sim, docket, "court.BailRejected", {**head, "reason": "GRAVITY"})
        sim.at(sim.day + sim.between(20, 60), 11.75, consider, party)
        return
    order = f"B/{sim.number('order')}"
    until = sim.day + sim.between(7, 20)
    own = sim.chance(0.4)
    party.bail_state, party.bail_kind, party.bail_day = "GRANTED", kind, sim.day
    grant: Json = {
        **head, "bond_kind": "OWN_BOND" if own else "BAIL_BOND", "order_number": order,
        "conditions": [sim.rng.choice(_CONDITIONS)], "bond_amount": 10_000 * sim.between(1, 5),
        "sureties_required": 0 if own else sim.between(1, 2), "sections": sections(party.sections),
        "surety_amount": None if own else 10_000, "until": sim.date(until) if kind == "INTERIM" else None,
    }  # fmt: skip
    court.row(sim, docket, "court.BailGranted", grant)
    if not party.inside:
        return
    if kind == "INTERIM":
        sim.at(sim.day, 19, _leave, party, order, until)
    elif sim.chance(0.02):
        # Nobody stands surety: granted and still inside, the number that everybody asks for.
        party.bail_stuck = True
        sim.at(sim.day + sim.between(3, 10), 18.75, _no_surety, party)
        sim.at(sim.day + sim.between(40, 120), 15.5, _bond, party, order, kind)
    else:
        sim.at(sim.day + sim.rng.choice((0, 0, 0, 1, 3)), 15.5, _bond, party, order, kind)


def _no_surety(sim: Simulation, party: Party) -> None:
    if party.inside and party.bail_state == "GRANTED" and party.bail_stuck:
        prison.still_inside(sim, party, sim.rng.choice(("NO_SURETY", "SURETY_VERIFICATION")))
        if party.bail_day is not None and sim.day >= party.bail_day + 7:
            prison.tell_legal_services(sim, party)
        sim.at(sim.day + sim.between(10, 30), 18.75, _no_surety, party)


def _leave(sim: Simulation, party: Party, order: str, until: int) -> None:
    if not party.inside or party.over or len(party.person.holds) != 1:
        return
    prison.leave(sim, party, until, order)
    late = sim.chance(0.15)
    sim.at(until + (sim.between(1, 5) if late else 0), 17.25, _return, party, late)


def _return(sim: Simulation, party: Party, late: bool) -> None:
    prison.come_back(sim, party, late=late)
    docket = party.docket
    if party.inside and not party.over and docket is not None:
        remand.resume(sim, party, sim.day + 1)
        sim.at(sim.day + sim.between(10, 40), 11.75, consider, party)


def _bond(sim: Simulation, party: Party, order: str, kind: str) -> None:
    docket = _open(party)
    if docket is None or not party.inside or party.bail_state != "GRANTED":
        return
    party.bail_stuck = False
    body = {
        "accused": court.accused(sim, docket, party), "bond_kind": "BAIL_BOND", "bond_amount": 10_000, "sureties": 1,
    }  # fmt: skip
    court.row(sim, docket, "court.BondAccepted", body)
    _warrant(sim, party, kind)


def _warrant(sim: Simulation, party: Party, kind: str) -> None:
    docket = party.docket
    person = party.person
    if docket is None or not party.inside:
        return
    number = f"RW/{sim.number('release')}"
    named = person.pid if sim.day >= 0 and person.pid in party.refs and sim.chance(0.5) else None
    body: Json = {
        "accused": court.accused(sim, docket, party), "bail_kind": kind, "jail": person.jail or "",
        "pid": {"kind": "PID", "value": named.partition(":")[2]} if named else None, "warrant_number": number,
        "sections": sections(party.sections), "channel": "ELECTRONIC",
    }  # fmt: skip
    court.row(sim, docket, "court.ReleaseWarrantIssued", body, extra=(named,) if named else ())
    sim.at(sim.day + (1 if sim.chance(0.4) else 0), 18.25, _received, party, number, kind)


def _received(sim: Simulation, party: Party, number: str, kind: str) -> None:
    if not party.inside:
        return
    prison.order_received(sim, party, number, kind)
    if sim.chance(0.05):
        prison.refuse(sim, party, number)
        sim.at(sim.day + sim.between(2, 6), 16.5, _warrant, party, kind)
        return
    sim.at(sim.day, 19.25, _release, party, number, kind)


def _release(sim: Simulation, party: Party, number: str, kind: str) -> None:
    if not party.inside:
        return
    prison.end(sim, party, "BAIL", kind, number)
    if sim.chance(0.04):
        sim.at(sim.day + sim.between(15, 60), 15, cancel, party)


def cancel(sim: Simulation, party: Party) -> None:
    """Bail cancelled; he surrenders and is committed again."""
    docket = _open(party)
    if docket is None or party.bail_state != "GRANTED" or party.person.interim:
        return
    kind = party.bail_kind
    party.bail_state, party.bail_day = "CANCELLED", None
    body = {
        "accused": court.accused(sim, docket, party), "bail_kind": kind, "reason": "ABSENT", "warrant_issued": True,
    }  # fmt: skip
    court.row(sim, docket, "court.BailCancelled", body)
    sim.at(sim.day + sim.between(2, 15), 11.5, surrender, party)


def surrender(sim: Simulation, party: Party) -> None:
    """He gives himself up in court and is remanded."""
    if party.over or party.person.interim or party in party.person.holds:
        return
    docket = court.open_docket(sim, party.case)
    docket = party.docket or docket
    if docket.closed:
        return
    court.enter(sim, docket, party)
    body = {"accused": court.accused(sim, docket, party), "taken_into_custody": True}
    court.row(sim, docket, "court.Surrendered", body)
    party.taken(sim.day)
    remand.commit(sim, party, "SURRENDER")
    sim.at(sim.day + sim.between(5, 25), 11.75, consider, party)


def set_free(sim: Simulation, party: Party, ground: str) -> None:
    """The court orders release for another reason than bail: discharge, acquittal, final form, sentence served."""
    docket = party.docket
    if docket is None or party not in party.person.holds:
        return
    if party.person.interim:
        prison.end(sim, party, ground)
        return
    number = f"RW/{sim.number('release')}"
    body = {
        "accused": court.accused(sim, docket, party), "jail": party.person.jail or "", "warrant_number": number,
        "sections": sections(party.sections), "channel": "ELECTRONIC",
    }  # fmt: skip
    court.row(sim, docket, "court.ReleaseWarrantIssued", body)
    prison.order_received(sim, party, number, "UNKNOWN")
    sim.at(sim.day, 19.25, _go, party, ground, number)


def _go(sim: Simulation, party: Party, ground: str, number: str) -> None:
    prison.end(sim, party, ground, order=number)
