"""Which other department acts on which row, and what begins without any."""

from __future__ import annotations

from typing import Final

from ops.simulate import citizen, cyber, economic, emergency, forensics, jails, legalaid, process
from ops.simulate.beside import Acts, Beside
from ops.simulate.rows import DAY

ACTS: Final[Acts] = {
    "police.FirRegistered": (
        emergency.called, citizen.complained, cyber.complained, forensics.seized, economic.took_over,
    ),
    "court.RemandOrdered": (legalaid.assign,),
    "court.CognizanceTaken": (process.summon,),
    "court.HearingHeld": (process.call_witness,),
    "court.HearingAdjourned": (process.call_witness,),
    "court.BailGranted": (legalaid.review,),
}  # fmt: skip
#: Records a FIR that lead to no case; calls by Settings.calls.
_APPLICATIONS: Final = 1.0
_COMPLAINTS: Final = 0.15


def begin(beside: Beside, cases: int, days: int) -> None:
    """Put on the agenda the jails' counts of the day, and calls, applications and complaints that lead to no case."""
    sim, span = beside.sim, max(1, days * DAY)
    for district in sim.districts:
        for day in range(days):
            for jail in district.jails:
                sim.at(day, 6.5, jails.count, beside, district, jail)
    for share, act in (
        (beside.calls, emergency.idle),
        (_APPLICATIONS, citizen.apply),
        (_COMPLAINTS, cyber.unled),
    ):
        for _ in range(int(cases * share)):
            second = beside.rng.randrange(span)
            sim.at(second // DAY, second % DAY / 3600, act, beside, beside.rng.choice(sim.districts))
