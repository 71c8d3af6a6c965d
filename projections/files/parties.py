"""Who is spoken of: references, the claims that join them, and descriptions, as the handlers enter them.

    document["references"][ref] = {"first": event id, "same_as": {other ref: event id}, …what was said of him}

Descriptions go to `state.descriptions`, never into the document.
"""

from __future__ import annotations

from typing import Any, Final

from projections.files.facts import tell
from projections.files.state import FileState
from projections.files.telling import Telling, item
from schemas.events import Accused, AccusedRef, PersonDescription

Json = dict[str, Any]

#: Parts of a description that bear on who is who, and all that are kept as they stand.
_JOINING: Final = frozenset({"name", "name_native", "relative_name"})
_PARTS: Final = (
    "name", "name_native", "relative_name", "relation", "aliases", "gender", "age_stated", "village",
    "police_station", "district",
)  # fmt: skip


def ref_text(ref: AccusedRef) -> str:
    """Canonical text of a reference that decoding has validated."""
    scope = ref["scope"]
    return f"{ref['scheme']}:{scope}:{ref['code']}" if scope else f"{ref['scheme']}:{ref['code']}"


def meet(state: FileState, accused: Accused, told: Telling) -> Json:
    """The record of an accused whom an event names: made if new, his claims and description entered."""
    record = refer(state, ref_text(accused["ref"]), told)
    for other in accused["same_as"]:
        claim(state, record, ref_text(other), told)
    if accused["person"] is not None:
        describe(state, ref_text(accused["ref"]), accused["person"], told)
    return record


def refer(state: FileState, ref: str, told: Telling) -> Json:
    """The record of a reference, made if new."""
    references: Json = state.document["references"]
    record: Json | None = references.get(ref)
    state.named.add(ref)
    if record is None:
        record = references[ref] = {"first": told.id}
        state.joins_changed = True
    return record


def claim(state: FileState, record: Json, other: str, told: Telling) -> None:
    """Enter that the one of `record` is the one whom somebody calls `other`; the first to say so is the evidence."""
    same: Json = record.setdefault("same_as", {})
    if other not in same:
        same[other] = told.id
        state.joins_changed = True


def describe(state: FileState, ref: str, person: PersonDescription, told: Telling) -> None:
    """Enter the parts that a description states; an empty part says nothing, and a repeated one nothing new."""
    parts = state.descriptions.get(ref)
    if parts is None:
        parts = state.descriptions[ref] = {}
    for part in _PARTS:
        value = person[part]
        if not value:
            continue
        held = parts.get(part)
        if held is not None and held["by"] == told.by and held["value"] == value:
            continue
        tell(parts, part, value, told.id, told.by)
        state.described = True
        if part in _JOINING and (held is None or parts[part]["value"] != held["value"]):
            state.joins_changed = True
    born = person["birth_date"]
    if born is not None:
        tell(parts, "birth_date", born.isoformat(), told.id, told.by)
        state.described = True


def refs_of(accused: list[Accused]) -> list[str]:
    """The references of those whom an event concerns, sorted."""
    return sorted(ref_text(a["ref"]) for a in accused)


def stage_sections(record: Json, stage: str, value: list[str], told: Telling) -> None:
    """Enter which sections stand against one reference at a stage; `stated` keeps what stood before."""
    tell(record.setdefault("sections", {}), stage, value, told.id, told.by)
    entry = {**item(told), "by": told.by, "stage": stage, "sections": value}
    record.setdefault("stated", []).append(entry)
