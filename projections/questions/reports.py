"""A monthly report from the files of a generation, one after another.

The files are taken as of the month's last day. As known now, a file in which nothing has happened since is taken as it
stands, the others are folded again from the ledger. As known at a moment, every file is: for a whole State that takes
long, some thousands of files a minute; `progress` is told after each page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any, Final

from ops.base.clock import INDIA
from projections.linking.roots import CASES, COURT_NUMBERS
from projections.questions.errors import NotFound, NotUnderstood
from projections.questions.files import is_case
from projections.reports import REPORTS
from projections.reports.report import Definition, Month, Report
from projections.store.packing import unpack
from projections.store.reading import Reader, document
from projections.whole import Whole, whole

Json = dict[str, Any]
Progress = Callable[[int, int], None]
"""(files looked at, files that there are)."""

_PAGE: Final = 200
_KINDS: Final = sorted(CASES | COURT_NUMBERS)
_MONTH: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<of>\d{1,2})-(?P<in>\d{4})", re.ASCII)


def month_of(text: str, today: date) -> Month:
    """A month as 2026-10 or 10-2026; of the one that runs, what has passed of it. Raises NotUnderstood."""
    found = _MONTH.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        year, month = int(found["year"] or found["in"]), int(found["month"] or found["of"])
        if year < 1900:
            raise ValueError
        return Month.of(year, month, today)
    except ValueError:
        raise NotUnderstood("not a month that has begun: write 2026-10 or 10-2026") from None


def definition_of(name: str) -> Definition:
    """A report by its name. Raises NotFound."""
    found = REPORTS.get(name)
    if found is None:
        raise NotFound(f"there is no report {name}: the reports are {', '.join(REPORTS)}")
    return found


def report(
    reader: Reader,
    name: str,
    month: Month,
    known_at: datetime | None = None,
    progress: Progress = lambda seen, of: None,
) -> Report:
    """A report of REPORTS for a month, as it is known now or was known at a moment. Raises NotFound."""
    made = Report(definition_of(name), month, known_at)
    for root, content in _files(reader, month, known_at, progress):
        made.take(root, content)
    return made


def _files(
    reader: Reader, month: Month, known_at: datetime | None, progress: Progress
) -> Iterator[tuple[str, Json]]:
    """Every case file as of the month's last day, each once: its root then, and its document."""
    until = datetime.combine(month.last, time.max, INDIA).astimezone(UTC)
    seen: set[str] = set()
    for root, identifiers, content in _stored(reader, progress):
        if known_at is None:
            if content is None:
                continue
            standing = document(unpack(content))
            events = standing["events"]
            if _at(events[-1]) <= until:
                yield root, standing
                continue
            if _at(events[0]) > until:
                continue
        known = whole(*reader.rows_around({root, *identifiers}, known_at))
        for then in _roots(known, {root, *identifiers}) if known_at is not None else (root,):
            state = None if then in seen else known.file(then, lambda event: event.sort_key[0] <= until)
            if state is not None:
                seen.add(then)
                yield then, state.document


def _roots(known: Whole, identifiers: set[str]) -> list[str]:
    """The case files that these identifiers were in; which they are may have changed since."""
    return sorted({root for one in identifiers for root in known.roots.get(one, ()) if is_case(root)})


def _at(event: Json) -> datetime:
    """The instant at which a listed event stands in its file's order."""
    text: str = event["at"] if "at" in event else event["occurred_at"]
    return datetime.fromisoformat(text)


def _stored(reader: Reader, progress: Progress) -> Iterator[tuple[str, list[str], bytes | None]]:
    """Root, identifiers and packed content of every case file, by root; content is None where nothing is left."""
    conn, last, looked_at = reader.conn, "", 0
    row = conn.execute(
        "SELECT count(*) FROM file WHERE split_part(root, ':', 1) = ANY(%s)", (_KINDS,)
    ).fetchone()
    files = row[0] if row is not None else 0
    while True:
        page = conn.cursor().execute(
            "SELECT root, identifiers, content FROM file WHERE root > %s AND split_part(root, ':', 1) = ANY(%s)"
            " ORDER BY root LIMIT %s",
            (last, _KINDS, _PAGE),
            binary=True,
        ).fetchall()  # fmt: skip
        yield from page
        looked_at += len(page)
        progress(looked_at, files)
        if len(page) < _PAGE:
            return
        last = page[-1][0]
