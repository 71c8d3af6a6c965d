"""`sangam up`, `down` and `status`: the local stack."""

import time
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from ops.base.settings import Settings
from ops.cli.console import err, out, print_json, steps
from ops.local.stack import PartStatus, Stack


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]SANGAM_HOME=/tmp/second sangam up[/bold] (a second stack beside it)")(
        up
    )
    app.command(epilog="Example: [bold]sangam down[/bold]; remove SANGAM_HOME to forget the data too")(down)
    app.command(epilog="Example: [bold]sangam status --json | jq .ready[/bold]")(status)


def up(
    secure: Annotated[
        bool,
        typer.Option(
            "--secure", help="a new stack whose broker asks who comes: SASL/SCRAM, rights per department"
        ),
    ] = False,
) -> None:
    """Start Kafka, the schema registry and PostgreSQL on this machine.

    Fetches them the first time, repairs a stack that is half down, and does nothing to what runs already.
    """
    begun = time.monotonic()
    settings = Settings()
    with steps() as progress:
        Stack(settings.home, settings.cache, progress).up(secure)
    err.print(f"ready in {time.monotonic() - begun:.0f} s; stop it with: sangam down", highlight=False)


def down() -> None:
    """Stop everything of this stack. Its data stays in SANGAM_HOME."""
    settings = Settings()
    with steps() as progress:
        stopped = Stack(settings.home, settings.cache, progress).down()
    if not stopped:
        err.print("nothing was running")


def status(
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document, for programs")] = False,
) -> None:
    """Show the parts of the stack: whether they run and answer, where, and how much memory they hold.

    Exits with 1 if a part is down or does not answer.
    """
    settings = Settings()
    parts = Stack(settings.home, settings.cache).status()
    ready = all(part.ready for part in parts)
    if as_json:
        print_json({"ready": ready, "parts": [asdict(part) | {"log": str(part.log)} for part in parts]})
    else:
        out.print(_table(parts))
    if not ready:
        raise typer.Exit(1)


def _table(parts: list[PartStatus]) -> Table:
    table = Table("part", "pid", "port", "state", "memory", box=None, pad_edge=False)
    table.add_column("log", overflow="fold")
    for part in parts:
        if part.pid is None:
            state = "[red]down[/red]"
        else:
            state = "[green]ready[/green]" if part.ready else "[yellow]does not answer[/yellow]"
        memory = f"{part.memory / 2**20:.0f} MB" if part.pid else ""
        table.add_row(part.title, str(part.pid or ""), str(part.port or ""), state, memory, str(part.log))
    return table
