"""Processes of the court: summonses and warrants issued, and what the police made of them."""

from __future__ import annotations

from typing import Final

from ops.simulate.beside import Beside
from ops.simulate.engine import Simulation
from ops.simulate.rows import DAY, Json, Row

_KINDS: Final = ("SUMMONS", "SUMMONS", "SUMMONS", "BAILABLE_WARRANT", "NON_BAILABLE_WARRANT")


def summon(beside: Beside, row: Row) -> None:
    """After cognizance summonses go out."""
    for _ in range(beside.between(1, 3)):
        _issue(beside, row, "SUMMONS")


def call_witness(beside: Beside, row: Row) -> None:
    """At a hearing witnesses are called for the next."""
    if beside.chance(0.8):
        _issue(beside, row, beside.rng.choice(_KINDS))


def _issue(beside: Beside, row: Row, kind: str) -> None:
    sim = beside.sim
    claimed = [claim for claim in row.claims if claim in beside.firs]
    number = f"PR/{beside.serial('process', 1)}"
    witness = f"WT-{beside.serial('witness', 7)}"
    station = claimed[0].split("-")[1] if claimed else ""
    body: Json = {
        "process_id": number, "process_kind": kind, "court": row.body["court"], "for_whom": "WITNESS",
        "witness_token": witness, "issued_on": sim.date(row.day), "returnable_on": sim.date(row.day + 14),
        "to_police_station": station,
    }  # fmt: skip
    beside.write("court.ProcessIssued", row.source, row.anchor, body, at=row.day * DAY + row.second,
                 claims=row.claims, sensitivity=row.sensitivity)  # fmt: skip
    if claimed and beside.chance(0.8):
        sim.at(
            row.day + beside.between(2, 13),
            17,
            _execute,
            beside,
            row,
            claimed[0],
            station,
            number,
            kind,
            witness,
        )


def _execute(
    sim: Simulation, beside: Beside, row: Row, fir: str, station: str, number: str, kind: str, witness: str
) -> None:
    served = beside.chance(0.75)
    body: Json = {
        "process_id": number, "process_kind": kind, "court": row.body["court"], "witness_token": witness,
        "executed_on": sim.date(sim.day), "result": "SERVED" if served else "NOT_SERVED",
        "reason": "" if served else "LEFT_ADDRESS", "returned_on": sim.date(sim.day + 1),
    }  # fmt: skip
    beside.write(
        "police.ProcessExecuted", f"police.cctns/PS-{station}", fir, body, sensitivity=row.sensitivity
    )
