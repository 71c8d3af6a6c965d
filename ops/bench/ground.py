"""The ground of a measurement: a stack of its own, and programs of ours that run on it and are ended with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from ops.base.settings import Settings
from ops.local.errors import StackError
from ops.local.progress import Progress
from ops.local.stack import Stack
from projections.store import generation

ROOT = Path(__file__).parents[2]
"""Where the packages lie: what a program in another environment needs on its path."""
_GRACE = 30.0

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Ground:
    """A running stack. `home` holds whatever the bench writes, and goes when it ends."""

    home: Path
    settings: Settings
    progress: Progress

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What a program on this ground is to find in its environment: this stack, and no other."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SANGAM_")}
        return kept | {"SANGAM_HOME": str(self.home), "SANGAM_LOG_FORMAT": "json"} | dict(more or {})

    @contextmanager
    def program(
        self, argv: Sequence[str], name: str, more: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Run a program beside us; it is ended when the block ends. Its output goes to logs/`name`.log."""
        with self.log(name).open("ab") as log:
            running = subprocess.Popen(
                argv, env=self.environment(more), stdout=log, stderr=log, cwd=self.home
            )
            try:
                yield running
            finally:
                running.terminate()
                try:
                    running.wait(_GRACE)
                except subprocess.TimeoutExpired:
                    running.kill()
                    running.wait()

    def log(self, name: str) -> Path:
        """Where a program's output goes."""
        folder = self.home / "logs"
        folder.mkdir(exist_ok=True)
        return folder / f"{name}.log"

    def connect(self) -> Connection:
        """A connection of a reader: its search_path is the active generation's. Raises LookupError before there is
        one."""
        with psycopg.connect(self.settings.require_database()) as conn:
            name = generation.active(conn)
        return generation.connect(self.settings.require_database(), name, autocommit=True)


def sangam(*words: str) -> list[str]:
    """The command line of `sangam …` in this environment."""
    return [sys.executable, "-m", "ops.cli.main", *words]


def said(log: Path, lines: int = 5) -> str:
    """The last lines of a log, for a message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


@contextmanager
def own_stack(home: Path, cache: Path, progress: Progress) -> Iterator[Ground]:
    """A stack in a new folder under `home`; stopped and removed when the block ends, however it ends."""
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=home.absolute()))
    folder.chmod(0o755)
    stack = Stack(folder, cache, progress)
    try:
        stack.up()
        yield Ground(folder, settings_of(folder, cache), progress)
    finally:
        try:
            stack.down()
        except StackError:
            progress.finish(
                "down", f"the stack in {folder} could not be stopped: look at it with `sangam status`"
            )
            raise
        shutil.rmtree(folder, ignore_errors=True)


def settings_of(home: Path, cache: Path) -> Settings:
    """The settings of the stack in this folder, whatever the environment says of another."""
    names = ("SANGAM_KAFKA", "SANGAM_REGISTRY", "SANGAM_DATABASE")
    kept = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        return Settings(home=home, cache=cache)
    finally:
        os.environ.update(kept)


@contextmanager
def own_database(server: str, name: str) -> Iterator[str]:
    """A new database on the server of this URL, dropped when the block ends; its URL."""
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as conn:
            conn.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
