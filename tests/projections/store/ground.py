"""What the store's tests stand on: a generation of its own, a log in memory, and ways to project it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson
import psycopg

from projections.boards import BOARDS
from projections.files.fold import dump
from projections.store import deferred, filing, generation, saving
from projections.store.aside import Aside
from projections.store.batch import HubProjector
from projections.store.digest import Digest, digest
from projections.store.packing import unpack
from projections.store.ports import TP, RawRecord
from projections.whole import Broken, Known, whole
from tests.projections.store.worlds import new_intake

Connection = psycopg.Connection[tuple[Any, ...]]
TABLES = (
    "ledger", "writer_schema", "set_aside", "identifier", "link", "file", "description", "name_key",
    "dirty", "watermark", "outbox",
)  # fmt: skip


@dataclass
class Contents:
    """All that a generation holds of its events, as bytes."""

    files: dict[str, bytes]
    descriptions: dict[tuple[str, str], bytes]
    rows: dict[str, list[str]]


class Ground:
    """One generation, emptied between worlds."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.name = generation.prepare(database)

    def connect(self) -> Connection:
        return generation.connect(self.database, self.name)

    def empty(self) -> None:
        with self.connect() as conn:
            tables = ", ".join((*TABLES, *(board.table for board in BOARDS)))
            conn.execute(f"TRUNCATE {tables}")

    def project(
        self, records: Sequence[RawRecord], sizes: Sequence[int], *, states: int = 100, hands: int = 1
    ) -> None:
        """Project records in batches of these sizes, in turn; by several projectors at once, each its partition."""
        dealt = _dealt(records, hands)
        failures: list[BaseException] = []

        def work(hand: int) -> None:
            try:
                self._project_one(dealt[hand], sizes, states)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work, args=(hand,)) for hand in range(hands)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    def _project_one(self, records: Sequence[RawRecord], sizes: Sequence[int], states: int) -> None:
        projector = HubProjector(self.database, self.name, new_intake(), states=states)
        try:
            claims = projector.assign(_ids(records))
            turn = 0
            at = 0
            while at < len(records):
                size = sizes[turn % len(sizes)]
                turn += 1
                outcome = projector.project(projector.prepare(records[at : at + size]), claims)
                assert not outcome.lost
                at += size
        finally:
            projector.close()

    def project_deferred(self, records: Sequence[RawRecord], size: int) -> None:
        """Record everything first, then fold each file once."""
        records = _dealt(records, 1)[0]
        intake = new_intake()
        projector = HubProjector(self.database, self.name, intake, live=False, defer=True)
        claims = projector.assign(_ids(records))
        for at in range(0, len(records), size):
            projector.project(projector.prepare(records[at : at + size]), claims)
        projector.close()
        with self.connect() as conn:
            deferred.settle_members(conn)
            conn.execute(saving.STAGING)
            deferred.drain(conn, filing.Filing(intake.revive, 10), 3, lambda _: None)

    def digest(self) -> Digest:
        with self.connect() as conn:
            return digest(conn)

    def contents(self) -> Contents:
        with self.connect() as conn:
            return Contents(
                {
                    root: unpack(content)
                    for root, content in conn.execute(
                        "SELECT root, content FROM file WHERE content IS NOT NULL"
                    )
                },
                {(r, ref): body for r, ref, body in conn.execute("SELECT root, ref, body FROM description")},
                {
                    board.table: sorted(
                        r[0]
                        for r in conn.execute(
                            f"SELECT row_to_json(b)::text FROM (SELECT {', '.join(board.names)} FROM {board.table}) b"
                        )
                    )
                    for board in BOARDS
                },
            )


def expected(records: Iterable[RawRecord]) -> tuple[dict[str, bytes], dict[tuple[str, str], bytes]]:
    """What the records come to, said in one page: the bytes of files and descriptions."""
    intake = new_intake()
    merged: dict[tuple[UUID, bytes], Known] = {}
    broken: dict[tuple[UUID, bytes], Broken] = {}
    for record in records:
        taken = intake.take(record)
        if isinstance(taken, Aside):
            key = (taken.id, record.value or b"")
            broken[key] = Broken(taken.id, taken.reason, taken.type, record.topic, taken.source, taken.anchor)
            continue
        for arrival in taken:
            key = (arrival.event.event_id, arrival.event.digest)
            if key in merged:
                held = merged[key]
                one, two = held.event, arrival.event
                seq = min((one.source_epoch, one.source_seq), (two.source_epoch, two.source_seq))
                event = _restated(one, min(one.recorded_at, two.recorded_at), *seq)
                merged[key] = Known(event, held.topic, held.repair or arrival.repair)
            else:
                merged[key] = Known(arrival.event, arrival.topic, arrival.repair)
    found = whole(merged.values(), broken.values())
    files: dict[str, bytes] = {}
    descriptions: dict[tuple[str, str], bytes] = {}
    for root in found.members:
        state = found.file(root)
        assert state is not None
        document, described = dump(state)
        files[root] = document
        descriptions.update({(root, ref): body for ref, body in described.items()})
    return files, descriptions


def _restated(event: Any, recorded_at: Any, epoch: int, seq: int) -> Any:
    moment, department, _, event_id = event.sort_key
    envelope = event.body["envelope"] | {"recorded_at": recorded_at, "source_epoch": epoch, "source_seq": seq}
    return event._replace(
        recorded_at=recorded_at, source_epoch=epoch, source_seq=seq, body=event.body | {"envelope": envelope},
        sort_key=(moment, department, seq, event_id),
    )  # fmt: skip


def _dealt(records: Sequence[RawRecord], hands: int) -> list[list[RawRecord]]:
    """Records dealt to partitions, one a hand, with the offsets that they get there."""
    ends: defaultdict[TP, int] = defaultdict(int)
    dealt: list[list[RawRecord]] = [[] for _ in range(hands)]
    for n, record in enumerate(records):
        hand = n % hands
        tp = (record.topic, hand)
        dealt[hand].append(record._replace(partition=hand, offset=ends[tp]))
        ends[tp] += 1
    return dealt


def _ids(records: Iterable[RawRecord]) -> dict[TP, UUID]:
    return {(r.topic, r.partition): uuid5(NAMESPACE_URL, r.topic) for r in records}


def pretty(content: bytes | None) -> str:
    """A file's bytes for a failing test's message."""
    return (
        orjson.dumps(orjson.loads(content), option=orjson.OPT_INDENT_2).decode()
        if content
        else "no such file"
    )
