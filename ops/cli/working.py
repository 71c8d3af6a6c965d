"""`sangam work`, `rebuild` and `verify`: projecting the log, building it anew, and holding the two together."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from ops.base.log import configure
from ops.base.running import run_calmly
from ops.base.settings import Settings
from ops.cli.console import err, out, print_json

GROUP = "sangam-hub"
_FORCED = "--one-slot"
_MESSENGER = "--messenger"
#: The messenger gives way to the workers: what is told late is late, what is projected late is late for all.
_NICE = 10


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(
        epilog="Example: [bold]sangam work --workers 2[/bold]; once and done: [bold]--until-caught-up[/bold]"
    )(work)
    app.command(epilog="Example: [bold]sangam rebuild --switch[/bold] (after the folds changed)")(rebuild)
    app.command(epilog="Example: [bold]sangam verify --json | jq .same[/bold]")(verify)


def work(
    workers: Annotated[int, typer.Option(min=1, max=64, help="processes; they share the partitions")] = 1,
    until_caught_up: Annotated[
        bool, typer.Option("--until-caught-up", help="end when everything that is there now is projected")
    ] = False,
    metrics_port: Annotated[
        int | None,
        typer.Option(help="serve /metrics of the first worker here, of the next ones on the ports after"),
    ] = None,
    one_slot: Annotated[int | None, typer.Option(_FORCED, hidden=True)] = None,
    messenger: Annotated[bool, typer.Option(_MESSENGER, hidden=True)] = False,
) -> None:
    """Project events: read the departments' topics and keep the files up to date.

    Beside the workers runs a messenger, which tells the departments: the status of each accused on hub.case-status,
    alarms on hub.alarms, receipts on hub.receipts (SANGAM_RECEIPTS=false: none).

    Runs until it is stopped (Ctrl-C or SIGTERM). A worker that dies is started again; what it had not committed is
    read again, so nothing is lost and nothing is projected twice.
    """
    settings = Settings()
    if messenger:
        raise typer.Exit(_messenger(settings, until_caught_up))
    if one_slot is not None:
        raise typer.Exit(_one(settings, one_slot, until_caught_up, metrics_port))
    from streams.supervise import supervise

    def command(slot: int) -> list[str]:
        argv = [sys.executable, "-m", "ops.cli.main", "work"]
        argv += [_FORCED, str(slot)] if slot < workers else [_MESSENGER]
        if until_caught_up:
            argv.append("--until-caught-up")
        if metrics_port is not None and slot < workers:
            argv += ["--metrics-port", str(metrics_port + slot)]
        return argv

    configure(settings.log_format, settings.log_level)
    raise typer.Exit(supervise(workers + 1, command))


def _one(settings: Settings, slot: int, until_caught_up: bool, metrics_port: int | None) -> int:
    from ops.hub import chores, projector
    from projections.store import generation
    from schemas.topics import SOURCE_TOPICS
    from streams.app import Membership
    from streams.worker import run_worker

    configure(settings.log_format, settings.log_level)
    run_calmly()
    name = generation.prepare(settings.require_database())
    membership = Membership(settings.require_kafka(), GROUP, slot, SOURCE_TOPICS)
    hub = projector(settings, name)
    try:
        return run_worker(
            membership,
            hub,
            until_caught_up=until_caught_up,
            metrics_port=metrics_port,
            chore=chores(settings, name, hub),
        )
    finally:
        hub.close()


def _messenger(settings: Settings, until_told: bool) -> int:
    os.nice(_NICE)
    from ops.base.clock import SystemClock
    from ops.hub import messenger
    from streams.messenger import run_messenger

    configure(settings.log_format, settings.log_level)
    run_calmly()
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    run_messenger(messenger(settings, SystemClock()), told, until_told=until_told)
    return 0


def rebuild(
    switch: Annotated[
        bool, typer.Option("--switch", help="make the rebuilt generation the active one")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="afterwards drop every generation that is not the active one")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document, for programs")] = False,
) -> None:
    """Read the topics from the start into a new generation, beside the active one.

    Live work goes on meanwhile. With --switch readers see the new generation from one moment to the next; workers of
    the old one end, and go on in the new one from where the rebuild stopped.
    """
    from ops import rebuild as rebuilding
    from projections.store import generation

    settings = Settings()
    run_calmly()
    with _bars() as told:
        name = rebuilding.rebuild(settings, told)
    if switch:
        generation.switch(settings.require_database(), name)
    if prune:
        generation.prune(settings.require_database())
    if as_json:
        print_json({"generation": name, "active": switch})
    else:
        err.print(
            f"generation {name} is built" + (" and active" if switch else "; use --switch to make it active")
        )


def verify(
    keep: Annotated[bool, typer.Option("--keep", help="do not drop the rebuilt generation")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document, for programs")] = False,
) -> None:
    """Rebuild from the log to the live watermarks and compare with what is live, byte for byte.

    Exits with 1 if anything differs, and names it.
    """
    from ops import rebuild as rebuilding

    run_calmly()
    with _bars() as told:
        verdict = rebuilding.verify(Settings(), told, keep=keep)
    if as_json:
        print_json({"same": verdict.same} | asdict(verdict))
    else:
        out.print(f"live     {verdict.live_digest}\nrebuilt  {verdict.rebuilt_digest}", highlight=False)
        out.print(
            f"{verdict.events:,} events in {verdict.files:,} files, {verdict.set_aside:,} records set aside: "
            + ("[green]the same[/green]" if verdict.same else "[red]they differ[/red]")
        )
        for table, key in verdict.differing:
            out.print(f"  differs: {table} {key}", highlight=False)
    if not verdict.same:
        raise typer.Exit(1)


class _Bars:
    """A bar for each step that reports."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: int, total: int) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(step, total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)


@contextmanager
def _bars() -> Iterator[_Bars]:
    columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as progress:
        yield _Bars(progress)
