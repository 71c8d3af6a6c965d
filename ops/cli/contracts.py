"""`sangam contract check`: a department's samples, before it goes live."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from connectors.filedrop.spec import load
from connectors.filedrop.tables import Layout, rows_of
from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.cli.console import err, print_json
from ops.contract import page
from ops.contract.judging import Judgement, judge_events, judge_rows


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    group = typer.Typer(
        no_args_is_help=True, help="What a department agrees to, and whether its samples keep it."
    )
    group.command(epilog="Example: [bold]sangam contract check samples.jsonl --html report.html[/bold]")(
        check
    )
    app.add_typer(group, name="contract")


def check(
    file: Annotated[
        Path, typer.Argument(help="events in plain form (.jsonl, .json), or with --mapping any table")
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="how the rows are read (TOML, docs/file-drop.md)")
    ] = None,
    schema: Annotated[
        Path | None, typer.Option(help="Avro schema (.avsc) that the department's own program writes with")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="write the report to sign off here")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="the judgement as one JSON document")] = False,
) -> None:
    """Show what samples would become: the events, their keys, the files that they would join, and what is wrong.

    Nothing is published and nothing is asked of the exchange. Exits with 1 unless all is sound.
    """
    judgement = _judged(file, mapping, _schema(schema) if schema else None)
    if html is not None:
        html.write_text(page.html(judgement), encoding="utf-8")
        err.print(f"{html}: to be signed by both sides", highlight=False, markup=False)
    if as_json:
        print_json(page.plain(judgement))
    else:
        sys.stdout.write(page.text(judgement))
    if not judgement.sound:
        raise typer.Exit(1)


def _judged(file: Path, mapping: Path | None, own: dict[str, Any] | None) -> Judgement:
    if not file.is_file():
        raise UserError(f"there is no file {file}")
    now = SystemClock().now()
    if mapping is not None:
        spec = load(mapping)
        return judge_rows(file.name, rows_of(file, spec.layout)[1], spec, now, own)
    if file.suffix.casefold() not in (".jsonl", ".json"):
        raise UserError(
            f"{file.name}: without --mapping a file holds events, .jsonl or .json; a table needs its mapping"
        )
    return judge_events(file.name, rows_of(file, Layout())[1], now, own)


def _schema(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"cannot read the schema {path}: {error}") from error
    if not isinstance(found, dict) or found.get("type") != "record":
        raise UserError(f"{path} is no Avro schema of a record")
    return found
