"""The prosecutors' part: the roster of a court, allotment, scrutiny of a report, defects raised and cured."""

from __future__ import annotations

from ops.simulate import court
from ops.simulate.engine import Simulation
from ops.simulate.places import Court, District
from ops.simulate.rows import Json, office
from ops.simulate.state import Case, Docket

_DEFECTS = ("SECTION_MISSING", "FSL_REPORT_MISSING", "WITNESS_LIST_INCOMPLETE", "SANCTION_MISSING")


def roster(sim: Simulation, district: District, bench: Court) -> None:
    """Who is attached to the court; the whole roster anew every quarter."""
    posts = [office("APP", f"APP-{district.code}-{sim.between(1, 12)}", district.code) for _ in range(2)]
    entries = [{"prosecutor": post, "from_date": sim.date(sim.day), "to_date": None} for post in posts]
    sim.emit(
        "prosecution.CourtRosterSet", district.prosecution, f"COURT:{bench.code}", {"prosecutors": entries}
    )
    sim.at(sim.day + 91, 9, roster, district, bench)


def _post(sim: Simulation, docket: Docket) -> Json:
    district = docket.court.district
    if not docket.prosecutor:
        docket.prosecutor = f"APP-{district}-{sim.between(1, 12)}"
    return office("APP", docket.prosecutor, district)


def _row(sim: Simulation, docket: Docket, event: str, body: Json) -> None:
    case = docket.cases[0]
    sim.emit(
        event, case.district.prosecution, docket.anchor, body, claims=court.claims_of(sim, docket),
        actor=_post(sim, docket), sensitivity=case.sensitivity,
    )  # fmt: skip


def scrutinise(sim: Simulation, case: Case) -> int:
    """Scrutiny before the report is filed; in how many days the report is ready."""
    docket = case.docket
    assert docket is not None  # noqa: S101
    number = f"DR/{sim.number('draft')}"
    body = {
        "prosecutor": _post(sim, docket), "report_number": number, "received_on": sim.date(sim.day),
        "due_on": sim.date(sim.day + 7),
    }  # fmt: skip
    _row(sim, docket, "prosecution.ScrutinyOpened", body)
    if not sim.chance(0.4):
        return sim.between(1, 5)
    defect = f"D{sim.number('defect')}"
    code = sim.rng.choice(_DEFECTS)
    raised = sim.day + sim.between(1, 4)
    sim.at(raised, 11, _raise, docket, defect, code, number)
    if sim.chance(0.85):
        cured = raised + sim.between(1, 8)
        sim.at(cured, 12, _cure, docket, defect, code)
        return cured - sim.day
    return sim.between(5, 12)


def _raise(sim: Simulation, docket: Docket, defect: str, code: str, number: str) -> None:
    body = {
        "prosecutor": _post(sim, docket), "defect_no": defect, "defect_code": code, "report_number": number,
        "due_on": sim.date(sim.day + 7), "accused": [],
    }  # fmt: skip
    _row(sim, docket, "prosecution.DefectRaised", body)


def _cure(sim: Simulation, docket: Docket, defect: str, code: str) -> None:
    body = {
        "defect_no": defect, "defect_code": code, "cured_on": sim.date(sim.day),
        "cured_by": office("IO", "IO-" + docket.cases[0].station, docket.court.district),
    }  # fmt: skip
    _row(sim, docket, "prosecution.DefectCured", body)


def allot(sim: Simulation, docket: Docket) -> None:
    """The case is allotted to a prosecutor."""
    body = {"prosecutor": _post(sim, docket), "court": docket.court.code, "from_date": sim.date(sim.day)}
    _row(sim, docket, "prosecution.CaseAllotted", body)
