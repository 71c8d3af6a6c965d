"""Any declared board, page by page: one question for the API, the web and the command line.

    page = board(reader, "emergency", {"district": "PAT", "open": "yes"}, sort=None, after=None, limit=100, day=today)

Rows are dicts of the board's columns, with what is reckoned for the day and, where the board is about persons, what is
said of the person. Pages go by key, so a row that stays is on exactly one of them, whatever comes and goes meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from ops.base.clock import INDIA
from projections.boards import DECLARED
from projections.boards.listing import LAST, Filter, How, Listing, Sort, place
from projections.boards.summary import Summary
from projections.questions.codes import code_of
from projections.questions.described import described, person_of_row
from projections.questions.errors import NotFound, NotUnderstood
from projections.questions.paging import Page, check_limit, packed, unpacked
from projections.questions.when import day_of
from projections.store.reading import Reader

Json = dict[str, Any]

_YES: Final = {"yes": True, "no": False}


def listing_of(name: str) -> Listing | Summary:
    """A declared board or count by its name. Raises NotFound."""
    found = DECLARED.get(name)
    if found is None:
        raise NotFound(f"there is no board {name}: the boards are {', '.join(sorted(DECLARED))}")
    return found


def filters_of(texts: Iterable[str]) -> dict[str, str]:
    """Filters written as name=value, each name once. Raises NotUnderstood."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or name in found:
            raise NotUnderstood("a filter is written name=value, and each once")
        found[name] = value
    return found


def board(
    reader: Reader,
    name: str,
    filters: Mapping[str, str],
    sort: str | None,
    after: str | None,
    limit: int,
    day: date,
) -> Page:
    """The rows of a board that come after a cursor, at most `limit` (1 to MOST). Raises NotFound, NotUnderstood.

    A count (boards/summary.py) is one page, in an order of its own.

    `filters`: name of a filter -> text; `day`: for which what depends on the day is worked out.
    """
    listing = listing_of(name)
    check_limit(limit)
    if isinstance(listing, Summary):
        return _counted(reader, listing, filters, day)
    order = _sort(listing, sort)
    query, values = statement(
        listing, filters, order, None if after is None else _cursor(listing, order, after), limit + 1, day
    )
    names = [*listing.names, *(one.name for one in listing.elsewhere)]
    found = [dict(zip(names, row, strict=True)) for row in reader.conn.execute(query, values)]
    more, rows = len(found) > limit, found[:limit]
    following = _text(listing, order, rows[-1]) if more and rows else None
    known = described(reader.conn, rows, listing.people) if listing.people else {}
    for row in rows:
        for column in listing.columns:
            if column.type == "timestamptz" and row[column.name] is not None:
                row[column.name] = row[column.name].astimezone(INDIA)
        if listing.people:
            row["person"] = person_of_row(known, row, listing.people)
        for one in listing.reckoned:
            row[one.name] = one.of(row, day)
    return Page("rows", rows, following, day, reader.freshness(), name)


def _counted(reader: Reader, summary: Summary, filters: Mapping[str, str], day: date) -> Page:
    conditions, values = _conditions(summary, filters, day)
    # The query names its values, since the day stands in it more than once.
    named: dict[str, Any] = {"day": day}
    where = ""
    for condition, value in zip(conditions, values, strict=True):
        name = f"v{len(named)}"
        where += " AND " + condition.replace("%s", f"%({name})s")
        named[name] = value
    names = [column.name for column in summary.columns]
    query = summary.query.format(where=where).encode()
    rows = [dict(zip(names, row, strict=True)) for row in reader.conn.execute(query, named)]
    return Page("rows", rows, None, day, reader.freshness(), summary.name)


