"""The citizens' portal: applications and e-complaints, where they are, and what became of them."""

from __future__ import annotations

from typing import Final

from ops.simulate.beside import Beside
from ops.simulate.engine import Simulation
from ops.simulate.places import District
from ops.simulate.rows import DAY, Json, Row, identifier, office

SOURCE: Final = "citizen.portal/BR"
#: Service -> days that its charter promises.
_SERVICES: Final = {
    "CHARACTER_CERTIFICATE": 14, "TENANT_VERIFICATION": 21, "SERVANT_VERIFICATION": 21, "LOST_PROPERTY": 7,
    "PROCESSION_PERMISSION": 10, "SECRET_TIP": 30, "FIR_COPY": 3,
}  # fmt: skip


def complained(beside: Beside, row: Row) -> None:
    """One of twelve FIRs began as an e-complaint, hours before."""
    if not beside.chance(1 / 12):
        return
    registered = row.day * DAY + row.second
    filed = registered - beside.between(2, 6) * 3600
    number = _number(beside)
    office_of = office("SHO", f"SHO-{row.body['police_station']}", row.body["district"])
    promised = beside.sim.date(filed // DAY + 3)
    body = {
        "district": row.body["district"], "police_station": row.body["police_station"], "office": office_of,
        "complaint_kind": "THEFT", "promised_on": promised, "submitted_at": beside.moment(filed),
        "complainant_token": f"CT-{beside.serial('complainant', 7)}",
    }  # fmt: skip
    beside.write("citizen.EComplaintFiled", SOURCE, number, body, at=filed)
    _decide(beside, number, "E_COMPLAINT", "CONVERTED_TO_FIR", office_of, [row.anchor], registered + 300)
    beside.records[number] = {
        "service": "E_COMPLAINT", "promised_on": promised, "decided": True, "led_to": [row.anchor],
    }  # fmt: skip


def apply(sim: Simulation, beside: Beside, district: District) -> None:
    """An application; it moves once, and nine of ten are decided, most of them in time."""
    service = beside.rng.choice(tuple(_SERVICES))
    days = _SERVICES[service]
    number = _number(beside)
    station = beside.rng.choice(district.stations)
    office_of = office("SHO", f"SHO-{station}", district.code)
    promised = sim.date(sim.day + days)
    beside.write("citizen.ApplicationSubmitted", SOURCE, number, {
        "service": service, "office": office_of, "district": district.code, "police_station": station,
        "submitted_at": beside.moment(sim.now), "promised_on": promised, "channel": "WEB",
        "applicant_token": "" if service == "SECRET_TIP" else f"AT-{beside.serial('applicant', 7)}", "fee_paid": 0,
    })  # fmt: skip
    beside.records[number] = {"service": service, "promised_on": promised, "decided": False, "led_to": []}
    sim.at(sim.day + beside.between(1, 4), 12, _move, beside, number, service, office_of)
    if beside.chance(0.9):
        sim.at(
            sim.day + int(days * beside.rng.uniform(0.3, 1.3)), 17, _end, beside, number, service, office_of
        )


def _move(sim: Simulation, beside: Beside, number: str, service: str, office_of: Json) -> None:
    body = {"service": service, "step": "ENQUIRY", "from_office": office_of, "office": office_of}
    beside.write("citizen.ApplicationMoved", SOURCE, number, body)


def _end(sim: Simulation, beside: Beside, number: str, service: str, office_of: Json) -> None:
    decision = "GRANTED" if beside.chance(0.85) else "REFUSED"
    _decide(beside, number, service, decision, office_of, [], sim.now)
    beside.records[number]["decided"] = True


def _decide(
    beside: Beside, number: str, service: str, decision: str, office_of: Json, led_to: list[str], at: int
) -> None:
    body = {
        "service": service, "decision": decision, "office": office_of, "decided_on": beside.sim.date(at // DAY),
        "led_to": [identifier(text) for text in led_to],
    }  # fmt: skip
    beside.write("citizen.ApplicationDecided", SOURCE, number, body, at=at, claims=led_to)


def _number(beside: Beside) -> str:
    return f"APPLICATION_NO:BR-{beside.sim.date(beside.sim.day).year}-{beside.serial('application', 7)}"
