"""How long a fold takes an event, on the fast path, by event type and kind of file.

A simulated world is sorted into its files in memory; then every file is folded on event by event, `apply` and
`finish` each time, as a batch of one event a file does it. The least of several passes is reported, since other work
on the machine only adds. Run: `python -m ops.bench.folds --cases 200 --passes 7`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from time import perf_counter_ns
from typing import Any
from uuid import UUID

import orjson

from ops.simulate.disorder import PRESETS
from ops.simulate.world import Settings, simulate
from projections.boards import BOARDS
from projections.files import case
from projections.files.fold import fold, kind_of_root
from projections.files.state import FileState
from projections.whole import Known, Whole, whole
from schemas.catalogue import CATALOGUE
from schemas.content import digest_of
from schemas.event import Event, sort_key
from schemas.identifiers import text_of


def known(kind: str, record: dict[str, Any]) -> Known:
    """A simulated event as the ledger has it."""
    envelope = record["envelope"]
    topic = (
        f"{envelope['source'].partition('.')[0]}.events" if kind not in CATALOGUE else _topic(kind, envelope)
    )
    supersedes = envelope["supersedes"]
    event = Event(
        kind, envelope["event_id"], digest_of(kind, record), text_of(envelope["anchor"]),
        tuple(sorted({text_of(claim) for claim in envelope["claims"]})), UUID(supersedes) if supersedes else None,
        envelope["source"], envelope["source_epoch"], envelope["source_seq"], envelope["source_record"],
        envelope["occurred_at"], envelope["recorded_at"], sort_key(kind, topic, envelope), b"", record,
    )  # fmt: skip
    return Known(event, topic, False)


def _topic(kind: str, envelope: dict[str, Any]) -> str:
    topics = CATALOGUE[kind].topics
    return min(topics) if len(topics) == 1 else f"{envelope['source'].partition('.')[0]}.events"


def without_clocks() -> None:
    """Fold on without the law's clocks from now on in this process, to measure what they cost."""
    case.wind = lambda state, before: state.unwound.clear()  # type: ignore[attr-defined]


def measure(world: Whole, passes: int) -> dict[str, Any]:
    """Microseconds an event: the least of the passes, by type and over all."""
    least: defaultdict[tuple[str, UUID], int] = defaultdict(lambda: 1 << 60)
    state: FileState
    for _ in range(passes):
        for root, members in world.members.items():
            kind = kind_of_root(root)
            state = kind.start(world.inputs[root])
            kind.finish(state)
            for event in members:
                begin = perf_counter_ns()
                kind.apply(state, event)
                kind.finish(state)
                took = perf_counter_ns() - begin
                key = (root, event.event_id)
                least[key] = min(least[key], took)
    by_type: defaultdict[str, list[int]] = defaultdict(list)
    for root, members in world.members.items():
        for event in members:
            by_type[f"{kind_of_root(root).name} {event.type}"].append(least[root, event.event_id])
    every = sorted(took for found in by_type.values() for took in found)
    return {
        "events_times_files": len(every),
        "mean_us": round(sum(every) / len(every) / 1000, 2),
        "median_us": round(every[len(every) // 2] / 1000, 2),
        "p90_us": round(every[len(every) * 9 // 10] / 1000, 2),
        "by_type_mean_us": {
            kind: round(sum(found) / len(found) / 1000, 2) for kind, found in sorted(by_type.items())
        },
    }


def beside(world: Whole, passes: int) -> dict[str, Any]:
    """Microseconds a file: writing its bytes, its board rows; and bytes a file."""
    states = {root: fold(world.inputs[root], members) for root, members in world.members.items()}
    least = {"dumps": 1 << 60, "rows": 1 << 60}
    for _ in range(passes):
        begin = perf_counter_ns()
        sizes = [len(orjson.dumps(s.document, option=orjson.OPT_SORT_KEYS)) for s in states.values()]
        least["dumps"] = min(least["dumps"], perf_counter_ns() - begin)
        begin = perf_counter_ns()
        for root, state in states.items():
            for board in BOARDS:
                if board.reads(root):
                    board.rows(root, state.document)
        least["rows"] = min(least["rows"], perf_counter_ns() - begin)
    return {
        "files": len(states),
        "bytes_a_file": sum(sizes) // len(sizes),
        "dumps_us_a_file": round(least["dumps"] / len(states) / 1000, 2),
        "rows_us_a_file": round(least["rows"] / len(states) / 1000, 2),
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--days", type=int, default=250)
    parser.add_argument("--passes", type=int, default=7)
    parser.add_argument("--disorder", choices=sorted(PRESETS), default="usual")
    parser.add_argument("--without-clocks", action="store_true", help="leave out the law's clocks")
    args = parser.parse_args()
    if args.without_clocks:
        without_clocks()
    lived = simulate(Settings(args.cases, args.days, 1, PRESETS[args.disorder]))
    world = whole([known(kind, record) for kind, record in lived.events], [])
    print(json.dumps(measure(world, args.passes) | beside(world, args.passes), indent=2))


if __name__ == "__main__":
    main()
