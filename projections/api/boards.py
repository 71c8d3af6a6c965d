"""The boards' addresses: which there are for the one who asks, and each page by page.

One address serves every declared board (projections/boards), so that a board is added by its declaration alone.
"""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import FastAPI, Path, Query, Request, Response

from projections.access.questions import Question
from projections.api.answering import answered
from projections.api.caller import House, caller
from projections.api.models import BoardDeclared, BoardRows
from projections.api.problems import documented
from projections.boards import DECLARED
from projections.boards.listing import Listing
from projections.boards.summary import Summary
from projections.desk import boards
from projections.questions.boards import filters_of, listing_of
from projections.questions.paging import MOST

_NAMES = ", ".join(sorted(DECLARED))


def add_boards(app: FastAPI, house: House) -> None:
    """Declare the addresses."""

    @app.get(
        "/boards",
        summary="The boards of your role, with their columns, filters and orders",
        response_model=list[BoardDeclared],
        responses=documented(401, 403),
    )
    def of_the_role(request: Request) -> Response:
        """What may be asked of `/boards/{name}`; titles in English and in Hindi."""
        actor = caller(house, request)
        found = [declaration(DECLARED[name]) for name in actor.role.boards if name in DECLARED]
        return Response(orjson.dumps(found), media_type="application/json")

    @app.get(
        "/boards/{name}",
        summary="A board, page by page",
        response_model=BoardRows,
        responses=documented(400, 401, 403, 404),
    )
    def board(
        request: Request,
        name: Annotated[
            str,
            Path(description=f"one of {_NAMES}", openapi_examples={"undertrials": {"value": "undertrials"}}),
        ],
        where: Annotated[
            list[str] | None,
            Query(
                description="filters of the board as name=value, each once; all hold",
                openapi_examples={"a jail": {"value": ["jail=BR-0123"]}},
            ),
        ] = None,
        sort: Annotated[str | None, Query(description="an order of the board; without one its first")] = None,
        after: Annotated[str | None, Query(description="`next` of the page before")] = None,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    ) -> Response:
        """Pages go by key, so a row that stays is on exactly one of them, whatever comes and goes meanwhile."""
        listing_of(name)
        filters = filters_of(where or ())
        about = " ".join(where or ()).replace("\0", "")
        with house.desk.asking(caller(house, request), Question.BOARD, about, name) as asking:
            answer = boards.page(asking, name, filters, sort, after, limit, house.clock.today())
        return answered(request, answer)


def declaration(listing: Listing | Summary) -> dict[str, Any]:
    """A board's declaration as JSON."""
    return {
        "name": listing.name,
        "title": _both(listing.title),
        "columns": [
            {"name": column.name, "type": column.type, "title": _both(column.title)}
            for column in listing.columns
            if column.title != ("", "")
        ],
        "reckoned": [
            {"name": name, "title": _both(title)}
            for name, title in (
                *((one.name, one.title) for one in listing.reckoned),
                *((one.name, one.title) for one in listing.elsewhere),
            )
        ],
        "filters": [
            {"name": one.name, "how": one.how.value, "title": _both(one.title)} for one in listing.filters
        ],
        "sorts": [{"name": one.name, "title": _both(one.title)} for one in listing.sorts],
    }


def _both(title: tuple[str, str]) -> dict[str, str]:
    return {"en": title[0], "hi": title[1]}
