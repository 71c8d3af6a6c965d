"""Cases that are clubbed or split, and links that were claimed or proposed wrongly."""

from __future__ import annotations

from ops.simulate import court, reviewer
from ops.simulate.engine import Simulation
from ops.simulate.rows import reference
from ops.simulate.state import Docket, Party


def plan(sim: Simulation, docket: Docket) -> None:
    """When the charge sheet is in: whether this case will be clubbed with another or split, or is mistaken."""
    case = docket.cases[0]
    if docket.clubbable:
        waiting = sim.clubbing.pop(docket.court.source, None)
        if waiting is None or waiting.closed or _share_a_person(waiting, docket):
            sim.clubbing[docket.court.source] = docket
        else:
            waiting.to_club = docket
        return
    sent = court.listed(docket)
    if len(sent) < 2:
        return
    struck = [party for party in sent if sim.fate.strikes("split")]
    if struck:
        docket.to_split, case.single = struck[0], False
        court.review_case(sim, case)
    if sim.fate.strikes("wrong_proposal"):
        reviewer.wrong_proposal(sim, sent[0], sent[1])


def _share_a_person(one: Docket, other: Docket) -> bool:
    persons = {party.person for case in one.cases for party in case.parties}
    return any(party.person in persons for case in other.cases for party in case.parties)


def settled(docket: Docket) -> bool:
    """Nobody waits for his charges, and no part of the case is on its way to another."""
    return all(party.stage == "CHARGES_FRAMED" for party in court.listed(docket)) and docket.to_split is None


def club(sim: Simulation, docket: Docket) -> None:
    """On a hearing day the other case goes on in this one: its parties get numbers here."""
    other = docket.to_club
    if other is None:
        return
    if other.closed or other.next_day == sim.day or docket.stage == "APPEARANCE" or not other.cnr:
        return
    docket.to_club = None
    other.closed = True
    mapping = []
    moved = list(other.parties)
    for party in moved:
        old = court.party_ref(other, party)
        sim.use(party, old)
        court.enter(sim, docket, party)
        new = court.party_ref(docket, party)
        sim.use(party, new)
        mapping.append({"old": reference(old), "new": reference(new)})
    kind, _, value = other.anchor.partition(":")
    docket.cases.extend(other.cases)
    for case in other.cases:
        case.docket = docket
    body = {"clubbed": [{"kind": kind, "value": value}], "mapping": mapping, "reason": "SAME_TRANSACTION"}
    court.row(sim, docket, "court.CasesClubbed", body, extra=(other.anchor,))


def split(sim: Simulation, docket: Docket) -> Docket | None:
    """On a hearing day one accused's trial goes on under a number of its own; that number's docket."""
    party = docket.to_split
    if party is None or docket.stage == "APPEARANCE":
        return None
    docket.to_split = None
    if party not in court.listed(docket) or len(court.listed(docket)) < 2:
        return None
    apart = Docket(
        docket.court, [party.case], stage=docket.stage, held=docket.held, target=docket.target,
        claims_from=docket.claims_from, dummy=docket.dummy, told=docket.told,
    )  # fmt: skip
    apart.cnr = court.new_cnr(sim, docket)
    if apart.claims_from > sim.day:
        sim.late_dockets.append(apart)
    old = court.party_ref(docket, party)
    sim.use(party, old)
    docket.parties.remove(party)
    court.enter(sim, apart, party)
    new = court.party_ref(apart, party)
    sim.use(party, new)
    kind, _, value = apart.anchor.partition(":")
    body = {
        "split_into": [{"kind": kind, "value": value}], "reason": "SEPARATE_TRIAL",
        "mapping": [{"old": reference(old), "new": reference(new)}],
    }  # fmt: skip
    court.row(sim, docket, "court.CaseSplit", body, extra=(apart.anchor,))
    return apart


def wrong_claim(sim: Simulation, docket: Docket) -> tuple[str, ...]:
    """Another case's FIR, where a clerk takes it for this one's; the reviewer rejects the link."""
    if docket.clubbable or docket.to_split or sim.day < 0 or not sim.fate.strikes("wrong_claim"):
        return ()
    other = sim.fate.rng.choice(sim.cases[-100:])
    if not (other.published and other.fir == other.known_as and other.fir.startswith("FIR:")):
        return ()
    if other in docket.cases or (other.docket is not None and other.docket.clubbable):
        return ()
    mine: set[Party] = {party for case in docket.cases for party in case.parties}
    if any(party.person is other_party.person for party in mine for other_party in other.parties):
        return ()
    for case in docket.cases:
        court.review_case(sim, case)
    reviewer.not_tried(sim, docket, other.fir)
    return (other.fir,)
