"""`sangam bench`: how fast this hub is on this machine, beside the limit and beside what people would use instead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.markup import escape

from ops.base.settings import Settings
from ops.cli.console import err, out, print_json, steps


def add_to(app: typer.Typer) -> None:
    """Declare this module's command."""
    app.command(epilog="Example: [bold]sangam bench --events 100000 --out bench.json[/bold]")(bench)


def bench(
    events: Annotated[
        int | None, typer.Option(min=1000, help="events over which rates are taken (default 100,000)")
    ] = None,
    memory_events: Annotated[
        int | None,
        typer.Option(
            min=1000, help="events after which memory is taken again (default 200,000; in full: 1000000)"
        ),
    ] = None,
    sample: Annotated[int | None, typer.Option(min=500, help="events for each peer (default 30,000)")] = None,
    seconds: Annotated[
        int | None, typer.Option(min=1, help="seconds of each rate of the latency (default 20)")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="a small run, to see that everything works")] = False,
    peers: Annotated[bool, typer.Option(help="measure stock Faust and quixstreams too")] = True,
    file: Annotated[Path | None, typer.Option("--out", help="write the report here")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="the report as JSON on stdout")] = False,
) -> None:
    """Measure the hub on a simulated district: throughput, latency, memory, bytes; and others doing the same.

    Starts a stack of its own in a new folder under SANGAM_HOME and removes it at the end; touches no other. Exits
    with 1 when something could not be measured; a target that is missed is no failure of the bench.
    """
    from ops.bench.run import QUICK, Plan
    from ops.bench.run import bench as measure
    from ops.bench.targets import table

    plan = QUICK if quick else Plan()
    asked = {"events": events, "memory_events": memory_events, "sample": sample, "seconds": seconds}
    plan = replace(plan, peers=peers, **{name: value for name, value in asked.items() if value is not None})
    with steps() as progress:
        report = measure(Settings(), plan, progress)
    if file is not None:
        file.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        err.print(f"report: {file}")
    if as_json:
        print_json(report)
    else:
        out.print(table(report))
    for step, why in report["failed"].items():
        err.print(f"[red]failed:[/red] {step}: {escape(why)}", highlight=False, soft_wrap=True)
    if report["failed"]:
        raise typer.Exit(1)
