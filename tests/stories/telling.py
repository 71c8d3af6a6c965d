"""A hub with a messenger: events go in through the broker, and what is told comes out of it.

The broker's topics are others' too: watermarks and readings begin where this hub does. Days pass when the test says so;
the data of the departments reach as far as the test says.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from confluent_kafka import IsolationLevel, TopicPartition
from confluent_kafka import admin as kafka_admin

from ops.base.clock import INDIA
from ops.base.settings import Settings
from ops.hub import messenger
from projections.store import generation
from projections.store.ports import TP
from schemas import headers
from schemas.messages import MessageReader
from schemas.registry import RegistrySchemas, client
from schemas.topics import ALARMS, CASE_STATUS, RECEIPTS
from streams.bulk import read_up_to
from streams.messenger import run_messenger
from streams.topics import Topics
from tests.stories.sent import Hub
from tests.streams.ground import wait_until

Json = dict[str, Any]

_FIRST = datetime.min.replace(tzinfo=UTC)
TODAY = datetime.now(INDIA).date()
DAY = timedelta(days=1)


@dataclass
class Moving:
    """A clock that the test moves: six in the morning, in India, of a day."""

    day: date = TODAY

    def now(self) -> datetime:
        return datetime.combine(self.day, time(6), INDIA).astimezone(UTC)

    def today(self) -> date:
        return self.day


@dataclass
class Told:
    """A message as a department reads it. `record` None: the state of its key was taken away."""

    topic: str
    name: str
    key: str
    message_id: str
    record: Json | None


@dataclass
class Telling:
    """The hub, its clock, and what was told since it was last asked."""

    hub: Hub
    clock: Moving = field(default_factory=Moving)

    def __post_init__(self) -> None:
        kafka, registry = self.hub.settings.require_kafka(), self.hub.settings.require_registry()
        self._kafka, self._topics = kafka, Topics(kafka)
        self._reader = MessageReader(lambda schema_id: _schema(registry, schema_id))
        self._admin: Any = kafka_admin.AdminClient({"bootstrap.servers": kafka})
        self._partitions = self._topics.partitions({ALARMS, CASE_STATUS, RECEIPTS})
        self._read = self._ends()
        self._first = dict(self._read)
        self.begin()

    def begin(self) -> None:
        """The watermarks of a hub that has stored whatever the topics held before it."""
        ids = self._topics.ids({topic for topic, _ in self.hub.starts})
        with generation.connect(self.hub.settings.require_database(), self.hub.name) as conn:
            conn.cursor().executemany(
                "INSERT INTO watermark (topic, topic_id, partition, next_offset) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (topic_id, partition) DO NOTHING",
                [(topic, ids[topic], partition, at) for (topic, partition), at in self.hub.starts.items()],
            )

    def reach(self, *silent: str) -> None:
        """The data of all departments but these reach to the clock's moment."""
        with generation.connect(self.hub.settings.require_database(), self.hub.name) as conn:
            conn.execute(
                "UPDATE watermark SET appended_at = CASE WHEN split_part(topic, '.', 1) = ANY(%s)"
                " THEN timestamptz '2020-01-01' ELSE greatest(appended_at, %s) END",
                (list(silent), self.clock.now()),
            )

    def tell(self, *, patience: timedelta = timedelta(hours=1)) -> list[Told]:
        """Let a messenger tell all that there is to be told; what it told."""
        office = replace(messenger(self.hub.settings, self.clock), patience=patience)
        run_messenger(office, threading.Event(), until_told=True)
        return self.told()

    def everything(self) -> list[Told]:
        """What was told since this was made, however often it was asked."""
        self._read = dict(self._first)
        return self.told()

    def told(self) -> list[Told]:
        """What was told since it was last asked, in the order of telling; what takes a status away first."""
        ends = self._ends()
        # The broker says that a transaction is committed before it is seen to be.
        wait_until(lambda: ends == self._ends(IsolationLevel.READ_UNCOMMITTED) or ends.update(self._ends()))
        found = [raw for batch in read_up_to(self._kafka, self._read, ends) for raw in batch]
        self._read = ends
        told = []
        for raw in found:
            key, pairs = (raw.key or b"").decode(), headers.read_headers(raw.headers)
            name, record = ("", None) if raw.value is None else self._reader.read(raw.value)
            told.append(Told(raw.topic, name, key, pairs[headers.ID], record))
        return sorted(told, key=lambda one: one.record["message"]["sent_at"] if one.record else _FIRST)

    def _ends(self, level: IsolationLevel = IsolationLevel.READ_COMMITTED) -> dict[TP, int]:
        latest = kafka_admin.OffsetSpec.latest()  # type: ignore[attr-defined,no-untyped-call]
        wanted = {TopicPartition(*tp): latest for tp in self._partitions}
        answers = self._admin.list_offsets(wanted, isolation_level=level)
        return {(tp.topic, tp.partition): answer.result(10).offset for tp, answer in answers.items()}


