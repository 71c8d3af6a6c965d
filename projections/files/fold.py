"""From members to a file: the fold from the start, the culprit rule, and a state as stored bytes.

A bad event harms only itself. If `apply` raises, the file is folded again from the start without the first member,
in sort order, on which it raises; that member stands in `document["incomplete"]` with the reason FOLD_FAILED. So
the culprit does not depend on how the members were batched. The fast path (`kind.apply`, `kind.finish` on a stored
state) has no such rule: where it raises, fold from the start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from projections.files.case import CaseFile
from projections.files.citizen import REQUEST
from projections.files.custody import CustodyFile
from projections.files.cyber import COMPLAINT
from projections.files.emergency import INCIDENT
from projections.files.forensics import EXHIBIT
from projections.files.jail import JAIL
from projections.files.probation import ORDER
from projections.files.record import RecordFile
from projections.files.state import FileInput, FileKind, FileState
from projections.linking.roots import CASES, COURT_NUMBERS, kind_of

if TYPE_CHECKING:
    from schemas.event import Event

Json = dict[str, Any]

FOLD_FAILED: Final = "FOLD_FAILED"

_CASE: Final = CaseFile()
_RECORD: Final = RecordFile()
#: Kind of identifier -> kind of the file that it roots; those that are not here root a RecordFile.
_KINDS: Final[dict[str, FileKind]] = {
    **dict.fromkeys(CASES | COURT_NUMBERS, _CASE),
    "PID": CustodyFile(),
    "INCIDENT_112": INCIDENT,
    "NCRP_ACK": COMPLAINT,
    "APPLICATION_NO": REQUEST,
    "ORDER_NO": ORDER,
    "REPORT_NO": ORDER,
    "FSL_NO": EXHIBIT,
    "JAIL": JAIL,
}


def kind_of_root(root: str) -> FileKind:
    """The kind of file that an identifier roots."""
    return _KINDS.get(kind_of(root), _RECORD)


def fold(given: FileInput, members: Sequence[Event]) -> FileState:
    """Fold `members`, in the order of their sort keys, from the start."""
    kind = kind_of_root(given.root)
    culprits: list[Event] = []
    while True:
        left_out = {m.event_id for m in culprits}
        sound = [m for m in members if m.event_id not in left_out] if culprits else members
        state, culprit = _run(kind, given, sound)
        if culprit is None:
            break
        culprits.append(culprit)
    for event in sorted(culprits, key=lambda m: m.sort_key):
        state.document["incomplete"].append(
            {"id": str(event.event_id), "reason": FOLD_FAILED, "type": event.type, "topic": None}
        )
    return state


def _run(kind: FileKind, given: FileInput, members: Sequence[Event]) -> tuple[FileState, Event | None]:
    state = kind.start(given)
    for event in members:
        try:
            kind.apply(state, event)
        except Exception:  # whatever the event made the fold do, it is the event's fault alone
            return state, event
    try:
        kind.finish(state)
    except Exception:
        return state, _finish_culprit(kind, given, members)
    return state, None


def _finish_culprit(kind: FileKind, given: FileInput, members: Sequence[Event]) -> Event:
    """The first member after which the file can't be finished; raises what it raised if there is none."""
    state = kind.start(given)
    kind.finish(state)
    for event in members:
        kind.apply(state, event)
        try:
            kind.finish(state)
        except Exception:
            return event
    raise RuntimeError(f"{given.root}: the file can be finished after each event, and not after the last")


def dump(state: FileState) -> tuple[bytes, dict[str, bytes]]:
    """The stored bytes of the file, and of the description of each reference."""
    document = orjson.dumps(state.document, option=orjson.OPT_SORT_KEYS)
    return document, {
        ref: orjson.dumps(d, option=orjson.OPT_SORT_KEYS) for ref, d in state.descriptions.items()
    }


def load(given: FileInput, document: bytes, descriptions: Mapping[str, bytes]) -> FileState:
    """The state that `dump` wrote; `given` must be what it was folded with."""
    parts = {ref: orjson.loads(body) for ref, body in descriptions.items()}
    return FileState(given, orjson.loads(document), parts, joins_changed=False)
