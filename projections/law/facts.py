"""What the clocks know of one accused in one case: frozen inputs, each with the event that it came from.

A fold fills these shapes from a file's events; the clocks read nothing else. Dates are civil dates of
Asia/Kolkata, `at` is an aware moment where the source knows the hour. None is "not known", never "no".
Tuples stand in the order of the events' sort key. What other files of the same person say is not here: see
`OtherCase` and `reading.py`.
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from schemas.sections import Section


class Stage(enum.IntEnum):
    """Where a list of sections comes from. The latest stage holds; within the FIR stage, an arrest or an
    alteration that names this accused goes before the FIR's own list."""

    FIR = 0
    ACCUSED = 1  # ArrestMade.sections or SectionsAltered for this accused
    FINAL_REPORT = 2
    CHARGES = 3


@dataclass(frozen=True, slots=True)
class SectionsSet:
    """The sections of this accused as one event states them; `unread` is what the parser did not understand."""

    on: date
    stage: Stage
    sections: tuple[Section, ...]
    event: str
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrest:
    """police.ArrestMade (or the excise department's). `released` is police bail or notice: never forwarded."""

    on: date
    event: str
    at: datetime | None = None
    grounds_at: datetime | None = None
    grounds_language: str | None = None
    grounds_understood: bool | None = None
    journey_minutes: int | None = None
    released: bool = False


class CustodyKind(enum.Enum):
    """Into whose custody a remand order gives the accused."""

    POLICE = "POLICE"
    JUDICIAL = "JUDICIAL"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Remand:
    """court.RemandOrdered. `until` is the last day of the order; executive magistrates' orders count
    (s.187(6)).
    """

    on: date
    kind: CustodyKind
    event: str
    produced_at: datetime | None = None
    since: date | None = None
    until: date | None = None
    until_trial_ends: bool = False
    by_executive: bool = False


class CustodyStart(enum.Enum):
    """How an interval of custody began."""

    ARREST = "arrest"
    SURRENDER = "surrender"
    REMAND = "remand"
    ADMISSION = "admission"
    OPENING = "opening balance"
    RETURN = "return"
    RECAPTURE = "recapture"


class CustodyEnd(enum.Enum):
    """How an interval of custody ended. INTERIM and ESCAPE are gaps, the others are final."""

    RELEASE = "release"
    INTERIM = "interim release"
    ESCAPE = "escape"
    DEATH = "death"


@dataclass(frozen=True, slots=True)
class Custody:
    """One interval of custody in this case; both ends are days of custody. `until` None: still inside."""

    since: date | None
    how: CustodyStart
    event: str
    until: date | None = None
    ended: CustodyEnd | None = None
    end_event: str | None = None
    by_jail: bool = False  # the jail's own record says so
    fine_default: bool = False  # served in default of a fine: no part of any of these clocks


class Disposal(enum.Enum):
    """What a final report does with this accused."""

    SENT_UP = "SENT_UP"
    NOT_SENT_UP = "NOT_SENT_UP"
    PENDING = "PENDING"


@dataclass(frozen=True, slots=True)
class Report:
    """A final report: the police's claim (FinalReportSubmitted) or the court's stamp (ChargeSheetConsumed).

    `on` is the day of the claim, or received_in_court_at. `disposal` None: not said for this accused.
    """

    on: date
    disposal: Disposal | None
    event: str
    at: datetime | None = None
    final_form: bool = False  # reports that nobody is sent up
    at_latest: bool = False  # the day of receipt is not known; `on` is the latest that it can be
    complete: bool | None = None  # investigation_complete


@dataclass(frozen=True, slots=True)
class Bail:
    """court.BailApplied or BailGranted; `kind` is the event's bail_kind (REGULAR, DEFAULT, S479 …, UNKNOWN)."""

    on: date
    kind: str
    event: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Antecedents:
    """police.AntecedentsReported: convictions found, which registers were searched (CCTNS, COURT), and when."""

    on: date
    event: str
    convictions: tuple[Section, ...] = ()
    convicted: bool = False  # a conviction is recorded, whether or not its section is known
    registers: frozenset[str] = frozenset()
    searched_on: date | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """court.DelayAttributed to the accused; both days count."""

    first: date
    last: date
    event: str


@dataclass(frozen=True, slots=True)
class Extension:
    """court.TimeExtended: rule "NDPS 36A", "UAPA 43D", "193(9)", "232" or "258"; `until` is the last day."""

    on: date
    rule: str
    until: date
    event: str


