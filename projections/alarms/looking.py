"""One look at the alarms: which start events are to be looked at, what is decided of them, and how it is told.

What may come to an alarm stands in a table of its own (`store`), so a file is read only when something is to be told
of it: the sentence and the inputs are made then, for the day of the alarm, with what the person's other cases add.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

import orjson
import psycopg

from projections.alarms import store
from projections.alarms.gate import DataGate
from projections.alarms.machine import Clear, Files, Held, Move, Raise, Step, decide
from projections.alarms.reason import Alarm
from projections.alarms.watch import watched
from projections.files.status.others import other_case
from projections.law.clock import Clock, read
from projections.law.clocks import child
from projections.law.facts import OtherCase
from projections.law.reading import with_other_cases
from projections.law.words import sentence
from projections.messages.outbound import Outgoing, outgoing
from projections.messages.status import SENSITIVITIES, sensitivity
from projections.messages.telling import documents, is_case
from schemas.topics import ALARMS

Connection = psycopg.Connection[tuple[Any, ...]]
Json = dict[str, Any]

CHILD: Final = "CHILD_IN_CONFLICT"
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
    telling = _Telling(conn, today, at, generation)
    told: list[tuple[date, Outgoing]] = []
    for event in sorted(events):
        stood = standing.get(event, {})
        decision = decide(stood, reasons.get(event, ()), today, gate, _Corrected(conn))
        steps = decision.steps
        if afresh.get(event):
            steps = [*steps, *_afresh(stood, steps)]
        try:
            told += telling.of(steps)
        except _StaleError:
            # A file changed since it was read last: its row in the outbox waits, and this is looked at after it.
            look.start_events.remove(event)
            continue
        look.again.update(decision.again)
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


class _StaleError(Exception):
    """A file no longer is what the alarms' tables say of it."""


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

    def __init__(self, conn: Connection, today: date, at: datetime, generation: str) -> None:
        self._conn = conn
        self._today = today
        self._at = at
        self._generation = generation
        self._sayings = _Sayings(conn)

    def of(self, steps: Sequence[Step]) -> list[tuple[date, Outgoing]]:
        """Each message with the day that it is for, the steps of one start event in their order. Raises _StaleError."""
        ids = [step.alarm.id for step in steps]
        places, said = store.places(self._conn, ids), store.said(self._conn, ids)
        made: list[tuple[date, Outgoing]] = []
        for step in steps:
            key = step.alarm.id
            name, content = self._content(step)
            if isinstance(step, Move) and step.before == step.files and said[key] == _said(content):
                continue
            before = places.get(key)
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


def _protected(alarm: Alarm, marked: str) -> str:
    """That someone may be a child is told to those alone who may know of a child, whatever the events are marked."""
    return max(marked, CHILD, key=SENSITIVITIES.index) if alarm.rule == child.RULE else marked


class _Sayings:
    """What is to be said of alarms, from the files that hold them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._read: dict[str, Json] = {}

    def of(self, alarm: Alarm, files: Files, day: date) -> Json:
        """The clock's part of an AlarmRaised, as read on a day. Raises _StaleError."""
        self._load({files[0]})
        if files[0] not in self._read:
            raise _StaleError
        document = self._read[files[0]]
        clock = self._with_others(document, self._clock(document, alarm))
        reading = read(clock, day)
        return {
            "law": clock.law,
            "start_date": clock.start_date,
            "accrues_on": clock.accrues_on,
            "sensitivity": _protected(alarm, sensitivity(document)),
            "flags": list(reading.flags),
            "reasons": list(clock.reasons),
            "missing": list(reading.missing),
            "text_en": sentence(clock, day, "en"),
            "text_hi": sentence(clock, day, "hi"),
            "inputs": orjson.dumps(clock.inputs, option=orjson.OPT_SORT_KEYS).decode(),
        }

    @staticmethod
    def _clock(document: Json, alarm: Alarm) -> Clock:
        """The clock of an alarm; of several that run alike the first that is still open."""
        found = [
            (reason.closed is not None, number, clock)
            for number, (clock, reason) in enumerate(watched(document))
            if (reason.rule, reason.start_event, reason.accused, reason.due)
            == (alarm.rule, alarm.start_event, alarm.accused, alarm.due)
        ]
        if not found:
            raise _StaleError
        return min(found, key=lambda one: one[:2])[2]

    def _with_others(self, document: Json, clock: Clock) -> Clock:
        if clock.rule not in store.OF_PERSON:
            return clock
        pids = [
            ref
            for accused in document["accused"]
            if accused["id"] == clock.accused
            for ref in accused["references"]
            if ref.startswith("PID:")
        ]
        if not pids:
            return clock
        return with_other_cases(clock, self._others(document["root"], pids))

    def _others(self, root: str, pids: Sequence[str]) -> list[OtherCase]:
        roots = {
            pid: [other for other in found if other != root and is_case(other)]
            for pid, found in self._conn.execute(
                "SELECT identifier, roots FROM identifier WHERE identifier = ANY(%s)", (list(pids),)
            )
        }
        self._load({other for found in roots.values() for other in found})
        others = {
            other: case
            for pid, found in sorted(roots.items())
            for other in found
            if other in self._read and (case := other_case(self._read[other], pid)) is not None
        }
        return [others[other] for other in sorted(others)]

    def _load(self, roots: set[str]) -> None:
        unread = roots - self._read.keys()
        if unread:
            self._read.update((root, told) for root, _, told in documents(self._conn, unread))
