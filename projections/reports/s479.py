"""The Home Ministry's monthly return of undertrials who come under BNSS s.479, a row for each jail and district.

Counted is an undertrial whom a jail held in the month, in this case, on or after the day on which his date is reached:
a first-time offender at one-third, everybody else at half. Of one whose antecedents nobody reported neither is said: he
stands in columns of his own until half, for unknown is never treated as no. Who is excluded by a section of death or
life has no date. Of those counted: for whom an application was made by the month's end, and who was released in the
month under an order of s.479. A release under s.479 counts also where the records give no date, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from projections.boards.accused import clocks_of, day_of, fir_of, value_of
from projections.files.status.custody import hold_of
from projections.files.status.view import View, views
from projections.law.clocks.undertrial import HALF, THIRD
from projections.reports.report import Counted, Definition, Item, Month

Json = dict[str, Any]
Span = tuple[date, date]

_BASES: Final = frozenset({"ONE_THIRD", "ONE_HALF", "FULL_TERM"})
_CONVICTED: Final = frozenset({"CONVICTED", "PARTLY_CONVICTED"})


@dataclass(frozen=True, slots=True)
class Undertrial:
    """One whom a jail held in the month, in one case. `third`, `half`: the day, where it was reached in custody."""

    accused: str
    pid: str | None
    district: str | None
    jail: str | None
    first_time: bool | None
    third: date | None
    half: date | None
    inside: bool
    """Whether the jail held him at the end of the month's last day."""
    applied_on: date | None
    released_on: date | None
    """Under an order of s.479, within the month."""
    basis: str | None
    missing: tuple[str, ...]

    @property
    def group(self) -> str | None:
        """FIRST, OTHER or NOT_KNOWN; None where he is none of the return's."""
        released = self.released_on is not None
        if self.first_time or (self.first_time is None and released and self.basis == "ONE_THIRD"):
            return "FIRST" if self.third is not None or released else None
        if self.half is not None or released:
            return "OTHER"
        return "NOT_KNOWN" if self.first_time is None and self.third is not None else None


def undertrials(root: str, document: Json, month: Month) -> Iterator[Undertrial]:
    """Those of a case file, as of the month's last day, by accused."""
    fir = fir_of(root, document)
    district = document["police"].get(fir, {}).get("registered", {}).get("district") if fir else None
    for view in views(document):
        hold = hold_of(view)
        if hold is not None:
            found = _undertrial(document, view, hold, month, district)
            if found is not None:
                yield found


def _undertrial(
    document: Json, view: View, hold: Json, month: Month, district: str | None
) -> Undertrial | None:
    ended = _convicted_on(view)
    spans = [*_held(hold, month, min(month.last, ended) if ended else month.last)]
    clocks = clocks_of(document, view.accused["id"])
    third, half = clocks.get(THIRD, {}), clocks.get(HALF, {})
    if not spans or not (third or half):
        return None
    released, basis = _released(view, hold, month)
    inputs = half.get("inputs") or third.get("inputs") or {}
    return Undertrial(
        view.accused["id"],
        next((ref for ref in view.accused["references"] if ref.startswith("PID:")), None),
        district,
        value_of(hold.get("jail")),
        inputs.get("first_offender", {}).get("value"),
        _reached(third, spans),
        _reached(half, spans),
        "to" not in hold["spells"][-1],
        min(_applications(view, month), default=None),
        released,
        basis,
        tuple(sorted({text for clock in (third, half) for text in clock.get("missing", ())})),
    )


def _held(hold: Json, month: Month, last: date) -> Iterator[Span]:
    """The days of the month up to `last` on which the jail held him."""
    for spell in hold["spells"]:
        begin = max(month.first, day_of(spell.get("from")) or date.min)
        end = min(last, day_of(spell.get("to")) or date.max)
        if begin <= end:
            yield begin, end


def _reached(clock: Json, spans: list[Span]) -> date | None:
    """A clock's date, where the jail held him on that day or after it."""
    due = day_of(clock.get("due_date"))
    return due if due is not None and any(due <= last for _, last in spans) else None


def _convicted_on(view: View) -> date | None:
    """From when he is no undertrial."""
    days = [entry["on"] for entry in view.entries("results") if entry.get("result") in _CONVICTED]
    return day_of(min(days, default=None))


def _applications(view: View, month: Month) -> Iterator[date]:
    for record in view.records:
        for entry in record.get("custody", {}).get("applied_479", ()):
            on = date.fromisoformat(entry["applied_on"] if "applied_on" in entry else entry["on"])
            if on <= month.last:
                yield on


def _released(view: View, hold: Json, month: Month) -> tuple[date | None, str | None]:
    """The day on which the jail let him go in the month under an order of s.479, and on what that order rests."""
    grants = [
        entry
        for entry in view.entries("bail")
        if entry["what"] == "GRANTED" and (entry.get("bail_kind") == "S479" or entry.get("basis") in _BASES)
    ]
    for spell in reversed(hold["spells"]):
        on = day_of(spell.get("to"))
        if on is None or not month.has(on) or spell.get("why") != "RELEASED":
            continue
        before = [entry for entry in grants if date.fromisoformat(entry["on"]) <= on]
        if spell.get("bail_kind") == "S479" or (before and spell.get("ground", "BAIL") == "BAIL"):
            return on, before[-1].get("basis") if before else None
    return None, None


def _count(root: str, document: Json, month: Month) -> Iterator[Counted]:
    for one in undertrials(root, document, month):
        group = one.group
        if group is None:
            continue
        completed, applied, released = _FIGURES[group]
        due = one.half if group == "OTHER" else one.third
        notes = tuple(text for text in (one.pid, *one.missing) if text)
        if due is None:
            notes = (*notes, "released under s.479 before the date that the records give")
        days = ((completed, due), (applied, one.applied_on), (released, one.released_on))
        for figure, on in days:
            if figure == completed or (figure and on is not None):
                yield Counted((one.district, one.jail), (figure,), Item(root, one.accused, on, notes))


#: Group -> the figures of those who completed, for whom it was applied, who were released.
_FIGURES: Final = {
    "FIRST": ("first_third", "first_applied", "first_released"),
    "OTHER": ("other_half", "other_applied", "other_released"),
    "NOT_KNOWN": ("not_known_third", "not_known_applied", ""),
}
S479: Final = Definition(
    name="s479",
    title=("Monthly return, BNSS s.479", "मासिक विवरणी, भा.ना.सु.सं. धारा 479"),
    keys=(("district", ("District", "जिला")), ("jail", ("Jail", "कारा"))),
    figures=(
        ("first_third", ("First-time offenders, one-third completed", "प्रथम अपराधी, एक-तिहाई पूर्ण")),
        ("first_applied", ("Applications made for them", "उनके लिए दिए गए आवेदन")),
        ("first_released", ("Released on bond", "बंधपत्र पर मुक्त")),
        ("other_half", ("Others, one-half completed", "अन्य, आधी अवधि पूर्ण")),
        ("other_applied", ("Applications made for them", "उनके लिए दिए गए आवेदन")),
        ("other_released", ("Released on bail", "जमानत पर मुक्त")),
        ("not_known_third", ("Antecedents not reported, one-third completed", "पूर्ववृत्त अप्राप्त, एक-तिहाई पूर्ण")),
        ("not_known_applied", ("Applications made for them", "उनके लिए दिए गए आवेदन")),
    ),
    count=_count,
)
