"""The departments beside police, court and prison: they see the rows of a life, and write their own.

They have a random stream of their own and change no life: a world with them has the same accused as one without.
What became of each of their records stands in `records` (root -> what a reader must find), which is their truth.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any, Final

from ops.simulate.rows import DAY, Json, Row

if TYPE_CHECKING:
    from ops.simulate.engine import Simulation
    from ops.simulate.places import District


class Beside:
    """The other departments of one world. `calls`: calls to 112 for each FIR."""

    def __init__(self, sim: Simulation, seed: int, calls: float) -> None:
        self.sim = sim
        self.calls = calls
        self.rng: Final = Random(f"{seed}/beside")
        self.records: dict[str, Json] = {}
        self._writing = False

    # Chance, of the stream of their own.

    def chance(self, share: float) -> bool:
        """True with this probability."""
        return self.rng.random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.rng.randint(low, high)

    # Rows.

    def write(
        self, event: str, source: str, anchor: str, body: Json, *, hour: float | None = None, **more: Any
    ) -> Row:
        """A row of today, at this hour of the day, else now."""
        second = self.sim.now % DAY if hour is None else int(hour * 3600)
        self._writing = True
        row = self.sim.emit(event, source, anchor, body, second=second, **more)
        self._writing = False
        return row

    def saw(self, row: Row) -> None:
        """A row was written into a department's system; who is concerned does what follows."""
        if self._writing or row.day < 0:
            return
        for act in ACTS.get(row.type, ()):
            act(self, row)

    def district_of(self, code: str) -> District:
        """A district by its code."""
        return next(one for one in self.sim.districts if one.code == code)

    def begin(self, cases: int, days: int) -> None:
        """Put on the agenda what no life calls for: counts of the day, calls and applications that lead to no case."""
        for district in self.sim.districts:
            for day in range(days):
                for jail in district.jails:
                    self.sim.at(day, 6.5, _counted, self, district, jail)
        span = max(1, days * DAY)
        for share, act in ((self.calls, emergency.idle), (1.0, citizen.apply), (0.2, cyber.complain)):
            for _ in range(int(cases * share)):
                second = self.rng.randrange(span)
                self.sim.at(second // DAY, second % DAY / 3600, act, self, self.rng.choice(self.sim.districts))


def _counted(sim: Simulation, beside: Beside, district: District, jail: str) -> None:
    jails.count(beside, district, jail)


from ops.simulate import citizen, cyber, economic, emergency, forensics, jails, legalaid, process  # noqa: E402

#: What other departments do when a row is written.
ACTS: Final[dict[str, tuple[Callable[[Beside, Row], None], ...]]] = {
    "police.FirRegistered": (emergency.called, citizen.complained, cyber.signed, forensics.seized, economic.took_over),
    "court.RemandOrdered": (legalaid.assign,),
    "court.CognizanceTaken": (process.summon,),
    "court.HearingHeld": (process.call_witness,),
    "prison.NotReleasedReason": (legalaid.review,),
}
