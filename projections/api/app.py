"""The API put together: addresses, their parameters, and which question each asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Final
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from fastapi import FastAPI, Path, Query, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.middleware.gzip import GZipMiddleware

from projections.access.questions import Question
from projections.api import problems
from projections.api.answering import answered
from projections.api.boards import add_boards
from projections.api.caller import House, caller
from projections.api.gate import Gate
from projections.api.models import (
    ClocksAnswer,
    EventAnswer,
    FileAnswer,
    Health,
    SeveralAnswer,
    UndertrialPage,
)
from projections.api.problems import Problem, documented
from projections.api.receiving import add_receiving
from projections.api.telling import add_telling
from projections.desk import boards
from projections.desk import files as desk_files
from projections.questions import files, undertrials
from projections.questions.paging import MOST
from projections.questions.readers import Readers, active
from projections.questions.when import moment_of, when
from projections.web import site

_ABOUT: Final = """
What every department of the criminal-justice system knows of a case and of each person held for it, with the source
of every word. Read-only; who asks sends a token of the issuer (`Authorization: Bearer …`), and sees what his office
may see (docs/access.md); every question is put on record. Dates are civil days in India.

Every answer has an `ETag`: send it back as `If-None-Match`, and an unchanged answer is `304` without a body. It covers
the files, what is said of the persons, and the day; not `as_of_departments`, which moves on with every record.
"""
_IDENTIFIERS: Final[dict[str, Any]] = {
    "canonical": {"summary": "canonical text", "value": "FIR:BR-PATKOT-2025-0123"},
    "written": {"summary": "as it is written", "value": "PATKOT P.S. No. 123/2025"},
    "cnr": {"summary": "a court's number", "value": "BRPA010001232025"},
    "pid": {"summary": "a prisoner's id", "value": "BR-0123-45678"},
}

#: Addresses that anybody on this machine may ask.
_OPEN: Final = ("/health", "/metrics")

Identifier = Annotated[
    str,
    Path(
        description="FIR, CNR, PID or any other identifier, in any spelling of docs/identifiers.md",
        openapi_examples=_IDENTIFIERS,
    ),
]
AsOf = Annotated[
    date | None,
    Query(
        description="what had happened by the end of this day",
        openapi_examples={"a day": {"value": "2026-11-24"}},
    ),
]
KnownAt = Annotated[
    str | None,
    Query(
        description="what the hub knew at this moment (ISO 8601; a day means its end, no zone means India)",
        openapi_examples={"a moment": {"value": "2026-11-24T18:30:00+05:30"}},
    ),
]

Code = Annotated[str | None, Query(description="a code as the departments write it", max_length=64)]


def create(house: House) -> FastAPI:
    """The application. It opens the house's connections when it starts and closes them when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with house.readers, house.desk.clerk:
            yield

    app = FastAPI(
        title="Sangam",
        version="1",
        description=_ABOUT,
        lifespan=lifespan,
        redoc_url=None,
        responses=documented(421, 422, 429, 500, 503),
    )
    problems.add_to(app)
    _add_files(app, house)
    _add_lists(app, house)
    add_boards(app, house)
    add_telling(app, house)
    add_receiving(app, house)
    _add_state(app, house.readers)
    site.add_to(app, house)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=3)
    app.add_middleware(Gate, host=urlsplit(house.url).hostname or "")
    _describe(app)
    return app