@dataclass(frozen=True, slots=True)
class Continued:
    """court.DetentionContinued: rule "479" (second proviso) or "480(6)", with written reasons."""

    on: date
    rule: str
    event: str


@dataclass(frozen=True, slots=True)
class Adjournment:
    """court.HearingAdjourned."""

    on: date
    asked_by: str | None
    beyond_control: bool | None
    event: str


@dataclass(frozen=True, slots=True)
class JailDate:
    """A date to which the jail's own record holds: prison.WarrantReceived.valid_to or an endorsed next date."""

    on: date
    until: date | None
    event: str
    until_trial_ends: bool = False


@dataclass(frozen=True, slots=True)
class Application479:
    """prison.Section479Applied; `basis` ONE_THIRD or ONE_HALF, None where it is not said."""

    on: date
    basis: str | None
    event: str


@dataclass(frozen=True, slots=True)
class NotReleased:
    """What tells why one with bail is still inside: a NotReleasedReason code, or SURETY_VERIFICATION once a
    surety was offered or its verification called for."""

    on: date
    code: str
    event: str


@dataclass(frozen=True, slots=True)
class AgeFact:
    """court.AgeClaimed or AgeDetermined, or an age stated at arrest. `child` is what it says."""

    on: date
    child: bool
    determined: bool
    event: str


@dataclass(frozen=True, slots=True)
class Step:
    """Anything else that happened once on a day: cognizance, copies, an examination, a hearing.

    `ref` pairs a start with its answer (a victim's token, a search) or carries a hearing's purpose.
    """

    on: date
    event: str
    at: datetime | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All of one accused in one case. `accused` is the canonical AccusedRef, "" for the case itself."""

    accused: str
    fir_on: date | None = None
    fir_event: str | None = None
    offence_on: date | None = None
    offence_event: str | None = None
    sections: tuple[SectionsSet, ...] = ()
    arrests: tuple[Arrest, ...] = ()
    remands: tuple[Remand, ...] = ()
    custody: tuple[Custody, ...] = ()
    claims: tuple[Report, ...] = ()
    filings: tuple[Report, ...] = ()
    bail_applied: tuple[Bail, ...] = ()
    bail_granted: tuple[Bail, ...] = ()
    antecedents: tuple[Antecedents, ...] = ()
    delays: tuple[Delay, ...] = ()
    extensions: tuple[Extension, ...] = ()
    continued: tuple[Continued, ...] = ()
    adjournments: tuple[Adjournment, ...] = ()
    jail_dates: tuple[JailDate, ...] = ()
    applied_479: tuple[Application479, ...] = ()
    not_released: tuple[NotReleased, ...] = ()
    ages: tuple[AgeFact, ...] = ()
    convicted: Step | None = None
    steps: Mapping[str, tuple[Step, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def first(self, event_type: str) -> Step | None:
        """The earliest step of one event type ("court.CognizanceTaken")."""
        found = self.steps.get(event_type)
        return min(found, key=lambda step: step.on) if found else None


# The day by which each list of facts is ordered.
_DAY_OF = {
    "sections": "on",
    "arrests": "on",
    "remands": "on",
    "custody": "since",
    "claims": "on",
    "filings": "on",
    "bail_applied": "on",
    "bail_granted": "on",
    "antecedents": "on",
    "delays": "first",
    "extensions": "on",
    "continued": "on",
    "adjournments": "on",
    "jail_dates": "on",
    "applied_479": "on",
    "not_released": "on",
    "ages": "on",
}


def _by(name: str) -> Callable[[Any], date]:
    return lambda one: getattr(one, name) or date.min


def in_order(facts: Facts) -> Facts:
    """The same facts, every list in order of its days; what falls on one day keeps the order in which it came."""
    changed: dict[str, Any] = {}
    for name, key in _DAY_OF.items():
        listed = getattr(facts, name)
        if len(listed) > 1:
            days = [getattr(one, key) or date.min for one in listed]
            if any(later < day for day, later in itertools.pairwise(days)):
                changed[name] = tuple(sorted(listed, key=_by(key)))
    steps = {
        name: tuple(sorted(listed, key=lambda step: step.on))
        for name, listed in facts.steps.items()
        if len(listed) > 1
    }
    if steps:
        changed["steps"] = {**facts.steps, **steps}
    return replace(facts, **changed) if changed else facts


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another file of what may be the same person. `pending` and `holds` None: not known."""

    case: str
    source: str
    as_of: date
    confirmed: bool  # the identity is confirmed, or stands under one PID
    pending: bool | None
    holds: bool | None
    custody: tuple[Custody, ...] = ()
