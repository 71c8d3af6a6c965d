"""`sangam case`, `undertrials`, `event` and `serve`: reading what the hub knows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer
from rich.console import RenderableType

from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.base.settings import Settings
from ops.cli.console import err, out
from ops.cli.options import After, AsJson, AsOf, KnownAt, Lang, Limit, Named, OneAccused

if TYPE_CHECKING:
    from projections.store.reading import Reader


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam case BR-PATKOT-2025-0123 --accused A1 --sources[/bold]")(case)
    app.command(epilog="Example: [bold]sangam undertrials --jail BR-0101 --bail GRANTED[/bold]")(undertrials)
    app.command(epilog="Example: [bold]sangam event 27050fef-e280-5093-b53e-4ee1bdac0c6e[/bold]")(event)
    app.command(epilog="Example: [bold]sangam serve --port 8321[/bold]")(serve)


def case(
    identifier: Named,
    accused: OneAccused = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="under each line the events it rests on")
    ] = False,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """What every department knows of a case and of each accused; of a prisoner, in every case of his.

    A case with several accused shows a sentence for each; --accused gives the full status of one.
    """
    from ops.cli.shown import answers
    from projections.questions import files
    from projections.questions.errors import NotFound
    from projections.questions.when import day_of, moment_of, when
    from projections.shown.words import Words

    at = when(
        SystemClock().today(),
        None if as_of is None else day_of(as_of),
        None if known_at is None else moment_of(known_at),
    )
    named = files.identifier_of(identifier)
    ask = files.custody if named.startswith("PID:") else files.case
    with open_reader() as reader:
        try:
            answer = ask(reader, named, at)
        except NotFound as error:
            near = " or ".join(reader.near(named))
            raise NotFound(f"{error}; is {near} meant?" if near else str(error)) from None
    if isinstance(answer, files.OneFile):
        if accused is not None:
            answer = replace(answer, reference=reference_of(answer.statuses, accused))
        shown = answers.one_file(Words(lang), answer, sources)
    else:
        shown = answers.several(Words(lang), answer)
    show(answer.json(), shown, as_json)


def undertrials(
    jail: Annotated[str | None, typer.Option(help="code of the jail, as BR-0101")] = None,
    court: Annotated[str | None, typer.Option(help="code of the court")] = None,
    police_station: Annotated[str | None, typer.Option(help="code of the police station")] = None,
    district: Annotated[str | None, typer.Option(help="code of the district")] = None,
    bail: Annotated[
        str | None, typer.Option(help="NONE, APPLIED, GRANTED, REJECTED or CANCELLED; GRANTED: still inside")
    ] = None,
    limit: Limit = 25,
    after: After = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Who is in jail in a case that is not decided, longest inside first, a page at a time."""
    from ops.cli.shown import answers
    from projections.questions import undertrials as board
    from projections.shown.words import Words

    filters = board.Filters(jail, court, police_station, district, _bail_state(bail))
    with open_reader() as reader:
        page = board.page(reader, filters, after, limit, SystemClock().today())
    show(page.json(), answers.board(Words(lang), page, out.width), as_json)


def event(
    event_id: Annotated[str, typer.Argument(help="the event's id, as --sources shows it")],
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """An event as its department sent it: what it says, whether it counts, and if not, why."""
    from ops.cli.shown import answers
    from projections.questions import events
    from projections.shown.words import Words

    try:
        asked = UUID(event_id)
    except ValueError:
        raise UserError(
            "not an event id: write it as --sources shows it, 27050fef-e280-5093-b53e-4ee1bdac0c6e"
        ) from None
    with open_reader() as reader:
        answer = events.event(reader, asked)
    show(answer.json(), answers.event(Words(lang), answer), as_json)


def serve(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="0 takes a free one; default SANGAM_API_PORT")
    ] = None,
) -> None:
    """Serve the web and the API on this machine until it is stopped (Ctrl-C or SIGTERM)."""
    from ops.base.log import configure
    from ops.house import house
    from projections.api.serving import serve as served

    settings = Settings()
    configure(settings.log_format, settings.log_level)

    def told(address: str) -> None:
        err.print(
            f"web at {address} (the API's documentation: {address}/docs)", highlight=False, soft_wrap=True
        )

    served(
        lambda address: house(settings, address),
        settings.api_host,
        settings.api_port if port is None else port,
        told,
    )


@contextmanager
def open_reader() -> Iterator[Reader]:
    """A reader for one question."""
    from projections.questions.readers import Readers

    with Readers(Settings().require_database(), most=1) as readers, readers.reader() as reader:
        yield reader


def reference_of(statuses: list[dict[str, Any]], text: str) -> str:
    """The reference of the accused that is meant: in full, or the police's, court's or jail's own code."""
    wanted = text.strip()
    known: list[str] = [ref for status in statuses for ref in status["references"]]
    found = [ref for ref in known if ref == wanted] or [
        ref for ref in known if ref.rpartition(":")[2].upper() == wanted.upper()
    ]
    if not found:
        codes = [status["accused"].rpartition(":")[2] for status in statuses]
        raise UserError(f"no such accused here: --accused is one of {', '.join(codes) or 'none'}")
    if len(found) > 1:
        raise UserError(f"several go by that: write one of {', '.join(found)}")
    return found[0]


def _bail_state(text: str | None) -> Any:
    """In any case of letters; what it may be is checked with the other filters."""
    return None if text is None else text.strip().upper()


def show(json: bytes, shown: Iterable[RenderableType], as_json: bool) -> None:
    """Print an answer: for programs as the API gives it, else as it is shown."""
    if as_json:
        sys.stdout.buffer.write(json + b"\n")
        sys.stdout.buffer.flush()
        return
    for one in shown:
        out.print(one, highlight=False, crop=False)
