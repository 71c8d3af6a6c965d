"""`sangam demo`: the whole exchange on this machine, from an empty folder to one undertrial's full status."""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from datetime import datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ops.base.clock import SystemClock
from ops.base.errors import UserError
from ops.base.running import run_calmly
from ops.base.settings import Settings
from ops.cli import publishing, reading
from ops.cli.console import err, out, steps
from ops.issuer import serving as development
from ops.issuer.people import grant_all
from ops.local.ports import free_port
from ops.local.stack import Stack
from projections.audit.log import Clerk
from projections.store import generation, watermarks
from projections.store.doors import doors
from projections.store.ports import TP
from schemas.topics import SOURCE_TOPICS
from streams.topics import Topics

CASES, DAYS, SEED = 120, 150, 7
_PATIENCE = 120.0


def add_to(app: typer.Typer) -> None:
    """Declare this module's commands."""
    app.command(epilog="Example: [bold]make demo[/bold]; stop with [bold]make down[/bold]")(demo)


def demo() -> None:
    """Start everything on this machine, let a simulated district publish, and show what the hub makes of it.

    May be run again at any time: what runs is left running, what is broken is repaired, and a district that has
    published is not asked to publish again.
    """
    settings = Settings()
    if any(os.environ.get(f"SANGAM_{name}") for name in ("KAFKA", "REGISTRY", "DATABASE")):
        raise UserError(
            "the demo starts a stack of its own: unset SANGAM_KAFKA, SANGAM_REGISTRY and SANGAM_DATABASE, or use "
            "`sangam simulate` and `sangam work` with your own cluster"
        )
    run_calmly()
    with steps() as progress:
        stack = Stack(settings.home, settings.cache, progress)
        stack.up()
        settings = Settings()
        generation.prepare(settings.require_database())
        _run(stack, "worker", ["work"])
    topics = Topics(settings.require_kafka())
    partitions = topics.partitions(set(SOURCE_TOPICS))
    if not any(topics.ends(partitions).values()):
        err.print(
            f"a district of {CASES} cases publishes what its departments wrote in {DAYS} days",
            highlight=False,
        )
        today = SystemClock().today()
        first = today - timedelta(days=DAYS)
        publishing.simulate(
            cases=CASES, days=DAYS, seed=SEED, rate=None, out=None, truth=None, disorder="usual",
            start=datetime.combine(first, time_of_day()), until=datetime.combine(today, time_of_day()), broken=0,
            as_json=False,
        )  # fmt: skip
    _wait_for_worker(settings, topics, topics.ends(partitions))
    with steps() as progress:
        progress.begin("sign-in")
        progress.finish(
            "sign-in", f"development issuer at {_issuer(stack, settings)}: it asks for no password"
        )
        progress.begin("api")
        port = _api(stack)
        progress.finish("api", f"http://127.0.0.1:{port}")
    _show(settings)
    home = "" if settings.home == Settings.model_fields["home"].default else f"SANGAM_HOME={settings.home} "
    out.print(
        f"\nThe web is at http://127.0.0.1:{port} (sign in as anybody); its API at /docs answers the same questions\n"
        f"as the commands:\n"
        f"  {home}.venv/bin/sangam case FIR|CNR|PID --sources     {home}.venv/bin/sangam undertrials\n"
        f"  {home}.venv/bin/sangam verify     (is what is live what the log says?)\n"
        f"Stop everything with: {home}make down",
        highlight=False,
        soft_wrap=True,
    )


def _run(stack: Stack, name: str, command: list[str]) -> None:
    env = {**os.environ, "SANGAM_HOME": str(stack.home)}
    stack.run(name, [sys.executable, "-m", "ops.cli.main", *command], env)


def _wait_for_worker(settings: Settings, topics: Topics, ends: dict[TP, int]) -> None:
    """Until the worker has stored all that the topics hold."""
    name = generation.prepare(settings.require_database())
    ids = topics.ids(set(SOURCE_TOPICS))
    wanted = {tp: end for tp, end in ends.items() if end > 0}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    deadline = time.monotonic() + _PATIENCE
    with (
        Progress(*columns, console=err, disable=not err.is_terminal) as progress,
        generation.connect(settings.require_database(), name, autocommit=True) as conn,
    ):
        task = progress.add_task("project", total=sum(wanted.values()))
        while True:
            stored = watermarks.read(conn, {tp: ids[tp[0]] for tp in wanted})
            done = sum(min(stored.get(tp, 0), end) for tp, end in wanted.items())
            progress.update(task, completed=done)
            if done == sum(wanted.values()):
                break
            if time.monotonic() > deadline:
                raise UserError(f"the worker does not get on: see {settings.home}/logs/worker.log")
            time.sleep(0.2)
    err.print(f"project: {done:,} records are in the files", highlight=False)


def _issuer(stack: Stack, settings: Settings) -> str:
    """Start the development issuer, and grant its people the offices of this district; returns its address."""
    kept = development.noted(stack.home)
    port = free_port() if kept is None else int(kept.url.rpartition(":")[2])
    _run(stack, "issuer", ["issuer", "--port", str(port)])
    url = f"http://127.0.0.1:{port}"
    _wait_for(f"{url}/keys", f"the issuer does not answer: see {stack.home}/logs/issuer.log")
    database = settings.require_database()
    offices: dict[str, list[str]] = {}
    with generation.connect(database, generation.prepare(database)) as conn:
        for kind, code in conn.execute(
            "SELECT DISTINCT split_part(relation, ':', 1), split_part(relation, ':', 2) FROM board_relation"
            " ORDER BY 1, 2"
        ):
            offices.setdefault(kind, []).append(code)
    with Clerk(doors(database).clerk, SystemClock()) as clerk:
        grant_all(clerk, url, offices)
    return url


def _wait_for(url: str, told: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  (an address of our own)
                return
        except OSError:
            if time.monotonic() > deadline:
                raise UserError(told) from None
            time.sleep(0.2)


def _api(stack: Stack) -> int:
    """Start the API on the port that it had before, or a free one; returns when it answers."""
    noted = Path(stack.home) / "api.json"
    port: int = json.loads(noted.read_text())["port"] if noted.exists() else free_port()
    noted.write_text(json.dumps({"port": port}))
    _run(stack, "api", ["serve", "--port", str(port)])
    _wait_for(f"http://127.0.0.1:{port}/health", f"the API does not answer: see {stack.home}/logs/api.log")
    return port


def _show(settings: Settings) -> None:
    """The board, and the full status of one of those on it: granted bail and still inside, if there is one."""
    name = generation.prepare(settings.require_database())
    with generation.connect(settings.require_database(), name) as conn:
        row = conn.execute(
            "SELECT root, accused FROM board_undertrial WHERE joined"
            " ORDER BY bail_granted_on IS NULL, cnr IS NULL, conflicts DESC, since, root LIMIT 1"
        ).fetchone()
    if row is None:
        raise UserError(
            "nobody is in jail in this district: run `sangam simulate --cases 200` and look again"
        )
    out.rule("[bold]undertrials, longest inside first")
    reading.undertrials(limit=6)
    out.rule("[bold]one of them")
    reading.case(row[0], accused=row[1])
