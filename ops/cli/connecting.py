"""`sangam gateway` and `sangam relay`: how departments' systems get their events into the exchange."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from connectors.relay.relay import DDL, Relay
from connectors.sdk import Connector
from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.base.log import configure
from ops.base.settings import Settings
from ops.cli.console import err
from schemas.reasons import FaultError
from schemas.windows import source_identifier

_PUBLISHERS = "publishers.toml"
_PORT = 8322


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(
        epilog="Example: [bold]sangam gateway[/bold]; a first try: "
        "[bold]TOKEN=$(sangam gateway --dev-key police)[/bold], then docs/departments.md"
    )(gateway)
    app.command(
        epilog="Example: [bold]sangam relay --source police.cctns/PS-PATKOT --database postgresql://…[/bold]; "
        "the table: [bold]sangam relay --ddl | psql …[/bold]"
    )(relay)


def gateway(
    host: Annotated[
        str, typer.Option(help="address to listen on; others than loopback need TLS")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one")] = _PORT,
    folder: Annotated[
        Path | None, typer.Option(help="outbox, secret and publishers.toml; default: SANGAM_HOME/gateway")
    ] = None,
    window: Annotated[
        float, typer.Option(min=1, help="seconds after which a source's numbers are stated in a manifest")
    ] = 60,
    tls_certificate: Annotated[Path | None, typer.Option(help="PEM")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="PEM")] = None,
    tls_clients: Annotated[
        Path | None, typer.Option(help="PEM of the authorities whose client certificates are taken")
    ] = None,
    dev_key: Annotated[
        str | None,
        typer.Option(metavar="DEPARTMENT", help="print a token for a first try on this machine, and end"),
    ] = None,
    new_epoch: Annotated[
        bool,
        typer.Option("--new-epoch", help="the folder was restored with the whole disk: begin new numbers"),
    ] = False,
) -> None:
    """Take events over HTTP from departments' systems, keep them on disk, and bring them to the broker.

    Who may publish what stands in publishers.toml (docs/departments.md); it is read again when it changes. Events are
    taken while the broker is away, too. Runs until it is stopped (Ctrl-C or SIGTERM).
    """
    from connectors.gateway.app import create
    from connectors.gateway.dev_keys import dev_token
    from connectors.gateway.publishers import Publishers
    from connectors.gateway.serving import Tls, address_of, serve

    settings = Settings()
    folder = folder or settings.home / "gateway"
    if dev_key is not None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sys.stdout.write(dev_token(folder / _PUBLISHERS, dev_key, SystemClock()) + "\n")
        return
    if (tls_certificate is None) != (tls_key is None):
        raise UserError("give both --tls-certificate and --tls-key, or neither")
    tls = Tls(tls_certificate, tls_key, tls_clients) if tls_certificate and tls_key else None
    configure(settings.log_format, settings.log_level)
    with _connector(settings, folder, window, new_epoch) as connector:
        publishers = Publishers(folder / _PUBLISHERS, address_of(host).is_loopback)
        app = create(connector, publishers, SystemClock())

        def told(address: str) -> None:
            known = len(publishers.all())
            err.print(
                f"the gateway listens at {address} ({address}/docs) for {known} publishers of {publishers.path}",
                highlight=False, soft_wrap=True,
            )  # fmt: skip
            if not known:
                err.print(
                    "nobody may publish yet: `sangam gateway --dev-key police` makes a key for a first try"
                )

        serve(app, host, port, tls, told)


def relay(
    source: Annotated[
        str | None, typer.Option(help="envelope.source of rows that name none: department.system/writer")
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(envvar="SANGAM_OUTBOX_DATABASE", help="the department's own database, postgresql://…"),
    ] = None,
    table: Annotated[str, typer.Option(help="its outbox table")] = "sangam_outbox",
    folder: Annotated[
        Path | None, typer.Option(help="the relay's own outbox and secret; default: SANGAM_HOME/relay")
    ] = None,
    poll: Annotated[float, typer.Option(min=0.05, help="seconds between looks where no NOTIFY comes")] = 1.0,
    window: Annotated[
        float, typer.Option(min=1, help="seconds after which a source's numbers are stated in a manifest")
    ] = 60,
    once: Annotated[
        bool, typer.Option("--once", help="take what is there, wait until it has arrived, and end")
    ] = False,
    ddl: Annotated[bool, typer.Option("--ddl", help="print the table's DDL, and end")] = False,
    new_epoch: Annotated[
        bool,
        typer.Option("--new-epoch", help="the folder was restored with the whole disk: begin new numbers"),
    ] = False,
) -> None:
    """Publish what a department's PostgreSQL wrote to its outbox table, each row once; refused rows are told why.

    Runs until it is stopped (Ctrl-C or SIGTERM); the department's database and the broker may be away meanwhile.
    """
    if ddl:
        sys.stdout.write(DDL.read_text(encoding="utf-8"))
        return
    if source is None or database is None:
        raise UserError(
            "give --source and --database (or SANGAM_OUTBOX_DATABASE); `sangam relay --ddl` prints the table"
        )
    try:
        source_identifier(source)
    except FaultError as fault:
        raise UserError(f"--source: {fault.detail.removeprefix('envelope.source ')}") from None
    settings = Settings()
    configure(settings.log_format, settings.log_level)
    with _connector(settings, folder or settings.home / "relay", window, new_epoch) as connector:
        work = Relay(database, table, source, connector, poll)
        if once:
            taken = _taken(work)
            arrived = connector.flush(60)
            err.print(
                f"{taken:,} rows taken" + ("" if arrived else "; the broker does not have all of them yet")
            )
            return
        stop = threading.Event()
        for told in (signal.SIGINT, signal.SIGTERM):
            signal.signal(told, lambda *_: stop.set())
        err.print(f"relaying {table}; stop with Ctrl-C", highlight=False)
        work.run(stop)


def _taken(work: Relay) -> int:
    try:
        return work.once()
    except psycopg.OperationalError as error:
        raise UserError(f"the department's database does not answer: {error}") from error


@contextmanager
def _connector(settings: Settings, folder: Path, window: float, new_epoch: bool) -> Iterator[Connector]:
    """A connector of this machine; errors of its secret become words."""
    try:
        connector = Connector(
            folder,
            settings.require_publish_kafka(),
            settings.require_registry(),
            window=timedelta(seconds=window),
        )
    except ValueError as error:
        raise UserError(str(error)) from error
    with connector:
        if new_epoch:
            begun = connector.outbox.database.new_epoch()
            err.print(f"numbers begin anew, in epoch {begun}", highlight=False)
        yield connector
