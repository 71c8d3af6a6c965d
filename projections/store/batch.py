"""One batch, one transaction: the hub's projector.

```
prepare: decode (processor only)
project: lock watermark rows -> record: ledger, links, roots -> refold: files, boards -> move watermarks -> COMMIT
```

`record` and `refold` are two steps. Live work takes both in one transaction. Back-fill and rebuild record first, with a
durable set of dirty files, and fold each file once (`projections.store.deferred`). Whatever goes wrong, the batch is
as if it had never been, and may be given again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from psycopg import Cursor
from psycopg.errors import DeadlockDetected, UniqueViolation

from ops.base import metrics
from projections.completeness import noting
from projections.completeness.settling import Settled, settle
from projections.linking.claims import ACTS_ONLY
from projections.reasons import HubReason
from projections.store import (
    aside,
    deferred,
    generation,
    identity,
    ledger,
    outbox,
    retaking,
    saving,
    watermarks,
)
from projections.store.aside import Aside
from projections.store.entries import Arrival
from projections.store.filing import Filing, Work
from projections.store.intake import Intake
from projections.store.ledger import Change
from projections.store.ports import TP, Claim, Outcome, RawRecord
from projections.store.retaking import Due, Retaken

Cur = Cursor[Any]
Connection = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")

#: Another worker in the way: deadlocks, and two that first meet at a unique index. The loser tries again.
_IN_THE_WAY = (DeadlockDetected, UniqueViolation)
_TRIES = 20


@dataclass(slots=True)
class Taken:
    """What one record came to: events (two for an approved repair), or a reason why not."""

    tp: TP
    offset: int
    appended_at: datetime
    arrivals: tuple[Arrival, ...] = ()
    aside: Aside | None = None


@dataclass(slots=True)
class Prepared:
    """A decoded batch."""

    taken: list[Taken] = field(default_factory=list)


class HubProjector:
    """Stores batches in one generation. Its database methods are called from one thread, `prepare` from another."""

    def __init__(
        self,
        database: str,
        name: str,
        intake: Intake,
        *,
        live: bool = True,
        defer: bool = False,
        receipts: bool = True,
        states: int = 600,
    ) -> None:
        """`live`: refuse to go on when another generation became the active one, and leave to be told what changed.
        `defer`: record only, and note the files as dirty. `receipts`: leave it to be told of each event what became
        of it. `states`: how many folded files are kept in memory."""
        self._database = database
        self._generation = name
        self._intake = intake
        self._live = live
        self._defer = defer
        self._receipts = receipts
        self._filing = Filing(intake.revive, states)
        self._conn: Connection | None = None
        self._stored: list[tuple[Change, list[Aside]]] = []

    # -- the seam with the streams -------------------------------------------------------------------------------

    def assign(self, partitions: Mapping[TP, UUID]) -> dict[TP, Claim]:
        """See projections.store.ports.Projector."""
        return watermarks.assign(self._connection(), partitions)

    def positions(self, partitions: Mapping[TP, UUID]) -> dict[TP, int]:
        """See projections.store.ports.Projector."""
        conn = self._connection()
        with conn.transaction():
            return watermarks.read(conn, partitions)

    def prepare(self, records: Sequence[RawRecord]) -> Prepared:
        """See projections.store.ports.Projector."""
        started = time.perf_counter()
        taken = []
        for raw in records:
            got = self._intake.take(raw)
            at = (raw.topic, raw.partition), raw.offset, datetime.fromtimestamp(raw.timestamp_ms / 1000, UTC)
            taken.append(Taken(*at, aside=got) if isinstance(got, Aside) else Taken(*at, got))
        metrics.BATCH_SECONDS.labels(phase="decode").observe(time.perf_counter() - started)
        return Prepared(taken)

    def project(self, prepared: Prepared, claims: Mapping[TP, Claim]) -> Outcome:
        """See projections.store.ports.Projector. Raises GenerationMismatch when another generation is active."""
        return self._persistent(lambda tolerant: self._project(prepared, claims, tolerant))

    def retake(self, due: Due) -> int:
        """Read again what was set aside, and take in what can be read now; how many records came to something else.

        Raises GenerationMismatch as `project` does.
        """
        count, after, done = 0, (UUID(int=0), b""), False
        while not done:
            found = self._persistent(partial(self._retake, due, after))
            count, after, done = count + found.read, found.after, found.done
        return count

    def _persistent(self, work: Callable[[bool], T]) -> T:
        """Do one transaction's work again while another worker is in the way; told at last to be tolerant of data
        that the database refuses."""
        tolerant = False
        for attempt in range(_TRIES):
            try:
                return work(tolerant)
            except _IN_THE_WAY:
                self._filing.rollback()
                if attempt == _TRIES - 1:
                    raise
                # Two that met once meet again unless they part by chance.
                time.sleep(random.uniform(0, 0.01 * 2 ** min(attempt, 5)))  # noqa: S311
            except psycopg.DataError:
                self._filing.rollback()
                if tolerant:
                    raise
                tolerant = True
            except BaseException:
                self._filing.rollback()
                raise
        raise AssertionError("unreachable")

    def settle_numbers(self) -> Settled | None:
        """Add up which numbers of each source came; None while another worker does."""
        return settle(self._connection())

    def meet(self, schema_id: int, text: str) -> None:
        """Get to know a writer's schema before a record of it is read."""
        self._intake.meet(schema_id, text)

    def close(self) -> None:
        """Give the connection back."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None

    # -- one transaction -----------------------------------------------------------------------------------------

    def _project(self, prepared: Prepared, claims: Mapping[TP, Claim], tolerant: bool) -> Outcome:
        started = time.perf_counter()
        conn = self._connection()
        self._stored.clear()
        asked = {t.tp for t in prepared.taken}
        mine = {tp: claims[tp] for tp in asked if tp in claims}
        with conn.transaction(), conn.cursor() as cur:
            held = watermarks.lock(conn, mine) if mine else {}
            if self._live:
                self._refuse_other_generation(cur)
            taken = [t for t in prepared.taken if t.tp in held and t.offset >= held[t.tp]]
            if tolerant:
                self._store_halving(conn, cur, taken)
            else:
                self._store(cur, taken)
            ends = dict(held)
            appended: dict[TP, datetime] = {}
            for t in taken:
                ends[t.tp] = max(ends[t.tp], t.offset + 1)
                appended[t.tp] = t.appended_at
            if ends:
                watermarks.move(conn, mine, ends, appended)
        self._filing.commit()
        self._intake.committed()
        self._count(taken, time.perf_counter() - started)
        return Outcome(ends, frozenset(asked - held.keys()), len(taken))

    def _retake(self, due: Due, after: tuple[UUID, bytes], tolerant: bool) -> Retaken:
        conn = self._connection()
        self._stored.clear()
        with conn.transaction(), conn.cursor() as cur:
            if self._live:
                self._refuse_other_generation(cur)
            found = retaking.take_out(cur, self._intake, due, after)
            if found.changed:
                now = datetime.now(UTC)
                taken = [Taken(("", 0), 0, now, (arrival,)) for arrival in found.arrivals]
                taken += [Taken(("", 0), 0, now, aside=one) for one in found.asides]
                if tolerant:
                    self._store_halving(conn, cur, taken, found.anchors)
                else:
                    self._store(cur, taken, found.anchors)
                retaking.recount(cur, found)
        self._filing.commit()
        self._intake.committed()
        return found

    def _count(self, taken: Sequence[Taken], seconds: float) -> None:
        """Metrics of a committed batch."""
        metrics.BATCH_SECONDS.labels(phase="transaction").observe(seconds)
        metrics.BATCH_EVENTS.observe(len(taken))
        for change, asides in self._stored:
            for topic, count in change.accepted.items():
                metrics.EVENTS.labels(department=_department(topic)).inc(count)
            for topic, count in change.duplicates.items():
                metrics.DUPLICATES.labels(department=_department(topic)).inc(count)
            for refused in asides:
                metrics.SET_ASIDE.labels(reason=refused.reason).inc()
        if self._live:
            now = time.time()
            visible = {
                topic: metrics.VISIBLE_SECONDS.labels(department=_department(topic))
                for topic in {t.tp[0] for t in taken}
            }
            for t in taken:
                visible[t.tp[0]].observe(max(0.0, now - t.appended_at.timestamp()))

    def _store(self, cur: Cur, taken: Sequence[Taken], freed: Collection[str] = ()) -> None:
        """`freed`: anchors of which a record is set aside no more."""
        asides = [t.aside for t in taken if t.aside is not None]
        arrivals = [a for t in taken for a in t.arrivals]
        self._intake.keep_schemas(cur)
        noting.note(cur, arrivals, asides)
        change = ledger.record(cur, arrivals, self._intake.revive)
        anchors = change.restated | aside.record(cur, asides) | set(freed)
        reach = identity.relink(cur, change, anchors, self._intake.revive)
        work = Work(
            afresh=set(reach.restructured), regiven=reach.regiven, made=reach.made, risen=reach.risen,
            gained=reach.gained, lost=reach.lost,
        )  # fmt: skip
        anchors |= ledger.sent_under_another_id(cur, arrivals) & reach.roots_of.keys()
        for anchor in anchors | {e.anchor for e in change.removed if e.type not in ACTS_ONLY}:
            work.afresh.update(reach.roots_of[anchor])
        for event in change.added:
            if event.type not in ACTS_ONLY:
                for root in reach.roots_of[event.anchor]:
                    work.fresh.setdefault(root, []).append(event)
        if self._defer:
            deferred.mark(cur, work.roots)
        else:
            self._filing.refold(cur, work)
        if self._live:
            told = {a.event.event_id for a in arrivals} if self._receipts else ()
            refused = {one.id for one in asides} if self._receipts else ()
            outbox.leave(cur, work.roots, told, refused)
        self._stored.append((change, asides))

    def _store_halving(
        self, conn: Connection, cur: Cur, taken: Sequence[Taken], freed: Collection[str] = ()
    ) -> None:
        """Find what the database cannot keep by halving under savepoints; the culprit alone is set aside."""
        if not taken:
            return
        try:
            with conn.transaction():
                self._store(cur, taken, freed)
        except psycopg.DataError as error:
            self._filing.rollback()
            if len(taken) == 1:
                self._store(cur, [self._culprit(taken[0], error)], freed)
                return
            middle = len(taken) // 2
            self._store_halving(conn, cur, taken[:middle], freed)
            self._store_halving(conn, cur, taken[middle:], freed)

    def _culprit(self, taken: Taken, error: psycopg.DataError) -> Taken:
        if not taken.arrivals:
            # What is set aside is kept as bytes; if even that cannot be kept, the fault is ours, not the record's.
            raise error
        refused = self._intake.refused(
            taken.arrivals[0], HubReason.DATABASE_REFUSED, f"SQLSTATE {error.sqlstate}"
        )
        return replace(taken, arrivals=(), aside=refused)

    @staticmethod
    def _refuse_other_generation(cur: Cur) -> None:
        row = cur.execute("SELECT name FROM sangam.generation WHERE active FOR SHARE").fetchone()
        current = cur.execute("SELECT current_schema()").fetchone()
        if row is None or current is None or row[0] != current[0]:
            raise generation.GenerationMismatch("another generation became the active one: this worker ends")

    def _connection(self) -> Connection:
        if self._conn is None or self._conn.closed or self._conn.broken:
            if self._conn is not None:
                self._conn.close()
            self._conn = generation.connect(self._database, self._generation)
            with self._conn.transaction():
                self._conn.execute(ledger.STAGING)
                self._conn.execute(saving.STAGING)
        return self._conn


def _department(topic: str) -> str:
    return topic.partition(".")[0]
