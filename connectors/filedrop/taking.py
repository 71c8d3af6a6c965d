"""One file, row by row: mapped, compared with what was said before, kept in the outbox, answered for.

A file of some content is looked at as of the moment when it was first seen. So the same file again, or after a crash,
or after newer ones, makes the same events, which the outbox knows. The order of writing is the promise: first events
into the outbox, then what they came from into memory; whatever is lost in between is made again, the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from connectors.filedrop.memory import Memory
from connectors.filedrop.spec import Spec
from connectors.filedrop.tables import Line, rows_of
from connectors.mappings.drafting import Mapped, Note, Quarantined
from connectors.mappings.revisions import History, Poll, Taken, take
from connectors.mappings.troubles import Trouble
from connectors.outbox.drafts import Draft, draft
from connectors.outbox.records import Kept, Outcome
from ops.base.clock import Clock
from schemas.reasons import FaultError

_TOGETHER: Final = 200
"""Rows whose events are kept in one transaction."""


@dataclass(slots=True)
class Answer:
    """What became of one row."""

    line: int
    scope: str = ""
    sent: list[str] = field(default_factory=list)
    """Types of the events that are new, in order."""
    known: int = 0
    """How many events the row makes that were there already."""
    aside: list[Quarantined] = field(default_factory=list)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class FileTaken:
    """A file that was answered for: how it was read, and how many rows came to what."""

    rows: int
    events: int
    aside: int
    seen_before: bool
    encoding: Note | None


class Drop:
    """Takes files of one source. `keep` keeps drafts in a durable outbox and says what became of each."""

    def __init__(
        self,
        spec: Spec,
        memory: Memory,
        keep: Callable[[list[Draft]], list[Kept]],
        salt_key: bytes,
        clock: Clock,
    ) -> None:
        self._spec = spec
        self._memory = memory
        self._keep = keep
        self._key = salt_key
        self._clock = clock

    def take(self, path: Path, answer: Callable[[Answer], None]) -> FileTaken:
        """Take a whole file; `answer` is told of each row in order. Raises FileError and OutboxUnavailable."""
        digest = _digest(path)
        first, seen_before = self._memory.seen(self._spec.source, digest, self._clock.now())
        poll = Poll(self._spec.source, first, self._key)
        encoding, lines = rows_of(path, self._spec.layout)
        rows = events = aside = 0
        owners: dict[str, tuple[int, bytes]] = {}
        while some := list(islice(lines, _TOGETHER)):
            for done in self._some(some, poll, owners):
                rows += 1
                events += len(done.sent)
                aside += bool(done.aside)
                answer(done)
        self._memory.finished(self._spec.source, digest)
        told = Note(encoding.english, encoding.hindi) if encoding.english else None
        return FileTaken(rows, events, aside, seen_before, told)

    def _some(self, lines: list[Line], poll: Poll, owners: dict[str, tuple[int, bytes]]) -> Iterator[Answer]:
        mapped = [(line, self._mapped(line, owners)) for line in lines]
        histories = self._memory.histories(poll.source, {found.scope for _, found in mapped if found.scope})
        answers: list[tuple[Answer, list[Draft]]] = []
        for line, found in mapped:
            done = Answer(line.number, found.scope, notes=found.notes)
            taken = take(histories.get(found.scope, History()), found, poll)
            drafts, faults = self._drafts(taken, line)
            done.aside = [*taken.quarantined, *faults]
            if not faults:
                if found.scope:
                    histories[found.scope] = taken.history
                done.known = len(found.rows) - len(taken.events)
            answers.append((done, drafts))
        kept = iter(self._keep([one for _, drafts in answers for one in drafts]))
        for done, drafts in answers:
            for one in drafts:
                outcome = next(kept).outcome
                if outcome is Outcome.KEPT:
                    done.sent.append(one.type)
                elif outcome is Outcome.KNOWN:
                    done.known += 1
                else:
                    done.aside.append(Quarantined(one.type, None, Trouble.EVENT_REFUSED, str(outcome)))
        self._memory.remember(poll.source, histories)
        yield from (done for done, _ in answers)

    def _mapped(self, line: Line, owners: dict[str, tuple[int, bytes]]) -> Mapped:
        """The row's mapping. Two rows of one file that call themselves the same and differ contradict each other."""
        if line.fault is not None:
            return Mapped("", (), (Quarantined("", line.row, line.fault, "row"),))
        found = self._spec.map(line.row)
        if not found.scope:
            return found
        mark = hashlib.sha256(repr(found.rows).encode("utf-8", "replace")).digest()
        number, other = owners.setdefault(found.scope, (line.number, mark))
        if other == mark or number == line.number:
            return found
        return Mapped(
            "", (), (Quarantined("", line.row, Trouble.CONTRADICTION, f"row {number}"),), found.notes
        )

    def _drafts(self, taken: Taken, line: Line) -> tuple[list[Draft], list[Quarantined]]:
        try:
            return [draft(event, record, self._key) for event, record in taken.events], []
        except FaultError as fault:
            return [], [Quarantined("", line.row, Trouble.EVENT_REFUSED, fault.detail)]


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def shown(row: Any) -> Any:
    """A row as JSON can hold it: what a spreadsheet gives as a date is written as ISO 8601."""
    if isinstance(row, dict):
        return {str(name): shown(value) for name, value in row.items()}
    if isinstance(row, list | tuple):
        return [shown(value) for value in row]
    if row is None or isinstance(row, str | bool | int | float):
        return row.encode("utf-8", "replace").decode() if isinstance(row, str) else row
    return str(row)
