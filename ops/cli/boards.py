"""`sangam boards` and `sangam board`: what there is to be done, as each office asks for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ops.base.clock import SystemClock
from ops.cli.console import out
from ops.cli.options import After, AsJson, Lang, Limit
from ops.cli.reading import open_reader, show
from ops.cli.shown.sheet import more
from projections.shown.person import name_of
from projections.shown.words import Words

Json = dict[str, Any]


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam boards --lang hi[/bold]")(boards)
    app.command(
        epilog="Example: [bold]sangam board emergency --where district=PAT --where answered=no[/bold]"
    )(board)


def boards(
    lang: Lang = "en",
) -> None:
    """Which boards there are, by what each is narrowed and in which orders it is read."""
    from projections.boards import DECLARED

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("board", "shows", "--where", "--sort"):
        table.add_column(title, overflow="fold")
    for one in DECLARED.values():
        table.add_row(
            one.name,
            one.title[lang == "hi"],
            " ".join(found.name for found in one.filters),
            " ".join(found.name for found in one.sorts),
        )
    out.print(table, highlight=False, crop=False)


def board(
    name: Annotated[str, typer.Argument(help="one of `sangam boards`")],
    where: Annotated[
        list[str] | None,
        typer.Option(help="a filter as name=value, as often as needed; yes or no for yes and no"),
    ] = None,
    sort: Annotated[str | None, typer.Option(help="an order of the board; without one its first")] = None,
    limit: Limit = 25,
    after: After = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """A board, a page at a time."""
    from projections.questions import boards as question

    filters = question.filters_of(where or ())
    with open_reader() as asked:
        page = question.board(asked, name, filters, sort, after, limit, SystemClock().today())
    show(page.json(), shown(Words(lang), page), as_json)


#: Characters that a column needs to be read; a board with more columns than fit is told row by row.
_COLUMN = 12


def shown(words: Words, page: Any) -> list[RenderableType]:
    """A page: the columns that people read and of which some row says something; as a table where there is room."""
    from projections.questions.boards import listing_of

    listing = listing_of(page.board)
    if not page.rows:
        return [Text(words("h.no_rows"))]
    place = words.language == "hi"
    titles = {column.name: column.title[place] for column in listing.columns if column.title[place]}
    titles |= {one.name: one.title[place] for one in listing.reckoned}
    titles |= {one.name: one.title[place] for one in listing.elsewhere}
    told = [name for name in titles if any(row[name] not in (None, []) for row in page.rows)]
    heading = f"{listing.title[place]}, {words('h.day', day=words.day(page.day))}"
    people = any("person" in row for row in page.rows)
    fits = (len(told) + 2 * people) * _COLUMN <= out.width
    found = (_table if fits else _row_by_row)(
        words, page.rows, heading, {name: titles[name] for name in told}, people
    )
    return [*found, *more(words, page.next)]


def _table(
    words: Words, rows: list[Json], heading: str, titles: dict[str, str], people: bool
) -> list[RenderableType]:
    table = Table(
        title=heading, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0)
    )
    if people:
        table.add_column(words("c.who"), overflow="fold")
    for name, title in titles.items():
        number = any(isinstance(row[name], int) and not isinstance(row[name], bool) for row in rows)
        table.add_column(title, overflow="fold", justify="right" if number else "left")
    for row in rows:
        who = [name_of(words, row["person"])] if people else []
        table.add_row(*who, *(_cell(words, row[name]) for name in titles))
    return [table]


def _row_by_row(
    words: Words, rows: list[Json], heading: str, titles: dict[str, str], people: bool
) -> list[RenderableType]:
    """Each row as a heading and lines, for whom the board has more columns than the terminal has room."""
    found: list[RenderableType] = [Text(heading, style="italic"), Text("")]
    for row in rows:
        if people:
            found.append(Text(name_of(words, row["person"]), style="bold"))
        lines = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        lines.add_column(style="dim", min_width=24, max_width=32)
        lines.add_column(overflow="fold")
        for name, title in titles.items():
            if row[name] not in (None, []):
                lines.add_row(title, _cell(words, row[name]))
        found += [lines, Text("")]
    return found


def _cell(words: Words, value: Any) -> Text:
    if value is None:
        return Text("")
    if isinstance(value, bool):
        return Text(words("yes" if value else "no"))
    if isinstance(value, datetime):
        return Text(words.moment(value))
    if isinstance(value, date):
        return Text(words.day(value))
    if isinstance(value, list):
        return Text(", ".join(_plain(one) for one in value))
    return Text(str(value) if isinstance(value, int) else words.written(_plain(str(value))))


def _plain(text: str) -> str:
    """An identifier without its kind, where the column says it already."""
    return text.rpartition(":")[2] if text.count(":") == 1 and text.partition(":")[0].isupper() else text
