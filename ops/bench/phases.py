"""Where a batch's time goes: time inside chosen functions, less that of the chosen ones that they call.

Functions are replaced by timed ones from the outside, so the product carries no stop-watch of the bench. Waiting for
the database is counted apart within each phase. What a phase itself takes is given in processor time, as other work
on the machine only adds to the wall's.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, thread_time
from typing import Any

import psycopg

from projections.store import aside, deferred, given, identity, ledger, watermarks
from projections.store.batch import HubProjector
from projections.store.filing import Filing
from projections.store.intake import Intake
from projections.store.saving import Saving

PHASES: tuple[tuple[object, str, str], ...] = (
    (HubProjector, "prepare", "decode"),
    (HubProjector, "project", "rest"),
    (watermarks, "lock", "watermarks"),
    (watermarks, "move", "watermarks"),
    (ledger, "record", "ledger"),
    (ledger, "_settle", "ledger: settle"),
    (aside, "record", "set aside"),
    (Intake, "keep_schemas", "schemas"),
    (Intake, "revive", "revive"),
    (identity, "relink", "links"),
    (identity._Relink, "_restructure", "links: roots"),
    (deferred, "mark", "mark dirty"),
    (Filing, "_lock", "files: lock"),
    (Filing, "_fold_on", "files: fold on"),
    (Filing, "_load_states", "files: load"),
    (Filing, "_fold_afresh", "files: fold afresh"),
    (given, "load", "files: inputs"),
    (given, "members", "files: members"),
    (Saving, "save", "files: save"),
    (psycopg.Transaction, "__exit__", "commit"),
)
"""(where, function, phase): what is timed."""

_STATEMENTS: tuple[tuple[Any, str], ...] = (
    (psycopg.Cursor, "execute"),
    (psycopg.Cursor, "executemany"),
    (psycopg.Copy, "finish"),
)


@dataclass(slots=True)
class Spent:
    """What one phase took. `seconds`: by the wall's clock, `database` of them waiting for it; `processor`: our own."""

    calls: int = 0
    seconds: float = 0.0
    database: float = 0.0
    processor: float = 0.0


class Phases:
    """Times of all phases. One thread."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget what was counted so far. Not within a timed function."""
        self.spent: defaultdict[str, Spent] = defaultdict(Spent)
        self.statements: defaultdict[str, Spent] = defaultdict(Spent)
        self._inner: list[tuple[float, float]] = []
        self._names: list[str] = []

    def timed(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed as part of a phase."""

        @functools.wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            self._inner.append((0.0, 0.0))
            self._names.append(phase)
            began, busy = perf_counter(), thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                took, worked = perf_counter() - began, thread_time() - busy
                self._names.pop()
                inner = self._inner.pop()
                spent = self.spent[phase]
                spent.calls += 1
                spent.seconds += took - inner[0]
                spent.processor += worked - inner[1]
                if self._inner:
                    outer = self._inner[-1]
                    self._inner[-1] = outer[0] + took, outer[1] + worked

        return run

    def statement(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A database call, timed within whatever phase it is made in, and by its text."""

        @functools.wraps(function)
        def run(this: Any, *args: Any, **kwargs: Any) -> Any:
            began = perf_counter()
            try:
                return function(this, *args, **kwargs)
            finally:
                took = perf_counter() - began
                if self._names:
                    self.spent[self._names[-1]].database += took
                text = (
                    " ".join(str(args[0]).split()) if args and isinstance(args[0], str) else function.__name__
                )
                spent = self.statements[text]
                spent.calls += 1
                spent.seconds += took

        return run


@contextmanager
def watched() -> Iterator[Phases]:
    """Time the phases of every projector of this process until the block ends."""
    phases = Phases()
    before = [(where, name, getattr(where, name)) for where, name, _ in PHASES]
    before += [(where, name, getattr(where, name)) for where, name in _STATEMENTS]
    try:
        for where, name, phase in PHASES:
            setattr(where, name, phases.timed(phase, getattr(where, name)))
        for where, name in _STATEMENTS:
            setattr(where, name, phases.statement(getattr(where, name)))
        yield phases
    finally:
        for where, name, function in before:
            setattr(where, name, function)
