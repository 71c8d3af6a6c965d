"""The Kafka client of a worker: aiokafka in Faust's consumer thread, with the choices that Faust does not
offer.

It heartbeats the group from a thread and event loop of its own, so a worker stays a member however long the
database is away. Positions are only ever set by `seek`: there is no automatic reset, so a position that the
log no longer has stops its partition instead of jumping silently.
"""

import asyncio
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import aiokafka
import faust.types
from aiokafka import TopicPartition
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.errors import (
    ConsumerStoppedError,
    IllegalStateError,
    KafkaError,
    NoOffsetForPartitionError,
    OffsetOutOfRangeError,
)
from aiokafka.protocol.group import LeaveGroupRequest
from aiokafka.structs import OffsetAndMetadata
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, credentials_to_aiokafka_auth, server_list

from ops.base.log import get_logger
from ops.base.metrics import PARTITIONS_STOPPED
from projections.store.ports import TP
from streams.fetches import Record

log = get_logger(__name__)

MAX_PARTITION_FETCH = 1 << 20
MAX_FETCH = 4 << 20
MAX_RECORDS = 10_000
"""Taken at once: a compressed fetch may unfold to many times its size, all of it before anyone can pause,
and heartbeats wait meanwhile."""
FETCH_WAIT_MS = 25
FETCH_MIN_BYTES = 64 << 10
"""A request is answered when so many bytes are there, or after FETCH_WAIT_MS. Answered for each record as it came, a
worker that keeps up spent half of a core on writing requests for all its partitions: 40 a second are enough."""
LOST_SESSIONS = 6
"""Sessions without a coordinator of the group after which the process is to end."""
COMMIT_PATIENCE = 5.0
"""Seconds that a courtesy commit may take before it is given up until the next one."""


class Fetched(NamedTuple):
    """What one fetch brought for one partition; see `streams.fetches.Fetch`."""

    tp: TP
    records: Sequence[Record]
    start: int
    next: int
    end: int


class CoordinatorLostError(Exception):
    """The client knows no coordinator of the group for too long. A new process is a new client."""


