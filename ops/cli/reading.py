"""`sangam case`, `undertrials`, `event` and `serve`: reading what the hub knows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

import typer
from rich.console import RenderableType

from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.base.settings import Settings
from ops.cli.console import err, out

if TYPE_CHECKING:
    from projections.store.reading import Reader

Language = Literal["en", "hi"]
_AS_JSON = typer.Option("--json", help="the answer of the API, for programs")
_LANGUAGE = typer.Option(help="language of the labels: en or hi")


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam case BR-PATKOT-2025-0123 --accused A1 --sources[/bold]")(case)
    app.command(epilog="Example: [bold]sangam undertrials --jail BR-0101 --bail GRANTED[/bold]")(undertrials)
    app.command(epilog="Example: [bold]sangam event 27050fef-e280-5093-b53e-4ee1bdac0c6e[/bold]")(event)
    app.command(epilog="Example: [bold]sangam serve --port 8321[/bold]")(serve)


def case(
    identifier: Annotated[str, typer.Argument(help="FIR, CNR or prisoner's PID, in any usual spelling")],
    accused: Annotated[
        str | None, typer.Option(help="one accused alone: A1, or his reference in full")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="as it stood on this day, 24-11-2026")] = None,
    known_at: Annotated[
        str | None, typer.Option(help="as it was known then, 2026-11-24T18:30:00+05:30")
    ] = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="under each line the events it rests on")
    ] = False,
    lang: Annotated[Language, _LANGUAGE] = "en",
    as_json: Annotated[bool, _AS_JSON] = False,
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
    limit: Annotated[int, typer.Option(help="rows of the page, 1 to 500")] = 25,
    after: Annotated[str | None, typer.Option(help="the page after: as the page before gives it")] = None,
    lang: Annotated[Language, _LANGUAGE] = "en",
    as_json: Annotated[bool, _AS_JSON] = False,
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
    lang: Annotated[Language, _LANGUAGE] = "en",
    as_json: Annotated[bool, _AS_JSON] = False,
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