def hub_of(stack: Settings, database: str) -> Hub:
    return Hub(Settings(kafka=stack.require_kafka(), registry=stack.require_registry(), database=database))


class Case:
    """One case of its own: numbers that no other test has, and events of it in short words."""

    def __init__(self, number: int) -> None:
        self.fir = f"FIR:BR-PATKOT-2025-{number:04}"
        self.cnr = f"CNR:BRPA01{number:06}2025"
        self.pid = f"PID:BR-0123-{number:05}"
        self.seq = number * 1000

    def event(
        self, kind: str, anchor: str, on: date, claims: Sequence[str] = (), supersedes: str | None = None, /,
        **body: Any,
    ) -> Json:  # fmt: skip
        self.seq += 1
        at = datetime.combine(on, time(10), INDIA)
        envelope: Json = {
            "event_id": str(uuid4()), "source": f"{kind.partition('.')[0]}.tests/1", "source_seq": self.seq,
            "source_record": f"row-{self.seq}-{uuid4().hex[:6]}", "occurred_at": at.isoformat(),
            "recorded_at": (at + timedelta(hours=2)).isoformat(), "anchor": an(anchor),
            "claims": [an(claim) for claim in claims],
        }  # fmt: skip
        if supersedes is not None:
            envelope["supersedes"] = supersedes
        return {"type": kind, "envelope": envelope, **body}

    def a1(self) -> Json:
        return {"scheme": "CCTNS_CODE", "scope": self.fir, "code": "A1"}

    def party(self, *, joined: bool = False) -> Json:
        ref = {"scheme": "CIS_PARTY", "scope": self.cnr, "code": "1"}
        return {"ref": ref, "same_as": [self.a1()] if joined else []}

    def registered(self, on: date, section: str = "303(2)") -> Json:
        return self.event(
            "police.FirRegistered", self.fir, on, police_station="PATKOT", district="PAT",
            sections=[{"act": "BNS2023", "section": section}], accused=[{"ref": self.a1()}],
        )  # fmt: skip

    def arrested(self, on: date) -> Json:
        return self.event("police.ArrestMade", self.fir, on, accused={"ref": self.a1()}, outcome="FORWARDED")

    def remanded(self, on: date, to: date, *, fir: bool = True, supersedes: str | None = None) -> Json:
        return self.event(
            "court.RemandOrdered", self.cnr, on, [self.fir] if fir else [], supersedes, accused=self.party(joined=fir),
            court="BRPA01-CJM", custody_kind="JUDICIAL", to_date=to.isoformat(), next_date=to.isoformat(),
            jail="BR-0123",
        )  # fmt: skip

    def admitted(self, on: date, until: date, pid: str | None = None) -> Json:
        hold = [{"identifier": an(self.fir), "accused": self.a1()}]
        return self.event(
            "prison.Admitted", pid or self.pid, on, [], jail="BR-0123", cases=hold,
            warrant_valid_to=until.isoformat(),
        )  # fmt: skip

    def sheet(self, received: date) -> Json:
        return self.event(
            "court.ChargeSheetConsumed", self.cnr, received, [self.fir], kind="CHARGE_SHEET", series="ORIGINAL",
            received_in_court_at=datetime.combine(received, time(12), INDIA).isoformat(), court="BRPA01-CJM",
            accused=[{"accused": self.party(joined=True), "outcome": "SENT_UP"}],
        )  # fmt: skip


def _schema(registry: str, schema_id: int) -> str:
    with client(registry) as asked:
        return RegistrySchemas(asked)(schema_id)


def an(text: str) -> Json:
    kind, _, value = text.partition(":")
    return {"kind": kind, "value": value}


def id_of(event: Json) -> str:
    return str(event["envelope"]["event_id"])
