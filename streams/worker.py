"""One worker process: a member of the group that stores what it is given until it is told to stop.

SIGTERM or SIGINT ends the running batch, leaves the group and exits 0. An error of ours, or of the client,
exits 1 for the supervisor to start it again; a database that is away is waited for.
"""

import asyncio
import signal
from collections.abc import Callable, Mapping, Set
from typing import Any, cast

import uvloop
from prometheus_client import start_http_server

from ops.base.log import get_logger
from projections.store.ports import TP, Projector
from streams.app import HubApp, Membership, hub_app
from streams.batches import Limits
from streams.gather import Gatherer
from streams.topics import Topics
from streams.transport import FetchConsumer

log = get_logger(__name__)

Chore = Callable[[], Callable[[], object] | None]
"""Looks, in a thread of its own, whether there is something to do; what it returns is done in the database's thread."""
CHORES_EVERY = 20.0
"""Seconds between two chores."""

STOP_PATIENCE = 20.0
"""Seconds for leaving the group; then the process just ends, and the session does."""


def run_worker(
    membership: Membership,
    projector: Projector[Any],
    *,
    until_caught_up: bool = False,
    metrics_port: int | None = None,
    limits: Limits | None = None,
    chore: Chore | None = None,
) -> int:
    """Run to SIGTERM, SIGINT or an error; the exit code. Call from the main thread, once a process.

    `until_caught_up`: also end, with 0, when everything that the topics held at the start is stored, by
    this worker or another. `metrics_port`: serve /metrics on this port of the loopback (0: none free is
    chosen by the system). `chore`: asked at the start and every twenty seconds.
    """
    if metrics_port is not None:
        start_http_server(metrics_port, addr="127.0.0.1")
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    return asyncio.run(_serve(membership, projector, until_caught_up, limits or Limits(), chore))


async def _serve(
    membership: Membership,
    projector: Projector[Any],
    until_caught_up: bool,
    limits: Limits,
    chore: Chore | None,
) -> int:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    topics = Topics(membership.kafka)
    gatherer = Gatherer(projector, topics.ids, limits)
    app = hub_app(membership, gatherer)
    ends: list[asyncio.Task[Any]] = [
        asyncio.create_task(told.wait()),
        asyncio.create_task(gatherer.run()),
        asyncio.create_task(_crash_of(app)),
    ]
    if chore is not None:
        ends.append(asyncio.create_task(_do_chores(gatherer, chore)))
    if until_caught_up:
        ends.append(asyncio.create_task(_caught_up(app, gatherer, topics, frozenset(membership.topics))))
    starting = asyncio.create_task(app.start())
    log.info("worker.started", worker=str(membership.slot))
    done, _ = await asyncio.wait([*ends, starting], return_when=asyncio.FIRST_COMPLETED)
    if done == {starting} and starting.exception() is None:
        done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    failures = [error for task in done if (error := task.exception()) is not None]
    for error in failures:
        log.error("worker.failed", error=error, worker=str(membership.slot))
    await _stop(app, gatherer, [*ends, starting])
    log.info("worker.stopped", worker=str(membership.slot))
    return 1 if failures else 0


async def _crash_of(app: HubApp) -> None:
    """Ends when Faust or its client gives up, with the reason."""
    await app._crashed.wait()
    raise app.crash_reason or RuntimeError("the Faust application crashed")


async def _do_chores(gatherer: Gatherer[Any], chore: Chore) -> None:
    while True:
        work = await asyncio.to_thread(chore)
        if work is not None:
            await gatherer.beside(work)
        await asyncio.sleep(CHORES_EVERY)


async def _stop(app: HubApp, gatherer: Gatherer[Any], tasks: list[asyncio.Task[Any]]) -> None:
    """The batch that is in the database ends first; then the offsets are committed and the group is left."""
    await gatherer.revoke()
    try:
        async with asyncio.timeout(STOP_PATIENCE):
            await app.stop()
    except TimeoutError:
        log.warning("worker.stop_incomplete")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _caught_up(app: HubApp, gatherer: Gatherer[Any], topics: Topics, names: Set[str]) -> None:
    """Ends when all that the topics hold now is stored.

    Of our own partitions the reading position counts too: after the last record there may be transaction
    markers, which no watermark ever passes.
    """
    partitions = await asyncio.to_thread(topics.partitions, names)
    missing = {tp: end for tp, end in (await asyncio.to_thread(topics.ends, partitions)).items() if end > 0}
    while missing:
        await asyncio.sleep(0.1)
        if gatherer.progress:
            consumer = cast(FetchConsumer, app.consumer)
            read, all_stored = await consumer.reached()
            stored = dict(gatherer.progress)
            if all_stored:
                stored |= {tp: position for tp, position in read.items() if tp in stored}
            missing = _beyond(missing, stored)
        if others := missing.keys() - gatherer.progress.keys():
            missing = _beyond(missing, await gatherer.positions(others) or {})


def _beyond(wanted: Mapping[TP, int], reached: Mapping[TP, int]) -> dict[TP, int]:
    return {tp: end for tp, end in wanted.items() if reached.get(tp, 0) < end}
