"""The whole bench: one world, one stack of its own, one measurement after the other, one report."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ops.base.settings import Settings
from ops.bench import hub, latency, limit, storage, targets
from ops.bench.figures import between, machine, processors
from ops.bench.ground import Ground, own_stack
from ops.bench.loading import load
from ops.bench.peers.race import race
from ops.local.progress import Progress


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    `events`: over which the hub's and the limit's rates are taken; `memory_events`: after which the worker's memory is
    taken again (the log holds as many as the greater of the two); `sample`: events that each peer is given;
    `seconds`: of each rate of the latency measurement; `peer_seconds`: after which a slow peer is ended.
    """

    events: int = 100_000
    memory_events: int = 200_000
    sample: int = 30_000
    seconds: int = 20
    peer_seconds: float = 60.0
    peers: bool = True


QUICK = Plan(events=8_000, memory_events=8_000, sample=4_000, seconds=3, peer_seconds=25.0)


def bench(settings: Settings, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Measure everything; the report. Raises StackError when the stack does not start, and what a broken hub raises."""
    began, before = time.monotonic(), processors()
    report: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "counted": {"limit_eps": limit.COUNTED, "hub_eps": hub.COUNTED, "latency": latency.COUNTED,
                    "lookup": storage.LOOKED_UP},
    }  # fmt: skip
    with own_stack(settings.home, settings.cache, progress) as ground:
        _measure(ground, settings, plan, report)
    report |= targets.ratios(report)
    report["targets"] = targets.judged(report)
    report["machine"] = machine() | between(before, processors())
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
    report["steal"] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        before = processors()
        result = work()
        report["steal"][name] = between(before, processors())["cpu_steal"]
        return result

    ground.progress.begin("limit")
    report["limit_eps"] = round(step("limit", lambda: limit.limit(ground.settings, events)))
    ground.progress.finish("limit", f"{report['limit_eps']:,} events/s")
    worked = step("hub", lambda: hub.work(ground, events, loaded.records))
    report |= {
        "hub_eps": round(worked.eps),
        "hub_eps_with_start": round(worked.eps_with_start),
        "hub_eps_last_tenth": round(worked.eps_last_tenth),
        "hub_files_per_event": round(worked.members / loaded.records, 2),
        "worker_rss_mb_start": round(worked.rss_start, 1),
        "worker_rss_mb_end": round(worked.rss_end, 1),
        "worker_rss_mb_peak": round(worked.rss_peak, 1),
        "worker_rss_events_start": worked.warm,
        "worker_rss_events_end": loaded.records,
        "wal_bytes_per_event": round(worked.wal_per_event),
        "processor_us_per_event": worked.usage,
    }
    with ground.connect() as conn:
        report |= storage.sizes(conn, loaded.records)
    report["rebuild_eps"] = round(step("rebuild", lambda: hub.rebuild(ground, loaded.records)))
    for found in step("latency", lambda: latency.latencies(ground, loaded, plan.seconds)):
        report |= found.keys()
    if plan.peers:
        raced = step("peers", lambda: race(ground, settings.home, plan.sample, plan.peer_seconds))
        report["peers"] = raced
        report |= {key: told["eps"] for key, told in raced.items() if "eps" in told}
    ground.progress.begin("lookup")
    report["lookup_p99_ms"] = round(step("lookup", lambda: storage.lookup_p99(ground)), 2)
    ground.progress.finish("lookup", f"p99 {report['lookup_p99_ms']} ms")
