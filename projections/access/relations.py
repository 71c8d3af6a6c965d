"""In which relation offices stand to a record: worked out from what the events say, so that a transfer of the prisoner
or of the case moves access the same moment.

A relation is a text "KIND:code". Kinds: JAIL (it holds him, awaits him, or is to have him back), COURT (the case is
before it), STATION and OFFICER (they investigate), EXCISE (the excise station), PROSECUTOR (the case is allotted to
the post; the posts of a court's roster stand to the court's own record, and through it to the court's cases),
PROBATION (it reports or supervises), LABORATORY, LAWYER and DISTRICT (where the case was registered: legal services,
superintendent of police, Juvenile Justice Board).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from projections.linking.model import CONTINUES

Json = dict[str, Any]

PROSECUTOR_KINDS: Final = frozenset({"PROSECUTOR"})
KINDS: Final = (
    "JAIL", "COURT", "STATION", "OFFICER", "EXCISE", "PROSECUTOR", "PROBATION", "LABORATORY", "LAWYER", "DISTRICT",
    "UNIT", "CONTROL_ROOM", "CALLER",
)  # fmt: skip

_FRAME: Final = frozenset({"kind", "root", "identifiers", "links", "incomplete", "events", "sensitivity"})
#: Field of a document -> kind of relation, for records of one office's own (orders, reports, requests, incidents).
_FIELDS: Final = {
    "jail": "JAIL",
    "court": "COURT",
    "police_station": "STATION",
    "station": "STATION",
    "district": "DISTRICT",
    "laboratory": "LABORATORY",
    "control_room": "CONTROL_ROOM",
    "unit": "UNIT",
}
_OFFICES: Final = {
    "PROBATION_OFFICER": "PROBATION",
    "PO": "PROBATION",
    "APP": "PROSECUTOR",
    "PP": "PROSECUTOR",
    "SPP": "PROSECUTOR",
    "IO": "OFFICER",
    "SHO": "STATION",
}


def relations(document: Json) -> list[str]:
    """Every relation to a file, sorted."""
    match document["kind"]:
        case "CASE":
            found = _of_case(document)
        case "CUSTODY":
            found = _of_hold(document["presence"])
        case _:
            found = _of_record(document)
    return sorted(set(found))


def relations_of_person(document: Json, references: Iterable[str]) -> set[str]:
    """The relations that concern one accused of a case: the jail that holds him, the officer who reports on him."""
    refs = set(references)
    found: set[str] = set()
    for ref in refs:
        custody = document["references"].get(ref, {}).get("custody")
        if custody is not None:
            found.update(_of_hold(custody))
    for part in document.get("probation", {}).values():
        if part.get("accused") in refs:
            found.update(_of_order(part))
    return found


def _of_case(document: Json) -> Iterator[str]:
    for part in document["police"].values():
        yield from _of_station(part)
    yield from _of_courts(document)
    for record in document["references"].values():
        if "custody" in record:
            yield from _of_hold(record["custody"])
    for part in document["prosecution"].values():
        office = part.get("allotted", {}).get("prosecutor", {}).get("code")
        if office:
            yield f"PROSECUTOR:{office}"
    for part in document.get("probation", {}).values():
        yield from _of_order(part)
    yield from _named(document.get("economic", {}))
    for exhibit in document.get("exhibits", {}).get("laboratory", {}).values():
        yield from _named(exhibit)


def _of_station(part: Json) -> Iterator[str]:
    registered = part.get("registered", {})
    if registered.get("district"):
        yield f"DISTRICT:{registered['district']}"
    if "transferred" in part:
        # The station that gave the case away investigates it no longer.
        moved = part["transferred"]
        if moved.get("to_police_station"):
            yield f"STATION:{moved['to_police_station']}"
        if moved.get("to_district"):
            yield f"DISTRICT:{moved['to_district']}"
        return
    if registered.get("police_station"):
        yield f"STATION:{registered['police_station']}"
    officer = registered.get("investigator")
    changes = part.get("investigators", ())
    named = [entry["investigator"] for entry in changes if "investigator" in entry]
    officer = named[-1] if named else officer
    if officer and officer.get("code"):
        yield f"OFFICER:{officer['code']}"


def _of_courts(document: Json) -> Iterator[str]:
    """The courts before which the case now is: not those whose number goes on under another that has spoken."""
    court: Json = document["court"]
    gone = {
        link["a"]
        for link in document["links"]
        if link["kind"] == CONTINUES and link["followed"] and "court" in court.get(link["b"], ())
    }
    for number, part in court.items():
        if number not in gone and "court" in part:
            yield f"COURT:{part['court']['value']}"


def _of_hold(hold: Json) -> Iterator[str]:
    """The jail that has the body, the one to which he is on the way, and the one to which he is to return."""
    spells = hold["spells"]
    held = bool(spells) and "to" not in spells[-1]
    if (held or "interim" in hold) and "jail" in hold:
        yield f"JAIL:{hold['jail']['value']}"
        for jail in hold.get("also_claimed_by", ()):
            yield f"JAIL:{jail}"
    if held and hold.get("in_transit", {}).get("to_jail"):
        yield f"JAIL:{hold['in_transit']['to_jail']}"


def _of_order(part: Json) -> Iterator[str]:
    """The probation officer who was asked last."""
    for what in ("supervision", "submitted", "requested"):
        officer = part.get(what, {}).get("officer", {}).get("code")
        if officer:
            yield f"PROBATION:{officer}"
            return


def _of_record(document: Json) -> Iterator[str]:
    if document["root"].partition(":")[0] in ("COURT", "JAIL"):
        yield document["root"]
    for name, part in document.items():
        if name not in _FRAME:
            yield from _named(part)


def _named(said: Any) -> Iterator[str]:
    """The places and posts that any field below names."""
    if isinstance(said, list):
        for one in said:
            yield from _named(one)
    elif isinstance(said, dict):
        kind = _OFFICES.get(str(said.get("kind", "")))
        if kind is not None and said.get("code"):
            yield f"{kind}:{said['code']}"
        for field, inner in said.items():
            value = inner.get("value") if isinstance(inner, dict) else inner
            if field in _FIELDS and isinstance(value, str) and value:
                yield f"{_FIELDS[field]}:{value}"
            elif isinstance(inner, dict | list):
                yield from _named(inner)
