"""`sangam unlinked`: identifiers that others name and that nobody's record anchors, with the likely matches."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.base.settings import Settings
from ops.cli.console import print_json
from ops.cli.reading import open_reader

SOURCE = "hub.matcher/SANGAM"
_SEND_WITHIN = 30.0


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam unlinked --propose[/bold]")(unlinked)


def unlinked(
    suspect: Annotated[
        bool, typer.Option("--suspect", help="those that too many records name, such as FIR 0/2025")
    ] = False,
    propose: Annotated[
        bool, typer.Option("--propose", help="put the good matches before reviewers, on hub.identity")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=500, help="how many of the list")] = 100,
    after: Annotated[str, typer.Option(help="go on behind this identifier")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document, for programs")] = False,
) -> None:
    """What is named and not known, and what it may mean and why. A proposal acts only once a reviewer confirms it."""
    from projections.questions import unlinked as asked

    with open_reader() as reader:
        told = asked.suspect(reader, limit) if suspect else asked.unlinked(reader, limit, after)
    if propose and not suspect:
        count = _propose(told)
        sys.stderr.write(f"{count:,} proposed on hub.identity\n")
    if as_json:
        print_json(told)
        return
    for one in told:
        if suspect:
            sys.stdout.write(f"{one['identifier']}: named by {one['named_by']:,} records\n")
            continue
        sys.stdout.write(f"{one['identifier']}: named by {', '.join(one['named_by'])}\n")
        for match in one["matches"]:
            mark = "*" if match["identifier"] == one["proposal"] else " "
            sys.stdout.write(
                f"  {mark} {match['score']:>4} {match['identifier']}: {', '.join(match['why'])}\n"
            )


def _propose(told: list[dict[str, Any]]) -> int:
    """Publish the proposals; each once a day, however often it is asked for: its id follows from what it says."""
    from connectors.sdk import Connector
    from schemas.identifiers import parse

    settings, now = Settings(), SystemClock().now()
    try:
        connector = Connector(
            settings.home / "matcher", settings.require_kafka(), settings.require_registry()
        )
    except ValueError as error:
        raise UserError(str(error)) from error
    count = 0
    with connector:
        for one in told:
            for claimant in one["named_by"] if one["proposal"] else ():
                if not claimant.startswith("PID:"):
                    continue
                pid, case = dict(parse(claimant)), dict(parse(one["proposal"]))
                envelope = {
                    "source": SOURCE, "source_record": f"{claimant} {one['identifier']} {one['proposal']}",
                    "occurred_at": now.replace(hour=0, minute=0, second=0, microsecond=0), "recorded_at": now,
                    "anchor": pid,
                }  # fmt: skip
                body = {
                    "left": pid, "right": case, "link_kind": "HELD_UNDER", "evidence": "MATCHER", "score": one["score"],
                    "in_place_of": dict(parse(one["identifier"])),
                }  # fmt: skip
                connector.publish("hub.LinkAsserted", {"envelope": envelope, **body})
                count += 1
        if not connector.flush(_SEND_WITHIN):
            raise UserError(
                "the proposals are on disk; the broker cannot be reached: they are sent the next time"
            )
    return count
