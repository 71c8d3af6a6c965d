"""`sangam report`: the two monthly reports that exist on paper, each figure with the list of cases behind it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import orjson
import typer
from rich import box
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.cli.console import err, out
from ops.cli.options import Lang, Language
from ops.cli.reading import open_reader

if TYPE_CHECKING:
    from projections.reports.report import Item, Report

_SUFFIXES: Final = (".csv", ".xlsx", ".html")


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam report s479 --month 2026-10 --out return.xlsx[/bold]")(report)


def report(
    name: Annotated[str, typer.Argument(help="s479 or prosecution")],
    month: Annotated[str, typer.Option(help="the month, 2026-10; of the one that runs, up to today")],
    as_known: Annotated[
        str | None,
        typer.Option(help="as it was known at the end of this day, 05-11-2026 (slow); else as known now"),
    ] = None,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="write it to FILE.csv, FILE.xlsx or FILE.html")
    ] = None,
    figure: Annotated[
        str | None, typer.Option("--list", help="the cases behind one figure, as the table names it")
    ] = None,
    lang: Lang = "en",
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """A monthly report: s479 (Home Ministry's return) or prosecution (divisional review).

    Every case file is read. As known now, only files in which something happened after the month are folded again;
    with --as-known every file is, one after another: for a whole State that takes hours.
    """
    from projections.questions import reports as question
    from projections.questions.when import moment_of
    from projections.reports.written import json_of

    asked = question.month_of(month, SystemClock().today())
    known_at = None if as_known is None else moment_of(as_known)
    if out_file is not None and out_file.suffix.lower() not in _SUFFIXES:
        raise UserError(f"--out is a file of {', '.join(_SUFFIXES)}")
    figures = [one for one, _ in question.definition_of(name).figures]
    if figure is not None and figure not in figures:
        raise UserError(f"there is no such figure: --list is one of {', '.join(figures)}")
    with open_reader() as reader, _bar() as told:
        made = question.report(reader, name, asked, known_at, told)
    if out_file is not None:
        out_file.write_bytes(_written(made, out_file.suffix.lower(), figure))
        err.print(f"written: {out_file}", highlight=False)
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(json_of(made, figure)) + b"\n")
        sys.stdout.buffer.flush()
    elif out_file is None:
        out.print(_table(made, lang) if figure is None else _list(made, figure, lang), highlight=False)


def _written(made: Report, suffix: str, figure: str | None) -> bytes:
    from projections.reports import written

    if suffix == ".csv":
        return written.csv_of(made, figure)
    return written.xlsx_of(made) if suffix == ".xlsx" else written.page_of(made, figure).encode()


def _table(made: Report, lang: Language) -> Table:
    """The figures, one a line, a column for each place: figures are many, and a terminal is narrow."""
    from projections.reports.report import TOTAL

    hindi = lang == "hi"
    table = _framed(made, hindi)
    table.add_column("--list", no_wrap=True)
    table.add_column("")
    rows = made.rows()
    for row in rows:
        table.add_column("\n".join(value or "-" for value in row.place), justify="right")
    table.add_column(TOTAL[hindi], justify="right")
    total = made.total().figures
    for name, title in made.definition.figures:
        numbers = [str(row.figures[name]) for row in rows]
        table.add_row(name, title[hindi], *numbers, str(total[name]))
    return table


def _list(made: Report, figure: str, lang: Language) -> Table:
    from projections.law.words import indian

    table = _framed(made, lang == "hi")
    for _ in made.definition.keys:
        table.add_column("")
    for _ in range(4):
        table.add_column("", overflow="fold")
    for row in made.rows():
        for item in row.lists[figure]:
            table.add_row(*(value or "-" for value in row.place), *_cells(item, indian(item.on)))
    return table


def _cells(item: Item, day: str) -> tuple[str, ...]:
    return item.case, item.what, day, "; ".join(item.notes)


def _framed(made: Report, hindi: bool) -> Table:
    month = made.month
    title = f"{made.definition.title[hindi]}, {month.first:%d-%m-%Y} – {month.last:%d-%m-%Y}"
    return Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Files looked at, on a terminal."""
    if not err.is_terminal:
        yield lambda seen, of: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("case files", total=None)
        yield lambda seen, of: bar.update(task, completed=seen, total=of)
