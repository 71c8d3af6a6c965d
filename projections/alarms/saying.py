"""What is to be said of alarms: the clock's part of a message, from the files that hold them.

The sentence and the inputs are made for the day of the alarm, with what the person's other cases add.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import orjson
import psycopg

from projections.alarms import store
from projections.alarms.machine import Files
from projections.alarms.reason import Alarm, Reason
from projections.alarms.watch import watched
from projections.files.status.others import other_case
from projections.law.clock import Clock, read
from projections.law.clocks import child
from projections.law.facts import OtherCase
from projections.law.reading import with_other_cases
from projections.law.words import sentence
from projections.messages.status import SENSITIVITIES, sensitivity
from projections.messages.telling import documents, is_case

Connection = psycopg.Connection[tuple[Any, ...]]
Json = dict[str, Any]

CHILD: Final = "CHILD_IN_CONFLICT"


class StaleError(Exception):
    """A file no longer is what the alarms' tables say of it."""


def _protected(alarm: Alarm, marked: str) -> str:
    """That someone may be a child is told to those alone who may know of a child, whatever the events are marked."""
    return max(marked, CHILD, key=SENSITIVITIES.index) if alarm.rule == child.RULE else marked


class Sayings:
    """What is to be said of alarms, from the files that hold them."""

    def __init__(self, conn: Connection, roots: set[str]) -> None:
        """`roots`: files that will be asked for, read at once."""
        self._conn = conn
        self._read: dict[str, Json] = {}
        self._watched: dict[str, list[tuple[Clock, Reason]]] = {}
        self._load(roots)

    def of(self, alarm: Alarm, files: Files, day: date) -> Json:
        """The clock's part of an AlarmRaised, as read on a day. Raises StaleError."""
        self._load({files[0]})
        if files[0] not in self._read:
            raise StaleError
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

    def _clock(self, document: Json, alarm: Alarm) -> Clock:
        """The clock of an alarm; of several that run alike the first that is still open."""
        root = document["root"]
        if root not in self._watched:
            self._watched[root] = list(watched(document))
        found = [
            (reason.closed is not None, number, clock)
            for number, (clock, reason) in enumerate(self._watched[root])
            if (reason.rule, reason.start_event, reason.accused, reason.due)
            == (alarm.rule, alarm.start_event, alarm.accused, alarm.due)
        ]
        if not found:
            raise StaleError
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
