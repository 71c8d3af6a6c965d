"""The Faust transport in which an event is a whole partition fetch, and PostgreSQL says where to resume.

Stock Faust hands on single messages; its work per message, not the client's, is what limits it. Here
`_getmany` returns one item per partition fetch and `_to_message` makes one message of it, at the last
record's offset.

Who may store what is decided by watermarks, in this order:

1. Partitions are assigned. Faust calls `perform_seek`; the hand-over claims them in PostgreSQL (which waits
for the former owner's commit and fences it), and only then are they sought to and fetched from. While the
database is away, an assigned partition is simply not fetched.
2. Fetches go to the agent and on to the gatherer, whose batches move the watermarks.
3. Partitions are revoked. Nothing more is fetched, what is not yet in the database is dropped, and the
running batch is waited for before the group may go on.

Kafka's committed offsets are written after the fact, as a courtesy to monitoring.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Set
from typing import Any, ClassVar, Protocol, cast

import faust.types
from faust.transport.consumer import RecordMap
from faust.transport.drivers import aiokafka as stock
from faust.types import ConsumerMessage, Message
from faust.types.transports import ConsumerT, TPorTopicSet

from ops.base.log import get_logger
from projections.store.ports import TP, Claim
from streams.client import FetchThread
from streams.fetches import Buffer, Fetch, size_of

log = get_logger(__name__)

BUFFER_LIMIT = 32 << 20
QUIET = 0.2
"""Seconds to wait for a fetch before looking around."""


class HandOver(Protocol):
    """Who claims partitions and stores what is fetched of them: the gatherer."""

    reclaim: Callable[[Set[TP]], object]
    """Called, in the event loop, with partitions that must be claimed anew."""

    async def assign(self, partitions: Set[TP]) -> Mapping[TP, Claim] | None:
        """Claim partitions, however long it takes; None if they were revoked meanwhile."""
        ...

    async def revoke(self) -> None:
        """Drop what is not in the database yet and wait for the batch that is."""
        ...


class _Forgetful(dict[faust.types.TP, int | None]):
    """Stands for Faust's memory of the last offset read, which drops what it takes for a repetition. After a
    partition is claimed anew, fetches start at an earlier offset and are no repetition."""

    def __missing__(self, tp: faust.types.TP) -> int | None:
        return None

    def __setitem__(self, tp: faust.types.TP, offset: int | None) -> None:
        """Forget it."""


class FetchConsumer(stock.Consumer):
    """Consumer whose events are fetches. Its methods run in the application's event loop."""

    _thread: FetchThread

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hand_over: HandOver = cast(Any, self.app).hand_over
        self._hand_over.reclaim = self._reclaim
        self._claimed: Mapping[TP, Claim] = {}
        self._reading = asyncio.Lock()
        self._handing_over = asyncio.Lock()
        self._claiming: asyncio.Task[None] | None = None
        self._committable: dict[faust.types.TP, int] = {}
        self._buffer = Buffer(BUFFER_LIMIT)
        self._read_offset = _Forgetful()

    def _new_consumer_thread(self) -> FetchThread:
        return FetchThread(self, loop=self.loop, beacon=self.beacon)

    # -- hand-over

    async def perform_seek(self) -> None:
        """Start claiming what is assigned. Does not wait: the database may be away and the group goes on."""
        async with self._handing_over:
            await self._stop_claiming()
            self._claiming = asyncio.create_task(self._claim())
            self._claiming.add_done_callback(self._check_claim)

    def _check_claim(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self.add_future(self.app.crash(error))

    async def _claim(self) -> None:
        assigned = {(tp.topic, tp.partition) for tp in self.assignment()}
        claims = await self._hand_over.assign(assigned) if assigned else None
        if claims is None:
            return
        # Not while a fetch is under way: it would take what is fetched from the new position, and drop it.
        async with self._reading:
            positions = {tp: claim.next_offset for tp, claim in claims.items()}
            if await self._thread.call_thread(self._thread.seek_to, positions):
                self._buffer = Buffer(BUFFER_LIMIT)
                self._claimed = claims
                log.info("partitions.claimed", count=len(claims))

    async def _stop_claiming(self) -> None:
        self._claimed = {}
        await self._hand_over.revoke()
        if self._claiming is not None:
            await asyncio.wait([self._claiming])
            self._claiming = None
            self._claimed = {}

    def _reclaim(self, lost: Set[TP]) -> None:
        self.add_future(self._claim_again(lost, self._claimed))

    async def _claim_again(self, lost: Set[TP], claimed: Mapping[TP, Claim]) -> None:
        """Another process took partitions that the group gives to us. Either we are the ones who don't know
        yet that the group gave them away, which our next heartbeat tells; or the other did so, and they are
        ours."""
        await self._thread.call_thread(self._thread.hold, lost)
        await self.sleep(1.5 * self.app.conf.broker_heartbeat_interval)
        if claimed is self._claimed and not self.should_stop:
            await self.perform_seek()

    async def on_partitions_revoked(self, revoked: set[faust.types.TP]) -> None:
        """Nothing of what was fetched is stored after this, and the batch that was running has ended."""
        self._claimed = {}
        await super().on_partitions_revoked(revoked)
        async with self._handing_over:
            await self._stop_claiming()

    # -- fetching

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[faust.types.TP, Message]]:  # noqa: ASYNC109
        """Stock's, without its seek when the flow stops: it would claim partitions that are being revoked."""
        records, _ = await self._wait_next_records(timeout)
        if records is None or self.should_stop:
            return
        for tp, fetches in records.items():
            for fetch in fetches:
                if self.flow_active:
                    yield tp, cast(Message, self._to_message(tp, fetch))

    async def _getmany(self, active_partitions: set[faust.types.TP] | None, timeout: float) -> RecordMap:  # noqa: ASYNC109
        claimed, buffer = self._claimed, self._buffer
        if not claimed:
            await asyncio.sleep(0.02)
            return {}
        if buffer.full and not await self._room(claimed, buffer):
            return {}
        async with self._reading:
            if claimed is not self._claimed:
                return {}
            found = await self._thread.call_thread(self._thread.fetch, claimed.keys(), min(timeout, QUIET))
        if claimed is not self._claimed:
            return {}
        fetches: dict[faust.types.TP, list[Fetch]] = {}
        for tp, records, start, after, end in found:
            fetch = Fetch(tp, records, start, after, end, claimed[tp].epoch, size_of(records), buffer)
            buffer.take(fetch.nbytes)
            fetches[faust.types.TP(*tp)] = [fetch]
        return fetches

    async def _room(self, claimed: Mapping[TP, Claim], buffer: Buffer) -> bool:
        """Pause the partitions until half of the buffer is stored; False if they were revoked meanwhile."""
        await self._thread.call_thread(self._thread.pause, claimed.keys())
        while claimed is self._claimed and not self.should_stop:
            if await buffer.wait_for_room(1.0):
                await self._thread.call_thread(self._thread.resume, claimed.keys())
                return True
        return False

    async def reached(self) -> tuple[dict[TP, int], bool]:
        """The reading position of each assigned partition, and whether all that was read is stored."""
        async with self._reading:
            return await self._thread.call_thread(self._thread.positions), self._buffer.used == 0

    def _to_message(self, tp: faust.types.TP, record: Any) -> ConsumerMessage:
        fetch: Fetch = record
        last = fetch.records[-1]
        return ConsumerMessage(
            tp.topic,
            tp.partition,
            last.offset,
            last.timestamp / 1000.0,
            last.timestamp_type,
            None,
            None,
            cast(Any, fetch),
            None,
            None,
            None,
            tp,
            generation_id=self.app.consumer_generation_id,
        )

    # -- acknowledging, after COMMIT only

    def ack(self, message: Message) -> bool:
        """Remember the offset for the next courtesy commit; a partition's come in order."""
        if message.acked:
            return False
        message.acked = True
        self._unacked_messages.discard(message)
        self._committable[message.tp] = message.offset + 1
        return True

    async def force_commit(
        self, topics: TPorTopicSet | None = None, start_new_transaction: bool = True
    ) -> bool:
        """Commit what was acknowledged since the last time."""
        offsets, self._committable = self._committable, {}
        committed = bool(offsets) and await self._commit(offsets)
        if not committed:
            self._committable = offsets | self._committable
        return committed

    async def _add_gap(self, tp: faust.types.TP, offset_from: int, offset_to: int) -> None:
        """Offsets between two fetches are no gap here, and nobody would ever take them off the list again."""

    def verify_event_path(self, now: float, tp: faust.types.TP) -> None:
        """Stock's guess at stalled streams takes a database that is away for a fault of the stream."""


class FetchTransport(stock.Transport):
    """Faust's aiokafka transport with our consumer."""

    Consumer: ClassVar[type[ConsumerT]] = FetchConsumer
