"""A board's rows as CSV and as a workbook, for whoever may take them away.

A cell that begins with = + - @, a tab or a line's end is text and stays text: a spreadsheet would take it for a
formula (OWASP, CSV injection). In CSV it gets an apostrophe before it; in a workbook its type says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: What XML cannot hold.
_UNWRITABLE: Final = {code: None for code in range(32) if code not in (9, 10, 13)}


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV (RFC 4180) with a byte-order mark, by which a spreadsheet knows that it is UTF-8."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    for row in (head, *rows):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def as_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet; every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31].translate({ord(c): "-" for c in r"[]:*?/\\"}))
    for row in (head, *rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, text.translate(_UNWRITABLE))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
