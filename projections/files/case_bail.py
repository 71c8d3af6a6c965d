"""Bail, as the court says it: one list a reference, in order, from application to release warrant.

document["references"][ref]["bail"] = [{"event", "on", "what": APPLIED | GRANTED | REJECTED | CANCELLED |
                                        BOND_ACCEPTED | RELEASE_WARRANT, …}]
"""

from __future__ import annotations

from typing import Any, cast

from projections.files import values as v
from projections.files.case_court import number
from projections.files.parties import claim, meet
from projections.files.state import FileState
from projections.files.telling import Telling
from schemas import events

Json = dict[str, Any]

_APPLIED: v.Table = (
    ("bail_kind", v.plain),
    ("application_no", v.plain),
    ("sections", v.sections),
    ("listed_for", v.day),
)
_GRANTED: v.Table = (
    ("court", v.plain),
    ("bail_kind", v.plain),
    ("bond_kind", v.plain),
    ("basis", v.plain),
    ("application_no", v.plain),
    ("until", v.day),
    ("conditions", v.texts),
    ("bond_amount", v.plain),
    ("sureties_required", v.plain),
    ("surety_amount", v.plain),
    ("sections", v.sections),
    ("order_number", v.plain),
    ("document", v.plain),
)
_REJECTED: v.Table = (
    ("bail_kind", v.plain),
    ("application_no", v.plain),
    ("reason", v.plain),
    ("document", v.plain),
)
_CANCELLED: v.Table = (
    ("bail_kind", v.plain),
    ("reason", v.plain),
    ("warrant_issued", v.plain),
    ("document", v.plain),
)
_BOND: v.Table = (("bond_kind", v.plain), ("bond_amount", v.plain), ("sureties", v.plain))
_WARRANT: v.Table = (
    ("bail_kind", v.plain),
    ("jail", v.plain),
    ("pid", v.identifier),
    ("warrant_number", v.plain),
    ("sections", v.sections),
    ("channel", v.plain),
    ("document", v.plain),
)


def _enter(state: FileState, told: Telling, what: str, table: v.Table) -> Json:
    number(state, told)
    record = meet(state, told.body["accused"], told)
    entry = v.pick(told.body, table, {"event": told.id, "on": told.day, "what": what})
    record.setdefault("bail", []).append(entry)
    return record


def bail_applied(state: FileState, told: Telling) -> None:
    """A bail application was filed."""
    _enter(state, told, "APPLIED", _APPLIED)


def bail_granted(state: FileState, told: Telling) -> None:
    """Bail was granted."""
    _enter(state, told, "GRANTED", _GRANTED)


def bail_rejected(state: FileState, told: Telling) -> None:
    """Bail was refused."""
    _enter(state, told, "REJECTED", _REJECTED)


def bail_cancelled(state: FileState, told: Telling) -> None:
    """Bail was cancelled, BNSS s.480(5) and s.483(3)."""
    _enter(state, told, "CANCELLED", _CANCELLED)


def bond_accepted(state: FileState, told: Telling) -> None:
    """The court accepted the bond."""
    _enter(state, told, "BOND_ACCEPTED", _BOND)


def release_warrant_issued(state: FileState, told: Telling) -> None:
    """The court ordered the jail to release, BNSS s.487; a PID on the warrant is a claim that names the prisoner."""
    body = cast(events.ReleaseWarrantIssued, told.body)
    record = _enter(state, told, "RELEASE_WARRANT", _WARRANT)
    pid = body["pid"]
    if pid is not None:
        claim(state, record, f"{pid['kind']}:{pid['value']}", told)


HANDLERS = {
    "court.BailApplied": bail_applied,
    "court.BailGranted": bail_granted,
    "court.BailRejected": bail_rejected,
    "court.BailCancelled": bail_cancelled,
    "court.BondAccepted": bond_accepted,
    "court.ReleaseWarrantIssued": release_warrant_issued,
}
