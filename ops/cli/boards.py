"""`sangam boards` and `sangam board`: what there is to be done, as each office asks for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ops.base.clock import SystemClock
from ops.cli.console import out
from ops.cli.reading import Language, open_reader, show
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
    lang: Annotated[Language, typer.Option(help="language of the labels: en or hi")] = "en",
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
    limit: Annotated[int, typer.Option(help="rows of the page, 1 to 500")] = 25,
    after: Annotated[str | None, typer.Option(help="the page after: as the page before gives it")] = None,
    lang: Annotated[Language, typer.Option(help="language of the labels: en or hi")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="the answer of the API, for programs")] = False,
) -> None:
    """A board, a page at a time."""
    from projections.questions import boards as question

    filters = question.filters_of(where or ())
    with open_reader() as asked:
        page = question.board(asked, name, filters, sort, after, limit, SystemClock().today())
    show(page.json(), shown(Words(lang), page), as_json)


def shown(words: Words, page: Any) -> list[RenderableType]:
    """A page as a table: the columns that people read and of which some row says something."""
    from projections.questions.boards import listing_of

    listing = listing_of(page.board)
    if not page.rows:
        return [Text(words("h.no_rows"))]
    place = words.language == "hi"
    titles = {column.name: column.title[place] for column in listing.columns if column.title[place]}
    titles |= {one.name: one.title[place] for one in listing.reckoned}
    titles |= {one.name: one.title[place] for one in listing.elsewhere}
    told = [name for name in titles if any(row[name] not in (None, []) for row in page.rows)]
    table = Table(
        title=f"{listing.title[place]}, {words('h.day', day=words.day(page.day))}",
        title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0),
    )  # fmt: skip
    people = any("person" in row for row in page.rows)
    if people:
        table.add_column(words("c.who"), overflow="fold")
    for name in told:
        number = any(isinstance(row[name], int) and not isinstance(row[name], bool) for row in page.rows)
        table.add_column(titles[name], overflow="fold", justify="right" if number else "left")
    for row in page.rows:
        who = [name_of(words, row["person"])] if people else []
        table.add_row(*who, *(_cell(words, row[name]) for name in told))
    if page.next is None:
        return [table]
    # In one piece, so that it can be copied; a bare text would be wrapped whatever it says itself.
    following = Text(words("h.next", cursor=page.next), style="dim", no_wrap=True, overflow="ignore")
    return [table, Group(following)]


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
    return Text(str(value) if isinstance(value, int) else words.code(_plain(str(value))))


def _plain(text: str) -> str:
    """An identifier without its kind, where the column says it already."""
    return text.rpartition(":")[2] if text.count(":") == 1 and text.partition(":")[0].isupper() else text
