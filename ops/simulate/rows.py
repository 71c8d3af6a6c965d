"""A row as a department's system holds it, and the shared records that rows are made of.

A row becomes an event when it is keyed (keying.py): then it gets its recorded time and its number. References and
identifiers are handled as canonical texts and turned into records here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.catalogue import CATALOGUE
from schemas.loader import schema_of

Json = dict[str, Any]

DAY: Final = 86_400
INDIA: Final = timezone(timedelta(hours=5, minutes=30))
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "sangam/simulate")

# How exactly each department's system knows when something happened.
_PRECISION: Final = {
    "police": "MINUTE", "excise": "MINUTE", "prison": "MINUTE", "emergency": "MINUTE", "citizen": "MINUTE",
    "cyber": "MINUTE", "hub": "INSTANT",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Row:
    """One row. `day` counts from the first simulated day, `second` from that day's midnight in India.

    `late` is a number of days by which this row is keyed late whatever the rates; `supersedes` is the id of the
    event that the row withdraws; `withdrawn`: this row is going to be.
    """

    type: str
    source: str
    key: str
    anchor: str
    claims: tuple[str, ...]
    day: int
    second: int
    precision: str
    body: Json
    actor: Json | None = None
    sensitivity: str = "NORMAL"
    late: float = 0.0
    supersedes: str | None = None
    withdrawn: bool = False

    def id(self, revision: int = 1) -> UUID:
        """The event id of a revision of this row: a re-send of it is the same event."""
        return uuid5(_NAMESPACE, f"{self.source}|{self.key}|{revision}")


def precision_of(event: str) -> str:
    """How exactly a source of this event's department knows the time."""
    return _PRECISION.get(event.partition(".")[0], "DAY")


@cache
def nominal_second(event: str) -> int:
    """The type's nominal hour, in seconds since midnight."""
    return int(CATALOGUE[event].nominal.total_seconds())


@cache
def defaults(event: str) -> Json:
    """Every field of the event but the envelope, with its default. Shared: copy it, change nothing in it."""
    return {field["name"]: field.get("default") for field in schema_of(event)["fields"][1:]}


def moment(start: date, day: int, second: int) -> datetime:
    """Day and second of the simulation as an aware moment in UTC."""
    midnight = datetime(start.year, start.month, start.day, tzinfo=INDIA).astimezone(UTC)
    return midnight + timedelta(days=day, seconds=second)


def identifier(text: str) -> Json:
    """Canonical text to Identifier."""
    kind, _, value = text.partition(":")
    return {"kind": kind, "value": value}


def reference(text: str) -> Json:
    """Canonical text to AccusedRef."""
    scheme, _, rest = text.partition(":")
    if scheme == "PID":
        return {"scheme": scheme, "scope": "", "code": rest}
    scope, _, code = rest.rpartition(":")
    return {"scheme": scheme, "scope": scope, "code": code}


def scope_of(ref: str) -> str:
    """The case of a reference, or the PID itself: what a link between accused is anchored at."""
    return ref if ref.startswith("PID:") else ref.partition(":")[2].rpartition(":")[0]


def sections(texts: Iterable[str]) -> list[Json]:
    """ "BNS2023 303(2)" to Section."""
    found = []
    for text in texts:
        act, _, section = text.partition(" ")
        found.append({"act": act, "section": section, "variant": None})
    return found


def office(kind: str, code: str, district: str) -> Json:
    """A post."""
    return {"kind": kind, "code": code, "district": district}
