"""`sangam drop`: files of departments that have nothing else, row by row, with an answer beside each file."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from connectors.filedrop.encodings import EncodingError
from connectors.filedrop.memory import Memory
from connectors.filedrop.report import REPORT, reporting
from connectors.filedrop.spec import load
from connectors.filedrop.tables import FileError
from connectors.filedrop.taking import Drop, FileTaken
from connectors.filedrop.watching import Stable, is_ours_to_take, looks
from connectors.sdk import Connector
from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.base.settings import Settings
from ops.cli.console import err, print_json

_LOOK_EVERY = 1.0
_SEND_WITHIN = 60.0


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam drop inmates.xlsx --mapping jail.toml[/bold]")(drop)


def drop(
    path: Annotated[Path, typer.Argument(help="a file, or a folder: .csv .tsv .xlsx .jsonl .json")],
    mapping: Annotated[Path, typer.Option(help="how the source's rows are read (TOML, docs/file-drop.md)")],
    watch: Annotated[
        bool, typer.Option("--watch", help="keep looking into the folder until stopped")
    ] = False,
    settle: Annotated[
        float, typer.Option(min=0, help="seconds that a file in a folder must have stood unchanged")
    ] = 5.0,
    outbox: Annotated[
        Path | None,
        typer.Option(help="folder of what is numbered and not sent yet (default: drop in SANGAM_HOME)"),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="what became of the files as one JSON document")
    ] = False,
) -> None:
    """Publish the rows of files. Each row is answered for in FILE.report.csv; what cannot be read is set aside whole.

    The same file again does no harm. Exits with 1 if a row was set aside or a file could not be read.
    """
    settings = Settings()
    told: dict[str, Any] = {}
    with _drop(settings, mapping, outbox or settings.home / "drop") as (taker, connector):
        for file in _files(path, watch, settle):
            told[file.name] = _take(taker, file)
        if not connector.flush(_SEND_WITHIN):
            err.print(
                f"{connector.outbox.waiting:,} events wait on this machine's disk: the exchange cannot be reached."
                " They are sent when `sangam drop` runs again, or while it watches",
                soft_wrap=True,
            )
    if as_json:
        print_json(told)
    if any("error" in one or one["aside"] for one in told.values()):
        raise typer.Exit(1)


def _take(taker: Drop, file: Path) -> dict[str, Any]:
    """Take one file and say so. One that cannot be read harms no other."""
    with reporting(file) as report:
        try:
            taken = taker.take(file, report.answer)
        except (FileError, EncodingError) as error:
            report.refused(str(error))
            err.print(f"{file.name}: {error}", soft_wrap=True, highlight=False, markup=False)
            return {"error": str(error)}
    err.print(
        f"{file.name}: {_words(taken)}; {file.name}{REPORT}", soft_wrap=True, highlight=False, markup=False
    )
    return asdict(taken)


def _words(taken: FileTaken) -> str:
    words = f"{taken.rows:,} rows, {taken.events:,} new events, {taken.aside:,} rows set aside"
    if taken.seen_before:
        words += "; the same file was here before"
    return words + (f"; {taken.encoding.english}" if taken.encoding else "")


def _files(path: Path, watch: bool, settle: float) -> Iterator[Path]:
    if path.is_file():
        if watch:
            raise UserError("--watch is for a folder")
        if not is_ours_to_take(path.name):
            raise UserError(
                f"{path.name} is half-written, or of no kind that can be read: see sangam drop --help"
            )
        yield path
        return
    if not path.is_dir():
        raise UserError(f"there is no file or folder {path}")
    stable = Stable(settle)
    while True:
        seen = looks(path)
        yield from stable.ready(seen, time.monotonic())
        if not watch and not stable.waiting:
            return
        time.sleep(min(_LOOK_EVERY, settle) or 0.05)


@contextmanager
def _drop(settings: Settings, mapping: Path, folder: Path) -> Iterator[tuple[Drop, Connector]]:
    spec = load(mapping)
    kafka, registry = settings.require_publish_kafka(), settings.require_registry()
    try:
        connector = Connector(folder, kafka, registry)
    except ValueError as error:
        raise UserError(str(error)) from error
    with connector, Memory(folder / "drop.sqlite") as memory:
        yield Drop(spec, memory, connector.keep, connector.salt_key, SystemClock()), connector
