"""What the prison says in a case: only the holds of this case, of each PID.

    document["references"]["PID:…"]["custody"] = the hold (holds.py); "written_as": {hold as the jail writes it: event}

An event that names cases of which none is this one adds nothing but, where it has one, the description of the
person. An event that names no case is about the person: it counts if he is held in this case then.
"""

from __future__ import annotations

from typing import Any, Final

from projections.files import holds
from projections.files.facts import tell
from projections.files.parties import claim, describe, ref_text, refer
from projections.files.reach import Reach
from projections.files.state import FileState
from projections.files.telling import Telling
from schemas.events import AccusedRef

Json = dict[str, Any]

#: What the jail says of the person beside the holds.
_PERSONAL: Final = ("utp_no", "ward", "category")


def reach_of(state: FileState) -> Reach:
    """What the file's links come to, worked out at first need."""
    if state.reach is None:
        state.reach = Reach(state.given)
    return state.reach


def prison(state: FileState, told: Telling) -> bool:
    """Enter what a prison event says of this case's hold; False where it says nothing of it."""
    body = told.body
    pid = told.anchor
    person = body.get("person")
    counted = reach_of(state).holds.get(pid, {})
    named = body.get("cases") or ()
    ours = []
    for row in named:
        identifier = row["identifier"]
        written = f"{identifier['kind']}:{identifier['value']}"
        case = counted.get(written)
        if case is not None:
            ours.append((case, written, row))
    record: Json | None = state.document["references"].get(pid)
    state.named.add(pid)
    if not ours and not (not named and record is not None and _concerned(record)):
        if person is None:
            return False
        refer(state, pid, told)
        describe(state, pid, person, told)
        return True
    if record is None:
        record = refer(state, pid, told)
    if person is not None:
        describe(state, pid, person, told)
    if "utp_no" in body:
        tell_personal(record, told)
    hold: Json | None = record.get("custody")
    if hold is None:
        hold = record["custody"] = holds.new()
        record["written_as"] = {}
    begins: list[str] = []
    ends: list[str] = []
    for case, written, row in ours:
        record["written_as"].setdefault(written, told.id)
        accused = row["accused"]
        if accused is not None:
            # A misnamed case is read as the one in whose place it stands, also where it scopes the accused's code.
            scope = case if accused["scope"] == written else accused["scope"]
            as_read: AccusedRef = {"scheme": accused["scheme"], "scope": scope, "code": accused["code"]}
            claim(state, record, ref_text(as_read), told)
        if row["from_date"] is not None:
            begins.append(row["from_date"].isoformat())
        if row["to_date"] is not None:
            ends.append(row["to_date"].isoformat())
    since = min(begins) if begins else None
    # Two numbers of one case: he is out of it when the last of them has ended.
    until = max(ends) if ends and len(ends) == len(ours) else None
    holds.HANDLERS[told.type](hold, told, since, until)
    return True


def _concerned(record: Json) -> bool:
    """Whether an event about the person, which names no case, is about his hold in this one."""
    return "custody" in record and holds.concerns_person(record["custody"])


def tell_personal(facts: Json, told: Telling) -> None:
    """Enter what a row that receives a prisoner says of him beside his holds."""
    for field in _PERSONAL:
        value = told.body.get(field)
        if value and value != "UNKNOWN":
            tell(facts, field, value, told.id, told.by)


def not_of_the_case(state: FileState, told: Telling) -> bool:
    """A prisoner's health is his custody file's business."""
    return False


HANDLERS = dict.fromkeys(holds.HANDLERS, prison) | {"prison.MedicalCategorySet": not_of_the_case}
