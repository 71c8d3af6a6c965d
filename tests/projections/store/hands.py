"""Workers that a test starts and stops by hand, and events in short words for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from projections.store.batch import HubProjector
from projections.store.ports import TP, Outcome, RawRecord
from tests.projections.store.ground import Ground
from tests.projections.store.worlds import encoded, new_intake

Json = dict[str, Any]
TOPIC = "police.events"
TOPIC_ID = uuid5(NAMESPACE_URL, TOPIC)


def an(text: str) -> Json:
    kind, _, value = text.partition(":")
    return {"kind": kind, "value": value}


def event(kind: str, anchor: str, n: int, /, *, claims: Sequence[str] = (), **more: Any) -> Json:
    """An event in plain form. `more`: fields of the body, and of the envelope those that it has."""
    day = f"2025-03-{n % 28 + 1:02}"
    envelope = {
        "event_id": str(UUID(int=n << 64)), "source": f"{kind.partition('.')[0]}.tests/1", "source_seq": n,
        "source_record": f"row-{n}", "occurred_at": f"{day}T10:00:00+05:30", "recorded_at": f"{day}T12:00:00+05:30",
        "anchor": an(anchor), "claims": [an(claim) for claim in claims],
    }  # fmt: skip
    envelope |= {
        key: more.pop(key) for key in ("event_id", "source", "source_record", "supersedes") if key in more
    }
    return {"type": kind, "envelope": envelope, **more}


def id_of(n: int) -> str:
    return str(UUID(int=n << 64))


def record(plain: Json) -> RawRecord:
    return encoded(plain, 1_740_000_000_000)


class Hand:
    """One worker, with one partition of its own."""

    def __init__(self, ground: Ground, partition: int) -> None:
        self._projector = HubProjector(ground.database, ground.name, new_intake())
        self._partition: TP = (TOPIC, partition)
        self.claims = self._projector.assign({self._partition: TOPIC_ID})
        self._offset = self.claims[self._partition].next_offset
        self._failure: list[BaseException] = []
        self._thread: threading.Thread | None = None
        self.outcome: Outcome | None = None

    def project(self, *records: RawRecord) -> None:
        batch = []
        for offset, one in enumerate(records, self._offset):
            batch.append(one._replace(partition=self._partition[1], offset=offset))
        self._offset += len(records)
        prepared = self._projector.prepare(batch)
        # The partition is the hand's, whatever the topic says: what is dealt here are batches.
        for taken in prepared.taken:
            taken.tp = self._partition
        self.outcome = self._projector.project(prepared, self.claims)

    def start(self, *records: RawRecord) -> None:
        def work() -> None:
            try:
                self.project(*records)
            except BaseException as error:
                self._failure.append(error)

        self._thread = threading.Thread(target=work)
        self._thread.start()

    def end(self) -> None:
        if self._thread is not None:
            self._thread.join(30)
            assert not self._thread.is_alive()
        self._projector.close()
        if self._failure:
            raise self._failure[0]


@contextmanager
def gate(ground: Ground, *roots: str) -> Iterator[None]:
    """Holds the rows of these files; who folds them waits."""
    with ground.connect() as conn, conn.transaction():
        conn.execute("SELECT FROM file WHERE root = ANY(%s) ORDER BY root FOR UPDATE", (list(roots),))
        yield


def waiting(ground: Ground) -> int:
    """How many connections to this database wait for a lock."""
    with ground.connect() as conn:
        rows = conn.execute(
            "SELECT count(DISTINCT pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock'"
        )
        return int(rows.fetchall()[0][0])
