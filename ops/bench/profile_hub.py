"""Where the hub's time goes: one process projects a simulated log, and each phase is timed.

    python -m ops.bench.profile_hub --events 20000                    # phases and statements
    python -m ops.bench.profile_hub --events 20000 --functions 40     # and functions (cProfile: everything is slower)
    python -m ops.bench.profile_hub --events 20000 --order arrival --batch 500    # as live, in small batches

It needs no broker: the log is in memory (decoding of a batch comes before its transaction, not beside it), and
PostgreSQL is that of SANGAM_HOME (started if it does not run), with a database of its own that is dropped at the end.
The first --warm events are projected before the clock starts.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import sys
import time
from collections.abc import Sequence
from uuid import UUID, uuid4

import psycopg

from ops.base import metrics
from ops.base.running import run_calmly
from ops.base.settings import Settings
from ops.bench.figures import processor_seconds
from ops.bench.folds import without_clocks
from ops.bench.ground import own_database
from ops.bench.hub import written
from ops.bench.phases import Phases, watched
from ops.bench.world import in_fetches, records
from ops.hub import reading_intake
from ops.local.process import resident_bytes
from ops.local.stack import Stack
from ops.rebuild import fold_dirty
from projections.store import generation
from projections.store.batch import HubProjector
from projections.store.intake import Intake
from projections.store.ports import RawRecord
from schemas.codec import Decoder
from schemas.writers import table_of_all

TOPIC = UUID(int=1)


class Run:
    """One projector on one fresh generation."""

    def __init__(self, database: str, *, defer: bool, states: int) -> None:
        self.database, self.name = database, generation.prepare(database)
        kept = reading_intake(database, self.name)._schema_of_mark
        self.reader = Intake(Decoder(table_of_all()), kept)
        self.projector = HubProjector(
            database, self.name, self.reader, live=not defer, defer=defer, states=states
        )
        self._defer = defer

    def project(self, log: Sequence[RawRecord], batch: int) -> None:
        """Project these records in batches, as the gatherer would hand them over."""
        claims = self.projector.assign({(raw.topic, raw.partition): _topic_id(raw.topic) for raw in log})
        for start in range(0, len(log), batch):
            prepared = self.projector.prepare(log[start : start + batch])
            self.projector.project(prepared, claims)

    def drain(self) -> None:
        """Fold what a deferred run left."""
        if self._defer:
            fold_dirty(self.database, self.name, self.reader, lambda *_: None)

    def backend_seconds(self) -> float:
        """Processor seconds of the database's process that serves the projector (not of `drain`'s)."""
        conn = self.projector._connection()
        return processor_seconds(conn.info.backend_pid)


def _topic_id(topic: str) -> UUID:
    return UUID(int=int.from_bytes(topic.encode()[:16].ljust(16), "big"))


def _refolds(path: str) -> int:
    return int(metrics.REFOLDS.labels(path=path)._value.get())


def report(phases: Phases, events: int, statements: int) -> str:
    """The phases as a table, in microseconds an event, and the dearest statements.

    `database` is waiting for it (wall), `processor` what this process worked itself.
    """
    lines = [f"{'phase':24}{'wall':>10}{'database':>10}{'processor':>10}{'calls':>10}"]
    for phase, spent in sorted(phases.spent.items(), key=lambda item: -item[1].seconds):
        each = [1e6 * s / events for s in (spent.seconds, spent.database, spent.processor)]
        lines.append(f"{phase:24}" + "".join(f"{value:10.1f}" for value in each) + f"{spent.calls:10}")
    lines.append(f"{'(us an event)':24}\n\nstatements (us an event, calls)")
    dear = sorted(phases.statements.items(), key=lambda item: -item[1].seconds)[:statements]
    lines += [f"{1e6 * s.seconds / events:8.1f} {s.calls:7}  {text[:130]}" for text, s in dear]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--warm", type=int, default=4_000, help="events before the clock starts")
    parser.add_argument("--batch", type=int, default=4_000)
    parser.add_argument("--order", choices=("arrival", "fetches"), default="fetches")
    parser.add_argument(
        "--fetch", type=int, default=500, help="records of one partition at a time (order fetches)"
    )
    parser.add_argument("--states", type=int, default=2_000, help="folded files kept in memory")
    parser.add_argument(
        "--defer", action="store_true", help="as a rebuild: record first, then fold each file once"
    )
    parser.add_argument(
        "--without-clocks", action="store_true", help="leave out the law's clocks, to see what they cost"
    )
    parser.add_argument("--statements", type=int, default=15)
    parser.add_argument("--functions", type=int, default=0, help="cProfile: print so many functions")
    parser.add_argument("--stats", help="cProfile: write its figures to this file, for pstats or snakeviz")
    args = parser.parse_args()
    if args.without_clocks:
        without_clocks()

    run_calmly()  # as a worker does
    settings = Settings()
    stack = Stack(settings.home, settings.cache)
    began = time.perf_counter()
    stack.up_postgres()
    log = list(records(args.events + args.warm, table_of_all().id_of))
    if args.order == "fetches":
        log = in_fetches(log, args.fetch)
    warm, rest = log[: args.warm], log[args.warm :]
    print(
        f"{len(log):,} events simulated and encoded in {time.perf_counter() - began:.1f} s", file=sys.stderr
    )
    held = resident_bytes(os.getpid())
    profiler = cProfile.Profile() if args.functions or args.stats else None
    with (
        own_database(Settings().require_database(), f"bench_{uuid4().hex[:8]}") as database,
        watched() as phases,
    ):
        run = Run(database, defer=args.defer, states=args.states)
        run.project(warm, args.batch)
        phases.clear()
        folded = _refolds("fast"), _refolds("full")
        with psycopg.connect(database, autocommit=True) as conn:
            before = written(conn), run.backend_seconds(), time.process_time(), time.perf_counter()
            if profiler:
                profiler.enable()
            run.project(rest, args.batch)
            run.drain()
            if profiler:
                profiler.disable()
            after = written(conn), run.backend_seconds(), time.process_time(), time.perf_counter()
            logged, backend, own, took = (b - a for a, b in zip(before, after, strict=True))
        run.projector.close()
    each = 1e6 / len(rest)
    print(report(phases, len(rest), args.statements), "\n")
    print(
        json.dumps(
            {
                "events": len(rest),
                "events_per_second": round(len(rest) / took),
                "us_wall": round(took * each, 1),
                "us_own_processor": round(own * each, 1),
                "us_database_processor": round(backend * each, 1),
                "files_folded_on": _refolds("fast") - folded[0],
                "files_folded_afresh": _refolds("full") - folded[1],
                "memory_grown_mb": round((resident_bytes(os.getpid()) - held) / 1e6, 1),
                "wal_bytes_per_event": round(logged / len(rest)),
            },
            indent=2,
        )
    )
    if profiler:
        if args.stats:
            profiler.dump_stats(args.stats)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(args.functions)


if __name__ == "__main__":
    main()
