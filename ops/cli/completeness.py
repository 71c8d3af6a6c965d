"""`sangam completeness`: what the hub has not received, and what it cannot use, by source."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ops.base.clock import INDIA, SystemClock
from ops.base.settings import NotConfigured, Settings
from ops.cli.console import print_json
from ops.cli.reading import open_reader

if TYPE_CHECKING:
    from projections.completeness.report import Report, SourceReport


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam completeness --source court.cis/BRPA01[/bold]")(completeness)


def completeness(
    source: Annotated[str | None, typer.Option(help="one source alone, as envelope.source")] = None,
    everything: Annotated[bool, typer.Option("--all", help="also sources that are complete")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document, for programs")] = False,
) -> None:
    """Which numbers of each source have not come, since when; what was refused, what is not visible yet.

    A number is missing once it cannot be on its way any more. Exits with 1 unless all is complete.
    """
    from projections.completeness.report import report
    from projections.questions.completeness import plain

    ends = _ends()
    _add_up()
    with open_reader() as reader:
        told = report(reader.conn, SystemClock().now(), ends, source)
    if as_json:
        print_json(plain(told))
    else:
        sys.stdout.write("\n".join(_lines(told, everything or source is not None)) + "\n")
    if not told.complete:
        raise typer.Exit(1)


def _lines(told: Report, everything: bool) -> list[str]:
    lines = [line for one in told.sources if everything or one.gaps or one.refused for line in _source(one)]
    lines += [
        f"{topic}: {count:,} records that name no source: {reason}"
        for (topic, reason), count in told.nameless.items()
    ]
    lines += [f"{t.topic}: {t.waiting:,} records are not visible yet" for t in told.topics if t.waiting]
    for kind, (waiting, suspect) in told.unlinked.items():
        if waiting:
            lines.append(
                f"{waiting:,} {kind} are named by others and have no record of their own: sangam unlinked"
            )
        if suspect:
            lines.append(
                f"{suspect:,} {kind} are SUSPECT: too many records name them: sangam unlinked --suspect"
            )
    missing = sum(one.missing for one in told.sources)
    lines.append(
        "complete / पूर्ण"
        if told.complete
        else f"not complete: {missing:,} numbers missing of {len(told.sources):,} sources"
        f" / अपूर्ण: {missing:,} क्रमांक नहीं आए"
    )
    return lines


def _source(one: SourceReport) -> list[str]:
    lines = [
        f"{one.source} (epoch {one.epoch}): {one.received:,} received up to {one.last:,}, {one.missing:,} missing,"
        f" {one.late:,} came late, {one.voided:,} voided"
    ]
    for gap in one.gaps:
        numbers = f"{gap.first:,}" if gap.first == gap.last else f"{gap.first:,} to {gap.last:,}"
        since = f"{gap.since.astimezone(INDIA):%d-%m-%Y %H:%M:%S}"
        lines.append(f"    {'missing' if gap.certain else 'on its way?'}: {numbers}, since {since}")
    lines += [f"    {count:,} set aside: {reason}" for reason, count in one.refused.items()]
    return lines


def _add_up() -> None:
    """Have what came since added up, also where no worker is there to do it."""
    from projections.completeness.settling import settle
    from projections.store import generation

    database = Settings().require_database()
    with generation.connect(database) as conn:
        name = generation.active(conn)
    with generation.connect(database, name) as conn:
        settle(conn)


def _ends() -> dict[tuple[str, int], int] | None:
    """Where the log ends; None where no broker is configured."""
    from schemas.topics import SOURCE_TOPICS
    from streams.topics import Topics

    try:
        topics = Topics(Settings().require_kafka())
    except NotConfigured:
        return None
    return dict(topics.ends(topics.partitions(set(SOURCE_TOPICS))))
