"""`sangam quarantine`: records that were set aside, and how two offices put them right."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import orjson
import typer

from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.base.settings import Settings
from ops.cli.console import print_json
from ops.cli.reading import open_reader

Json = dict[str, Any]

quarantine = typer.Typer(
    no_args_is_help=True, help="Records that were set aside: look, correct, discard, read again."
)
_JSON = typer.Option("--json", help="one JSON document, for programs")
_OFFICE = typer.Option(help="the office that decides: KIND:CODE[:DISTRICT]")


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.add_typer(quarantine, name="quarantine")


@quarantine.command(name="list")
def list_(
    source: Annotated[str | None, typer.Option(help="of this source alone")] = None,
    reason: Annotated[str | None, typer.Option(help="for this reason alone")] = None,
    records: Annotated[bool, typer.Option("--records", help="each record, not groups")] = False,
    limit: Annotated[int, typer.Option(min=1, max=500, help="with --records")] = 100,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """What is set aside, in groups of reason and source: how many, since when, what it means."""
    from projections.questions import quarantine as asked

    with open_reader() as reader:
        told = (
            asked.records(reader, source, reason, limit) if records else asked.listed(reader, source, reason)
        )
    if as_json:
        print_json(told)
        return
    for one in told:
        where = f"{one['source'] or 'source unknown'}, {one['type'] or 'type unknown'} on {one['topic']}"
        if records:
            _line(f"{one['id']}  {one['reason']}  {where}  first seen {one['first_seen']:%d-%m-%Y %H:%M}")
        else:
            _line(
                f"{one['records']:,} × {one['reason']}: {where}; first seen {one['first_seen']:%d-%m-%Y %H:%M},"
                f" last {one['last_seen']:%d-%m-%Y %H:%M}\n    {one['meaning']}\n    {one['meaning_hi']}"
            )
    if not told:
        _line("nothing is set aside / कुछ भी अलग नहीं रखा है")


@quarantine.command()
def show(
    record: Annotated[UUID, typer.Argument(help="id of the record, as `list --records` shows it")],
    plain: Annotated[bool, typer.Option("--plain", help="only the event, to be edited")] = False,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """One record whole: why, its bytes, and the event as far as it can be read."""
    from projections.questions import quarantine as asked

    with open_reader() as reader:
        told = asked.shown(reader, record, _schemas(), salted=plain)
    if plain:
        events = [one["event"] for one in told if one["event"] is not None]
        if not events:
            raise UserError("the body cannot be read: write the event anew, in plain form")
        print_json(events[0])
        return
    if as_json:
        print_json(told)
        return
    for one in told:
        _line(f"{one['id']}: {one['reason']}: {one['detail']}\n    {one['meaning']}\n    {one['meaning_hi']}")
        _line(
            f"source {one['source']} {one['source_epoch']}/{one['source_seq']}, topic {one['topic']}, key {one['key']}"
        )
        _line(f"files that are incomplete for it: {', '.join(one['files']) or 'none is known'}")
        for name, value in one["headers"]:
            _line(f"header {name}: {value}")
        _hex(bytes.fromhex(one["value"]))
        if one["event"] is not None:
            print_json(one["event"])
        for proposed in one["proposals"]:
            by = proposed["proposed_by"]
            _line(
                f"proposed {proposed['id']}: {proposed['action']} by {by['kind']}:{by['code']}: {proposed['reason']}"
            )


@quarantine.command()
def edit(
    record: Annotated[UUID, typer.Argument(help="id of the record")],
    file: Annotated[
        Path, typer.Argument(help="the corrected event in plain form (`show --plain` to begin with)")
    ],
    office: Annotated[str, _OFFICE],
    reason: Annotated[str, typer.Option(help="why, in a few words")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show what it would change")] = False,
) -> None:
    """Propose a corrected event. Shows what it changes; it acts once another office approves."""
    try:
        plain = orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise UserError(f"cannot read the corrected event in {file}: {error}") from error
    _propose(record, plain, office, reason, dry_run)


@quarantine.command()
def discard(
    record: Annotated[UUID, typer.Argument(help="id of the record")],
    office: Annotated[str, _OFFICE],
    reason: Annotated[str, typer.Option(help="why, in a few words")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show what it would change")] = False,
) -> None:
    """Propose to discard a record for good. It stays in the ledger's set-aside records; files forget it."""
    _propose(record, None, office, reason, dry_run)


@quarantine.command()
def approve(
    proposal: Annotated[UUID, typer.Argument(help="id of the proposal, as `show` shows it")],
    office: Annotated[str, _OFFICE],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show what it would change")] = False,
) -> None:
    """Approve what another office proposed: it acts from now on."""
    from ops.repairs import Repairs, office_of
    from projections.questions import quarantine as asked

    named, now = office_of(office), SystemClock().now()
    with open_reader() as reader:
        proposed = asked.proposal(reader, proposal)
        target = asked.found(reader, UUID(proposed.body["target"]))[0]
        _show_changes(asked.preview(reader, target, asked.proposed_change(proposed, _schemas()), now))
    if dry_run:
        return
    with Repairs(Settings(), now) as repairs:
        _line(f"approved: {repairs.approve(proposed, named)}")


@quarantine.command()
def retry() -> None:
    """Read everything that is set aside again: a schema may be registered by now, this program may read more."""
    from ops.hub import projector
    from projections.store import generation
    from projections.store.retaking import Due
    from schemas.reasons import Reason

    settings = Settings()
    hub = projector(settings, generation.prepare(settings.require_database()))
    try:
        count = hub.retake(Due(frozenset(Reason)))
    finally:
        hub.close()
    _line(f"{count:,} records come to something else now")


def _propose(record: UUID, plain: Json | None, office: str, reason: str, dry_run: bool) -> None:
    from ops.repairs import Repairs, office_of
    from projections.questions import quarantine as asked

    named, now = office_of(office), SystemClock().now()
    with Repairs(Settings(), now) as repairs:
        with open_reader() as reader:
            target = asked.found(reader, record)[0]
            change = None if plain is None else asked.corrected(plain, target, repairs.salt_key, now)
            _show_changes(asked.preview(reader, target, change, now))
        if dry_run:
            return
        proposal = repairs.propose(record, target.anchor, change, named, reason)
    _line(
        f"proposed: {proposal}; another office approves it: sangam quarantine approve {proposal} --office …"
    )


def _show_changes(told: list[Json]) -> None:
    for one in told:
        _line(f"{one['file']} would change:")
        for place in one["changes"]:
            before, after = (_short(place[side]) for side in ("before", "after"))
            _line(f"    {place['path'] or 'the whole file'}: {before} -> {after}")
    if not told:
        _line("no file would change")


def _short(value: Any) -> str:
    text = orjson.dumps(value).decode() if value is not None else "nothing"
    return text if len(text) <= 160 else text[:157] + "…"


def _schemas() -> Callable[[int], str]:
    from schemas.registry import RegistrySchemas, client

    url = Settings().require_registry()

    def ask(schema_id: int) -> str:
        with client(url) as registry:
            return RegistrySchemas(registry)(schema_id)

    return ask


def _hex(value: bytes) -> None:
    """Bytes as people look at them: sixteen a line, with the letters that they would be."""
    for at in range(0, min(len(value), 4096), 16):
        row = value[at : at + 16]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        _line(f"{at:06x}  {row.hex(' '):<47}  {letters}")
    if len(value) > 4096:
        _line(f"… and {len(value) - 4096:,} more bytes")


def _line(text: str) -> None:
    sys.stdout.write(text + "\n")
