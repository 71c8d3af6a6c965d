"""The jails' count of the day."""

from __future__ import annotations

from ops.simulate.beside import Beside
from ops.simulate.engine import Simulation
from ops.simulate.places import District
from ops.simulate.rows import DAY, Json


def count(sim: Simulation, beside: Beside, district: District, jail: str) -> None:
    """How many of each group are inside, as the state of the world has it."""
    inside = [
        person
        for person in sim.people[district.code]
        if person.jail == jail and person.holds and not person.interim
    ]
    lines = [
        _line("UNDERTRIAL", "MALE", sum(one.gender == "M" and not one.convict for one in inside), 40),
        _line("UNDERTRIAL", "FEMALE", sum(one.gender == "F" and not one.convict for one in inside), 5),
        _line("CONVICT", "MALE", sum(one.convict for one in inside), 10),
    ]
    body = {
        "counted_at": sim.moment(sim.day, sim.now % DAY),
        "capacity": 55,
        "lines": lines,
        "out_on_escort": 0,
    }
    beside.write("prison.HeadcountTaken", f"prison.eprisons/{jail}", f"JAIL:{jail}", body)
    beside.records[f"JAIL:{jail}"] = {"n": sum(line["n"] for line in lines)}


def _line(category: str, group: str, n: int, capacity: int) -> Json:
    return {"category": category, "group": group, "n": n, "capacity": capacity}
