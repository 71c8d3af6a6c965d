"""The Home Department's divisional review of prosecution, a row for each district: that of the case's FIR.

A process counts as executed in the month in which the police served or executed it. It is pending on the month's last
day if it was issued by then and neither served nor recalled: a warrant stays in force until it is executed or cancelled
(BNSS s.72(2)), whatever came back; a summons that came back unserved has run its course. A proclamation is executed
when it is published. A court's case is disposed of on the day on which it is so for everybody; a transfer is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from projections.boards.accused import day_of, fir_of
from projections.files.status.view import views
from projections.linking.roots import kind_of
from projections.reports.report import Counted, Definition, Item, Month

Json = dict[str, Any]

_DONE: Final = frozenset({"SERVED", "EXECUTED"})
#: Kind of process -> the first word of its figures.
_KINDS: Final = {
    "SUMMONS": "summons",
    "BAILABLE_WARRANT": "bailable",
    "NON_BAILABLE_WARRANT": "non_bailable",
    "PROCLAMATION": "proclamations",
    "ATTACHMENT": "attachments",
}


def _count(root: str, document: Json, month: Month) -> Iterator[Counted]:
    fir = fir_of(root, document)
    registered = document["police"].get(fir, {}).get("registered", {}) if fir else {}
    place = (registered.get("district"),)
    for figure, item in _items(root, document, month, fir, registered):
        yield Counted(place, (figure,), item)


def _items(
    root: str, document: Json, month: Month, fir: str | None, registered: Json
) -> Iterator[tuple[str, Item]]:
    registered_on = day_of(registered.get("on"))
    if fir is not None and kind_of(fir) == "FIR" and month.has(registered_on):
        yield "firs", Item(root, fir, registered_on)
    yield from _processes(root, document, month)
    for number, part in sorted(document["court"].items()):
        for who, day in sorted(_witnesses(part, month).items()):
            yield "witnesses", Item(root, f"{number} {who}", day)
        disposed = _disposed_on(document, number, part)
        if month.has(disposed):
            yield "disposed", Item(root, number, disposed)


def _processes(root: str, document: Json, month: Month) -> Iterator[tuple[str, Item]]:
    published = {
        entry.get("process_id") or entry["event"]: _day(entry, "proclaimed_on")
        for record in document["references"].values()
        for entry in record.get("proclaimed", ())
    }
    processes = document["processes"]
    for number, process in sorted(processes.items()):
        issued, returns = process.get("issued", {}), process.get("executed", [])
        kind = next((e["process_kind"] for e in (issued, *returns) if "process_kind" in e), None)
        if kind not in _KINDS:
            continue
        done = [_day(entry, "executed_on") for entry in returns if entry.get("result") in _DONE]
        if kind == "PROCLAMATION" and number in published:
            done.append(published[number])
        executed = min((on for on in done if on <= month.last), default=None)
        over = [_day(entry, "executed_on") for entry in returns if _ends(kind, entry)]
        if month.has(executed):
            yield f"{_KINDS[kind]}_executed", Item(root, number, executed)
        elif executed is None and not over and issued:
            on = _day(issued, "issued_on")
            if on <= month.last:
                notes = tuple(sorted({entry["reason"] for entry in returns if entry.get("reason")}))
                yield f"{_KINDS[kind]}_pending", Item(root, number, on, notes)
    for number, on in sorted(published.items()):
        if number not in processes and month.has(on):
            yield "proclamations_executed", Item(root, number, on)


def _ends(kind: str, entry: Json) -> bool:
    result = entry.get("result")
    return result == "RECALLED" or (kind == "SUMMONS" and result == "NOT_SERVED")


def _witnesses(part: Json, month: Month) -> dict[str, date]:
    """Witness -> the last day in the month on which he was examined; one heard on two days is one witness."""
    found: dict[str, date] = {}
    for entry in part.get("witnesses", ()):
        on = _day(entry, "hearing_date")
        if month.has(on):
            who = str(entry.get("witness_number") or entry["event"])
            found[who] = max(on, found.get(who, on))
    return found


def _disposed_on(document: Json, number: str, part: Json) -> date | None:
    """The day on which the case under this number was at an end for everybody who is a party under it."""
    left = [
        set(view.accused["references"])
        for view in views(document)
        if any(name == number for name, _, _ in view.numbers)
    ]
    for entry in part.get("disposed", ()):
        if entry.get("manner") == "TRANSFERRED":
            continue
        named = entry.get("accused")
        left = [] if named is None else [refs for refs in left if refs.isdisjoint(named)]
        if not left:
            return date.fromisoformat(entry["on"])
    return None


def _day(entry: Json, name: str) -> date:
    text: str = entry[name] if name in entry else entry["on"]
    return date.fromisoformat(text)


PROSECUTION: Final = Definition(
    name="prosecution",
    title=("Divisional review of prosecution", "अभियोजन की प्रमंडलीय समीक्षा"),
    keys=(("district", ("District", "जिला")),),
    figures=(
        ("summons_executed", ("Summons executed", "समन तामील")),
        ("summons_pending", ("Summons pending", "समन लंबित")),
        ("bailable_executed", ("Bailable warrants executed", "जमानतीय वारंट तामील")),
        ("bailable_pending", ("Bailable warrants pending", "जमानतीय वारंट लंबित")),
        ("non_bailable_executed", ("Non-bailable warrants executed", "अजमानतीय वारंट तामील")),
        ("non_bailable_pending", ("Non-bailable warrants pending", "अजमानतीय वारंट लंबित")),
        ("proclamations_executed", ("Proclamations executed", "उद्घोषणा तामील")),
        ("proclamations_pending", ("Proclamations pending", "उद्घोषणा लंबित")),
        ("attachments_executed", ("Attachments executed", "कुर्की तामील")),
        ("attachments_pending", ("Attachments pending", "कुर्की लंबित")),
        ("witnesses", ("Witnesses examined", "परीक्षित साक्षी")),
        ("firs", ("FIRs registered", "दर्ज प्राथमिकी")),
        ("disposed", ("Cases disposed of", "निष्पादित मामले")),
    ),
    count=_count,
)
