"""One PostgreSQL 18 server on loopback.

Durability is the product's third law, so fsync and synchronous_commit stay on; only sizes are tuned, on
the command line of every start, so that an old data folder gets today's values.

PostgreSQL refuses to run as root. Started by root, it runs as `nobody` with the one capability that lets
it reach its programs and its data wherever they are, below a closed home folder too.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import psycopg

from ops.local.errors import StackError, with_log
from ops.local.part import Launch
from ops.local.ports import is_open
from ops.local.process import command_line

_USER: Final = "sangam"
DATABASE: Final = "sangam"

_TUNING: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "jit": "off",  # our statements are short; compiling them costs more than it saves
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",  # a failing statement's text would bring a row into the log
}


class Postgres:
    """Data in `home`/postgres, where its random password lies too (readable by its owner alone)."""

    name = "postgres"
    title = "PostgreSQL 18"
    port_names: tuple[str, ...] = ("postgres",)
    stop_signal = signal.SIGINT  # "fast": break off what runs, write a checkpoint, end
    start_seconds = 60.0  # it may have to recover from a crash
    stop_seconds = 30.0

    def __init__(self, home: Path, programs: Path) -> None:
        self._home = home / "postgres"
        self._data = self._home / "data"
        self._programs = programs
        self.log = home / "logs" / "postgres.log"

    def prepare(self, ports: Mapping[str, int]) -> None:
        self._home.mkdir(parents=True, exist_ok=True)
        if not self._data.exists():
            self._initialise()
        self._forget_strange_pid_file()

    def _initialise(self) -> None:
        """Build the cluster beside its place and move it there when it is whole."""
        growing = self._home / "data.growing"
        shutil.rmtree(growing, ignore_errors=True)
        growing.mkdir(mode=0o700)
        password = self._home / "password"
        if not password.exists():
            password.touch(mode=0o600)
            password.write_text(secrets.token_hex(16))
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(growing, nobody.pw_uid, nobody.pw_gid)
        argv = (
            str(self._programs / "initdb"),
            *("--pgdata", str(growing), "--username", _USER, "--pwfile", str(password)),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-instructions"),
            # Nothing is in it yet that could be lost; the server syncs all that comes later.
            "--no-sync",
        )
        run = subprocess.run(
            _not_as_root(argv),
            env=_ENV,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if run.returncode != 0:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            self.log.write_text(run.stdout + run.stderr)
            raise with_log("PostgreSQL's data folder could not be laid out", self.log)
        growing.rename(self._data)

    def _forget_strange_pid_file(self) -> None:
        """Remove a postmaster.pid whose pid belongs to another program by now.

        PostgreSQL sees through a stale file by itself if no such process lives, and then also checks that no
        server process of the old one is left; so only the case that it would refuse is handled here.
        """
        pid_file = self._data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        words = command_line(pid)
        if words and str(self._data) not in words:
            pid_file.unlink()

    def launch(self, ports: Mapping[str, int]) -> Launch:
        settings = _TUNING | {"port": str(ports["postgres"])}
        tuning = (word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
        argv = (str(self._programs / "postgres"), "-D", str(self._data), *tuning)
        return Launch(_not_as_root(argv), _ENV)

    def ready(self, ports: Mapping[str, int]) -> bool:
        if not is_open(ports["postgres"]):
            return False
        url = self._url(ports, "postgres")
        try:
            with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
                found = connection.execute(
                    "SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)
                ).fetchone()
                if found is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
        except psycopg.OperationalError:
            return False
        return True

    def address(self, ports: Mapping[str, int]) -> str:
        return self._url(ports, DATABASE)

    def _url(self, ports: Mapping[str, int], database: str) -> str:
        password = (self._home / "password").read_text()
        return f"postgresql://{_USER}:{password}@127.0.0.1:{ports['postgres']}/{database}"


_ENV: Final = {"PATH": os.defpath, "LC_ALL": "C"}


def _not_as_root(argv: Sequence[str]) -> tuple[str, ...]:
    if os.geteuid() != 0:
        return tuple(argv)
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise StackError("PostgreSQL can't run as root and setpriv is missing: apt-get install util-linux")
    drop = ("--reuid=nobody", "--regid=nogroup", "--clear-groups")
    keep = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")
    return (setpriv, *drop, *keep, *argv)
