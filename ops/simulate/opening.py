"""Who and what was there before the first event: people inside, and cases whose police rows were never sent."""

from __future__ import annotations

from ops.simulate import bail, court, police, prison, trial
from ops.simulate.engine import Simulation
from ops.simulate.places import District
from ops.simulate.state import Docket, Hold


def balance(sim: Simulation) -> None:
    """Every jail writes whom it holds when the first day begins."""
    held = {party.person: None for case in sim.cases for party in case.parties if party.person.holds}
    for person in held:
        prison.open_balance(sim, person)


def unpublished(sim: Simulation, district: District) -> None:
    """A case of years ago: the police never sent it, the court frames charges on the first day, one man is inside."""
    case = police.open_case(sim, district)
    case.published = False
    del case.parties[1:]
    if not case.parties or case.parties[0].person.holds or case.parties[0].person.interim:
        case.parties.clear()
        return
    party = case.parties[0]
    bench = sim.court_of(district)
    docket = Docket(bench, [case], stage="CHARGE", held=2, target=sim.between(4, 9))
    docket.cnr = court.new_cnr(sim, docket)
    case.docket, case.reported = docket, True
    party.outcome, party.stage, party.sections, party.sections_stage = "SENT_UP", "COGNIZANCE", (), None
    party.person.reserved = True
    person = party.person
    jail = sim.rng.choice(district.jails)
    person.pid = person.pid or f"PID:{jail}-{sim.number('PID' + jail):05d}"
    person.jail = jail
    person.utp_no = f"{jail}-{sim.date(sim.day).year}-{sim.number('UTP' + jail):05d}"
    person.holds[party] = Hold(docket.anchor, None, sim.day)
    court.enter(sim, docket, party)
    sim.at(0, 13, trial.open_hearing, docket)
    sim.at(sim.between(5, 30), 11.75, bail.consider, party)
