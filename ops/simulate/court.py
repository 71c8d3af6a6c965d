"""The court's numbers, its claims, and how its rows name an accused."""

from __future__ import annotations

from random import Random

from ops.simulate import reviewer
from ops.simulate.engine import Simulation
from ops.simulate.rows import Json, Row
from ops.simulate.state import Case, Docket, Party


def open_docket(sim: Simulation, case: Case) -> Docket:
    """The court's record of a case, opened at the first production, application or report."""
    if case.docket is not None:
        return case.docket
    docket = Docket(sim.court_of(case.district), [case])
    case.known_as = case.fir
    case.docket = docket
    docket.target = sim.between(4, 9)
    if sim.chance(0.35):
        docket.cnr = new_cnr(sim, docket)
    else:
        year = sim.date(sim.day).year
        docket.ptn = (
            f"PTN:{docket.court.establishment}-{year}-{sim.number(docket.court.establishment + 'PTN'):06d}"
        )
    if sim.fate.strikes("late_fir"):
        docket.claims_from = sim.day + sim.fate.rng.randrange(14, 60)
        sim.late_dockets.append(docket)
        review_case(sim, case)
    elif sim.fate.strikes("court_dummy_fir"):
        docket.dummy = dummy_fir(sim, case)
        docket.claims_from = 1_000_000
        sim.late_dockets.append(docket)
        review_case(sim, case)
    if sim.fate.strikes("clubbed"):
        docket.clubbable, case.single = True, False
        review_case(sim, case)
    return docket


def new_cnr(sim: Simulation, docket: Docket) -> str:
    """The next CNR of the court's establishment."""
    establishment = docket.court.establishment
    return f"CNR:{establishment}{sim.number(establishment):06d}{sim.date(sim.day).year}"


def dummy_fir(sim: Simulation, case: Case) -> str:
    """The number that clerks of a district write when they have none."""
    return f"FIR:BR-{case.district.stations[0]}-{sim.start.year}-0000"


def review_case(sim: Simulation, case: Case) -> None:
    """Disorder made the joining of this case's references unsure: the reviewer does it."""
    for party in case.parties:
        reviewer.review(sim, party)


def enter(sim: Simulation, docket: Docket, party: Party) -> None:
    """The accused becomes a party of the court's case, if he is none yet."""
    if party not in docket.parties:
        docket.parties.append(party)
        if docket.fixed_day is not None:
            party.next_day = docket.fixed_day
    party.docket = docket


def party_ref(docket: Docket, party: Party) -> str:
    """What the court calls him under its present number."""
    number = party.numbers.get(docket.anchor)
    if number is None:
        docket.numbered += 1
        number = party.numbers[docket.anchor] = str(docket.numbered)
    return f"CIS_PARTY:{docket.anchor}:{number}"


def claims_of(sim: Simulation, docket: Docket) -> list[str]:
    """What a row of the court says of other numbers."""
    claims = [docket.ptn] if docket.ptn and docket.cnr else []
    if docket.dummy:
        claims.append(docket.dummy)
    if sim.day >= docket.claims_from:
        claims.extend(case.known_as for case in docket.cases)
        docket.told = True
    return claims


def accused(sim: Simulation, docket: Docket, party: Party, *, claim: bool = False) -> Json:
    """The accused as a row of the court names him; with `claim`, or where ICJS feeds it, by the police's code too."""
    ref = party_ref(docket, party)
    same_as = []
    fresh = ref not in party.refs
    if (claim or fresh) and docket.ptn and docket.cnr and docket.ptn in party.numbers:
        same_as.append(f"CIS_PARTY:{docket.ptn}:{party.numbers[docket.ptn]}")
    if party.case.published and party.case.icjs and (claim or fresh):
        same_as.append(_police_ref(sim, party))
    return sim.accused(party, ref, same_as)


def _police_ref(sim: Simulation, party: Party) -> str:
    # The court knows the police's code under the number that it was told.
    ref = party.police_ref
    if party.case.known_as != party.case.fir:
        ref = next((old for old in party.refs if old.startswith(f"CCTNS_CODE:{party.case.known_as}:")), ref)
    sim.use(party, ref)
    return ref


def row(
    sim: Simulation,
    docket: Docket,
    event: str,
    body: Json,
    *,
    extra: tuple[str, ...] = (),
    day: int | None = None,
    judge: bool = True,
    withdrawn: bool = False,
    chance: Random | None = None,
) -> Row:
    """A row of the court's system."""
    court = docket.court
    body = {**body, "court": court.code}
    if judge:
        body["judge"] = court.judge
    return sim.emit(
        event, court.source, docket.anchor, body, claims=[*claims_of(sim, docket), *extra], day=day,
        actor=court.judge if judge else None, sensitivity=docket.cases[0].sensitivity,
        withdrawn=withdrawn, chance=chance,
    )  # fmt: skip


def listed(docket: Docket) -> list[Party]:
    """The parties whose trial goes on."""
    return [party for party in docket.parties if party.outcome == "SENT_UP" and not party.over]
