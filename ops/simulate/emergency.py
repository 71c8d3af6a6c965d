"""The emergency response centre: calls, units sent, what was done; some led to an FIR."""

from __future__ import annotations

from typing import Final

from ops.simulate.beside import Beside
from ops.simulate.engine import Simulation
from ops.simulate.places import District
from ops.simulate.rows import DAY, Json, Row, identifier

SOURCE: Final = "emergency.erss/BR"
_KINDS: Final = ("ASSAULT", "THEFT", "DOMESTIC_VIOLENCE", "ROAD_ACCIDENT", "QUARREL", "FIRE")
_ACTIONS: Final = (
    "RESOLVED_ON_SPOT",
    "RESOLVED_ON_SPOT",
    "HANDED_TO_STATION",
    "MEDICAL_HELP",
    "NOTHING_FOUND",
)


def called(beside: Beside, row: Row) -> None:
    """Three of ten FIRs began with a call, an hour or two before."""
    if not beside.chance(0.3):
        return
    begun = row.day * DAY + row.second - beside.between(3600, 7200)
    station, district = row.body["police_station"], row.body["district"]
    number = _number(beside, begun)
    _answer(beside, number, begun, district, station, row.body["district"])
    _close(beside, number, row.day * DAY + row.second + 60, "FIR_REGISTERED", [row.anchor])


def idle(sim: Simulation, beside: Beside, district: District) -> None:
    """A call that leads to no case; one of thirty is still open."""
    begun = sim.now
    number = _number(beside, begun)
    _answer(beside, number, begun, district.code, beside.rng.choice(district.stations), district.code)
    if beside.chance(29 / 30):
        sim.at(sim.day, (begun % DAY) / 3600 + 1.5, _closed, beside, number)
    else:
        beside.records[number] = {"answered": False, "led_to": []}


def _closed(sim: Simulation, beside: Beside, number: str) -> None:
    _close(beside, number, sim.now, beside.rng.choice(_ACTIONS), [])


def _number(beside: Beside, begun: int) -> str:
    day = beside.sim.date(begun // DAY)
    return f"INCIDENT_112:BR-{day:%Y%m%d}-{beside.serial('112', 7)}"


def _answer(beside: Beside, number: str, begun: int, district: str, station: str, room: str) -> None:
    unit = f"{district}-ERV-{beside.between(1, 40)}"
    sent, came = begun + beside.between(60, 240), begun + beside.between(400, 2400)
    _row(beside, "emergency.IncidentReported", number, begun, {
        "channel": "CALL", "incident_kind": beside.rng.choice(_KINDS), "district": district, "police_station": station,
        "control_room": f"ERC-{room}", "received_at": beside.moment(begun),
        "latitude_e6": 25_600_000 + beside.between(0, 99_999), "longitude_e6": 85_100_000 + beside.between(0, 99_999),
        "caller_token": f"CL-{beside.serial('caller', 7)}", "language": "hi",
    })  # fmt: skip
    _row(beside, "emergency.UnitDispatched", number, sent, {
        "unit": unit, "unit_kind": "FOUR_WHEELER", "district": district, "police_station": station,
        "dispatched_at": beside.moment(sent), "expected_minutes": 15,
    })  # fmt: skip
    _row(beside, "emergency.UnitArrived", number, came, {
        "unit": unit, "arrived_at": beside.moment(came),
    })  # fmt: skip


def _close(beside: Beside, number: str, at: int, action: str, led_to: list[str]) -> None:
    body = {"action_taken": action, "closed_at": beside.moment(at),
            "led_to": [identifier(text) for text in led_to]}  # fmt: skip
    _row(beside, "emergency.IncidentClosed", number, at, body, led_to)
    beside.records[number] = {"answered": True, "led_to": led_to}


def _row(
    beside: Beside, event: str, number: str, at: int, body: Json, claims: list[str] | None = None
) -> None:
    beside.write(event, SOURCE, number, body, at=at, claims=claims or [])