class FetchThread(AIOKafkaConsumerThread):
    """Owns the aiokafka consumer. Its coroutines run in the consumer thread's loop, through `call_thread`."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._held: set[TP] = set()
        self._position: dict[TP, int] = {}
        self._coordinated = 0.0

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        conf = self.app.conf
        return aiokafka.AIOKafkaConsumer(
            bootstrap_servers=server_list(transport.url, transport.default_port),
            **credentials_to_aiokafka_auth(conf.broker_credentials),
            client_id=conf.broker_client_id,
            group_id=conf.id,
            group_instance_id=conf.consumer_group_instance_id,
            partition_assignment_strategy=[RoundRobinPartitionAssignor],
            enable_auto_commit=False,
            auto_offset_reset="none",
            isolation_level="read_committed",
            fetch_max_bytes=MAX_FETCH,
            max_partition_fetch_bytes=MAX_PARTITION_FETCH,
            # A partition whose records were just taken joins the next request to its node; while a request
            # waits for quiet partitions, the busy one waits for it. So requests don't wait long.
            fetch_max_wait_ms=FETCH_WAIT_MS,
            fetch_min_bytes=FETCH_MIN_BYTES,
            # The client logs a line for each try: ten a second while the broker is away are too many.
            retry_backoff_ms=300,
            request_timeout_ms=int(conf.broker_request_timeout * 1000),
            session_timeout_ms=int(conf.broker_session_timeout * 1000),
            heartbeat_interval_ms=int(conf.broker_heartbeat_interval * 1000),
            rebalance_timeout_ms=int(conf.broker_rebalance_timeout * 1000),
            # Not fetching means that the buffer is full, i.e. the database is slow or away: no reason to
            # leave the group, since whoever got the partitions would have the same database.
            max_poll_interval_ms=10**12,
            metadata_max_age_ms=conf.consumer_metadata_max_age_ms,
        )

    async def fetch(self, partitions: Collection[TP], seconds: float) -> list[Fetched]:
        """What the client has fetched for these partitions; waits at most so long.

        A partition whose position is not in the log is held, with an alarm, until it is claimed again. Raises
        CoordinatorLostError.
        """
        if not self.consumer.flow_active:
            return []
        consumer = self._ensure_consumer()
        self._watch_coordinator(consumer)
        fetcher = consumer._fetcher
        if consumer._closed or fetcher._closed:
            raise ConsumerStoppedError
        try:
            found = await fetcher.fetched_records(partitions, timeout=seconds, max_records=MAX_RECORDS)
        except OffsetOutOfRangeError as error:
            for tp, offset in error.args[0].items():
                log.error("partition.out_of_range", topic=tp.topic, partition=tp.partition, offset=offset)
            await self.hold(error.args[0])
            return []
        except NoOffsetForPartitionError:
            # Assigned anew while we waited: the group has no offset for it, and it is not sought yet.
            return []
        assignment = consumer._subscription.subscription.assignment
        if assignment is None:
            return []
        fetched = []
        for tp, records in found.items():
            state, start = assignment.state_value(tp), self._position.get(tp, -1)
            self._position[tp] = state.position
            fetched.append(Fetched((tp.topic, tp.partition), records, start, state.position, state.highwater))
        return fetched

    def _watch_coordinator(self, consumer: aiokafka.AIOKafkaConsumer) -> None:
        """After a broker was killed and came back, the client (0.14) at times waits for its metadata for ever.

        It neither heartbeats nor rejoins then, but goes on fetching: it would take partitions back and back from
        those to whom the group gave them.
        """
        now = time.monotonic()
        if consumer._coordinator.coordinator_id is not None:
            self._coordinated = now
        elif now - self._coordinated > LOST_SESSIONS * self.app.conf.broker_session_timeout:
            raise CoordinatorLostError("no coordinator of the group is known: this worker ends")

    async def seek_to(self, positions: Mapping[TP, int]) -> bool:
        """Read these partitions from these positions; False if one of them is no longer assigned."""
        consumer = self._ensure_consumer()
        self._held.clear()
        PARTITIONS_STOPPED.set(0)
        self._position = dict(positions)
        self._coordinated = time.monotonic()
        try:
            for (topic, partition), offset in positions.items():
                consumer.seek(TopicPartition(topic, partition), offset)
                consumer.resume(TopicPartition(topic, partition))
        except IllegalStateError:
            return False
        return True

    async def hold(self, partitions: Iterable[TP]) -> None:
        """Don't read these until they are sought again."""
        self._held.update(partitions)
        PARTITIONS_STOPPED.set(len(self._held))
        await self.pause(self._held)

    async def pause(self, partitions: Iterable[TP]) -> None:
        """Fetch nothing more of these; what is fetched already stays."""
        consumer, wanted = self._ensure_consumer(), set(partitions)
        consumer.pause(*(tp for tp in consumer.assignment() if tp in wanted))

    async def resume(self, partitions: Iterable[TP]) -> None:
        """Fetch these again, except those that are held."""
        consumer, wanted = self._ensure_consumer(), set(partitions) - self._held
        consumer.resume(*(tp for tp in consumer.assignment() if tp in wanted))

    async def positions(self) -> dict[TP, int]:
        """Where the next fetch of each partition begins: beyond transaction markers, which are no records."""
        assignment = self._ensure_consumer()._subscription.subscription.assignment
        states = {tp: assignment.state_value(tp) for tp in assignment.tps}
        return {
            (tp.topic, tp.partition): state.position
            for tp, state in states.items()
            if state.has_valid_position
        }

    async def _commit(self, offsets: Mapping[faust.types.TP, int]) -> bool:
        """Tell the broker how far we are, for those who watch the group there. Nothing depends on it."""
        consumer = self._ensure_consumer()
        mine = consumer.assignment()
        found = {TopicPartition(*tp): OffsetAndMetadata(offset, "") for tp, offset in offsets.items()}
        try:
            async with asyncio.timeout(COMMIT_PATIENCE):
                await consumer.commit({tp: meta for tp, meta in found.items() if tp in mine})
        except (KafkaError, IllegalStateError, TimeoutError) as error:
            log.warning("courtesy_commit.failed", error=error)
            return False
        return True

    async def on_thread_stop(self) -> None:
        """Leave the group before closing: aiokafka lets a member with an instance id linger until its session
        ends."""
        coordinator = None if self._consumer is None else self._consumer._coordinator
        if coordinator is not None and coordinator.generation > 0 and coordinator.coordinator_id is not None:
            try:
                async with asyncio.timeout(COMMIT_PATIENCE):
                    await coordinator._send_req(
                        LeaveGroupRequest(coordinator.group_id, coordinator.member_id)
                    )
            except (KafkaError, TimeoutError) as error:
                log.warning("group.leave_failed", error=error)
        await super().on_thread_stop()
