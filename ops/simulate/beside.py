"""The departments beside police, court and prison: they see the rows of a life, and write their own.

They have a random stream of their own and change no life: a world with them has the same accused as one without.
What became of each of their records stands in `records` (root -> what a reader must find), which is their truth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any, Final

from ops.simulate.rows import DAY, Json, Row

if TYPE_CHECKING:
    from ops.simulate.engine import Simulation

Acts = Mapping[str, tuple[Callable[["Beside", Row], None], ...]]
"""Event type -> what other departments do when such a row is written."""


class Beside:
    """The other departments of one world. `calls`: calls to 112 for each FIR."""

    def __init__(self, sim: Simulation, seed: int, calls: float, acts: Acts) -> None:
        self.sim = sim
        self.calls = calls
        self._acts = acts
        self.rng: Final = Random(f"{seed}/beside")
        self.records: dict[str, Json] = {}
        self.firs: set[str] = set()
        """FIRs that the police registered: what a court or a jail calls one may be none."""
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
        self, event: str, source: str, anchor: str, body: Json, *, at: int | None = None, **more: Any
    ) -> Row:
        """A row of this moment, in seconds since the first day's midnight; without one it is now."""
        day, second = divmod(self.sim.now if at is None else at, DAY)
        self._writing = True
        row = self.sim.emit(event, source, anchor, body, day=day, second=second, **more)
        self._writing = False
        return row

    def moment(self, at: int) -> datetime:
        """An aware moment of seconds since the first day's midnight."""
        return self.sim.moment(at // DAY, at % DAY)

    def saw(self, row: Row) -> None:
        """A row was written into a department's system; who is concerned does what follows."""
        if self._writing or row.day < 1 or row.withdrawn or row.supersedes is not None:
            return
        if row.type == "police.FirRegistered":
            self.firs.add(row.anchor)
        for act in self._acts.get(row.type, ()):
            act(self, row)

    def serial(self, series: str, width: int) -> str:
        """The next number of a series, with leading zeros up to a width."""
        return f"{self.sim.number(series):0{width}d}"
