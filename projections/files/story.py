"""Records that tell one story: which entry each event makes, and the kind of file that holds nothing else.

A department states its record in a table, event type -> Entry. The same table serves the record's own file (an
incident, a complaint, an application, an order, an exhibit, a jail) and the case that the record is reached from, so
that a call to 112 reads the same in both. An entry names its event and its day; of single entries the last stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from projections.files import values as v
from projections.files.frame import enter, frame
from projections.files.parties import describe, ref_text, refs_of
from projections.files.state import FileInput, FileState
from projections.files.telling import Telling, item, telling

if TYPE_CHECKING:
    from schemas.event import Event

Json = dict[str, Any]


class Entry(NamedTuple):
    """What an event enters: under which name, which fields, and whether it joins the entries before it."""

    name: str
    fields: v.Fields
    many: bool = False


Table = Mapping[str, Entry]


def kept(
    plain: str = "",
    days: str = "",
    moments: str = "",
    identifiers: str = "",
    texts: str = "",
    sections: str = "",
) -> v.Fields:
    """The fields that an entry keeps, by how they become JSON; names with a space between."""
    return v.Fields(
        tuple(plain.split()),
        tuple(days.split()),
        (
            *((name, v.instant) for name in moments.split()),
            *((name, identified) for name in identifiers.split()),
            *((name, v.texts) for name in texts.split()),
            *((name, v.sections) for name in sections.split()),
        ),
    )


def identified(value: Any) -> str | list[str] | None:
    """One identifier's text, or those of a list, sorted; None where there is none."""
    if isinstance(value, list):
        return sorted(f"{one['kind']}:{one['value']}" for one in value) or None
    return v.identifier(value)


def tell_story(part: Json, told: Telling, table: Table) -> Json:
    """Enter what an event says into the record's part of a document; returns the entry."""
    made = table[told.type]
    entry = v.pick(told.body, made.fields, item(told))
    accused = told.body.get("accused")
    if isinstance(accused, dict):
        entry["accused"] = ref_text(accused["ref"])
    elif accused:
        entry["accused"] = refs_of(accused)
    if made.many:
        part.setdefault(made.name, []).append(entry)
    else:
        part[made.name] = entry
    return entry


class StoryFile:
    """The fold of a record that tells one story."""

    def __init__(self, name: str, table: Table) -> None:
        self.name: Final = name
        self._table: Final = table

    def start(self, given: FileInput) -> FileState:
        """A record of which no event is known yet."""
        return FileState(given, frame(self.name, given, given.links), {})

    def apply(self, state: FileState, event: Event) -> None:
        """Fold one event on; a type that the table lacks is listed and adds nothing."""
        told = telling(event)
        if told.type in self._table:
            tell_story(state.document, told, self._table)
            _describe(state, told)
        enter(state.document, event, told)

    def finish(self, state: FileState) -> None:
        """Nothing depends on the whole."""
        state.joins_changed = False


def _describe(state: FileState, told: Telling) -> None:
    accused = told.body.get("accused") or ()
    for one in (accused,) if isinstance(accused, dict) else accused:
        if one["person"] is not None:
            describe(state, ref_text(one["ref"]), one["person"], told)
