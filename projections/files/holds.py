"""One hold: a person in a jail under one case, as the prison's events tell it.

The same record serves a CaseFile (the holds of this case, of one PID) and a CustodyFile (one record a case):

    {"spells": [{"from", "opened", "how", "to", "closed", "why"}], "jail": Fact, "also_claimed_by": {jail: event},
     "in_transit", "interim", "warrants": […], "productions": […], "release_orders": […], "refusals": […],
     "not_released": […], "applied_479": […], "legal_services": […],
     "transfers": […], "hospital": […], "remissions": […], "next_hearing": Fact}

A spell is an unbroken time of custody; it is open while it has no "to". A spell without "from" ended before the
hub learnt that it began; "after" is a release that came when the spell had already ended. Each entry names its
event. A transfer breaks no spell; an interim release does, and so does an escape, until he is taken again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from projections.files import values as v
from projections.files.facts import tell
from projections.files.telling import Telling, item
from schemas import events

Json = dict[str, Any]

#: Fields of a mismatch whose two readings are codes; of others (names) only the field is kept.
_CODED: Final = frozenset({"SECTION", "CASE_NUMBER", "FIR", "COURT", "DATE", "WARRANT_NUMBER", "JAIL"})

_WARRANT = v.Fields(
    plain=("court", "warrant_number", "document"),
    days=("issued_on", "valid_to", "next_date"),
    others=(("until_trial_ends", v.flag), ("sections", v.sections)),
)
_ADMISSION_WARRANT = v.Fields(
    plain=("court", "warrant_number"), others=(("until_trial_ends", v.flag), ("sections", v.sections))
)
_PRODUCED = v.Fields(plain=("court", "mode"), days=("next_date",))
_NOT_PRODUCED = v.Fields(plain=("court", "mode", "reason"), days=("next_date",))
_INTERIM = v.Fields(plain=("bail_kind", "order_number"), days=("until",))
_ORDER = v.Fields(
    plain=("court", "bail_kind", "order_number", "channel", "document"), others=(("sections", v.sections),)
)
_REFUSED = v.Fields(plain=("court", "order_number", "reason"))
_RELEASED = v.Fields(plain=("ground", "bail_kind", "order_number"))
_ESCAPED = v.Fields(
    plain=("from_where",), others=(("escaped_at", v.instant), ("police_informed_at", v.instant))
)
_RECAPTURED = v.Fields(plain=("by",), days=("readmitted_on",), others=(("recaptured_at", v.instant),))
_DIED = v.Fields(
    plain=("place", "cause"),
    others=(("died_at", v.instant), ("magistrate_informed_at", v.instant), ("nhrc_informed_at", v.instant)),
)
_HOSPITAL = v.Fields(plain=("hospital", "inside", "reason"), days=("until",), others=(("since", v.instant),))
_REMISSION = v.Fields(plain=("remission_kind", "days", "for_month"), days=("credited_on",))
_APPLIED_479 = v.Fields(plain=("basis", "court", "application_no", "document"), days=("applied_on",))
_LEGAL_SERVICES = v.Fields(plain=("to_office", "reason"), days=("informed_on",))
_OUT = v.Fields(plain=("to_jail", "reason", "order_number"))
_IN = v.Fields(plain=("from_jail", "order_number"))


def new() -> Json:
    """A hold of which nothing is known."""
    return {"spells": []}


def is_open(hold: Json) -> bool:
    """Whether he is held, as far as the prison has said."""
    spells = hold["spells"]
    return bool(spells) and "to" not in spells[-1]


def concerns_person(hold: Json) -> bool:
    """Whether an event that names no case, only the person, is about this hold: it is open, or he is to return."""
    return is_open(hold) or "interim" in hold


def _open(hold: Json, told: Telling, since: str | None) -> None:
    hold.pop("interim", None)
    if is_open(hold):
        spell = hold["spells"][-1]
        if since is not None and since < spell["from"]:
            spell["from"] = since
        return
    hold["spells"].append({"from": since or told.day, "opened": told.id, "how": told.type})


def _close(hold: Json, told: Telling, until: str | None, why: Json) -> None:
    end = {"to": until or told.day, "closed": told.id, "by": told.type, **why}
    hold.pop("in_transit", None)
    if is_open(hold):
        hold["spells"][-1].update(end)
    elif hold["spells"]:
        # Already ended in this case: the hold ended first, the release came later.
        hold["spells"][-1]["after"] = end
    else:
        hold["spells"].append(end)


def _arrived(hold: Json, told: Telling) -> None:
    """The jail that received him last is where he is; whatever another jail claimed before is settled."""
    tell(hold, "jail", told.body["jail"], told.id, told.by)
    hold.pop("also_claimed_by", None)
    hold.pop("in_transit", None)


def _seen(hold: Json, told: Telling) -> None:
    """A row of a jail that did not receive him last: both claim him."""
    jail = told.body["jail"]
    held = hold.get("jail")
    if held is None:
        tell(hold, "jail", jail, told.id, told.by)
    elif held["value"] != jail:
        hold.setdefault("also_claimed_by", {})[jail] = told.id


def _next(hold: Json, told: Telling) -> None:
    fixed = told.body["next_date"]
    if fixed is not None:
        tell(hold, "next_hearing", fixed.isoformat(), told.id, told.by)


def _warrant(hold: Json, told: Telling, table: v.Fields, valid_to: str | None) -> None:
    entry = v.pick(told.body, table, item(told))
    if valid_to is not None:
        entry["valid_to"] = valid_to
    if len(entry) > 2:
        hold.setdefault("warrants", []).append(entry)


def _admitted(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    body = cast(events.Admitted, told.body)
    _open(hold, told, since)
    _arrived(hold, told)
    _warrant(hold, told, _ADMISSION_WARRANT, v.day(body["warrant_valid_to"]))
    _next(hold, told)
    if until is not None:
        _close(hold, told, until, {})


def _opening_balance(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    body = cast(events.OpeningBalance, told.body)
    _open(hold, told, since or v.day(body["admitted_on"]))
    _arrived(hold, told)
    _warrant(hold, told, v.Fields(others=(("until_trial_ends", v.flag),)), v.day(body["warrant_valid_to"]))
    _next(hold, told)
    if until is not None:
        _close(hold, told, until, {})


def _warrant_received(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    _seen(hold, told)
    _warrant(hold, told, _WARRANT, None)
    _next(hold, told)


def _case_hold_changed(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    body = cast(events.CaseHoldChanged, told.body)
    why = {} if not body["reason"] else {"why": body["reason"]}
    if body["change"] == "ENDED":
        _close(hold, told, until, why)
    elif body["change"] == "ADDED":
        _open(hold, told, since)
        _arrived(hold, told)
        if until is not None:
            _close(hold, told, until, why)
    elif body["change"] == "ALTERED" and hold["spells"]:
        spell = hold["spells"][-1]
        if since is not None:
            spell["from"] = since
            spell["altered"] = told.id
        if until is not None:
            _close(hold, told, until, why)
    _next(hold, told)


def _transferred_out(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    entry = v.pick(told.body, _OUT, {**item(told), "from_jail": told.body["jail"]})
    hold.setdefault("transfers", []).append(entry)
    if is_open(hold):
        hold["in_transit"] = entry


def _transferred_in(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    entry = v.pick(told.body, _IN, {**item(told), "to_jail": told.body["jail"]})
    hold.setdefault("transfers", []).append(entry)
    _open(hold, told, since)
    _arrived(hold, told)


def _produced(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    body = cast(events.ProducedInCourt, told.body)
    _seen(hold, told)
    entry = v.pick(body, _PRODUCED, {**item(told), "produced": True})
    entry["hearing_date"] = v.day(body["hearing_date"]) or told.day
    hold.setdefault("productions", []).append(entry)
    if body["warrant_valid_to"] is not None:
        _warrant(hold, told, v.Fields(plain=("court",)), v.day(body["warrant_valid_to"]))
    _next(hold, told)


def _not_produced(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    body = cast(events.NotProduced, told.body)
    _seen(hold, told)
    entry = v.pick(body, _NOT_PRODUCED, {**item(told), "produced": False})
    entry["hearing_date"] = v.day(body["hearing_date"]) or told.day
    hold.setdefault("productions", []).append(entry)
    _next(hold, told)


def _interim_released(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    _close(hold, told, None, {"why": "INTERIM"})
    hold["interim"] = v.pick(told.body, _INTERIM, item(told))


def _returned(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    # Back from outside: a new spell from today, whatever the hold's first day was.
    _open(hold, told, None)
    _arrived(hold, told)


def _release_order_received(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    _seen(hold, told)
    hold.setdefault("release_orders", []).append(v.pick(told.body, _ORDER, item(told)))


def _release_refused(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    body = cast(events.ReleaseRefused, told.body)
    _seen(hold, told)
    entry = v.pick(body, _REFUSED, item(told))
    if body["mismatches"]:
        entry["mismatches"] = [_mismatch(m) for m in body["mismatches"]]
    hold.setdefault("refusals", []).append(entry)


def _mismatch(mismatch: events.Mismatch) -> Json:
    kept: Json = {"field": mismatch["field"]}
    if mismatch["field"].upper() in _CODED:
        kept["warrant_says"] = mismatch["warrant_says"]
        kept["order_says"] = mismatch["order_says"]
    return kept


def _not_released(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    _seen(hold, told)
    hold.setdefault("not_released", []).append({**item(told), "reason": told.body["reason"]})


def _section_479_applied(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    hold.setdefault("applied_479", []).append(v.pick(told.body, _APPLIED_479, item(told)))


def _legal_services_informed(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    hold.setdefault("legal_services", []).append(v.pick(told.body, _LEGAL_SERVICES, item(told)))


def _released(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    _close(hold, told, None, v.pick(told.body, _RELEASED, {"why": "RELEASED"}))
    hold.pop("interim", None)


def _escaped(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    on = told.body["escaped_at"]
    why = v.pick(told.body, _ESCAPED, {"why": "ESCAPED"})
    _close(hold, told, until or (None if on is None else v.civil_day(on)), why)


def _recaptured(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    # As after an interim release: a new spell, whatever the hold's first day was.
    on = told.body["recaptured_at"]
    _open(hold, told, None if on is None else v.civil_day(on))
    hold["spells"][-1]["recaptured"] = v.pick(told.body, _RECAPTURED, {"event": told.id})
    _arrived(hold, told)


def _died(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    on = told.body["died_at"]
    why = v.pick(told.body, _DIED, {"why": "DIED"})
    _close(hold, told, until or (None if on is None else v.civil_day(on)), why)
    hold.pop("interim", None)


def _hospitalised(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    hold.setdefault("hospital", []).append(v.pick(told.body, _HOSPITAL, item(told)))


def _remission_credited(hold: Json, told: Telling, since: str | None, until: str | None) -> None:
    hold.setdefault("remissions", []).append(v.pick(told.body, _REMISSION, item(told)))


#: What each event does to a hold that it concerns; `since` and `until` are the hold's dates as the row has them.
HANDLERS: Final[dict[str, Callable[[Json, Telling, str | None, str | None], None]]] = {
    "prison.Admitted": _admitted,
    "prison.OpeningBalance": _opening_balance,
    "prison.WarrantReceived": _warrant_received,
    "prison.CaseHoldChanged": _case_hold_changed,
    "prison.TransferredOut": _transferred_out,
    "prison.TransferredIn": _transferred_in,
    "prison.ProducedInCourt": _produced,
    "prison.NotProduced": _not_produced,
    "prison.InterimReleased": _interim_released,
    "prison.Returned": _returned,
    "prison.ReleaseOrderReceived": _release_order_received,
    "prison.ReleaseRefused": _release_refused,
    "prison.NotReleasedReason": _not_released,
    "prison.Section479Applied": _section_479_applied,
    "prison.LegalServicesInformed": _legal_services_informed,
    "prison.Released": _released,
    "prison.Escaped": _escaped,
    "prison.Recaptured": _recaptured,
    "prison.Died": _died,
    "prison.Hospitalised": _hospitalised,
    "prison.RemissionCredited": _remission_credited,
}
