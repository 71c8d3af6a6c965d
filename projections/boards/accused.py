"""What rows about one accused have in common: who and where he is, whose case it is, and his clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from projections.boards.board import Column
from projections.boards.listing import Filter
from projections.files.status.course import FINAL, charge_sheet, sections, stage
from projections.files.status.custody import custody
from projections.files.status.view import View, order_of, view_of
from projections.linking.roots import CASES, kind_of

Json = dict[str, Any]


class Place(NamedTuple):
    """The first columns of such a row, in order of COLUMNS."""

    root: str
    accused: str
    fir: str | None
    cnr: str | None
    pid: str | None
    jail: str | None
    court: str | None
    police_station: str | None
    district: str | None


COLUMNS: Final = (
    Column("root", "text", ("File", "अभिलेख")),
    Column("accused", "text", ("Accused", "अभियुक्त")),
    Column("fir", "text", ("FIR", "प्राथमिकी")),
    Column("cnr", "text", ("CNR", "सीएनआर")),
    Column("pid", "text", ("Prisoner's id", "बंदी संख्या")),
    Column("jail", "text", ("Jail", "कारा")),
    Column("court", "text", ("Court", "न्यायालय")),
    Column("police_station", "text", ("Police station", "थाना")),
    Column("district", "text", ("District", "जिला")),
)
FILTERS: Final = (
    Filter("jail", ("Jail", "कारा"), "jail", kind="JAIL"),
    Filter("court", ("Court", "न्यायालय"), "court", kind="COURT"),
    Filter("police_station", ("Police station", "थाना"), "police_station"),
    Filter("district", ("District", "जिला"), "district"),
)


class Inside(NamedTuple):
    """An accused whom the jail holds in a case against him that goes on."""

    view: View
    custody: Json
    sections: Json | None
    sections_stage: str | None
    stage: str

    @property
    def jail(self) -> str | None:
        """Where he is."""
        jail: str | None = value_of(self.custody["jail"])
        return jail


def inside(document: Json) -> Iterator[Inside]:
    """Those of a CaseFile, by accused."""
    references = document["references"]
    order: dict[str, int] | None = None
    for accused in document["accused"]:
        if not any(held_by_jail(references.get(ref)) for ref in accused["references"]):
            continue
        order = order if order is not None else order_of(document)
        view = view_of(document, accused, order)
        held = custody(view)
        now, since_stage, _ = sections(view)
        reached = stage(view, charge_sheet(view), now)
        if held["inside"]["value"] and held["inside"]["by"] == "prison" and reached["value"] not in FINAL:
            yield Inside(view, held, now, since_stage, reached["value"])


def clocks_of(document: Json, accused: str) -> dict[str, Json]:
    """Rule -> clock as stored, of one accused ("": of the case); of several of one rule the last."""
    families = document["clocks"].get(accused, {})
    return {clock["rule"]: clock for family in families.values() for clock in family}


def place(root: str, document: Json, view: View, jail: str | None) -> Place:
    """Where an accused and his case are."""
    fir = fir_of(root, document)
    station = document["police"].get(fir, {}).get("registered", {}) if fir is not None else {}
    number = number_of(view)
    refs = view.accused["references"]
    return Place(
        root,
        view.accused["id"],
        fir,
        number,
        next((ref for ref in refs if ref.startswith("PID:")), None),
        jail,
        court_of(view, number),
        station.get("police_station"),
        station.get("district"),
    )


def held_by_jail(record: Json | None) -> bool:
    """Whether the jail holds him under this reference, as far as it said."""
    if record is None or "custody" not in record:
        return False
    spells = record["custody"]["spells"]
    return bool(spells) and "to" not in spells[-1]


def value_of(fact: Json | None) -> Any:
    """The value of a Fact."""
    return None if fact is None else fact["value"]


def day_of(value: str | None) -> date | None:
    """A stored day."""
    return None if value is None else date.fromisoformat(value)


def fir_of(root: str, document: Json) -> str | None:
    """The root where it is a case, else nothing: a file without an FIR is named by its court number."""
    return root if kind_of(root) in CASES else min(document["police"], default=None)


def number_of(view: View) -> str | None:
    """The court number under which his case goes on: of several, the one that spoke last; a CNR before a PTN."""
    going = [(number, part) for number, part, until in view.numbers if until is None]
    if not going:
        return None
    return max(going, key=lambda one: (one[0].startswith("CNR:"), _last_event(view, one[1]), one[0]))[0]


def _last_event(view: View, part: Json) -> int:
    return view.place(part["court"]["event"]) if "court" in part else -1


def court_of(view: View, number: str | None) -> str | None:
    """The court of a court number."""
    for name, part, _ in view.numbers:
        if name == number and "court" in part:
            court: str = part["court"]["value"]
            return court
    return None
