"""The Economic Offences Unit: cases taken over, property attached, confirmed by the court or not."""

from __future__ import annotations

from typing import Final

from ops.simulate.beside import Beside
from ops.simulate.engine import Simulation
from ops.simulate.rows import Row, office

SOURCE: Final = "economic.eou/BR"


def took_over(beside: Beside, row: Row) -> None:
    """One of six cases of cheating is the unit's within weeks."""
    cheating = any(section["section"] == "318(4)" for section in row.body["sections"])
    if cheating and row.anchor.startswith("FIR:") and beside.chance(1 / 6):
        beside.sim.at(row.day + beside.between(5, 20), 10.25, take, beside, row)


def take(sim: Simulation, beside: Beside, row: Row) -> None:
    """The case is taken over; property follows."""
    body = {
        "order_number": f"EOU/{beside.serial('eou order', 1)}", "taken_over_on": sim.date(sim.day), "unit": "EOU-BR",
        "from_police_station": row.body["police_station"], "reason": "AMOUNT",
        "investigator": office("EOU_INSPECTOR", f"EOU-{beside.between(1, 30)}", row.body["district"]),
    }  # fmt: skip
    beside.write("economic.CaseTakenOver", SOURCE, row.anchor, body)
    sim.at(sim.day + beside.between(5, 30), 15.5, attach, beside, row)


def attach(sim: Simulation, beside: Beside, row: Row) -> None:
    """Property is attached; the court has thirty days to confirm."""
    order = f"ATT/{beside.serial('attachment', 1)}"
    values = [beside.between(1, 90) * 50_000 for _ in range(beside.between(1, 3))]
    body = {
        "order_number": order, "law": "BNSS 107", "ordered_on": sim.date(sim.day), "executed_on": sim.date(sim.day + 2),
        "total_value": sum(values), "confirmation_due": sim.date(sim.day + 30),
        "property": [
            {"schedule_no": str(place + 1), "kind": "LAND", "value": value, "district": row.body["district"],
             "register_no": ""}
            for place, value in enumerate(values)
        ],
    }  # fmt: skip
    beside.write("economic.PropertyAttached", SOURCE, row.anchor, body)
    beside.records[f"{row.anchor} {order}"] = {"value": sum(values), "result": None}
    if beside.chance(0.8):
        sim.at(sim.day + beside.between(10, 45), 16.4, confirm, beside, row, order, sum(values))


def confirm(sim: Simulation, beside: Beside, row: Row, order: str, value: int) -> None:
    """The court decides on the attachment."""
    result = beside.rng.choice(("CONFIRMED", "CONFIRMED", "PARTLY_CONFIRMED", "SET_ASIDE"))
    body = {
        "order_number": order, "confirmation_number": f"CONF/{beside.serial('confirmation', 1)}", "result": result,
        "confirmed_value": {"CONFIRMED": value, "PARTLY_CONFIRMED": value // 2}.get(result, 0),
        "decided_on": sim.date(sim.day),
    }  # fmt: skip
    beside.write("economic.AttachmentConfirmed", SOURCE, row.anchor, body)
    beside.records[f"{row.anchor} {order}"]["result"] = result
