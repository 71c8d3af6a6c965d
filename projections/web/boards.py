"""The day of a role, its boards, and what may be taken away of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from projections.access.questions import Question
from projections.access.role import Role
from projections.boards import DECLARED
from projections.boards.board import Column
from projections.boards.listing import How, Listing
from projections.boards.summary import Summary
from projections.desk import boards as desk
from projections.questions.boards import listing_of
from projections.questions.errors import NotUnderstood
from projections.shown.person import name_of
from projections.signin.sessions import Session
from projections.web.export import CSV, XLSX, as_csv, as_xlsx
from projections.web.pages import HEADERS, Pages
from projections.web.words import Speech, language_of

Json = dict[str, Any]
Declared = Listing | Summary

PAGE: Final = 25
#: A table that is taken away has at most so many rows.
TAKEN: Final = 5_000
_FIRST: Final = 8
_OURS: Final = ("sort", "after")


def add(router: APIRouter, pages: Pages) -> None:
    """Add the pages of this module."""
    house = pages.house

    @router.get("/")
    def day(request: Request) -> Response:
        session = pages.signed(request)
        role = session.actor.role
        mine = [DECLARED[name] for name in role.boards if name in DECLARED]
        if Question.BOARD not in role.questions or not mine:
            return pages.show(request, "home.html", first=None, counts={}, page=None, cells=None)
        first = mine[0]
        with house.desk.asking(session.actor, Question.BOARD, "", first.name) as asked:
            page = desk.page(asked, first.name, {}, None, None, _FIRST, house.clock.today())
            counts = {one.name: desk.count(asked, one) if isinstance(one, Listing) else None for one in mine}
        speech = Speech.of(language_of(request))
        return pages.show(
            request,
            "home.html",
            first=first,
            counts=counts,
            page=page,
            cells=_cells(first, page.rows, speech, session.actor.role),
        )

    @router.get("/board/{name}")
    def board(request: Request, name: str) -> Response:
        session = pages.signed(request)
        listing, filters = _asked(name, request.query_params)
        sort, after = request.query_params.get("sort") or None, request.query_params.get("after") or None
        with house.desk.asking(session.actor, Question.BOARD, _about(filters), name) as asked:
            page = desk.page(asked, name, filters, sort, after, PAGE, house.clock.today())
        kept = {**filters, **({"sort": sort} if sort else {})}
        order = sort or next((one.name for one in listing.sorts), "")
        return pages.show(
            request,
            "board.html",
            listing=listing,
            filters=filters,
            sort=order,
            page=page,
            cells=_cells(listing, page.rows, Speech.of(language_of(request)), session.actor.role),
            How=How,
            here_again=urlencode(kept),
            following=urlencode({**kept, "after": page.next}) if page.next else None,
            paged=after is not None,
            may_take=Question.EXPORT in session.actor.role.questions,
        )

    @router.get("/board/{name}/taken.{form}")
    def taken(request: Request, name: str, form: str) -> Response:
        session = pages.signed(request)
        if form not in ("csv", "xlsx"):
            raise NotUnderstood("a table is taken away as csv or xlsx")
        listing, filters = _asked(name, request.query_params)
        sort = request.query_params.get("sort") or None
        head, rows = _taken(pages, session, listing, filters, sort, Speech.of(language_of(request)))
        filename = {"Content-Disposition": f'attachment; filename="{name}-{house.clock.today()}.{form}"'}
        content, kind = (as_csv(head, rows), CSV) if form == "csv" else (as_xlsx(name, head, rows), XLSX)
        return Response(content, media_type=kind, headers={**HEADERS, **filename})

    @router.get("/children")
    def children(request: Request) -> Response:
        session = pages.signed(request)
        with house.desk.asking(session.actor, Question.CHILD_IN_JAIL, "") as asked:
            rows = desk.children_in_jail(asked)
        return pages.show(request, "children.html", rows=rows)


def _taken(
    pages: Pages,
    session: Session,
    listing: Declared,
    filters: Mapping[str, str],
    sort: str | None,
    speech: Speech,
) -> tuple[list[str], list[list[str]]]:
    rows: list[list[str]] = []
    after = None
    place = 1 if speech.language == "hi" else 0
    with pages.house.desk.asking(session.actor, Question.EXPORT, _about(filters), listing.name) as asked:
        while len(rows) < TAKEN:
            page = desk.page(asked, listing.name, filters, sort, after, 500, pages.house.clock.today())
            rows += [
                [text for _, text, _ in row]
                for row in _cells(listing, page.rows, speech, session.actor.role)["rows"]
            ]
            after = page.next
            if after is None:
                break
    return [title[place] for title in _heads(listing)], rows[:TAKEN]


def _asked(name: str, query: Mapping[str, str]) -> tuple[Declared, dict[str, str]]:
    listing = listing_of(name)
    known = {one.name for one in listing.filters}
    filters = {key: value.strip() for key, value in query.items() if key not in _OURS and value.strip()}
    if filters.keys() - known:
        raise NotUnderstood(f"this board is narrowed by {', '.join(sorted(known))}")
    return listing, filters


def _about(filters: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in sorted(filters.items())).replace("\0", "")


_PERSON: Final = ("Person", "व्यक्ति")


def _heads(listing: Declared) -> list[tuple[str, str]]:
    heads = [column.title for column in _columns(listing)]
    counted = [one.title for one in listing.reckoned]
    beside = [one.title for one in listing.elsewhere]
    return [*([_PERSON] if listing.people else []), *counted, *heads, *beside]


def _cells(listing: Declared, rows: list[Json], speech: Speech, role: Role) -> Json:
    """A board's rows as (kind, text, link) by column: what stands in each cell, and what it opens."""
    shown = _columns(listing)
    made = []
    for row in rows:
        cells: list[tuple[str, str, str | None]] = []
        if listing.people:
            cells.append(("who", name_of(speech.words, row["person"]), _link(row["root"], role)))
        cells += [("number", speech.cell(row[one.name]), None) for one in listing.reckoned]
        for column in shown:
            value = row[column.name]
            link = _link(value, role) if column.name == "root" or _is_identifier(value) else None
            if column.name == "root" and not isinstance(value, str):
                link = None
            kind = "number" if column.type in ("int4", "int8") else "day" if column.type == "date" else "text"
            cells.append((kind, _short(speech.cell(value), column.name), link))
        cells += [("text", speech.cell(row[one.name]), None) for one in listing.elsewhere]
        made.append(cells)
    return {"heads": _heads(listing), "rows": made}


def _columns(listing: Declared) -> list[Column]:
    """The columns that people read; the file's root is none where the FIR says the same."""
    named = {column.name for column in listing.columns}
    return [
        column
        for column in listing.columns
        if column.title[0]
        and (column.name not in listing.people or column.name == "pid")
        and not (column.name == "root" and "fir" in named)
    ]


def _short(text: str, column: str) -> str:
    """An identifier without its kind, where the column's head says it."""
    kind, _, rest = text.partition(" ")
    return rest if kind.lower() == column and rest else text


_LINKED: Final = ("FIR:", "CNR:", "PTN:", "PID:", "ZERO_FIR:", "EXCISE_CASE:")


def _is_identifier(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(_LINKED)


def _link(root: str, role: Role) -> str | None:
    """Where an identifier's file is opened, if the role may ask for such."""
    if root.startswith("PID:"):
        return f"/prisoner/{root}" if Question.CUSTODY in role.questions else None
    return f"/case/{root}" if Question.CASE in role.questions else None
