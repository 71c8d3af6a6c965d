"""The cyber-crime unit: complaints of money lost, holds on it, e-zero-FIRs signed or lapsed."""

from __future__ import annotations

import hashlib
from typing import Final

from ops.simulate.beside import Beside
from ops.simulate.engine import Simulation
from ops.simulate.places import District
from ops.simulate.rows import DAY, Json, Row, identifier, sections

_BANKS: Final = ("SBIN", "PUNB", "HDFC", "ICIC", "PYTM")
#: From this loss on, in rupees, an e-zero-FIR is made.
_THRESHOLD: Final = 100_000
_DAYS_TO_SIGN: Final = 3


def complained(beside: Beside, row: Row) -> None:
    """An FIR of cheating, mostly: the complaint came hours before, its e-zero-FIR is signed at the station."""
    cheating = any(section["section"] == "318(4)" for section in row.body["sections"])
    if not cheating or not row.anchor.startswith("FIR:") or not beside.chance(0.6):
        return
    signed = row.day * DAY + row.second
    district, station = row.body["district"], row.body["police_station"]
    amount = _THRESHOLD + beside.between(0, 900_000)
    number, zero = _complaint(beside, signed - 6 * 3600, district, station, amount)
    body = {
        "zero_fir": identifier(zero), "fir": identifier(row.anchor), "police_station": station,
        "signed_at": beside.moment(signed),
    }  # fmt: skip
    beside.write(
        "cyber.EZeroFirSigned", _source(district), number, body, at=signed + 60, claims=[zero, row.anchor]
    )
    beside.records[number] |= {"open": False, "led_to": [row.anchor]}


def unled(sim: Simulation, beside: Beside, district: District) -> None:
    """A complaint that leads to no FIR: a small loss, or an e-zero-FIR that nobody signs."""
    amount = beside.rng.choice((2_000, 9_500, 48_000, 130_000, 640_000))
    station = beside.rng.choice(district.stations)
    number, zero = _complaint(beside, sim.now, district.code, station, amount)
    if zero and beside.chance(0.8):
        sim.at(sim.day + _DAYS_TO_SIGN + 1, 23, _lapse, beside, number, zero, district.code)


def _lapse(sim: Simulation, beside: Beside, number: str, zero: str, district: str) -> None:
    body = {"zero_fir": identifier(zero), "lapsed_on": sim.date(sim.day), "reason": "NOT_SIGNED"}
    beside.write("cyber.EZeroFirLapsed", _source(district), number, body, claims=[zero])
    beside.records[number]["open"] = False


def _complaint(beside: Beside, at: int, district: str, station: str, amount: int) -> tuple[str, str]:
    """A complaint with its hold, some minutes after the money went: its number, and its e-zero-FIR or ""."""
    source = _source(district)
    number = f"NCRP_ACK:305{beside.sim.date(at // DAY):%m%y}{beside.serial('ncrp', 7)}"
    account = hashlib.sha256(number.encode()).hexdigest()
    told = at + beside.between(600, 7200)
    body: Json = {
        "channel": "HELPLINE_1930", "category": "FINANCIAL_FRAUD", "sub_category": "UPI", "amount": amount,
        "incident_at": beside.moment(at), "received_at": beside.moment(told), "district": district,
        "police_station": station, "complainant_token": f"CT-{beside.serial('complainant', 7)}",
        "accounts": [{"account_digest": account, "bank": beside.rng.choice(_BANKS), "amount": amount, "layer": 1,
                      "transaction_digest": ""}],
    }  # fmt: skip
    beside.write("cyber.ComplaintReceived", source, number, body, at=told)
    held = amount * beside.between(0, 90) // 100
    if held:
        at = told + beside.between(600, 3600)
        body = {
            "hold_no": "1", "bank": "SBIN", "account_digest": account, "layer": 1, "amount": held,
            "held_at": beside.moment(at),
        }  # fmt: skip
        beside.write("cyber.AmountHeld", source, number, body, at=at)
    beside.records[number] = {"open": True, "held": held, "led_to": []}
    return number, _e_zero_fir(beside, number, told + 3900, district, amount) if amount >= _THRESHOLD else ""


def _e_zero_fir(beside: Beside, number: str, at: int, district: str, amount: int) -> str:
    sim = beside.sim
    day, station = at // DAY, f"{district}CYB"
    zero = f"ZERO_FIR:BR-{station}-{sim.date(day).year}-{beside.serial('e-zero' + station, 4)}"
    body: Json = {
        "zero_fir": identifier(zero), "police_station": station, "created_at": beside.moment(at),
        "amount": amount, "sign_by": sim.date(day + _DAYS_TO_SIGN), "sections": sections(["BNS2023 318(4)"]),
    }  # fmt: skip
    beside.write("cyber.EZeroFirCreated", _source(district), number, body, at=at, claims=[zero])
    return zero


def _source(district: str) -> str:
    return f"cyber.ncrp/{district}"
