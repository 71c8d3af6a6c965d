"""The offence table: which punishments a section carries, as data with its sources.

`data/offences.csv` has one row per variant of an offence (columns in docs/law.md); `data/offences.json`
says which version it is and what it was made from. `lookup` matches a section exactly, else by shorter
prefixes ("112(2)" to 112), else by all its children ("109" to 109(1), 109(2)). Nothing is decided here:
`liability.py` reads the rows.
"""

from __future__ import annotations

import csv
import enum
import functools
import json
from dataclasses import dataclass
from datetime import date
from importlib import resources

from schemas.sections import Section

# First day of the BNS, BNSS and BSA (S.O. 850(E) of 23 February 2024).
COMMENCEMENT = date(2024, 7, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One variant of one offence. Months are of imprisonment; None is "not stated". Days: a special Act's
    own limit.
    """

    act: str
    section: str
    offence: str
    punishment: str
    death: bool
    life: bool
    min_months: int | None
    max_months: int | None
    max_rule: str
    cognizable: bool | None
    bailable: bool | None
    triable_by: str
    source: str
    verified: bool  # confidence `text`: read from a copy of the statute
    repeat: bool  # applies on a recorded conviction only
    repeat_of: tuple[str, ...]  # the sections of that conviction; () the same section, ("*",) any of the act
    commenced: bool
    valid_from: date | None
    valid_to: date | None
    investigation_days: int | None

    @property
    def name(self) -> str:
        """ "BNS2023 109(1): Attempt to murder" """
        return f"{self.act} {self.section}: {self.offence}"

    def applied_on(self, day: date) -> bool:
        """True if this row was the law for an offence committed on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Match(enum.Enum):
    """How a section string met the table."""

    EXACT = "exact"
    BASE = "base"  # SECTION_BASE_MATCH
    CHILDREN = "children"
    NONE = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Offences:
    """The table of one version. Compared by identity: one version is loaded once."""

    version: str
    rows: dict[tuple[str, str], tuple[Row, ...]]
    children: dict[tuple[str, str], tuple[Row, ...]]

    def lookup(self, section: Section) -> tuple[tuple[Row, ...], Match]:
        """All rows that this section may mean, and how they were found. Letter case does not matter."""
        act, key = section.act, section.section.upper()
        exact = self.rows.get((act, key))
        if exact:
            return exact, Match.EXACT
        shorter = key
        while shorter.endswith(")"):
            shorter = shorter[: shorter.rindex("(")]
            found = self.rows.get((act, shorter))
            if found:
                return found, Match.BASE
        below = self.children.get((act, key))
        return (below, Match.CHILDREN) if below else ((), Match.NONE)


def _flag(text: str) -> bool | None:
    return None if text == "" else text == "1"


def _number(text: str) -> int | None:
    return int(text) if text else None


def _row(record: dict[str, str]) -> Row:
    commenced = record["valid_from"] != "NOT_COMMENCED"
    return Row(
        act=record["act"],
        section=record["section"],
        offence=record["offence"],
        punishment=record["punishment_text"],
        death=record["death"] == "1",
        life=record["life"] == "1",
        min_months=_number(record["min_months"]),
        max_months=_number(record["max_months"]),
        max_rule=record["max_rule"],
        cognizable=_flag(record["cognizable"]),
        bailable=_flag(record["bailable"]),
        triable_by=record["triable_by"],
        source=record["source"],
        verified=record["confidence"] == "text",
        repeat=record["repeat"] == "1",
        repeat_of=tuple(record["repeat_of"].split(";")) if record["repeat_of"] else (),
        commenced=commenced,
        valid_from=date.fromisoformat(record["valid_from"]) if record["valid_from"] and commenced else None,
        valid_to=date.fromisoformat(record["valid_to"]) if record["valid_to"] else None,
        investigation_days=_number(record["investigation_days"]),
    )


@functools.cache
def load() -> Offences:
    """The packaged table, read once."""
    folder = resources.files("projections.law").joinpath("data")
    meta = json.loads(folder.joinpath("offences.json").read_text("utf-8"))
    text = folder.joinpath("offences.csv").read_text("utf-8")
    rows: dict[tuple[str, str], list[Row]] = {}
    children: dict[tuple[str, str], list[Row]] = {}
    for record in csv.DictReader(text.splitlines()):
        row = _row(record)
        key = row.section.upper()
        rows.setdefault((row.act, key), []).append(row)
        while key.endswith(")"):
            key = key[: key.rindex("(")]
            children.setdefault((row.act, key), []).append(row)
    return Offences(
        meta["version"],
        {key: tuple(found) for key, found in rows.items()},
        {key: tuple(found) for key, found in children.items()},
    )
