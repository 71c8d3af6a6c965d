"""How commands speak: results on stdout, all else on stderr, so that a pipe gets results alone.

Long work tells its steps through `steps()`: moving lines on a terminal, one line at the end of each step
elsewhere.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import orjson
from rich.console import Console
from rich.progress import Progress as RichProgress
from rich.progress import SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from ops.local.progress import Progress

out = Console()
err = Console(stderr=True)


def print_json(value: Any) -> None:
    """One JSON document on stdout, as it is: no colour, no wrapping."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


@contextmanager
def steps() -> Iterator[Progress]:
    """Shows the steps of one command while it runs."""
    if not err.is_terminal:
        yield _Lines()
        return
    columns = (SpinnerColumn(finished_text="[green]✓"), TextColumn("{task.description}"), TimeElapsedColumn())
    with RichProgress(*columns, console=err) as shown:
        yield _Moving(shown)


class _Lines:
    """For pipes and logs: a line when a step is done."""

    def begin(self, step: str) -> None:
        pass

    def note(self, step: str, told: str) -> None:
        pass

    def finish(self, step: str, told: str) -> None:
        err.print(f"{step}: {told}", highlight=False, soft_wrap=True)


class _Moving:
    """For a terminal: a spinner for each step that runs, a tick for each that is done."""

    def __init__(self, shown: RichProgress) -> None:
        self._shown = shown
        self._tasks: dict[str, TaskID] = {}
        self._lock = Lock()

    def begin(self, step: str) -> None:
        with self._lock:
            self._tasks[step] = self._shown.add_task(step, total=None)

    def note(self, step: str, told: str) -> None:
        self._shown.update(self._tasks[step], description=f"{step}: {told}")

    def finish(self, step: str, told: str) -> None:
        self._shown.update(self._tasks[step], description=f"{step}: {told}", total=1, completed=1)
