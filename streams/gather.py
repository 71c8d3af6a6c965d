"""Gathers the fetches of all partitions into batches and hands them, one at a time, to the projector.

A commit costs the same whatever it holds, so one transaction per partition fetch falls behind where
gathering keeps up. A batch is cut when it is full, or when its first record has waited `linger` and the
database is free. While the database is busy the batch grows instead: so under load batches are large by
themselves, and at rest they are prompt.

There is one batch of look-ahead: while the database works on one batch, the next is gathered and, once it
is worth it, decoded. Decoding and the database each have their own thread, so that the event loop always
answers.

While the database is away, the running batch is tried again with back-off and nothing else moves: the
buffer fills up, the partitions pause, memory stays flat and the worker keeps its place in the group.
"""

import asyncio
from collections.abc import Callable, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar
from uuid import UUID

from confluent_kafka import KafkaException

from ops.base.log import get_logger
from ops.base.metrics import BATCH_RETRIES, BATCH_SECONDS, LAG, PARTITIONS_LOST
from projections.store.ports import ENVIRONMENT_ERRORS, TP, Claim, Outcome, P, Projector
from streams.batches import Batch, FetchQueue, Limits, Waiting
from streams.fetches import Fetch

log = get_logger(__name__)
T = TypeVar("T")

TRY_AGAIN: tuple[type[Exception], ...] = (*ENVIRONMENT_ERRORS, KafkaException)


