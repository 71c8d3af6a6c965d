"""`sangam clocks`, `due` and `application`: the dates that the law sets, with their reasons, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.cli.console import err
from ops.cli.options import After, AsJson, AsOf, KnownAt, Lang, Language, Limit, Named, OneAccused
from ops.cli.reading import open_reader, reference_of, show

if TYPE_CHECKING:
    from projections.shown.words import Words

Json = dict[str, Any]

#: What wants an eye comes first; what does not apply is shown on --all.
_ORDER: Final = ("LAPSED", "DUE", "DUE_SOON", "NEEDS_REVIEW", "RUNNING", "MET", "STOPPED", "NOT_APPLICABLE")
_SOON: Final = 3
_STYLES: Final = {"LAPSED": "red", "DUE": "red", "DUE_SOON": "yellow", "NEEDS_REVIEW": "yellow"}


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam clocks BR-PATKOT-2025-0123 --accused A1 --lang hi[/bold]")(
        clocks
    )
    app.command(epilog="Example: [bold]sangam due --within 7 --jail BR-0101[/bold]")(due)
    app.command(epilog="Example: [bold]sangam application BR-0101-00042 --out s479.html[/bold]")(application)


def clocks(
    identifier: Named,
    accused: OneAccused = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    every: Annotated[bool, typer.Option("--all", help="also what does not apply, and why")] = False,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Every clock of the law for each accused of a case: its section, its dates, and what is missing."""
    from projections.questions import files
    from projections.questions.clocks import clocks as question
    from projections.questions.when import day_of, moment_of, when

    at = when(
        SystemClock().today(),
        None if as_of is None else day_of(as_of),
        None if known_at is None else moment_of(known_at),
    )
    named = files.identifier_of(identifier)
    ask = files.custody if named.startswith("PID:") else files.case
    with open_reader() as reader:
        file = ask(reader, named, at)
        if not isinstance(file, files.OneFile):
            raise UserError(f"several cases go by that: ask for one of {', '.join(file.roots)}")
        if accused is not None:
            file = replace(file, reference=reference_of(file.statuses, accused))
        answer = question(file, lambda pid: files.custody(reader, pid, at))
    show(answer.json(), _shown(answer.rows, lang, every), as_json)


def due(
    within: Annotated[int, typer.Option(min=0, max=3650, help="days from today")] = 7,
    passed: Annotated[bool, typer.Option("--passed", help="instead, what has passed unmet")] = False,
    jail: Annotated[str | None, typer.Option(help="code of the jail, as BR-0101")] = None,
    court: Annotated[str | None, typer.Option(help="code of the court")] = None,
    police_station: Annotated[str | None, typer.Option(help="code of the police station")] = None,
    district: Annotated[str | None, typer.Option(help="code of the district")] = None,
    limit: Limit = 100,
    after: After = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """What the law asks for within so many days, first due first."""
    from projections.questions.boards import board
    from projections.shown.words import Words

    today = SystemClock().today()
    filters = {"by": (today + timedelta(days=within)).isoformat(), "passed": "yes" if passed else "no"}
    offices = {"jail": jail, "court": court, "police_station": police_station, "district": district}
    filters |= {name: code for name, code in offices.items() if code is not None}
    with open_reader() as reader:
        page = board(reader, "due", filters, None, after, limit, today)
    show(page.json(), _due(Words(lang), page.rows, page.next), as_json)


def application(
    pid: Annotated[str, typer.Argument(help="the prisoner's PID, as BR-0101-00042")],
    out_file: Annotated[Path, typer.Option("--out", help="where to write the page, as s479.html")],
    as_of: AsOf = None,
) -> None:
    """The application under s.479(3) for one prisoner, in Hindi and English, to be printed, judged and signed.

    For whom it is offered: sangam board s479 --where reached=yes --where excluded=no
    """
    from projections.papers.application import printed
    from projections.questions import files
    from projections.questions.clocks import clocks as question
    from projections.questions.when import day_of, when

    at = when(SystemClock().today(), None if as_of is None else day_of(as_of), None)
    with open_reader() as reader:
        answer = question(files.custody(reader, pid, at), lambda other: files.custody(reader, other, at))
        try:
            page = printed(answer)
        except ValueError as error:
            raise UserError(str(error)) from None
    out_file.write_text(page, encoding="utf-8")
    err.print(f"written: {out_file}", highlight=False)


def _due(words: Words, rows: list[Json], following: str | None) -> list[RenderableType]:
    from ops.cli.shown.sheet import more
    from projections.law.words import indian, title_of
    from projections.shown.person import name_of

    if not rows:
        return [Text(words("h.no_rows"))]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(overflow="fold", ratio=2)
    table.add_column(overflow="fold", ratio=3)
    for row in rows:
        what = f"{title_of(row['rule'], words.language)} ({row['law']})" + (" ?" if row["review"] else "")
        who = name_of(words, row["person"]) if row["accused"] else ""
        where = " ".join(part for part in (row["fir"] or row["root"], row["jail"]) if part)
        style = "red" if row["days_left"] <= 0 else "yellow" if row["days_left"] <= _SOON else ""
        told = "\n".join(part for part in (who, where) if part)
        table.add_row(indian(row["due_date"]), str(row["days_left"]), what, told, style=style)
    return [table, *more(words, following)]


def _shown(rows: list[Json], lang: Language, every: bool) -> list[RenderableType]:
    found: list[RenderableType] = []
    for row in rows:
        found.append(Text(row["accused"] or row["root"], style="bold"))
        for other in row["other_cases"]:
            found.append(Text(f"  {other['case']}", style="yellow"))
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for clock in sorted(row["clocks"], key=_place):
            if every or clock["status"] != "NOT_APPLICABLE":
                due_date = clock["due_date"]
                day = "-" if due_date is None else "-".join(reversed(due_date.split("-")))
                table.add_row(
                    clock["status"], day, clock["text"][lang], style=_STYLES.get(clock["status"], "")
                )
        found.append(table)
    return found


def _place(clock: Json) -> tuple[int, str]:
    return _ORDER.index(clock["status"]), clock["due_date"] or "9999"
