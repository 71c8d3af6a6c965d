"""One look at the alarms: which start events are to be looked at, what is decided of them, and how it is told.

What may come to an alarm stands in a table of its own (`store`), so a file is read only when something is to be told
of it: the sentence and the inputs are made then, for the day of the alarm, with what the person's other cases add.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

import psycopg

from projections.alarms import store
from projections.alarms.gate import DataGate
from projections.alarms.machine import Clear, Files, Held, Move, Raise, Step, decide
from projections.alarms.reason import Alarm
from projections.alarms.saying import Sayings, StaleError
from projections.messages.outbound import Outgoing, outgoing
from schemas.topics import ALARMS

Connection = psycopg.Connection[tuple[Any, ...]]
Json = dict[str, Any]

#: Start events of one look.
_MOST: Final = 300
_APART: Final = timedelta(microseconds=1)


@dataclass(slots=True)
class Look:
    """`messages` are to be sent, in order; then `settle`, and store.take_in for each."""

    start_events: set[str]
    messages: list[Outgoing] = field(default_factory=list)
    again: dict[Held, date | None] = field(default_factory=dict)

    def settle(self, conn: Connection) -> None:
        """Note in the transaction under way what was told."""
        for message in self.messages:
            if message.record is not None:
                store.take_in(conn, message.name, message.record)
        store.looked(conn, self.start_events, self.again.items())


def next_look(
    conn: Connection, today: date, gate: DataGate, at: datetime, generation: str, *, days: bool = True
) -> Look | None:
    """What is to be told of alarms now; None where there is nothing to look at. In one REPEATABLE READ transaction.

    `days`: where nothing changed, look at what fell due.
    """
    afresh = store.changed(conn, _MOST)
    events = set(afresh)
    if not events and days:
        events = store.due(conn, today, lambda day: gate(day) is not None, _MOST)
    if not events:
        return None
    look = Look(events)
    reasons, standing = store.reasons(conn, events), store.standing(conn, events)
    steps: dict[str, list[Step]] = {}
    for event in sorted(events):
        stood = standing.get(event, {})
        decision = decide(stood, reasons.get(event, ()), today, gate, _Corrected(conn))
        look.again.update(decision.again)
        steps[event] = decision.steps + (_afresh(stood, decision.steps) if afresh.get(event) else [])
    telling = _Telling(conn, [step for found in steps.values() for step in found], today, at, generation)
    told: list[tuple[date, Outgoing]] = []
    for event, found in steps.items():
        try:
            told += telling.of(found)
        except StaleError:
            # A file changed since it was read last: its row in the outbox waits, and this is looked at after it.
            look.start_events.remove(event)
            for held in reasons.get(event, ()):
                del look.again[held]
    look.messages = [message for _, message in sorted(told, key=lambda one: one[0])]
    for number, message in enumerate(look.messages):
        if message.record is not None:
            # They stand on several partitions: their order is that of their moments.
            message.record["message"]["sent_at"] = at + number * _APART
    return look


def _afresh(stood: Mapping[Alarm, Files], steps: Sequence[Step]) -> list[Step]:
    """Of alarms of which nothing else is told: what is to be said of them may be another."""
    told = {step.alarm for step in steps}
    return [
        Move(alarm, files, files)
        for alarm, files in stood.items()
        if alarm not in told and alarm.rule in store.OF_PERSON
    ]


class _Corrected:
    """Whether an event no longer counts."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def __call__(self, event: str) -> bool:
        return not self._conn.execute(
            "SELECT FROM ledger WHERE standing AND effective AND event_id = %s::uuid", (event,)
        ).fetchall()


class _Telling:
    """Makes messages of steps."""

    def __init__(
        self, conn: Connection, steps: Sequence[Step], today: date, at: datetime, generation: str
    ) -> None:
        """`steps`: all for which messages will be asked, so that what they need is read at once."""
        self._today = today
        self._at = at
        self._generation = generation
        ids = [step.alarm.id for step in steps]
        self._places, self._said = store.places(conn, ids), store.said(conn, ids)
        self._sayings = Sayings(conn, {step.files[0] for step in steps if not isinstance(step, Clear)})

    def of(self, steps: Sequence[Step]) -> list[tuple[date, Outgoing]]:
        """Each message with the day that it is for, the steps of one start event in their order. Raises StaleError."""
        made: list[tuple[date, Outgoing]] = []
        for step in steps:
            key = step.alarm.id
            name, content = self._content(step)
            if isinstance(step, Move) and step.before == step.files and self._said[key] == _said(content):
                continue
            before = self._places.get(key)
            message = outgoing(ALARMS, name, str(key), content, before, self._at, self._generation)
            made.append((step.on if isinstance(step, Raise) else date.min, message))
        return made

    def _content(self, step: Step) -> tuple[str, Json]:
        alarm = step.alarm
        content: Json = {"alarm_id": alarm.id}
        if isinstance(step, Clear):
            return store.CLEARED, content | {"cleared_by": step.by, "reason": step.why}
        if isinstance(step, Move):
            now = self._sayings.of(alarm, step.files, self._today)
            said = {part: now[part] for part in ("flags", "missing", "text_en", "text_hi", "inputs")}
            files = {"from_files": list(step.before), "files": list(step.files)}
            return store.MOVED, content | files | said
        return store.RAISED, content | {
            "rule": alarm.rule,
            "stage": str(alarm.stage),
            "lead_days": alarm.lead,
            "start_event": alarm.start_event,
            "accused": alarm.accused,
            "due_date": alarm.due,
            "files": list(step.files),
            "late": list(step.late),
            **self._sayings.of(alarm, step.files, step.on),
        }


def _said(content: Json) -> tuple[list[str], list[str], str]:
    return content["flags"], content["missing"], content["inputs"]
