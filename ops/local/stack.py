"""The stack of one SANGAM_HOME: brings its parts up, tells how they are, takes them down.

Promises: `up` on a stack that runs, runs in part, or was killed in any state ends with all parts ready;
`down` leaves no process of it behind and touches no other; data outlives both. Two homes never share
anything but the cache of fetched parts.
"""

import hashlib
import signal
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ops.local.contract import create_topics, register_schemas
from ops.local.errors import StackError, with_log
from ops.local.fetch import fetch, postgres_bin
from ops.local.kafka import Kafka
from ops.local.part import Launch, Part
from ops.local.ports import free_port, is_free
from ops.local.postgres import Postgres
from ops.local.process import Process, resident_bytes, spawn
from ops.local.progress import Progress, Silent
from ops.local.registry import TOPICS as REGISTRY_TOPICS
from ops.local.registry import Registry
from ops.local.state import Started, State, StateFile
from ops.local.users import GATEWAY, HUB, Users

# The setting under which a part's address is known (ops.base.settings).
_SETTING: Final = {"kafka": "kafka", "registry": "registry", "postgres": "database"}

# Seconds that a dead part's ports may still be held: its other threads end after the one that the kernel shows.
_LETTING_GO: Final = 5.0


@dataclass(frozen=True, slots=True)
class PartStatus:
    """How one part is now; `pid` is None when it does not run, `memory` is resident bytes."""

    name: str
    title: str
    pid: int | None
    port: int | None
    ready: bool
    memory: int
    log: Path


