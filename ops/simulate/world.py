"""A whole simulated world: its events in order of arrival, and its truth.

`stream` makes events as they are asked for, with memory for what is open alone; `simulate` keeps them all. Both are
a function of the settings: the same seed gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ops.simulate import opening, others, police, prosecution, reviewer
from ops.simulate.beside import Beside
from ops.simulate.disorder import CALM, Disorder
from ops.simulate.engine import Simulation
from ops.simulate.keying import Keying
from ops.simulate.rows import DAY, Row
from ops.simulate.truth import Truth

Event = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Settings:
    """What to simulate: so many FIRs, over so many days from `start`, in how much disorder.

    `calls`: how many calls to 112 there are for each FIR; Bihar attends some 4,200 a day and registers 1,070 FIRs.
    """

    cases: int
    days: int
    seed: int = 1
    disorder: Disorder = CALM
    start: date = date(2025, 1, 1)
    calls: float = 3.9

    def __post_init__(self) -> None:
        if self.cases < 1 or self.days < 1:
            raise ValueError("a world needs at least one case and one day")


class Stream:
    """Events one by one. `truth` and the counts are complete when the last event is out."""

    def __init__(self, settings: Settings) -> None:
        self._keying = Keying(settings.seed, settings.start, settings.disorder)
        self._sim = Simulation(
            settings.cases, settings.days, settings.seed, settings.start, settings.disorder, self._written
        )
        self._beside = Beside(self._sim, settings.seed, settings.calls, others.ACTS)
        self.settings = settings
        self.truth = Truth(self._sim, self._beside.records)

    def _written(self, row: Row) -> None:
        self._keying.take(row)
        self._beside.saw(row)

    def __iter__(self) -> Iterator[Event]:
        sim, keying = self._sim, self._keying
        _schedule(sim, self.settings)
        others.begin(self._beside, self.settings.cases, self.settings.days)
        for now in sim.run():
            if keying.ready(now):
                yield from keying.until(now)
        for docket in sim.late_dockets:
            if not docket.told:
                reviewer.tried(sim, docket)
        yield from keying.rest()

    @property
    def lived(self) -> float:
        """The share of the days that has passed, 0 to 1."""
        return min(1.0, max(0.0, self._sim.now / (self._sim.days * DAY)))

    @property
    def disorder(self) -> tuple[Counter[str], Counter[str]]:
        """Chances and strikes of each kind of disorder."""
        lives, rows = self._sim.fate, self._keying.tally
        return lives.chances + rows.chances, lives.struck + rows.struck


@dataclass(frozen=True, slots=True)
class World:
    """A world that has been lived to its last day."""

    settings: Settings
    events: list[Event]
    truth: Truth
    chances: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)


def stream(settings: Settings) -> Stream:
    """A world whose events are made as they are asked for."""
    return Stream(settings)


def simulate(settings: Settings) -> World:
    """A whole world in memory."""
    source = stream(settings)
    events = list(source)
    chances, struck = source.disorder
    return World(settings, events, source.truth, chances, struck)


def _schedule(sim: Simulation, settings: Settings) -> None:
    """Put the births of all cases on the agenda: over four fifths of the days, and some before the first."""
    for district in sim.districts:
        for bench in district.courts:
            sim.at(0, 9, prosecution.roster, district, bench)
    span = max(1, settings.days * 3 // 4)
    sim.at(0, 6, opening.balance)
    for number in range(settings.cases):
        district = sim.rng.choice(sim.districts)
        day, hour = number * span // settings.cases, sim.between(8, 21)
        if sim.fate.strikes("opening_balance"):
            if sim.fate.rng.random() < 0.3:
                sim.at(-sim.fate.rng.randrange(100, 700), hour, opening.unpublished, district)
            else:
                sim.at(-sim.fate.rng.randrange(5, 90), hour, police.register, district)
        else:
            sim.at(day, hour, police.register, district)
