"""A report as CSV, as a workbook and as a page to print, headings in Hindi and English.

In the workbook the second sheet holds every list whole, and a figure of the first is the number of its lines there. A
cell that begins with = + - @ is text and stays text.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from ops.base.clock import INDIA
from projections.law.words import indian
from projections.reports.report import NOT_RECORDED, TOTAL, Item, Report, Row, Title
from projections.web.export import as_csv

_LISTED: Final[tuple[Title, ...]] = (
    ("Case", "मामला"),
    ("Accused or number", "अभियुक्त या संख्या"),
    ("Day", "तिथि"),
    ("Remarks", "टिप्पणी"),
)
_FIGURE: Final = ("Figure", "अंक")
#: What XML cannot hold.
_UNWRITABLE: Final = {code: None for code in range(32) if code not in (9, 10, 13)}


def both(title: Title) -> str:
    """A heading in both languages."""
    return " / ".join(title)


def csv_of(report: Report, figure: str | None = None) -> bytes:
    """The figures, or the list behind one of them. Raises KeyError where there is no such figure."""
    head, lines = (_head(report), _lines(report)) if figure is None else _list(report, figure)
    return as_csv(head, [[str(cell) for cell in line] for line in lines])


def xlsx_of(report: Report) -> bytes:
    """The figures on one sheet, the lists behind them on another."""
    book = Workbook(write_only=True)
    _sheet(book, report.month.name, [_head(report), *_lines(report)])
    titles = [both(title) for _, title in report.definition.keys]
    head = [both(_FIGURE), *titles, *map(both, _LISTED)]
    named = dict(report.definition.figures)
    _sheet(
        book,
        "cases",
        [head]
        + [
            [f"{name}: {both(named[name])}", *_place(row), *_item(item)]
            for row in report.rows()
            for name, items in row.lists.items()
            for item in items
        ],
    )
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def page_of(report: Report, figure: str | None = None) -> str:
    """A page to print, with the list behind one figure where it is asked for; on a screen every figure opens its list.

    Raises KeyError where there is no such figure.
    """
    known = report.known_at
    return (
        _environment()
        .get_template("report.html")
        .render(
            title=report.definition.title,
            first=indian(report.month.first),
            last=indian(report.month.last),
            known=None if known is None else known.astimezone(INDIA).strftime("%d-%m-%Y %H:%M"),
            head=_head(report),
            keys=len(report.definition.keys),
            rows=[(_place(row), row.lists) for row in report.rows()],
            total=[both(TOTAL), *report.total().figures.values()],
            names={name: both(title) for name, title in report.definition.figures},
            list_head=list(map(both, _LISTED)),
            item=_item,
            listed=None if figure is None else _list(report, figure),
            listed_title="" if figure is None else both(dict(report.definition.figures)[figure]),
        )
    )


def json_of(report: Report, figure: str | None = None) -> dict[str, Any]:
    """For programs: figures by row and in all, with the list behind one of them where it is asked for."""
    named = dict(report.definition.figures)
    keys = [name for name, _ in report.definition.keys]

    def told(row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {**dict(zip(keys, row.place, strict=False)), "figures": row.figures}
        if figure is not None:
            found["list"] = [
                {"case": i.case, "what": i.what, "on": i.on, "notes": i.notes} for i in row.lists[figure]
            ]
        return found

    return {
        "report": report.definition.name,
        "title": {"en": report.definition.title[0], "hi": report.definition.title[1]},
        "from": report.month.first,
        "to": report.month.last,
        "known_at": report.known_at,
        "figures": {name: {"en": title[0], "hi": title[1]} for name, title in named.items()},
        "rows": [told(row) for row in report.rows()],
        "total": report.total().figures,
    }


def _head(report: Report) -> list[str]:
    return [both(title) for _, title in (*report.definition.keys, *report.definition.figures)]


def _lines(report: Report) -> Iterator[list[str | int]]:
    for row in report.rows():
        yield [*_place(row), *row.figures.values()]
    blank = [""] * (len(report.definition.keys) - 1)
    yield [both(TOTAL), *blank, *report.total().figures.values()]


def _list(report: Report, figure: str) -> tuple[list[str], list[list[str | int]]]:
    head = [*(both(title) for _, title in report.definition.keys), *map(both, _LISTED)]
    return head, [[*_place(row), *_item(item)] for row in report.rows() for item in row.lists[figure]]


def _place(row: Row) -> list[str | int]:
    return [both(NOT_RECORDED) if value is None else value for value in row.place]


def _item(item: Item) -> list[str | int]:
    return [item.case, item.what, indian(item.on), "; ".join(item.notes)]


def _sheet(book: Workbook, title: str, lines: list[Any]) -> None:
    sheet = book.create_sheet(title)
    for line in lines:
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, value if isinstance(value, int) else value.translate(_UNWRITABLE))
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("projections.reports"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
