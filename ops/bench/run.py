"""The whole bench: one world, one stack of its own, one measurement after the other, one report."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg

from ops.base.errors import UserError
from ops.base.settings import Settings
from ops.bench import hub, latency, limit, reading, storage, targets
from ops.bench.figures import between, machine, processors
from ops.bench.ground import Ground, own_database, own_stack
from ops.bench.loading import Loaded, load
from ops.bench.peers.race import race
from ops.bench.processes import own_seconds
from ops.local.progress import Progress

READ = (
    "whole answers of projections.questions as bytes (connection from the pool, snapshot, queries, full status, JSON), "
    "without HTTP, one after another in one process; lookups of random files, pages of 100 with and without filters"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    `events`: over which the hub's and the limit's rates are taken; `memory_events`: after which the worker's memory is
    taken again (the log holds as many as the greater of the two); `sample`: events that each peer is given;
    `seconds`: of each rate of the latency measurement; `peer_seconds`: after which a slow peer is ended;
    `undertrials`: at how many of them reading is measured.
    """

    events: int = 100_000
    memory_events: int = 200_000
    sample: int = 30_000
    seconds: int = 20
    peer_seconds: float = 60.0
    undertrials: int = reading.UNDERTRIALS
    peers: bool = True


QUICK = Plan(events=8_000, memory_events=8_000, sample=4_000, seconds=3, peer_seconds=25.0, undertrials=2_000)


def bench(settings: Settings, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Measure everything; the report. What fails stands in its `failed`. Raises StackError when there is no stack."""
    began = time.monotonic()
    report: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "counted": {"limit_eps": limit.COUNTED, "hub_eps": hub.COUNTED, "latency": latency.COUNTED,
                    "reading": READ},
    }  # fmt: skip
    with own_stack(settings.home, settings.cache, progress) as ground:
        _measure(ground, settings, plan, report)
    report |= targets.ratios(report)
    report["targets"] = targets.judged(report)
    report["machine"] = machine()
    report["seconds"] = round(time.monotonic() - began)
    return report


def _measure(ground: Ground, settings: Settings, plan: Plan, report: dict[str, Any]) -> None:
    wanted = max(plan.events, plan.memory_events)
    loaded = load(ground, wanted, latency.needed(plan.seconds))
    events = min(plan.events, loaded.records)
    report["world"] = {
        "records": loaded.records,
        "sent_live": loaded.spooled,
        "cases": loaded.cases,
        "events_a_case": round(loaded.events_a_case, 1),
        "value_bytes": loaded.value_bytes // max(1, loaded.records),
    }
    steps: dict[str, Callable[[], dict[str, Any]]] = {
        "limit": lambda: _limit(ground, events),
        "hub": lambda: _hub(ground, events, loaded.records),
        "rebuild": lambda: {"rebuild_eps": round(hub.rebuild(ground, loaded.records))},
        "latency": lambda: _latency(ground, loaded, plan.seconds),
        "peers": lambda: _peers(ground, settings, plan) if plan.peers else {},
        "reading": lambda: _read(ground, plan.undertrials),
    }
    report["processors"], report["failed"] = {}, {}
    for name, work in steps.items():
        before, own = processors(), own_seconds(ground)
        try:
            report |= work()
        except (RuntimeError, TimeoutError, psycopg.Error, subprocess.TimeoutExpired, UserError) as error:
            # An hour's other figures are worth having all the same.
            report["failed"][name] = f"{type(error).__name__}: {error}"
            ground.progress.finish(name, f"failed: {error}")
        report["processors"][name] = between(before, processors(), own_seconds(ground) - own)


def _limit(ground: Ground, events: int) -> dict[str, Any]:
    ground.progress.begin("limit")
    eps = round(limit.limit(ground.settings, events))
    ground.progress.finish("limit", f"{eps:,} events/s")
    return {"limit_eps": eps}


def _hub(ground: Ground, events: int, records: int) -> dict[str, Any]:
    worked = hub.work(ground, events, records)
    with ground.connect() as conn:
        stored = storage.sizes(conn, records)
    return {
        "hub_eps": round(worked.eps),
        "hub_eps_with_start": round(worked.eps_with_start),
        "hub_eps_last_tenth": round(worked.eps_last_tenth),
        "hub_files_per_event": round(worked.members / records, 2),
        "worker_rss_mb_start": round(worked.rss_start, 1),
        "worker_rss_mb_end": round(worked.rss_end, 1),
        "worker_rss_mb_peak": round(worked.rss_peak, 1),
        "worker_rss_events_start": worked.warm,
        "worker_rss_events_end": records,
        "wal_bytes_per_event": round(worked.wal_per_event),
        "processor_us_per_event": worked.usage,
    } | stored


def _latency(ground: Ground, loaded: Loaded, seconds: int) -> dict[str, Any]:
    return {
        key: ms for found in latency.latencies(ground, loaded, seconds) for key, ms in found.figures().items()
    }


def _peers(ground: Ground, settings: Settings, plan: Plan) -> dict[str, Any]:
    raced = race(ground, settings.home, plan.sample, plan.peer_seconds)
    return {"peers": raced} | {key: told["eps"] for key, told in raced.items() if "eps" in told}


def _read(ground: Ground, wanted: int) -> dict[str, Any]:
    """Reading at the size of a State, in a database of its own."""
    ground.progress.begin("reading")
    with own_database(ground.settings.require_database(), "bench_reading") as database:
        filled = reading.fill(database, wanted)
        found = {
            "read_undertrials": filled["undertrials"],
            "read_files": filled["files"],
            "lookup_p99_ms": round(reading.lookup_p99_ms(database), 2),
            "board_p99_ms": round(reading.board_p99_ms(database), 2),
        }
    told = f"lookup p99 {found['lookup_p99_ms']} ms, board p99 {found['board_p99_ms']} ms"
    ground.progress.finish("reading", f"{told} at {filled['undertrials']:,} undertrials")
    return found
