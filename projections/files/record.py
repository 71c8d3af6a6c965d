"""RecordFile: any other record with a file of its own (a court's roster, an entry of a general diary).

    {"kind": "RECORD", "root", "identifiers", "links", "incomplete", "events", "facts": {event type: {field: Fact}}}

By event type, what its latest event says of each field. People are left to the case that the record belongs to,
and tokens of victims are in no file: fields that hold an accused, a description or such tokens are not taken, but
for the references themselves.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from projections.files.facts import tell
from projections.files.frame import enter, frame
from projections.files.parties import describe, ref_text
from projections.files.state import FileInput, FileState
from projections.files.telling import Telling, telling

if TYPE_CHECKING:
    from schemas.event import Event

Json = dict[str, Any]

_NOT_TAKEN: Final = frozenset(
    {"envelope", "person", "victims", "salt", "victim_token", "informant_token", "deceased_token"}
)


class RecordFile:
    """The fold of a record without a richer one of its own."""

    name = "RECORD"

    def start(self, given: FileInput) -> FileState:
        """A record of which no event is known yet."""
        document = frame(self.name, given, given.links)
        document["facts"] = {}
        return FileState(given, document, {})

    def apply(self, state: FileState, event: Event) -> None:
        """Fold one event on."""
        told = telling(event)
        facts: Json = state.document["facts"].setdefault(told.type, {})
        for name, value in told.body.items():
            if name in _NOT_TAKEN or value is None or value == "" or value == []:
                continue
            tell(facts, name, _plain(state, value, told), told.id, told.by)
        enter(state.document, event, told)

    def finish(self, state: FileState) -> None:
        """Nothing depends on the whole."""
        state.joins_changed = False


def _plain(state: FileState, value: Any, told: Telling) -> Any:
    """A field as JSON; of an accused only the reference, his description apart."""
    if isinstance(value, dict):
        if "same_as" in value and "ref" in value:
            if value["person"] is not None:
                describe(state, ref_text(value["ref"]), value["person"], told)
            return ref_text(value["ref"])
        if value.keys() == {"scheme", "scope", "code"}:
            return ref_text(value)  # type: ignore[arg-type]
        if value.keys() == {"kind", "value"}:
            return f"{value['kind']}:{value['value']}"
        return {k: _plain(state, v, told) for k, v in value.items() if k not in _NOT_TAKEN and v is not None}
    if isinstance(value, list):
        return [_plain(state, one, told) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, UUID) else value