class Gatherer(Generic[P]):
    """The hand-over between transport and projector. Lives in the application's event loop.

    `topic_ids` asks the broker for the ids of topics (blocking). `reclaim` is called, in the loop, when
    partitions turn out to be another's while the group still says that they are ours.
    """

    def __init__(
        self,
        projector: Projector[P],
        topic_ids: Callable[[Set[str]], Mapping[str, UUID]],
        limits: Limits,
    ) -> None:
        self._projector = projector
        self._topic_ids = topic_ids
        self._limits = limits
        self._decoder = ThreadPoolExecutor(1, "decode")
        self._database = ThreadPoolExecutor(1, "database")
        self._queue = FetchQueue()
        self._wake = asyncio.Event()
        self._revoked = asyncio.Event()
        self._tenure = 0
        self._claims: dict[TP, Claim] = {}
        self._expected: dict[TP, int] = {}
        self._running: asyncio.Task[None] | None = None
        self.progress: dict[TP, int] = {}
        self.reclaim: Callable[[Set[TP]], object] = lambda lost: None

    # -- what the transport calls

    async def assign(self, partitions: Set[TP]) -> Mapping[TP, Claim] | None:
        """Claim partitions, however long it takes; None if they were revoked meanwhile."""
        tenure = self._tenure

        def claim() -> dict[TP, Claim]:
            ids = self._topic_ids({topic for topic, _ in partitions})
            return self._projector.assign({tp: ids[tp[0]] for tp in sorted(partitions)})

        claims = await self._patiently(claim, tenure)
        if claims is None or tenure != self._tenure:
            return None
        self._claims = dict(claims)
        self.progress = {tp: claim.next_offset for tp, claim in claims.items()}
        self._expected = dict(self.progress)
        return claims

    async def revoke(self) -> None:
        """Drop what is not in the database yet, and wait for the batch that is."""
        self._tenure += 1
        self._claims, self.progress, self._expected = {}, {}, {}
        self._queue.drop(lambda fetch: True)
        self._revoked.set()
        self._revoked = asyncio.Event()
        if self._running is not None:
            await asyncio.wait([self._running])

    def put(self, fetch: Fetch, acknowledge: Callable[[], object]) -> None:
        """Take a fetch; `acknowledge` is called when its last record is stored.

        A fetch that does not follow on the one before is not stored: records between them were dropped on
        the way, and the watermark would jump over them. The partition is claimed anew, from its watermark.
        """
        claim = self._claims.get(fetch.tp)
        if claim is None or claim.epoch != fetch.epoch:
            fetch.buffer.give_back(fetch.nbytes)
            return
        self._queue.append(Waiting(fetch, acknowledge, asyncio.get_running_loop().time()))
        if fetch.start != self._expected[fetch.tp]:
            log.error("partition.gap", topic=fetch.tp[0], partition=fetch.tp[1], offset=fetch.start)
            self._lose({fetch.tp})
            return
        self._expected[fetch.tp] = fetch.next
        self._wake.set()

    async def positions(self, partitions: Set[TP]) -> dict[TP, int] | None:
        """Watermarks of partitions, whoever owns them; None if ours were revoked before an answer came."""

        def read() -> dict[TP, int]:
            ids = self._topic_ids({topic for topic, _ in partitions})
            return self._projector.positions({tp: ids[tp[0]] for tp in partitions})

        return await self._patiently(read, self._tenure)

    async def beside(self, work: Callable[[], object]) -> None:
        """Do something in the database's thread, between two batches."""
        await self._patiently(work, self._tenure)

    # -- the loop

    async def run(self) -> None:
        """Gather, decode and store until cancelled. Raises what the projector raises, except environment
        errors."""
        loop = asyncio.get_running_loop()
        while True:
            batch = await self._cut()
            prepared = await loop.run_in_executor(self._decoder, self._prepare, batch)
            await self._database_free()
            if batch.tenure == self._tenure:
                self._running = asyncio.create_task(self._store(batch, prepared))
                self._running.add_done_callback(lambda _: self._wake.set())
            else:
                self._release(batch)

    def _prepare(self, batch: Batch) -> P:
        return self._projector.prepare(list(batch.records()))

    async def _cut(self) -> Batch:
        loop, limits = asyncio.get_running_loop(), self._limits
        while True:
            if self._running is not None and self._running.done():
                await self._database_free()
            patience = None
            if self._queue:
                if self._queue.records >= limits.records or self._queue.nbytes >= limits.nbytes:
                    return self._take()
                patience = self._queue.since + limits.linger - loop.time()
                if patience <= 0:
                    if self._running is None or self._queue.records >= limits.lookahead:
                        return self._take()
                    patience = None
            self._wake.clear()
            try:
                async with asyncio.timeout(patience):
                    await self._wake.wait()
            except TimeoutError:
                pass

    def _take(self) -> Batch:
        BATCH_SECONDS.labels("gather").observe(asyncio.get_running_loop().time() - self._queue.since)
        return self._queue.cut(self._limits, self._tenure)

    async def _database_free(self) -> None:
        if self._running is not None:
            await asyncio.wait([self._running])
            running, self._running = self._running, None
            running.result()

    async def _store(self, batch: Batch, prepared: P) -> None:
        claims = {
            fetch.tp: self._claims[fetch.tp] for fetch, _, _ in batch.pieces if fetch.tp in self._claims
        }
        try:
            outcome = await self._patiently(lambda: self._projector.project(prepared, claims), batch.tenure)
            if outcome is not None:
                self._stored(batch, outcome)
        finally:
            self._release(batch)

    def _stored(self, batch: Batch, outcome: Outcome) -> None:
        for waiting in batch.finished:
            if waiting.fetch.tp in outcome.next_offsets:
                waiting.acknowledge()
        if batch.tenure != self._tenure:
            return
        self.progress |= {tp: at for tp, at in outcome.next_offsets.items() if tp in self._claims}
        lag: dict[str, int] = {}
        for fetch, _, _ in batch.pieces:
            if (reached := outcome.next_offsets.get(fetch.tp)) is not None:
                lag[fetch.tp[0]] = lag.get(fetch.tp[0], 0) + max(0, fetch.end - reached)
        for topic, records in lag.items():
            LAG.labels(topic).set(records)
        self._lose(outcome.lost)

    def _lose(self, lost: Set[TP]) -> None:
        """Not ours to store, whatever the group says: store nothing more of these until they are claimed anew."""
        lost = lost & self._claims.keys()
        if not lost:
            return
        PARTITIONS_LOST.inc(len(lost))
        for topic, partition in sorted(lost):
            log.warning("partition.lost", topic=topic, partition=partition)
            for known in (self._claims, self.progress, self._expected):
                known.pop((topic, partition), None)
        self._queue.drop(lambda fetch: fetch.tp in lost)
        self.reclaim(lost)

    @staticmethod
    def _release(batch: Batch) -> None:
        for waiting in batch.finished:
            waiting.fetch.buffer.give_back(waiting.fetch.nbytes)

    async def _patiently(self, work: Callable[[], T], tenure: int) -> T | None:
        """Do work in the database's thread, again and again while the environment fails; None if revoked
        meanwhile."""
        loop = asyncio.get_running_loop()
        pause = self._limits.first_retry
        while tenure == self._tenure:
            try:
                return await loop.run_in_executor(self._database, work)
            except TRY_AGAIN as error:
                BATCH_RETRIES.inc()
                log.warning("batch.retried", error=error, seconds=pause)
            try:
                async with asyncio.timeout(pause):
                    await self._revoked.wait()
            except TimeoutError:
                pause = min(2 * pause, self._limits.longest_retry)
        return None
