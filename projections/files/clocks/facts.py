"""From a CaseFile's document to the law's Facts: pure, and no more of them than is asked for.

`wanted` names fields of `law.facts.Facts` and event types among its steps, as `law.registry.Family.reads` does. What
a source left unsaid is None, never "no".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from projections.files.clocks import charged
from projections.files.clocks.days import day_of, hour_of, moment_of
from projections.files.clocks.intervals import LET_GO, intervals
from projections.files.clocks.steps import STEPS
from projections.law.calendar import civil
from projections.law.facts import (
    Adjournment,
    AgeFact,
    Antecedents,
    Application479,
    Arrest,
    Bail,
    Continued,
    CustodyKind,
    Delay,
    Disposal,
    Extension,
    Facts,
    JailDate,
    NotReleased,
    Remand,
    Report,
    Step,
)

if TYPE_CHECKING:
    from projections.files.status.view import View

Json = dict[str, Any]
Fields = Mapping[str, "Callable[[View], Json]"]

_LONGEST_JOURNEY: Final = 30 * 24 * 60
_MAJORITY: Final = 18
_DISPOSALS: Final = {one.value: one for one in Disposal}


def facts_of(view: View, wanted: Iterable[str]) -> Facts:
    """What the law reads of the accused of a view."""
    return facts_from(str(view.accused["id"]), gathered(view, wanted, OF_ACCUSED))


def facts_of_case(view: View, wanted: Iterable[str]) -> Facts:
    """What the law reads of the case itself; the view is that of the whole case (`whole_case`)."""
    return facts_from("", gathered(view, wanted, OF_CASE))


def gathered(view: View, wanted: Iterable[str], fields: Fields) -> Json:
    """Name -> what the view says of it: of a field the arguments of Facts, of an event type its steps."""
    found: Json = {}
    for name in wanted:
        if name in fields:
            found[name] = fields[name](view)
        elif name in STEPS:
            found[name] = STEPS[name](view)
    return found


def facts_from(accused: str, gathered: Json) -> Facts:
    """The Facts that `gathered` comes to."""
    given: Json = {}
    steps: dict[str, tuple[Step, ...]] = {}
    for name, value in gathered.items():
        if "." not in name:
            given.update(value)
        elif value:
            steps[name] = value
    return Facts(accused, steps=steps, **given)


# -- one function a field ------------------------------------------------------------------------------------------


def _registered(view: View) -> Json | None:
    """The first registration: of a zero FIR and what became of it, the zero FIR recorded the information."""
    found = [part["registered"] for part in view.document["police"].values() if "registered" in part]
    return min(found, key=lambda entry: (entry["on"], view.place(entry["event"])), default=None)


def _code(view: View, remands: Callable[[View], Json]) -> Json:
    """The day of the FIR; without it the first remand tells which code governs."""
    entry = _registered(view)
    on = None if entry is None else day_of(entry["on"])
    return remands(view) if entry is None or on is None else {"fir_on": on, "fir_event": entry["event"]}


def _offence(view: View) -> Json:
    entry = _registered(view)
    began = None if entry is None else moment_of(entry.get("offence_from"))
    if entry is None or began is None:
        return {}
    return {"offence_on": civil(began), "offence_event": entry["event"]}


def _arrests(view: View) -> Json:
    found = []
    for entry in view.entries("arrests"):
        on = day_of(entry["on"])
        if on is None:
            continue
        journey = entry.get("journey_minutes")
        found.append(
            Arrest(
                on,
                entry["event"],
                hour_of(view, entry["event"]),
                moment_of(entry.get("grounds_in_writing_at")),
                entry.get("grounds_language"),
                entry.get("grounds_understood"),
                journey if journey is not None and 0 <= journey <= _LONGEST_JOURNEY else None,
                entry.get("outcome") in LET_GO,
            )
        )
    return {"arrests": tuple(found)}


def _remand(entry: Json) -> Remand | None:
    on = day_of(entry["on"])
    if on is None:
        return None
    return Remand(
        on,
        CustodyKind(entry.get("custody_kind", "UNKNOWN")),
        entry["event"],
        moment_of(entry.get("produced_at")),
        day_of(entry.get("from_date")),
        day_of(entry.get("to_date")),
        entry.get("until_trial_ends", False),
        entry.get("by") == "EXECUTIVE_MAGISTRATE",
    )


def _remands(view: View) -> Json:
    return {"remands": tuple(filter(None, map(_remand, view.entries("remands"))))}


def _remands_of_all(view: View) -> Json:
    entries = [e for record in view.document["references"].values() for e in record.get("remands", ())]
    entries.sort(key=lambda entry: view.place(entry["event"]))
    return {"remands": tuple(filter(None, map(_remand, entries)))}


def _about(view: View, entry: Json) -> bool:
    return not entry["accused"] or not view.refs.isdisjoint(entry["accused"])


def _disposal(view: View, entry: Json) -> Disposal | None:
    said = [outcome for ref, outcome in entry["accused"].items() if ref in view.refs]
    return _DISPOSALS.get(said[-1]) if said else None


def _claimed(view: View) -> list[Json]:
    """The police's reports, in the file's order."""
    entries = [entry for part in view.document["police"].values() for entry in part.get("reports", ())]
    return sorted(entries, key=lambda entry: view.place(entry["event"])) if len(entries) > 1 else entries


def _claims(view: View, concerns: Callable[[View, Json], bool] = _about) -> Json:
    found = []
    for entry in _claimed(view):
        filed = moment_of(entry.get("filed_at"))
        on = civil(filed) if filed else day_of(entry["on"])
        if on is not None and concerns(view, entry):
            found.append(
                Report(
                    on,
                    _disposal(view, entry),
                    entry["event"],
                    filed,
                    entry.get("kind") == "FINAL_FORM",
                    complete=entry.get("investigation_complete"),
                )
            )
    return {"claims": tuple(found)}


def _filings(view: View, concerns: Callable[[View, Json], bool] = _about) -> Json:
    complete = {
        entry["report_number"]: entry.get("investigation_complete")
        for entry in _claimed(view)
        if "report_number" in entry
    }
    found = []
    for _, part, _ in view.numbers:
        for entry in part.get("consumed", ()):
            received = entry.get("received_on")
            on = day_of(received or entry["on"])
            if on is None or not concerns(view, entry):
                continue
            hour = entry.get("received_precision", "DAY") != "DAY"
            found.append(
                Report(
                    on,
                    _disposal(view, entry),
                    entry["event"],
                    moment_of(entry.get("received_in_court_at")) if hour else None,
                    entry.get("kind") == "FINAL_FORM",
                    at_latest=received is None,
                    complete=complete.get(entry.get("report_number")),
                )
            )
    return {"filings": tuple(sorted(found, key=lambda one: view.place(one.event)))}


def _bail(what: str, field: str) -> Callable[[View], Json]:
    def found(view: View) -> Json:
        return {
            field: tuple(
                Bail(on, entry.get("bail_kind", "UNKNOWN"), entry["event"], hour_of(view, entry["event"]))
                for entry in view.entries("bail")
                if entry["what"] == what and (on := day_of(entry["on"])) is not None
            )
        }

    return found


def _antecedents(view: View) -> Json:
    found = []
    for entry in view.entries("antecedents"):
        on = day_of(entry["on"])
        if on is None:
            continue
        convictions = tuple(
            section
            for one in entry["convictions"]
            for section in charged.read(tuple(one.get("sections", ())))[0]
        )
        found.append(
            Antecedents(
                on,
                entry["event"],
                convictions,
                bool(entry["convictions"]),
                frozenset(name.strip().upper() for name in entry.get("registers_searched", ())),
                day_of(entry.get("searched_on")),
            )
        )
    if not found:
        return {}
    # A search counts only if it is no older than the day on which he was taken in.
    taken_in = _arrests(view)
    if not taken_in["arrests"]:
        taken_in |= {"custody": intervals(view), **_remands(view)}
    return {"antecedents": tuple(found), **taken_in}


def _adjournments(view: View) -> Json:
    found: list[tuple[date, int, Adjournment]] = []
    for _, part, until in view.numbers:
        for day, rows in part.get("hearings", {}).items():
            row = rows.get("adjourned")
            on = day_of(day)
            if row is None or on is None:
                continue
            place = view.place(row["event"])
            if until is None or place <= until:
                one = Adjournment(on, row.get("asked_by"), row.get("beyond_control"), row["event"])
                found.append((on, place, one))
    found.sort(key=lambda one: one[:2])
    return {"adjournments": tuple(one for _, _, one in found)}


def _jail_dates(view: View) -> Json:
    found = []
    for hold in _holds(view):
        for entry in hold.get("warrants", ()):
            on = day_of(entry["on"])
            until = max(filter(None, (entry.get("valid_to"), entry.get("next_date"))), default=None)
            endless = entry.get("until_trial_ends", False)
            if on is not None and (until is not None or endless):
                found.append(JailDate(on, day_of(until), entry["event"], endless))
        for entry in hold.get("productions", ()):
            on, until = day_of(entry["on"]), day_of(entry.get("next_date"))
            if on is not None and until is not None:
                found.append(JailDate(on, until, entry["event"]))
    return {"jail_dates": tuple(sorted(found, key=lambda one: view.place(one.event)))}


def _not_released(view: View) -> Json:
    said = [(entry, entry["reason"]) for hold in _holds(view) for entry in hold.get("not_released", ())]
    said += [(entry, "SURETY_VERIFICATION") for entry in view.entries("sureties")]
    said.sort(key=lambda one: view.place(one[0]["event"]))
    return {
        "not_released": tuple(
            NotReleased(on, reason, entry["event"])
            for entry, reason in said
            if (on := day_of(entry["on"])) is not None
        )
    }


def _holds(view: View) -> list[Json]:
    return [record["custody"] for record in view.records if "custody" in record]


def _ages(view: View) -> Json:
    found = [
        AgeFact(on, True, False, entry["event"])
        for entry in view.entries("arrests")
        if entry.get("is_child") and (on := day_of(entry["on"])) is not None
    ]
    for entry in view.entries("ages"):
        determined = "age_years" in entry or "is_child" in entry
        # Whoever claims an age without saying which claims to be a child.
        age: int = entry.get("age_years") or entry.get("claimed_age") or 0
        child = entry.get("is_child", age < _MAJORITY)
        on = day_of(entry.get("determined_on") or entry.get("claimed_on") or entry["on"])
        if on is not None:
            found.append(AgeFact(on, child, determined, entry["event"]))
    return {"ages": tuple(found)}


def _delays(view: View) -> Json:
    """An order that names no last day attributes its first alone: never more than the Court said."""
    found = []
    for entry in view.entries("delays"):
        first = day_of(entry.get("from_date") or entry["on"])
        last = day_of(entry.get("to_date")) or first
        if first is not None and last is not None and first <= last:
            found.append(Delay(first, last, entry["event"]))
    return {"delays": tuple(found)}


def _extended(entries: Iterable[Json]) -> Json:
    found = []
    for entry in entries:
        on, until = day_of(entry["on"]), day_of(entry.get("until"))
        if on is not None and until is not None:
            found.append(Extension(on, entry.get("rule", "").strip(), until, entry["event"]))
    return {"extensions": tuple(found)}


def _extensions(view: View) -> Json:
    return _extended(view.of_court("extensions"))


def _extensions_of_all(view: View) -> Json:
    entries = [entry for _, part, _ in view.numbers for entry in part.get("extensions", ())]
    return _extended(sorted(entries, key=lambda entry: view.place(entry["event"])))


def _continued(view: View) -> Json:
    return {
        "continued": tuple(
            Continued(on, entry.get("rule", "").strip(), entry["event"])
            for entry in view.entries("continued")
            if (on := day_of(entry["on"])) is not None
        )
    }


def _applied_479(view: View) -> Json:
    found = []
    for hold in _holds(view):
        for entry in hold.get("applied_479", ()):
            on, basis = day_of(entry.get("applied_on") or entry["on"]), entry.get("basis")
            if on is not None:
                said = basis if basis in ("ONE_THIRD", "ONE_HALF") else None
                found.append(Application479(on, said, entry["event"]))
    return {"applied_479": tuple(found)}


def _convicted(view: View) -> Json:
    for entry in view.entries("results"):
        on = day_of(entry["on"])
        if entry["what"] == "JUDGED" and entry.get("result") == "CONVICTED" and on is not None:
            return {"convicted": Step(on, entry["event"])}
    return {}


def _of_this_case(view: View, entry: Json) -> bool:
    """Whether a report is this case's: it names one of its accused or nobody. A court number may try several cases."""
    ours = (ref for one in view.document["accused"] for ref in one["references"])
    return not entry["accused"] or any(ref in entry["accused"] for ref in ours)


#: Field -> what a view says of it, as arguments of Facts.
OF_ACCUSED: Final[Fields] = {
    "code": lambda view: _code(view, _remands),
    "offence": _offence,
    "sections": lambda view: {"sections": charged.of_accused(view)},
    "arrests": _arrests,
    "remands": _remands,
    "custody": lambda view: {"custody": intervals(view)},
    "claims": _claims,
    "filings": _filings,
    "bail_applied": _bail("APPLIED", "bail_applied"),
    "bail_granted": _bail("GRANTED", "bail_granted"),
    "antecedents": _antecedents,
    "adjournments": _adjournments,
    "jail_dates": _jail_dates,
    "not_released": _not_released,
    "ages": _ages,
    "convicted": _convicted,
    "delays": _delays,
    "extensions": _extensions,
    "continued": _continued,
    "applied_479": _applied_479,
}
OF_CASE: Final[Fields] = {
    "code": lambda view: _code(view, _remands_of_all),
    "offence": _offence,
    "sections": lambda view: {"sections": charged.of_case(view)},
    "claims": lambda view: _claims(view, lambda _, entry: True),
    "filings": lambda view: _filings(view, _of_this_case),
    "extensions": _extensions_of_all,
}
