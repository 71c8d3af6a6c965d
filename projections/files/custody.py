"""CustodyFile: one person in the prisons, by PID: where he is, and under which cases.

    {"kind": "CUSTODY", "root", "identifiers", "links", "incomplete", "events",
     "holds": {case: hold (holds.py) + "accused", "written_as"}, "presence": hold of the body, whatever the case,
     "utp_no": Fact, "ward": Fact, "category": Fact, "medical": […]}

`links` say of each hold whether it stands; a hold whose link was rejected stays, as what the jail wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from projections.files import holds
from projections.files.case_prison import tell_personal
from projections.files.facts import tell
from projections.files.frame import enter, frame
from projections.files.parties import describe, ref_text
from projections.files.state import FileInput, FileState
from projections.files.story import Entry, Table, kept, tell_story
from projections.files.telling import Telling, telling
from projections.linking.model import HELD_UNDER

if TYPE_CHECKING:
    from schemas.event import Event

Json = dict[str, Any]

#: Events that say of the body, and not only of a hold, that it came or left.
_MOVES: Final = frozenset(
    {
        "prison.Admitted",
        "prison.OpeningBalance",
        "prison.TransferredOut",
        "prison.TransferredIn",
        "prison.InterimReleased",
        "prison.Returned",
        "prison.Released",
        "prison.Escaped",
        "prison.Recaptured",
        "prison.Died",
        "prison.Hospitalised",
    }
)
_MEDICAL: Final[Table] = {
    "prison.MedicalCategorySet": Entry(
        "medical", kept("jail officer", days="examined_on review_on", texts="categories"), many=True
    ),
}


class CustodyFile:
    """The fold of one person's custody."""

    name = "CUSTODY"

    def start(self, given: FileInput) -> FileState:
        """A person of whom no event is known yet."""
        document = frame(self.name, given, given.links)
        document["holds"] = {}
        document["presence"] = holds.new()
        return FileState(given, document, {})

    def apply(self, state: FileState, event: Event) -> None:
        """Fold one event on."""
        told = telling(event)
        if told.type in holds.HANDLERS:
            _prison(state, told)
        elif told.type in _MEDICAL:
            tell_story(state.document, told, _MEDICAL)
        enter(state.document, event, told)

    def finish(self, state: FileState) -> None:
        """Nothing depends on the whole."""
        state.joins_changed = False


def _prison(state: FileState, told: Telling) -> None:
    document = state.document
    body = told.body
    handler = holds.HANDLERS[told.type]
    if body.get("person") is not None:
        describe(state, told.anchor, body["person"], told)
    if "utp_no" in body:
        tell_personal(document, told)
    if told.type in _MOVES:
        handler(document["presence"], told, None, None)
    named = body.get("cases") or ()
    instead = _in_place_of(state.given) if named else {}
    for row in named:
        written = f"{row['identifier']['kind']}:{row['identifier']['value']}"
        hold = document["holds"].get(instead.get(written, written))
        if hold is None:
            hold = document["holds"][instead.get(written, written)] = holds.new()
        hold.setdefault("written_as", {}).setdefault(written, told.id)
        if row["accused"] is not None:
            tell(hold, "accused", ref_text(row["accused"]), told.id, told.by)
        handler(
            hold,
            told,
            None if row["from_date"] is None else row["from_date"].isoformat(),
            None if row["to_date"] is None else row["to_date"].isoformat(),
        )
    if not named:
        for case in sorted(document["holds"]):
            if holds.concerns_person(document["holds"][case]):
                handler(document["holds"][case], told, None, None)


def _in_place_of(given: FileInput) -> dict[str, str]:
    """Holds that a reviewer reads as another case: as the jail writes it -> the case."""
    return {
        misnamed: link.b
        for link in given.links
        if link.kind == HELD_UNDER and link.followed and link.a == given.root
        for misnamed in link.in_place_of
    }
