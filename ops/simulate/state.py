"""What the simulated world is: persons, cases, court cases, accused, holds. This, and no event, is the truth."""

from __future__ import annotations

from dataclasses import dataclass, field

from ops.simulate.names import Name
from ops.simulate.places import Court, District

#: Whose list of sections counts: a later stage goes before an earlier one (`history`).
FIR, OWN, FINAL_REPORT, CHARGES = range(4)
FINAL_STAGES = frozenset({"JUDGED", "DISCHARGED", "DISPOSED"})


@dataclass(slots=True, eq=False)
class Hold:
    """Custody of one accused in one case: the case as the jail writes it, and the first day."""

    identifier: str
    accused: str | None
    since: int


@dataclass(slots=True)
class Stay:
    """Custody of one accused in one case, by police or jail, from the first day to the last (None: it goes on)."""

    first: int
    last: int | None = None


@dataclass(slots=True, eq=False)
class Person:
    """A human being. `holds`: every case under which a jail holds him; `misnamed`: what jails once wrote instead of
    a case; `interim`: out for a while, to return."""

    name: Name
    relative: Name
    gender: str
    age: int
    village: str
    district: District
    station: str
    alias: Name | None = None
    pid: str | None = None
    utp_no: str = ""
    jail: str | None = None
    holds: dict[Party, Hold] = field(default_factory=dict)
    misnamed: dict[str, Case] = field(default_factory=dict)
    interim: bool = False
    reserved: bool = False
    convict: bool = False
    cases: int = 0


@dataclass(slots=True, eq=False)
class Case:
    """What one FIR is about. `fir` is its number now, `known_as` the one that court and jail were told."""

    district: District
    station: str
    fir: str
    known_as: str
    sections: tuple[str, ...]
    born: int
    sensitivity: str = "NORMAL"
    parties: list[Party] = field(default_factory=list)
    docket: Docket | None = None
    icjs: bool = True  # police references reach the court's rows
    single: bool = True  # neither clubbed nor split: an empty list of accused can mean all
    published: bool = True  # the police's rows are on the log
    reported: bool = False
    report_no: str = ""
    history: list[tuple[int, int, tuple[str, ...]]] = field(
        default_factory=list
    )  # (day, stage, sections) of all

    @property
    def excise(self) -> bool:
        """An excise station's case, under a number of its own series."""
        return self.fir.startswith("EXCISE_CASE:")


@dataclass(slots=True, eq=False)
class Docket:
    """What one court number is about, with the number that it had before."""

    court: Court
    cases: list[Case]
    ptn: str | None = None
    cnr: str | None = None
    parties: list[Party] = field(default_factory=list)
    numbered: int = 0
    claims_from: int = -100_000
    dummy: str | None = None
    told: bool = False  # some row has named the FIR
    last_day: int | None = None
    next_day: int | None = None
    fixed_day: int | None = None  # the next day as last told to anybody
    stage: str = "APPEARANCE"
    held: int = 0
    target: int = 4
    closed: bool = False
    clubbable: bool = False
    to_club: Docket | None = None
    to_split: Party | None = None
    prosecutor: str = ""

    @property
    def anchor(self) -> str:
        """The number under which the court's rows now stand."""
        number = self.cnr or self.ptn
        assert number is not None  # noqa: S101
        return number


@dataclass(slots=True, eq=False)
class Party:
    """One accused in one case."""

    person: Person
    case: Case
    code: str
    sections: tuple[str, ...]
    sections_stage: str | None = "FIR"
    stage: str = "INVESTIGATION"
    outcome: str = "PENDING"
    arrested: bool = False
    docket: Docket | None = None
    numbers: dict[str, str] = field(default_factory=dict)  # court number -> party number
    refs: dict[str, None] = field(default_factory=dict)  # every reference that a row has used, in order
    reviewed: bool = False
    bail_state: str = "NONE"
    bail_kind: str | None = None
    bail_day: int | None = None
    bail_stuck: bool = False
    application: str = ""
    next_day: int | None = None
    remand_due: int | None = None
    # What the law reckons with.
    stays: list[Stay] = field(default_factory=list)
    remanded: int | None = None  # the first remand
    received: int | None = None  # the court received the report that sends him up
    history: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    delays: list[tuple[int, int]] = field(default_factory=list)  # that an order attributes to him
    extended: tuple[int, int] | None = None  # (day of the order, last day) of more time to investigate
    convicted_before: bool = False
    dim: bool = False  # he went out of jail before the first day, of which no jail's row tells

    def taken(self, day: int) -> None:
        """Custody begins, unless it goes on already."""
        if not self.stays or self.stays[-1].last is not None:
            self.stays.append(Stay(day))

    def let_go(self, day: int) -> None:
        """Custody ends."""
        if self.stays and self.stays[-1].last is None:
            self.stays[-1].last = day
            self.dim = self.dim or day < 0

    @property
    def police_ref(self) -> str:
        """What the police call him now."""
        return f"CCTNS_CODE:{self.case.fir}:{self.code}"

    @property
    def primary(self) -> str:
        """The reference that names him in the truth."""
        return self.police_ref if self.case.published else min(self.refs, default=self.police_ref)

    @property
    def over(self) -> bool:
        """Nothing more will happen to him in this case."""
        return self.stage in FINAL_STAGES

    @property
    def inside(self) -> bool:
        """Held in this very case, and in jail."""
        return self in self.person.holds and not self.person.interim
