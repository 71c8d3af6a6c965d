"""What the hub is held to, and the table that says how it did. Ratios bind; absolute figures are goals on 2 cores with
everything on one machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Target:
    """A key of the report must be at least, or at most, a value."""

    key: str
    what: str
    value: float
    at_least: bool
    binding: bool = False

    def met(self, figure: float) -> bool:
        """Whether this figure is good enough."""
        return figure >= self.value if self.at_least else figure <= self.value


TARGETS = (
    Target("hub_to_limit", "of the ingest limit", 0.2, at_least=True, binding=True),
    Target("hub_to_stock_faust", "times stock Faust as documented", 5, at_least=True, binding=True),
    Target("hub_to_quixstreams", "times quixstreams as documented", 1.5, at_least=True, binding=True),
    Target(
        "worker_rss_ratio",
        "memory after all events to memory after warm-up",
        1.1,
        at_least=False,
        binding=True,
    ),
    Target("hub_eps", "events a second, broker to files readable", 10_000, at_least=True),
    Target("p99_ms_at_2000", "ms, p99 from due to visible at 2,000 events/s", 300, at_least=False),
    Target("worker_rss_mb_end", "MB that the worker holds at the end", 300, at_least=False),
    Target("lookup_p99_ms", "ms, p99 of a point lookup", 5, at_least=False),
    Target("board_p99_ms", "ms, p99 of a page of the board", 50, at_least=False),
)


def ratios(report: Mapping[str, Any]) -> dict[str, float]:
    """The hub's rate over the others', and memory at the end over memory after warm-up; what is missing is left out."""
    pairs = (
        ("hub_to_limit", "hub_eps", "limit_eps", 3),
        ("hub_to_stock_faust", "hub_eps", "stock_faust_eps", 2),
        ("hub_to_quixstreams", "hub_eps", "quixstreams_eps", 2),
        ("worker_rss_ratio", "worker_rss_mb_end", "worker_rss_mb_start", 3),
    )
    return {
        name: round(report[top] / report[bottom], digits)
        for name, top, bottom, digits in pairs
        if report.get(top) is not None and report.get(bottom)
    }


def judged(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each target with the figure and whether it is met; `met` is None where nothing was measured."""
    found = []
    for target in TARGETS:
        figure = report.get(target.key)
        found.append(
            {
                "key": target.key,
                "what": target.what,
                "target": target.value,
                "at": "least" if target.at_least else "most",
                "binding": target.binding,
                "figure": figure,
                "met": None if figure is None else target.met(figure),
            }
        )
    return found


def table(report: Mapping[str, Any]) -> Table:
    """The report for people: every figure, and beside those that have one their target."""
    judgements = {row["key"]: row for row in report["targets"]}
    shown = Table("figure", "value", "target", "", box=None, pad_edge=False)
    shown.columns[1].justify = "right"
    for key, value in report.items():
        if not isinstance(value, int | float) or isinstance(value, bool):
            continue
        row = judgements.get(key)
        text = f"{value:,}" if isinstance(value, int) or abs(value) >= 1000 else f"{value:,.3g}"
        if row is None:
            shown.add_row(key, text, "", "")
            continue
        verdict = "[green]met[/green]" if row["met"] else "[red]missed[/red]"
        shown.add_row(key, text, f"at {row['at']} {row['target']:,}", f"{verdict}  {row['what']}")
    for step, shares in report["processors"].items():
        text = f"others {shares['cpu_others']:.0%}, stolen {shares['cpu_steal']:.1%}, idle {shares['cpu_idle']:.0%}"
        shown.add_row(f"processors, {step}", text, "", "")
    for row in report["targets"]:
        if row["figure"] is None:
            shown.add_row(row["key"], "not measured", f"at {row['at']} {row['target']:,}", row["what"])
    return shown
