"""The messenger: one process beside the workers that tells the departments what the hub knows.

Whoever holds the lease, an advisory lock of the database, sends: receipts and the status of each accused, from the
rows that batches leave in the outbox, and the law's alarms. All others wait for it. A holder that freezes loses the
lease with its session, and the broker fences what it still might send.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import psycopg
from confluent_kafka import KafkaException

from ops.base.clock import Clock
from ops.base.log import get_logger
from ops.base.metrics import OUTBOX_ROWS
from projections.alarms import store as alarms
from projections.alarms.gate import PATIENCE
from projections.messages import telling
from projections.messages.outbound import Place
from projections.store import generation
from projections.store.ports import ENVIRONMENT_ERRORS
from schemas.messages import MessageReader, MessageWriter
from schemas.topics import CASE_STATUS
from schemas.writers import RegistryUnreachableError
from streams.alarm import AlarmPart
from streams.outbound import RECALLED, Recalled, Sender, recall, sent_up_to
from streams.reach import Reach
from streams.topics import Topics

Connection = psycopg.Connection[tuple[Any, ...]]
log = get_logger(__name__)

IDLE_PAUSE: Final = 0.2
RETRY_PAUSE: Final = 2.0
LEASE: Final = 0x53414E47
"""The key of the advisory lock."""
FROZEN: Final = "60s"
"""A session of which nothing was heard for so long ends, and the lease with it."""
SENDER: Final = "sangam-messenger"


@dataclass(frozen=True, slots=True)
class Office:
    """What a messenger works with. `patience`: how long an alarm waits for a department that is silent."""

    kafka: str
    database: str
    writer: MessageWriter
    reader: MessageReader
    clock: Clock
    patience: timedelta = PATIENCE


_AWAY: Final[tuple[type[Exception], ...]] = (*ENVIRONMENT_ERRORS, KafkaException, RegistryUnreachableError)


class _SwitchedError(Exception):
    """Another generation became the active one."""


def run_messenger(office: Office, told_to_stop: threading.Event, *, until_told: bool = False) -> None:
    """Tell until told to stop. `until_told`: also end when all that there is now is told.

    Waits while another has the lease (with `until_told` it leaves the telling to that one), and while database, broker
    or registry are away. Raises GenerationMismatch when the active generation was made by another version of the folds.
    """
    while not told_to_stop.is_set():
        try:
            name = generation.prepare(office.database)
            with generation.connect(office.database, name) as conn:
                if _leased(conn, told_to_stop, wait=not until_told):
                    _Messenger(office, name, conn).run(told_to_stop, until_told)
                if until_told:
                    return
        except _SwitchedError:
            log.info("messenger.switched")
        except _AWAY as error:
            log.warning("messenger.retried", error=error)
            told_to_stop.wait(RETRY_PAUSE)


def _leased(conn: Connection, told_to_stop: threading.Event, *, wait: bool) -> bool:
    """Take the lease, or wait for it; False when it is another's, or when told to stop.

    It ends with the session, also when this process is killed.
    """
    conn.autocommit = True
    conn.execute(f"SET idle_session_timeout = '{FROZEN}'")
    # All that one round tells is of one moment.
    conn.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    while not conn.execute("SELECT pg_try_advisory_lock(%s)", (LEASE,)).fetchall()[0][0]:
        if not wait or told_to_stop.wait(RETRY_PAUSE):
            return False
    return True


class _Messenger:
    """One tenure of the lease, on one generation."""

    def __init__(self, office: Office, name: str, conn: Connection) -> None:
        self._office = office
        self._name = name
        self._conn = conn
        topics = Topics(office.kafka)
        self._ids = topics.ids(set(RECALLED))
        # Waits for what the former sender left open; so what is read back after it is all there is.
        self._sender = Sender(office.kafka, SENDER, office.writer)
        self._reach = Reach(office.kafka, topics, office.clock)
        self._alarms = AlarmPart(self._sender, topics, self._reach, office.clock, name, office.patience)
        self._topics = topics

    def run(self, told_to_stop: threading.Event, until_told: bool) -> None:
        """Read back what was told, then tell what there is and look at the alarms, again and again."""
        found = recall(self._office.kafka, self._topics, self._conn, self._office.reader, _take_in)
        log.info("messenger.started", generation=self._name, count=found)
        while not told_to_stop.is_set():
            # What a batch changed is told first: the alarms are looked at as the files are.
            told, looked = self._tell(), self._alarms.look(self._conn)
            if not (told or looked):
                if until_told and self._reach.ready:
                    return
                told_to_stop.wait(IDLE_PAUSE)

    def _tell(self) -> bool:
        conn = self._conn
        with conn.transaction():
            if generation.active(conn) != self._name:
                raise _SwitchedError
            made = telling.next_round(conn, self._office.clock.now(), self._name)
            OUTBOX_ROWS.set(len(made.notes) if made is not None else 0)
        if made is None:
            return False
        reached = self._sender.send(made.messages)
        with conn.transaction():
            made.settle(conn)
            sent_up_to(conn, reached, self._ids)
        return True


def _take_in(conn: Connection, message: Recalled) -> None:
    if message.topic == CASE_STATUS:
        telling.take_in(conn, message.key, message.record, Place(message.message_id, message.place))
    elif message.record is not None:
        alarms.take_in(conn, message.name, message.record)
