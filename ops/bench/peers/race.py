"""Runs one peer after the other on a sample of the log, and says how fast each made files visible."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from ops.bench.figures import rate_between
from ops.bench.ground import ROOT, Connection, Ground, own_database, said
from ops.bench.peers.environment import peers_python
from ops.bench.peers.folding import CANNOT
from ops.bench.processes import used
from ops.bench.watching import follow, visible
from projections.store import generation
from schemas.topics import IDENTITY, REPAIRS, SOURCE_TOPICS
from streams.topics import Topics

_PATIENCE = 90.0
_LOOK = 0.05
_HELD = (
    "our batch function does the hub's whole work; what is lost is the hand-over: no watermark epoch fences a former "
    "owner at a rebalance here"
)


@dataclass(frozen=True, slots=True)
class Peer:
    """One way of doing it: the module that runs it, its mode, and what it does in words."""

    key: str
    module: str
    mode: str
    how: str
    cannot: tuple[str, ...]


PEERS = (
    Peer(
        "stock_faust_eps", "faust_peer", "take",
        "agent, Table (memory, changelog), take_events(1000, within=0.1), one transaction of upserts a batch", CANNOT,
    ),
    Peer(
        "stock_faust_each_eps", "faust_peer", "each",
        "agent, Table (memory, changelog), one awaited upsert an event", CANNOT,
    ),
    Peer(
        "stock_faust_batch_eps", "faust_peer", "batch",
        "agent, take_events(4000, within=0.1), HubProjector.project in an executor", (_HELD,),
    ),
    Peer(
        "quixstreams_eps", "quix_peer", "documented",
        "StreamingDataFrame.apply(stateful=True) (RocksDB, changelog), PostgreSQLSink with upsert, commit_interval=1",
        CANNOT,
    ),
    Peer(
        "quixstreams_batch_eps", "quix_peer", "batch",
        "custom BaseSink, commit_every=4000, HubProjector.project at each checkpoint", (_HELD,),
    ),
)  # fmt: skip


def race(ground: Ground, home: Path, sample: int, seconds: float) -> dict[str, dict[str, Any]]:
    """Each peer on the first `sample` records that it reads, or as many as it manages in `seconds`.

    A peer that fails has `error` in the place of its rate: the others are measured all the same.
    """
    python = peers_python(home, ground.progress)
    found = {}
    for peer in PEERS:
        ground.progress.begin(peer.key)
        told: dict[str, Any] = {"how": peer.how, "cannot": list(peer.cannot)}
        try:
            told |= _run(ground, peer, python, sample, seconds)
            ground.progress.finish(peer.key, f"{told['eps']:,.0f} events/s")
        except (TimeoutError, RuntimeError) as error:
            told["error"] = str(error)
            ground.progress.finish(peer.key, f"failed: {error}")
        found[peer.key] = told
    return found


def _run(ground: Ground, peer: Peer, python: Path, sample: int, seconds: float) -> dict[str, Any]:
    topics = _topics(ground, with_hub=peer.mode == "batch")
    records = min(sample, sum(topics.values()))
    argv = [str(python), "-m", f"ops.bench.peers.{peer.module}", peer.mode, *topics]
    with own_database(ground.settings.require_database(), peer.key) as database:
        if peer.mode == "batch":
            conn = generation.connect(database, generation.prepare(database), autocommit=True)
            look = visible
        else:
            conn = psycopg.connect(database, autocommit=True)
            conn.execute(
                "CREATE TABLE peer_file (root text PRIMARY KEY, content bytea, members bigint,"
                ' "timestamp" timestamp, __key text)'
            )
            look = _members
        more = {"SANGAM_DATABASE": database, "PYTHONPATH": str(ROOT)}
        began, before = time.monotonic(), used(ground)
        with conn, ground.program(argv, peer.key, more) as running:
            first: list[float] = []

            def told(seen: int) -> None:
                first.append(time.monotonic())
                ground.progress.note(peer.key, f"{seen:,} of {records:,} events")

            def enough(seen: int) -> bool:
                late = bool(first) and time.monotonic() - first[0] > seconds
                return seen >= records or late or running.poll() is not None

            try:
                curve = follow(lambda: look(conn), enough, told, _LOOK, _PATIENCE)
            except TimeoutError as error:
                raise TimeoutError(f"{error}\n{said(ground.log(peer.key))}") from error
            if running.poll() is None:
                usage = used(ground, running.pid) - before
            else:
                raise RuntimeError(f"ended by itself:\n{said(ground.log(peer.key))}")
    end = curve[-1]
    return {
        "eps": round(rate_between(curve) or end.events / (end.at - began)),
        "eps_with_start": round(end.events / (end.at - began)),
        "events": end.events,
        "processor_us_per_event": usage.per_event(end.events),
    }


def _topics(ground: Ground, *, with_hub: bool) -> dict[str, int]:
    """The topics that hold anything, and how many records. Decisions on links mean nothing to a state per key."""
    names = set(SOURCE_TOPICS) - (set() if with_hub else {IDENTITY, REPAIRS})
    asked = Topics(ground.settings.require_kafka())
    counts = dict.fromkeys(sorted(names), 0)
    for (topic, _), end in asked.ends(asked.partitions(names)).items():
        counts[topic] += end
    return {topic: count for topic, count in counts.items() if count}


def _members(conn: Connection) -> int:
    row = conn.execute("SELECT coalesce(sum(members), 0)::bigint FROM peer_file").fetchone()
    return int(row[0]) if row else 0
