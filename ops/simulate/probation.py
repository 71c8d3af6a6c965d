"""The probation officer's part: reports asked for and given, supervision after conviction."""

from __future__ import annotations

from ops.simulate import court
from ops.simulate.engine import Simulation
from ops.simulate.rows import Json, identifier, office
from ops.simulate.state import Docket, Party


def _officer(party: Party) -> Json:
    district = party.case.district.code
    return office("PROBATION_OFFICER", f"PO-{district}", district)


def _series(sim: Simulation, party: Party, kind: str) -> str:
    number = sim.number(kind + party.case.district.code)
    return f"{kind}:BR-{party.case.district.code}PO-{sim.date(sim.day).year}-{number:05d}"


def request(sim: Simulation, party: Party, docket: Docket, kind: str) -> None:
    """The court asks for a report; four of five come."""
    anchor = _series(sim, party, "REPORT_NO")
    due = sim.day + 10
    head = {
        "case": identifier(docket.anchor), "court": docket.court.code, "report_kind": kind,
        "officer": _officer(party),
    }  # fmt: skip
    source = party.case.district.probation
    sim.emit(
        "probation.ReportRequested", source, anchor,
        {**head, "accused": _accused(sim, docket, party), "due_on": sim.date(due)},
        claims=[docket.anchor], actor=_officer(party),
    )  # fmt: skip
    if sim.chance(0.8):
        sim.at(due + sim.between(-5, 10), 16.5, submit, party, docket, anchor, head)


def submit(sim: Simulation, party: Party, docket: Docket, anchor: str, head: Json) -> None:
    """The report is given, under the court number under which it was asked for."""
    body = {
        **head, "accused": _accused(sim, docket, party), "submitted_on": sim.date(sim.day),
        "recommendation": sim.rng.choice(("FAVOURABLE", "UNFAVOURABLE", "NONE")),
    }  # fmt: skip
    case = head["case"]
    sim.emit(
        "probation.ReportSubmitted", party.case.district.probation, anchor, body,
        claims=[f"{case['kind']}:{case['value']}"], actor=_officer(party),
    )  # fmt: skip


def supervise(sim: Simulation, party: Party, docket: Docket) -> None:
    """Supervision under a probation order begins."""
    body = {
        "accused": _accused(sim, docket, party), "case": identifier(docket.anchor), "court": docket.court.code,
        "starts_on": sim.date(sim.day), "ends_on": sim.date(sim.day + 365), "officer": _officer(party),
        "next_contact_due": sim.date(sim.day + 30), "home_police_station": party.person.station,
        "conditions": ["MONTHLY_CONTACT"],
    }  # fmt: skip
    sim.emit(
        "probation.SupervisionStarted", party.case.district.probation, _series(sim, party, "ORDER_NO"), body,
        claims=[docket.anchor], actor=_officer(party),
    )  # fmt: skip


def _accused(sim: Simulation, docket: Docket, party: Party) -> Json:
    return sim.accused(party, court.party_ref(docket, party))
