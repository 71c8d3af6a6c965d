"""What the tests of the file drop share: an office with an outbox and no broker, and files as clerks save them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import connectors.mappings
from connectors.filedrop.memory import Memory
from connectors.filedrop.report import reporting
from connectors.filedrop.spec import Spec, load
from connectors.filedrop.taking import Answer, Drop, FileTaken
from connectors.outbox.store import Outbox
from ops.base.clock import FixedClock

EXAMPLES = Path(connectors.mappings.__file__).parent / "data"
KEY = b"a key of the tests"
FSL_HEADINGS = ("Lab No", "Report No", "Report Date", "Thana", "Case No", "Year", "Result")
FSL_ROWS = (
    ("BR/FSLPAT/2025/123", "R-1", "31-01-2025", "Kotwali", "123", "2025", "Positive"),
    ("BR/FSLPAT/2025/124", "R-2", "०१/०२/२०२५", "Gandhi Maidan", "9", "2025", "Negative"),
)


@dataclass
class Office:
    """A source's drop in a folder; `answers` are those of the last file."""

    folder: Path
    spec: Spec
    at: datetime = datetime(2025, 7, 1, 10, tzinfo=UTC)
    answers: list[Answer] = field(default_factory=list)

    def take(self, path: Path) -> FileTaken:
        """Take one file, as a process of its own would."""
        with self.drop() as drop:
            self.answers = []
            with reporting(path) as report:

                def answer(done: Answer) -> None:
                    self.answers.append(done)
                    report.answer(done)

                return drop.take(path, answer)

    @contextmanager
    def drop(self) -> Iterator[Drop]:
        clock = FixedClock(self.at)
        with Outbox(self.folder / "outbox", clock) as outbox, Memory(self.folder / "drop.sqlite") as memory:
            yield Drop(self.spec, memory, outbox.keep, KEY, clock)

    def kept(self) -> list[tuple[str, str]]:
        """(type, key) of every event that the outbox has, in order of number."""
        with Outbox(self.folder / "outbox", FixedClock(self.at)) as outbox:
            return [(one.type, one.key.decode()) for one in outbox.unsent(0, 10_000)]


def office(folder: Path, example: str) -> Office:
    """An office with one of the product's own example mappings."""
    return Office(folder, load(EXAMPLES / example))


def csv_text(rows: Any, headings: Any = FSL_HEADINGS, delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue()


def read_report(path: Path) -> list[dict[str, str]]:
    """The lines of the report beside a file."""
    with path.with_name(path.name + ".report.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
