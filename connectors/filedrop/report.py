"""The answer to a file, beside it: a table that an office clerk opens in a spreadsheet, and the rows that wait.

`name.report.csv` has a line for each row and each thing that is wrong with it, in Hindi and English. `name.aside.jsonl`
has the rows that are set aside, whole, readable by its owner alone. Both are written whole and put in place at the end.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import orjson

from connectors.filedrop.taking import Answer, shown

REPORT: Final = ".report.csv"
ASIDE: Final = ".aside.jsonl"
_PART: Final = ".part"
_HEADINGS: Final = (
    "पंक्ति / Row", "अभिलेख / Record", "स्थिति / Status", "क्या करें", "What to do", "खाना / Field", "सूचनाएँ / Events",
)  # fmt: skip
_SENT: Final = "भेजा गया / SENT"
_UNCHANGED: Final = "पहले से है / UNCHANGED"
_ASIDE: Final = "अलग रखा / SET ASIDE"
_REFUSED: Final = "फ़ाइल नहीं पढ़ी जा सकी / FILE NOT READ"
_NOTE: Final = "सूचना / NOTE"
#: What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Report:
    """Writes the answers. Made by `reporting`."""

    def __init__(self, table: IO[str], aside: IO[bytes]) -> None:
        self._table = csv.writer(table)
        self._table.writerow(_HEADINGS)
        self._aside = aside
        self.set_aside = 0

    def answer(self, done: Answer) -> None:
        """A row's lines."""
        status = _SENT if done.sent else _UNCHANGED if done.known else ""
        if status:
            self._line(done, status, "", "", "", ", ".join(done.sent))
        for part in done.aside:
            where = f"{part.key}: {part.field}" if part.key else part.field
            self._line(done, _ASIDE, part.trouble.hindi, part.trouble.english, where, "")
            self.set_aside += 1
            self._aside.write(
                orjson.dumps(
                    {
                        "line": done.line, "record": done.scope, "part": part.key, "reason": str(part.trouble),
                        "field": part.field, "hindi": part.trouble.hindi, "english": part.trouble.english,
                        "row": shown(part.row),
                    },
                    default=str,
                    option=orjson.OPT_APPEND_NEWLINE,
                )
            )  # fmt: skip
        for note in done.notes:
            self._line(done, _NOTE, note.hindi, note.english, "", "")

    def refused(self, why: str) -> None:
        """The file as a whole could not be read."""
        self._table.writerow(["", "", _REFUSED, *[_safe(why)] * 2, "", ""])

    def _line(self, done: Answer, *cells: str) -> None:
        self._table.writerow([done.line, *(_safe(cell) for cell in (done.scope, *cells))])


@contextmanager
def reporting(path: Path) -> Iterator[Report]:
    """The report on the file at `path`; put in place when the block ends well."""
    table, aside = (path.with_name(path.name + ending) for ending in (REPORT, ASIDE))
    halves = [whole.with_name(whole.name + _PART) for whole in (table, aside)]
    # With a mark, so that a spreadsheet shows Hindi as Hindi.
    with halves[0].open("w", encoding="utf-8-sig", newline="") as rows, _private(halves[1]) as rest:
        report = Report(rows, rest)
        yield report
    halves[0].replace(table)
    if report.set_aside:
        halves[1].replace(aside)
    else:
        halves[1].unlink()
        aside.unlink(missing_ok=True)


def _private(path: Path) -> IO[bytes]:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
