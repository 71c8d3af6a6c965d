"""The simulation's clock and agenda: lives schedule what happens next, and emit rows when it happens.

Discrete events: `at` puts an act on the agenda, `run` does them in order of time until the last day. What
happens after it never happens, so the state that is left is the truth. Three random streams: `rng` for lives,
`law` for what the law's clocks need beside, `fate` for disorder.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from ops.simulate import reviewer
from ops.simulate.disorder import Disorder, Tally
from ops.simulate.names import Name, family_name, full_name, village_name
from ops.simulate.places import Court, District, districts
from ops.simulate.rows import DAY, Json, Row, defaults, moment, nominal_second, precision_of, reference
from ops.simulate.state import Case, Docket, Party, Person

Act = Callable[..., None]


class Simulation:
    """The world while it is being lived. `deliver` takes every row, in the order in which things happen."""

    def __init__(
        self,
        cases: int,
        days: int,
        seed: int,
        start: date,
        disorder: Disorder,
        deliver: Callable[[Row], None],
    ) -> None:
        self.days = days
        self.start = start
        self.rng = Random(f"{seed}/lives")
        self.law = Random(f"{seed}/law")
        self.fate = Tally(disorder, Random(f"{seed}/fate"))
        self.districts = districts(cases, seed)
        self.cases: list[Case] = []
        self.count: dict[str, int] = {}
        self.people: dict[str, list[Person]] = {district.code: [] for district in self.districts}
        self.clubbing: dict[str, Docket] = {}
        self.late_dockets: list[Docket] = []
        self.now = -1000 * DAY
        self._deliver = deliver
        self._agenda: list[tuple[int, int, Act, tuple[Any, ...]]] = []
        self._order = 0
        self._keys = 0
        self._described: list[Json] = []
        self._salt_key = hashlib.sha256(f"salt/{seed}".encode()).digest()

    # Time.

    @property
    def day(self) -> int:
        """Today, counted from the first day."""
        return self.now // DAY

    def date(self, day: int) -> date:
        """The civil day."""
        return self.start + timedelta(days=day)

    def moment(self, day: int, second: int) -> datetime:
        """An aware moment."""
        return moment(self.start, day, second)

    def at(self, day: int, hour: float, act: Act, *args: Any) -> None:
        """Put an act on the agenda; one that would be before now is done next."""
        self._order += 1
        when = max(day * DAY + int(hour * 3600), self.now)
        heapq.heappush(self._agenda, (when, self._order, act, args))

    def run(self) -> Iterator[int]:
        """Live until the end of the last day. Yields the time after each act, for who watches the rows."""
        end = self.days * DAY
        agenda = self._agenda
        while agenda and agenda[0][0] < end:
            self.now, _, act, args = heapq.heappop(agenda)
            act(self, *args)
            yield self.now
        self.now = end

    # Chance.

    def chance(self, share: float) -> bool:
        """True with this probability."""
        return self.rng.random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.rng.random() * (high - low + 1))

    def number(self, series: str) -> int:
        """The next number of a series, from 1."""
        self.count[series] = self.count.get(series, 0) + 1
        return self.count[series]

    # Rows.

    def emit(
        self,
        event: str,
        source: str,
        anchor: str,
        body: Json,
        *,
        claims: list[str] | tuple[str, ...] = (),
        day: int | None = None,
        second: int | None = None,
        actor: Json | None = None,
        sensitivity: str = "NORMAL",
        late: float = 0.0,
        supersedes: str | None = None,
        withdrawn: bool = False,
        chance: Random | None = None,
    ) -> Row:
        """Write a row into its department's system. Without `second` it happened about the type's nominal hour;
        `chance`: the stream that draws the minute, if not that of the lives."""
        self._keys += 1
        key = f"{event.partition('.')[2]}/{self._keys}"
        if second is None:
            # Whole minutes within the gap to the next type's hour, so that a day's order is the nominal order.
            second = nominal_second(event) + 60 * int((chance or self.rng).random() * 5)
        row = Row(
            event, source, key, anchor, tuple(sorted(set(claims))), self.day if day is None else day, second,
            precision_of(event), {**defaults(event), **body}, actor, sensitivity, late, supersedes,
            withdrawn,
        )  # fmt: skip
        for place, person in enumerate(self._described):
            person["salt"] = hashlib.blake2b(
                f"{source}|{key}|{place}".encode(), key=self._salt_key, digest_size=16
            ).digest()
        self._described.clear()
        # Jails wrote no rows before the first day: who is inside then comes as an opening balance.
        if not (row.day < 0 and event.startswith("prison.")):
            self._deliver(row)
        return row

    def retract(self, row: Row, after: int, reason: str = "ENTERED_IN_ERROR") -> None:
        """The row's source withdraws it, that many days after now."""
        self.emit(
            "common.Retracted", row.source, row.anchor, {"reason": reason}, day=self.day, late=after,
            sensitivity=row.sensitivity, supersedes=str(row.id()), second=23 * 3600,
        )  # fmt: skip

    # People.

    def somebody(self, district: District, station: str) -> Person:
        """A person: mostly a new one, sometimes one who is an accused already."""
        known = self.people[district.code]
        if known and self.rng.random() < 0.07:
            person = self.rng.choice(known)
            if not person.reserved and person.cases < 3 and not person.convict:
                person.cases += 1
                return person
        gender = "F" if self.chance(0.06) else "M"
        family = family_name(self.rng)
        person = Person(
            full_name(self.rng, gender, family), full_name(self.rng, "M", family), gender, self.between(18, 62),
            village_name(self.rng), district, station, cases=1,
        )  # fmt: skip
        known.append(person)
        return person

    def describe(self, person: Person, name: Name | None = None) -> Json:
        """PersonDescription; salted when the row that holds it is emitted."""
        shown = name or person.name
        described: Json = {
            "salt": b"",
            "name": shown.latin,
            "name_native": shown.native,
            "relative_name": person.relative.latin,
            "relation": "FATHER",
            "aliases": [],
            "gender": person.gender,
            "birth_date": None,
            "age_stated": person.age,
            "village": person.village,
            "police_station": person.station,
            "district": person.district.code,
        }
        self._described.append(described)
        return described

    def accused(
        self, party: Party, ref: str, same_as: list[str] | None = None, described: bool | None = None
    ) -> Json:
        """Accused, and a note that this reference is his. Described at a reference's first use, then at times."""
        fresh = self.use(party, ref)
        shown = fresh or self.chance(0.15) if described is None else described
        return {
            "ref": reference(ref),
            "same_as": [reference(other) for other in same_as or ()],
            "person": self.describe(party.person) if shown else None,
        }

    def use(self, party: Party, ref: str) -> bool:
        """Note that a row names the accused so; True the first time. A reviewed accused has it reviewed."""
        if ref in party.refs:
            return False
        party.refs[ref] = None
        if party.reviewed:
            reviewer.join(self, party, ref)
        return True

    def court_of(self, district: District) -> Court:
        """A court of the district."""
        return self.rng.choice(district.courts)