class Stack:
    """`home` holds data, logs and addresses; `cache` the fetched parts, shared by all stacks of a user."""

    def __init__(self, home: Path, cache: Path, progress: Progress | None = None) -> None:
        self.home = home.expanduser().absolute()
        self._cache = cache
        self._progress = progress or Silent()
        self._file = StateFile(self.home)
        self._users = Users(self.home)
        self._given_up = threading.Event()

    def up(self, secure: bool = False) -> None:
        """Everything ready, topics created, schemas registered. Raises StackError.

        `secure`: the broker asks who comes (ops/local/users.py); a stack made so stays so.
        """
        with self._file.locked():
            if secure:
                self._users.make()
            parts = fetch(self._cache, self._progress)
            kafka, registry = Kafka(self.home, parts, self._users), Registry(self.home, parts, self._users)
            postgres = Postgres(self.home, parts.postgres_bin)
            ports = self._choose_ports((kafka, registry, postgres))

            def broker_and_registry() -> None:
                self._bring_up(kafka, ports)
                self._step("topics", lambda: create_topics(kafka.address(ports), REGISTRY_TOPICS))
                if self._users.secure:
                    self._step("users", lambda: self._users.grant(ports))
                self._write_kafka(ports)
                self._bring_up(registry, ports)
                self._step("schemas", lambda: register_schemas(registry.address(ports)))

            self._together(broker_and_registry, lambda: self._bring_up(postgres, ports))

    def _write_kafka(self, ports: Mapping[str, int]) -> None:
        """The broker's addresses for the commands: as the hub, and as those who publish."""
        with self._file.change() as state:
            state.addresses["kafka"] = self._users.address(HUB, ports)
            state.addresses["publish_kafka"] = self._users.address(GATEWAY, ports)

    def up_postgres(self) -> None:
        """PostgreSQL alone, without a fetch. Raises StackError."""
        with self._file.locked():
            postgres = Postgres(self.home, postgres_bin())
            self._bring_up(postgres, self._choose_ports((postgres,)))

    def run(self, name: str, argv: Sequence[str], env: Mapping[str, str]) -> Process:
        """Start a program of ours (a worker, the API) that `down` is to stop; again only if it isn't running.

        `env` is its whole environment; its output goes to logs/`name`.log.
        """
        launch = Launch(tuple(argv), env)
        with self._file.locked():
            known = self._file.read().started.get(name)
            if known is not None and known.process.alive() and known.launch == _digest(launch):
                return known.process
            if known is not None:
                known.process.stop(signal.SIGTERM, 20)
            return self._spawn(name, launch, self.home / "logs" / f"{name}.log")

    def down(self) -> list[str]:
        """Stop what runs of this stack; returns the names of what was stopped. Data stays."""
        with self._file.locked():
            started = self._file.read().started
            alive = [name for name, one in started.items() if one.process.alive()]
            # Our own programs first: they end cleanly only while their broker and database are there. The
            # registry goes before Kafka for the same reason.
            programs = [name for name in alive if name not in _SETTING]
            for names in (programs, [n for n in alive if n in ("registry", "postgres")], ["kafka"]):
                self._together(*(self._stopper(name, started) for name in names if name in alive))
            with self._file.change() as state:
                state.started.clear()
                state.addresses.clear()
        return alive

    def status(self) -> list[PartStatus]:
        """All parts and programs, started or not. Asks each for an answer; takes no lock."""
        state = self._file.read()
        parts = fetch(self._cache, Silent()) if "kafka" in state.started else None
        known: list[Part] = [Postgres(self.home, postgres_bin())]
        if parts is not None:
            known += [Kafka(self.home, parts, self._users), Registry(self.home, parts, self._users)]
        rows = [self._part_status(part, state) for part in known]
        for name, one in state.started.items():
            if name not in _SETTING:
                pid = one.process.pid if one.process.alive() else None
                memory = resident_bytes(pid) if pid else 0
                log = self.home / "logs" / f"{name}.log"
                rows.append(PartStatus(name, name, pid, None, pid is not None, memory, log))
        return rows

    def _part_status(self, part: Part, state: State) -> PartStatus:
        one = state.started.get(part.name)
        pid = one.process.pid if one is not None and one.process.alive() else None
        ready = pid is not None and part.ready(state.ports)
        port = state.ports.get(part.port_names[0])
        memory = resident_bytes(pid) if pid else 0
        return PartStatus(part.name, part.title, pid, port, ready, memory, part.log)

    def _stopper(self, name: str, started: Mapping[str, Started]) -> Callable[[], None]:
        how = signal.SIGINT if name == "postgres" else signal.SIGTERM

        def stop() -> None:
            self._progress.begin(name)
            started[name].process.stop(how, 30)
            self._progress.finish(name, "stopped")

        return stop

    def _choose_ports(self, parts: Collection[Part]) -> dict[str, int]:
        """Ports by name. A part that runs keeps its own; one that doesn't gets its old ones if they are free.

        One that was killed a moment ago is given the time to let go of them: who uses the stack knows it by them.
        """
        with self._file.change() as state:
            for part in parts:
                one = state.started.get(part.name)
                alive = one is not None and one.process.alive()
                for name in part.port_names:
                    known = state.ports.get(name)
                    patience = _LETTING_GO if one is not None else 0.0
                    if known is None or not (alive or is_free(known, patience)):
                        state.ports[name] = free_port()
            return dict(state.ports)

    def _bring_up(self, part: Part, ports: Mapping[str, int]) -> None:
        begun = time.monotonic()
        self._progress.begin(part.name)
        if self._runs_already(part, ports):
            told = "was running"
        else:
            self._start(part, ports)
            told = f"ready in {time.monotonic() - begun:.1f} s,"
        # Also for one that was running: the `up` that started it may have been broken off before this.
        with self._file.change() as state:
            if part.name != "kafka":  # whose users come first
                state.addresses[_SETTING[part.name]] = part.address(ports)
        self._progress.finish(part.name, f"{part.title} {told} on port {ports[part.port_names[0]]}")

    def _runs_already(self, part: Part, ports: Mapping[str, int]) -> bool:
        """Whether it runs, as it would be started now, and answers; one that runs otherwise is stopped."""
        known = self._file.read().started.get(part.name)
        if known is None or not known.process.alive():
            return False
        if known.launch == _digest(part.launch(ports)) and self._await_ready(part, ports, known.process):
            return True
        known.process.stop(part.stop_signal, part.stop_seconds)
        return False

    def _start(self, part: Part, ports: Mapping[str, int]) -> None:
        part.prepare(ports)
        process = self._spawn(part.name, part.launch(ports), part.log)
        if not self._await_ready(part, ports, process):
            why = f"is not ready after {part.start_seconds:.0f} s"
            if not process.alive():
                process.reap()
                why = "ended while starting"
            raise with_log(f"{part.title} {why}. Look at its log, then repeat: sangam up", part.log)

    def _await_ready(self, part: Part, ports: Mapping[str, int], process: Process) -> bool:
        until = time.monotonic() + part.start_seconds
        while process.alive() and time.monotonic() < until:
            if part.ready(ports):
                return True
            if self._given_up.wait(0.05):
                raise StackError(f"gave up waiting for {part.title}")
        return False

    def _spawn(self, name: str, launch: Launch, log: Path) -> Process:
        """Start it and write it down in one go: even if we are killed, hardly a process stays unknown."""
        with self._file.change() as state:
            process = spawn(launch.argv, launch.env, log)
            state.started[name] = Started(process, _digest(launch))
        return process

    def _together(self, *works: Callable[[], None]) -> None:
        """Run all side by side. The first error, or a Ctrl-C, ends the waiting of all, and is raised."""
        with ThreadPoolExecutor(max(1, len(works))) as pool:
            running = [pool.submit(work) for work in works]
            try:
                done, _ = wait(running, return_when=FIRST_EXCEPTION)
                for future in done:
                    future.result()
            except BaseException:
                # What was started goes on and is written down: the next `up` or `down` finds it.
                self._given_up.set()
                raise

    def _step(self, name: str, work: Callable[[], str]) -> None:
        self._progress.begin(name)
        self._progress.finish(name, work())


def _digest(launch: Launch) -> str:
    words = "\0".join((*launch.argv, *(f"{name}={value}" for name, value in sorted(launch.env.items()))))
    return hashlib.sha256(words.encode()).hexdigest()[:16]