def _add_files(app: FastAPI, house: House) -> None:
    @app.get(
        "/cases/{identifier:path}",
        summary="A case by any of its identifiers",
        response_model=FileAnswer | SeveralAnswer,
        responses=documented(400, 401, 403, 404),
    )
    def cases(
        request: Request, identifier: Identifier, as_of: AsOf = None, known_at: KnownAt = None
    ) -> Response:
        """The file as stored, and the full status of each accused; for an identifier of several cases, their list."""
        asked = when(house.clock.today(), as_of, None if known_at is None else moment_of(known_at))
        with house.desk.asking(caller(house, request), Question.CASE, desk_files.about(identifier)) as asking:
            answer = desk_files.case(asking, identifier, asked)
        return answered(request, answer)

    @app.get(
        "/clocks/{identifier:path}",
        summary="The law's clocks of a case",
        response_model=ClocksAnswer | SeveralAnswer,
        responses=documented(400, 401, 403, 404),
    )
    def clocks(
        request: Request, identifier: Identifier, as_of: AsOf = None, known_at: KnownAt = None
    ) -> Response:
        """Each clock with its section, dates, inputs, status and sentence, and what the person's other cases add."""
        asked = when(house.clock.today(), as_of, None if known_at is None else moment_of(known_at))
        with house.desk.asking(caller(house, request), Question.CASE, desk_files.about(identifier)) as asking:
            answer = desk_files.clocks(asking, identifier, asked)
        return answered(request, answer)

    @app.get(
        "/custody/{pid:path}",
        summary="A prisoner by PID",
        response_model=FileAnswer,
        responses=documented(400, 401, 403, 404),
    )
    def custody(
        request: Request,
        pid: Annotated[str, Path(openapi_examples={"pid": {"value": "BR-0123-45678"}})],
        as_of: AsOf = None,
        known_at: KnownAt = None,
    ) -> Response:
        """His custody whatever the case, and his full status in each case under which he is held."""
        asked = when(house.clock.today(), as_of, None if known_at is None else moment_of(known_at))
        with house.desk.asking(
            caller(house, request), Question.CUSTODY, desk_files.about(pid, "PID")
        ) as asking:
            answer = desk_files.custody(asking, pid, asked)
        return answered(request, answer)


def _add_lists(app: FastAPI, house: House) -> None:
    @app.get(
        "/undertrials",
        summary="Who is in jail in a case that is not decided, longest inside first",
        response_model=UndertrialPage,
        responses=documented(400, 401, 403),
    )
    def board(
        request: Request,
        jail: Code = None,
        court: Code = None,
        police_station: Code = None,
        district: Code = None,
        bail_state: undertrials.BailState | None = None,
        after: Annotated[str | None, Query(description="`next` of the page before")] = None,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    ) -> Response:
        """Pages go by key, so a row that stays is on exactly one of them, whatever comes and goes meanwhile."""
        filters = undertrials.Filters(jail, court, police_station, district, bail_state)
        asked = " ".join(f"{name}={value}" for name, value in asdict(filters).items() if value).replace(
            "\0", ""
        )
        with house.desk.asking(caller(house, request), Question.BOARD, asked, "undertrials") as asking:
            answer = boards.undertrials(asking, filters, after, limit, house.clock.today())
        return answered(request, answer)

    @app.get(
        "/events/{event_id}",
        summary="An event by its id",
        response_model=EventAnswer,
        responses=documented(401, 403, 404),
    )
    def event(request: Request, event_id: UUID) -> Response:
        """What it says, since when the hub knows it, whether it counts, and if not, why."""
        with house.desk.asking(caller(house, request), Question.EVENT, str(event_id)) as asking:
            answer = desk_files.event(asking, event_id)
        return answered(request, answer)


def _add_state(app: FastAPI, readers: Readers) -> None:
    @app.get("/health", summary="Whether the hub can be asked", response_model=Health)
    def health() -> Response:
        """200 when the database answers and a generation is active, else 503 with what is wrong."""
        with readers.reader() as reader:
            name, freshness = active(reader.conn), reader.freshness()
        told = {"status": "ok", "generation": name, "as_of_departments": files.told(freshness)}
        return Response(orjson.dumps(told), media_type="application/json")

    @app.get("/metrics", summary="Metrics of this process, for Prometheus", response_class=Response)
    def metrics() -> Response:
        """Prometheus' text form."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _describe(app: FastAPI) -> None:
    """Let OpenAPI know the problems' form, which no answer's model names."""
    made = app.openapi

    def described() -> dict[str, Any]:
        first = app.openapi_schema is None
        schema = made()
        if first:
            schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
            schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            for path, operations in schema["paths"].items():
                if path not in _OPEN:
                    operations["get"]["security"] = [{"token": []}]
        return schema

    app.openapi = described  # type: ignore[method-assign]
