"""`sangam alarms` and `receipt`: which dates of the law are near or missed, and what became of an event."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.cli.options import After, AsJson, Lang, Limit
from ops.cli.reading import open_reader, show

if TYPE_CHECKING:
    from projections.questions.receipts import Receipts
    from projections.store.reading import Reader

_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_NAMED = re.compile(r'"event_id"\s*:\s*"([0-9a-f-]{36})"')
_REPORT = ".report.csv"


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam alarms --jail BR-0101 --lang hi[/bold]")(alarms)
    app.command(
        epilog="Examples: [bold]sangam receipt 27050fef-e280-5093-b53e-4ee1bdac0c6e[/bold]; "
        "[bold]sangam receipt police.cctns/PS-PATKOT:row-12[/bold]; [bold]sangam receipt arrests.csv[/bold]"
    )(receipt)


def alarms(
    jail: Annotated[str | None, typer.Option(help="code of the jail: its prisoners', as BR-0101")] = None,
    court: Annotated[str | None, typer.Option(help="code of the court")] = None,
    police_station: Annotated[str | None, typer.Option(help="code of the police station")] = None,
    district: Annotated[str | None, typer.Option(help="code of the district")] = None,
    rule: Annotated[str | None, typer.Option(help="one rule alone, as default-bail or 479.half")] = None,
    limit: Limit = 25,
    after: After = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """The alarms that stand, what is due first: which date of the law is near, is there or has passed, and why.

    They are raised by the messenger of sangam work, and told on hub.alarms.
    """
    from ops.cli.shown import told
    from projections.questions import alarms as question
    from projections.shown.words import Words

    filters = question.Filters(jail, court, police_station, district, rule)
    with open_reader() as reader:
        page = question.page(reader, filters, after, limit, SystemClock().today())
    show(page.json(), told.alarms(Words(lang), page), as_json)


def receipt(
    what: Annotated[
        str, typer.Argument(help="an event's id, SOURCE:RECORD, or a file that was published or dropped")
    ],
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """What became of my event? Where it is visible and since when it is known, or why it is not.

    Of a file: of each event in it (JSON Lines), or that its report names (FILE.report.csv).
    """
    from ops.cli.shown import told
    from projections.shown.words import Words

    with open_reader() as reader:
        answer = _became(reader, what)
    show(answer.json(), told.receipts(Words(lang), answer), as_json)


def _became(reader: Reader, what: str) -> Receipts:
    from projections.questions import receipts

    if _UUID.fullmatch(what.strip()):
        return receipts.of_events(reader, [UUID(what.strip())])
    if (file := Path(what)).is_file():
        return receipts.of_events(reader, _events_of(file))
    if (named := receipts.record_of(what)) is not None:
        return receipts.of_record(reader, *named)
    raise UserError(
        "neither an event's id, nor SOURCE:RECORD (as police.cctns/PS-PATKOT:row-12), nor a file that is there"
    )


def _events_of(file: Path) -> list[UUID]:
    """The events of a file of JSON Lines, or of the report that the drop wrote beside a file."""
    report = file if file.name.endswith(_REPORT) else file.with_name(file.name + _REPORT)
    pattern, source = (_UUID, report) if report.is_file() else (_NAMED, file)
    try:
        text = source.read_text("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    found = [UUID(one) for one in pattern.findall(text)]
    if not found:
        raise UserError(
            f"{source} names no event: give the JSON Lines that were published, or a file with a report beside it"
        )
    return found
