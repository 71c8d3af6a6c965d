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

_APPLIED = v.Fields(
    plain=("bail_kind", "application_no"), days=("listed_for",), others=(("sections", v.sections),)
)
_GRANTED = v.Fields(
    plain=(
        "court",
        "bail_kind",
        "bond_kind",
        "basis",
        "application_no",
        "bond_amount",
        "sureties_required",
        "surety_amount",
        "order_number",
        "document",
    ),
    days=("until",),
    others=(("conditions", v.texts), ("sections", v.sections)),
)
_REJECTED = v.Fields(plain=("bail_kind", "application_no", "reason", "document"))
_CANCELLED = v.Fields(plain=("bail_kind", "reason", "warrant_issued", "document"))
_BOND = v.Fields(plain=("bond_kind", "bond_amount", "sureties"))
_WARRANT = v.Fields(
    plain=("bail_kind", "jail", "warrant_number", "channel", "document"),
    others=(("pid", v.identifier), ("sections", v.sections)),
)


def _enter(state: FileState, told: Telling, what: str, table: v.Fields) -> Json:
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
