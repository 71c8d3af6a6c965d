"""`sangam issuer`, `grant` and `audit`: who may ask, and who has asked."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ops.base.errors import UserError
from ops.base.settings import Settings
from ops.cli.console import err, out, print_json

if TYPE_CHECKING:
    from projections.audit.log import Clerk

audit = typer.Typer(
    no_args_is_help=True, help="The record of reads: whether it is whole, and who has seen a record."
)


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]sangam issuer --port 8322[/bold]")(issuer)
    app.command(epilog="Example: [bold]sangam grant a-subject PROSECUTOR PROSECUTOR:APP-PAT-3[/bold]")(grant)
    app.add_typer(audit, name="audit")


def issuer(port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one")] = 0) -> None:
    """Serve the development issuer on this machine: anybody may be anybody. Never for real data."""
    from ops.base.log import configure
    from ops.issuer.serving import serve

    settings = Settings()
    configure(settings.log_format, settings.log_level)
    serve(
        settings.home, settings.api_host, port,
        lambda address: err.print(f"development issuer at {address}", highlight=False, soft_wrap=True),
    )  # fmt: skip


def grant(
    subject: Annotated[str, typer.Argument(help="the issuer's name (sub) of the person or system")],
    role: Annotated[str, typer.Argument(help="a role of projections/access/roles, as PROSECUTOR")],
    offices: Annotated[
        list[str] | None, typer.Argument(help="offices from which it is held, as JAIL:BR-0101")
    ] = None,
    from_issuer: Annotated[
        str | None, typer.Option("--issuer", help="default: SANGAM_ISSUER, else the development issuer")
    ] = None,
) -> None:
    """Grant a role to a subject of the issuer; it goes on record."""
    from ops.house import issuer_of
    from projections.signin.grants import grant as given

    with _clerk() as clerk:
        number = given(clerk, "operator", from_issuer or issuer_of(Settings()), subject, role, offices or [])
    out.print(f"grant {number}: {subject} is {role}", highlight=False)


@audit.command()
def verify(
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document, for programs")] = False,
) -> None:
    """Find any change, removal, reordering or insertion in the record of reads; exits with 1 if there is one."""
    from projections.audit.log import check
    from projections.store.generation import connect

    with connect(Settings().require_database(), autocommit=True) as conn:
        count, broken = check(conn)
    if as_json:
        print_json({"entries": count, "broken": [{"entry": one.seq, "what": one.what} for one in broken]})
    else:
        for one in broken:
            err.print(f"[red]entry {one.seq}:[/red] {one.what}", highlight=False)
        out.print(
            f"{count} entries, " + (f"{len(broken)} broken" if broken else "the chain is whole"),
            highlight=False,
        )
    if broken:
        raise typer.Exit(1)


@audit.command()
def checkpoint() -> None:
    """Note where the record ends now, and print it: keep the line where nobody who runs the hub can change it."""
    from ops.base.clock import SystemClock
    from projections.audit.log import checkpoint as noted
    from projections.store.generation import connect

    with connect(Settings().require_database(), autocommit=True) as conn:
        seq, digest = noted(conn, SystemClock())
    out.print(f"{seq} {digest.hex()}", highlight=False)


@audit.command()
def who(
    identifier: Annotated[str, typer.Argument(help="the file's root, as FIR:BR-PATKOT-2025-0123")],
) -> None:
    """Who has seen a record, newest first."""
    from projections.audit.log import who_saw
    from projections.questions.files import identifier_of
    from projections.store.generation import connect

    root = identifier_of(identifier)
    with connect(Settings().require_database(), autocommit=True) as conn:
        found = who_saw(conn, root)
    if not found:
        raise UserError(f"nobody has seen {root}")
    table = Table("entry", "at", "subject", "role", "purpose", "question", box=None, pad_edge=False)
    for entry in found:
        table.add_row(
            str(entry.seq),
            f"{entry.at:%d-%m-%Y %H:%M} UTC",
            entry.subject,
            entry.role,
            entry.purpose,
            entry.question,
        )
    out.print(table)


def _clerk() -> AbstractContextManager[Clerk]:
    from ops.base.clock import SystemClock
    from projections.audit.log import Clerk
    from projections.store.doors import doors

    return Clerk(doors(Settings().require_database()).clerk, SystemClock())