def statement(
    listing: Listing,
    filters: Mapping[str, str],
    order: Sort,
    after: Sequence[Any] | None,
    limit: int,
    day: date,
) -> tuple[bytes, list[Any]]:
    """The query of a page, which one index answers in order, and its values. Raises NotUnderstood."""
    conditions, values = _conditions(listing, filters, day)
    columns = [place(listing, name) for name in order.columns]
    key = [*columns, *listing.whole_key]
    if after is not None:
        marks = ", ".join(
            _mark(listing, name, expression)
            for name, expression in zip(_cursor_columns(listing, order), key, strict=True)
        )
        conditions.append(f"({', '.join(key)}) {'<' if order.down else '>'} ({marks})")
        values += after
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    direction = " DESC" if order.down else ""
    ordered = ", ".join(one + direction for one in key)
    columns = [*listing.names, *(one.expression.format(table=listing.table) for one in listing.elsewhere)]
    query = f"SELECT {', '.join(columns)} FROM {listing.table}{where} ORDER BY {ordered} LIMIT %s"
    return query.encode(), [*values, limit]


def _conditions(
    board: Listing | Summary, filters: Mapping[str, str], day: date
) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    known = {one.name: one for one in board.filters}
    for name, text in filters.items():
        if name not in known:
            raise NotUnderstood(f"{board.name} is narrowed by {', '.join(known)}, not by this: {name}")
        condition, given = _condition(board, known[name], text, day)
        conditions.append(condition)
        values += given
    return conditions, values


def _condition(board: Listing | Summary, one: Filter, text: str, day: date) -> tuple[str, list[Any]]:
    column = one.column
    match one.how:
        case How.IS:
            return f"{column} = %s", [code_of(one.name, text, one.kind)]
        case How.BY:
            return f"{column} <= %s", [day_of(text)]
        case How.YES:
            types = {found.name: found.type for found in board.columns}
            filled = column if types[column] == "bool" else f"({column} IS NOT NULL)"
            return (filled if _yes(one, text) else f"NOT {filled}"), []
    passed = f"{column} < %s" + (f" AND {one.unless} IS NULL" if one.unless else "")
    return (passed if _yes(one, text) else f"(({passed}) IS NOT TRUE)"), [day]


def _yes(one: Filter, text: str) -> bool:
    answer = _YES.get(text.strip().lower())
    if answer is None:
        raise NotUnderstood(f"{one.name} is yes or no")
    return answer


def _sort(listing: Listing, name: str | None) -> Sort:
    if name is None:
        return listing.sorts[0]
    for sort in listing.sorts:
        if sort.name == name:
            return sort
    raise NotUnderstood(f"{listing.name} is sorted by {', '.join(sort.name for sort in listing.sorts)}")


# -- cursors: the values by which the last row of a page stands in order ------------------------------------------


def _cursor_columns(listing: Listing, order: Sort) -> list[str]:
    return [*order.columns, *listing.whole_key]


def _mark(listing: Listing, name: str, expression: str) -> str:
    """Where a value of the cursor goes into the query; an empty one stands where empty ones are put in order."""
    type_ = listing.column(name).type
    return f"%s::{type_}" if expression == name else f"coalesce(%s::{type_}, {LAST[type_]})"


def _text(listing: Listing, order: Sort, row: Json) -> str:
    return packed([order.name, *(row[name] for name in _cursor_columns(listing, order))])


def _cursor(listing: Listing, order: Sort, text: str) -> list[Any]:
    """The values of a cursor that was handed out for this order. Raises NotUnderstood."""
    columns = _cursor_columns(listing, order)

    def read(name: str, *values: Any) -> list[Any]:
        if name != order.name:
            raise ValueError
        return [
            _value(listing.column(column).type, value) for column, value in zip(columns, values, strict=True)
        ]

    return unpacked(text, read)


def _value(type_: str, value: Any) -> Any:
    """A value of a cursor, checked. Raises ValueError or TypeError."""
    if value is None:
        return None
    if type_ == "date":
        return date.fromisoformat(value)
    if type_ == "timestamptz":
        return datetime.fromisoformat(value)
    if type_ in ("int4", "int8"):
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or abs(value) >= 1 << (31 if type_ == "int4" else 63)
        ):
            raise ValueError
        return value
    if not isinstance(value, bool if type_ == "bool" else str) or (isinstance(value, str) and "\0" in value):
        raise ValueError
    return value
