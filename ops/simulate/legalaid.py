"""Legal services: lawyers for those in custody, and the review of those who were granted bail and are still inside."""

from __future__ import annotations

from ops.simulate.beside import Beside
from ops.simulate.engine import Simulation
from ops.simulate.rows import Json, Row, office


def assign(beside: Beside, row: Row) -> None:
    """One of fourteen remand orders is followed by a lawyer, days later: one of four who are in custody gets one."""
    if beside.chance(1 / 14):
        beside.sim.at(row.day + beside.between(1, 6), 11, _assigned, beside, row)


def _assigned(sim: Simulation, beside: Beside, row: Row) -> None:
    body = {"lawyer_kind": "LADC", "assigned_on": sim.date(sim.day)}
    _row(beside, "legalaid.LawyerAssigned", row, body | {"assignment_no": f"LA/{beside.serial('lawyer', 1)}"})


def review(beside: Beside, row: Row) -> None:
    """The committee looks at one of ten who were granted bail."""
    if beside.chance(0.1):
        beside.sim.at(row.day + beside.between(8, 20), 16.5, _reviewed, beside, row)


def _reviewed(sim: Simulation, beside: Beside, row: Row) -> None:
    body = {
        "meeting_on": sim.date(sim.day),
        "category": "BAIL_NOT_RELEASED",
        "recommendation": "RELAX_CONDITIONS",
    }
    _row(beside, "legalaid.UtrcReviewed", row, body)


def _row(beside: Beside, event: str, row: Row, body: Json) -> None:
    """About the accused of a court's row, by the number that he had there."""
    district = row.body["judge"]["district"]
    accused = {"ref": row.body["accused"]["ref"], "same_as": [], "person": None}
    authority = office("DLSA", f"DLSA-{district}", district)
    body |= {"accused": accused, "authority": authority, "court": row.body["court"]}
    beside.write(event, f"legalaid.dlsa/{district}", row.anchor, body, sensitivity=row.sensitivity)
