"""What a stack knows about itself between two commands: `$SANGAM_HOME/stack.json`.

The file is replaced as a whole (a reader never sees half of it) and readable by its owner alone, since the
database's address holds its password. The addresses at its top are what ops.base.settings reads.
"""

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ops.base.settings import STACK_FILE
from ops.local.errors import StackError
from ops.local.process import Process


@dataclass(frozen=True, slots=True)
class Started:
    """A process of the stack; `launch` is a digest of how it was started, so that a change of that is
    seen.
    """

    process: Process
    launch: str


@dataclass
class State:
    """Addresses by setting name, ports by port name, processes by part or program name."""

    addresses: dict[str, str] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    started: dict[str, Started] = field(default_factory=dict)


class StateFile:
    """The state on disk. Safe between threads; between processes hold `locked()` while changing it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._path = home / STACK_FILE
        self._mutex = threading.Lock()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One `up` or `down` at a time for this home; another one waits. The kernel frees it when we die."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.home / "stack.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            told = f"{self.home} can't be written ({error.strerror}): set SANGAM_HOME to a folder that can"
            raise StackError(told) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def read(self) -> State:
        """The state, empty if there is no file. Raises StackError if it isn't ours."""
        try:
            written: dict[str, Any] = json.loads(self._path.read_text())
            return State(
                {name: value for name, value in written.items() if isinstance(value, str)},
                dict(written.get("ports", {})),
                {
                    name: Started(Process(one["pid"], one["started"]), one["launch"])
                    for name, one in written.get("processes", {}).items()
                },
            )
        except FileNotFoundError:
            return State()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StackError(
                f"{self._path} can't be read as a stack's state; remove it and repeat"
            ) from error

    @contextmanager
    def change(self) -> Iterator[State]:
        """Read, let the caller change it, write. The file is on disk when the block has ended."""
        with self._mutex:
            state = self.read()
            yield state
            self._write(state)

    def _write(self, state: State) -> None:
        processes = {
            name: {"pid": one.process.pid, "started": one.process.started, "launch": one.launch}
            for name, one in state.started.items()
        }
        whole = {**state.addresses, "ports": state.ports, "processes": processes}
        growing = self._path.with_suffix(".growing")
        growing.touch(mode=0o600)
        growing.write_text(json.dumps(whole, indent=2) + "\n")
        growing.replace(self._path)
