"""What happened once on a day, as the law's clocks read it: by event type, the steps of one accused or of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from projections.files.clocks.days import day_of, hour_of
from projections.law.facts import Step

if TYPE_CHECKING:
    from projections.files.status.view import View

Json = dict[str, Any]
Steps = tuple[Step, ...]

#: Purposes of hearings that start a clock, as courts write them, and as the law's rules name them.
PURPOSES: Final = {"CHARGE": "charge", "FRAMING_OF_CHARGE": "charge", "EVIDENCE": "evidence"}


def _steps(view: View, entries: Iterable[Json], *, hours: bool = False) -> Steps:
    return tuple(
        Step(on, entry["event"], hour_of(view, entry["event"]) if hours else None, entry.get("ref"))
        for entry in entries
        if (on := day_of(entry["on"])) is not None
    )


def _of_court(key: str) -> Callable[[View], Steps]:
    return lambda view: _steps(view, view.of_court(key))


def _results(*what: str) -> Callable[[View], Steps]:
    return lambda view: _steps(view, (entry for entry in view.entries("results") if entry["what"] in what))


def _bail(what: str) -> Callable[[View], Steps]:
    return lambda view: _steps(view, (entry for entry in view.entries("bail") if entry["what"] == what))


def _hearings(what: str, purpose: str) -> Callable[[View], Steps]:
    """Hearings of one purpose; `on` is the date of the hearing, not of the row."""

    def found(view: View) -> Steps:
        steps = []
        for _, part, until in view.numbers:
            for day, rows in part.get("hearings", {}).items():
                row = rows.get(what)
                if row is None or PURPOSES.get(row.get("purpose", "")) != purpose:
                    continue
                on = day_of(day)
                if on is None or (until is not None and view.place(row["event"]) > until):
                    continue
                if view.concerns(row):
                    steps.append(Step(on, row["event"], None, purpose))
        return tuple(sorted(steps, key=lambda step: (step.on, view.place(step.event))))

    return found


#: Event type -> the steps of that type that concern the accused of a view.
STEPS: Final[dict[str, Callable[[View], Steps]]] = {
    "court.CognizanceTaken": _of_court("cognizance"),
    "court.CaseDisposed": _of_court("disposed"),
    "court.ChargesFramed": _of_court("charges"),
    "court.Discharged": _results("DISCHARGED"),
    "court.JudgmentDelivered": _results("JUDGED"),
    "court.BailCancelled": _bail("CANCELLED"),
    "court.BondAccepted": _bail("BOND_ACCEPTED"),
    "court.HearingListed": _hearings("listed", "evidence"),
    "court.HearingHeld": _hearings("held", "charge"),
}
