"""Exhibits: seized and sent by the station, received, examined and reported on by the laboratory."""

from __future__ import annotations

from typing import Final

from ops.simulate.beside import Beside
from ops.simulate.engine import Simulation
from ops.simulate.rows import DAY, Row, identifier, office

#: What is seized, by the act or section that calls for an examination.
_KINDS: Final = {
    "NDPS1985": "NARCOTIC",
    "BPEA2016": "LIQUOR",
    "ARMS1959": "WEAPON",
    "103(1)": "VISCERA",
    "64(1)": "BIOLOGICAL",
}
_DIVISIONS: Final = {
    "NARCOTIC": "NARCOTICS", "LIQUOR": "TOXICOLOGY", "WEAPON": "BALLISTICS", "VISCERA": "TOXICOLOGY",
    "BIOLOGICAL": "DNA",
}  # fmt: skip


def seized(beside: Beside, row: Row) -> None:
    """Something was seized that must be examined: days later it goes to the laboratory."""
    marks = [mark for one in row.body["sections"] for mark in (one["act"], one["section"])]
    kind = next((_KINDS[mark] for mark in marks if mark in _KINDS), "DEVICE" if beside.chance(0.05) else None)
    if kind is None or not row.anchor.startswith("FIR:"):
        return
    sim, station = beside.sim, row.body["police_station"]
    no = beside.serial("seizure" + station, 1)
    item = {
        "item_no": "1",
        "kind": kind,
        "quantity": beside.between(1, 900),
        "unit": "PIECE",
        "value": None,
        "malkhana_no": f"MR-{no}",
    }
    at = row.day * DAY + row.second + 1800
    body = {
        "seizure_list_number": f"SL-{no}", "seized_at": beside.moment(at), "under": "106",
        "items": [item], "witnesses": 2, "audio_video": True, "place": row.body["place_of_occurrence"],
    }  # fmt: skip
    beside.write("police.SeizureMade", row.source, row.anchor, body, at=at, sensitivity=row.sensitivity)
    sim.at(row.day + beside.between(3, 15), 15.5, send, beside, row, kind, no)


def send(sim: Simulation, beside: Beside, row: Row, kind: str, no: str) -> None:
    """The station sends the exhibit; the laboratory receives it a day or two later."""
    district = row.body["district"]
    body = {
        "exhibit_no": f"MR-{no}/1", "seizure_list_number": f"SL-{no}", "kind": kind, "parcels": 1, "seals": 4,
        "forwarding_memo": f"FM-{no}", "sent_on": sim.date(sim.day), "laboratory": f"FSL{district}",
    }  # fmt: skip
    beside.write("police.ExhibitSent", row.source, row.anchor, body, sensitivity=row.sensitivity)
    sim.at(sim.day + beside.between(1, 3), 16, receive, beside, row, kind, no)


def receive(sim: Simulation, beside: Beside, row: Row, kind: str, no: str) -> None:
    """Received; one of twenty comes back with broken seals, the others wait for weeks."""
    district = row.body["district"]
    number = f"FSL_NO:BR-FSL{district}-{sim.date(sim.day).year}-{beside.serial('fsl' + district, 5)}"
    intact = not beside.chance(0.05)
    body = {
        "case": identifier(row.anchor), "laboratory": f"FSL{district}", "division": _DIVISIONS.get(kind, "CYBER"),
        "exhibit_no": f"MR-{no}/1", "forwarding_memo": f"FM-{no}", "received_on": sim.date(sim.day), "kind": kind,
        "parcels": 1, "seals": 4, "seals_intact": intact, "accused_in_custody": beside.chance(0.4),
        "expected_on": sim.date(sim.day + 30),
    }  # fmt: skip
    _row(beside, "forensics.ExhibitReceived", number, row, body)
    beside.records[number] = {"open": True, "case": row.anchor}
    if not intact:
        sim.at(sim.day + 1, 17, give_back, beside, row, number)
    else:
        sim.at(sim.day + beside.between(5, 40), 16.4, examine, beside, row, number)


def give_back(sim: Simulation, beside: Beside, row: Row, number: str) -> None:
    """Sent back unexamined."""
    body = {
        "reason": "SEALS_BROKEN",
        "returned_on": sim.date(sim.day),
        "to_police_station": row.body["police_station"],
    }
    _row(beside, "forensics.ExhibitReturned", number, row, body)
    beside.records[number]["open"] = False


def examine(sim: Simulation, beside: Beside, row: Row, number: str) -> None:
    """The examination begins; the report follows."""
    district = row.body["district"]
    body = {
        "started_on": sim.date(sim.day),
        "examiner": office("EXAMINER", f"EX-{district}-{beside.between(1, 6)}", district),
    }
    _row(beside, "forensics.ExaminationStarted", number, row, body)
    sim.at(sim.day + beside.between(2, 20), 16.8, report, beside, row, number)


def report(sim: Simulation, beside: Beside, row: Row, number: str) -> None:
    """The report is issued."""
    opinion = beside.rng.choice(("POSITIVE", "POSITIVE", "NEGATIVE", "INCONCLUSIVE"))
    body = {
        "report_number": f"FSL-R-{beside.serial('fsl report', 1)}",
        "issued_on": sim.date(sim.day),
        "opinion_class": opinion,
    }
    _row(beside, "forensics.ReportIssued", number, row, body)
    beside.records[number]["open"] = False


def _row(beside: Beside, event: str, number: str, row: Row, body: dict[str, object]) -> None:
    district = row.body["district"]
    body = {"case": identifier(row.anchor), "laboratory": f"FSL{district}", **body}
    beside.write(
        event,
        f"forensics.eforensics/FSL{district}",
        number,
        body,
        claims=[row.anchor],
        sensitivity=row.sensitivity,
    )
