"""The gateway put together: its addresses, who may ask them, and what each does."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import orjson
from fastapi import Depends, FastAPI, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from connectors.gateway import body, judging, problems
from connectors.gateway.limits import BYTES_AN_EVENT, Limits
from connectors.gateway.measured import Measured
from connectors.gateway.models import Answer, Health, PublisherAnswer, ReceiptAnswer
from connectors.gateway.plain_form import REQUEST
from connectors.gateway.problems import Problem, ProblemBody, documented
from connectors.gateway.publishers import Publisher, Publishers
from connectors.gateway.tokens import publisher_of
from connectors.sdk import Connector
from ops.base.clock import Clock

_ABOUT: Final = """
Where a department's system publishes what happened. An event that is KEPT is on disk and will arrive; sent again, it is
the same event. Errors are problem details (RFC 9457) and say what to do; 429 and 503 say in Retry-After when to come
again. docs/departments.md: the first event in ten minutes.
"""
_THREADS: Final = 2
MOST_UNSENT: Final = 1_000_000
"""Events on disk beyond which no more are taken: the broker has been away for long."""
CERTIFICATE: Final = "sangam.certificate"
"""Where in the ASGI scope the client's certificate is, in DER (serving.py)."""
_TRACEPARENT: Final = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")

Asked = Callable[[Publisher, list[Any], str | None], Answer]


def create(connector: Connector, publishers: Publishers, clock: Clock) -> FastAPI:
    """The application; the connector stays its owner's to close."""
    limits, threads = Limits(), ThreadPoolExecutor(_THREADS, "gateway")

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with threads:
            yield

    app = FastAPI(
        title="Sangam gateway", version="1", description=_ABOUT, lifespan=lifespan, redoc_url=None,
        responses=documented(500),
    )  # fmt: skip
    problems.add_to(app)
    who = _authenticator(publishers, clock)

    async def ask(request: Request, publisher: Publisher, work: Asked) -> Answer:
        """Read, charge, and have the work done in a thread, in the publisher's turn."""
        if connector.outbox.waiting > MOST_UNSENT:
            detail = "the broker has been away for long and the gateway's disk fills; nothing was kept: try again later"
            raise Problem(503, detail, headers={"Retry-After": "60"})
        # Before it is read, so that who sends too much costs nothing more; the rest, where its head did not say.
        charged = max(body.announced(request) / BYTES_AN_EVENT, 1)
        limits.charge(publisher, charged)
        with limits.admitted(publisher) as held:
            read = await body.read(request, held)
            weight = max(len(read) / BYTES_AN_EVENT, charged)
            limits.charge(publisher, weight - charged)
            async with limits.turn(publisher):
                loop = asyncio.get_running_loop()
                events = await loop.run_in_executor(threads, body.events_in, request, read)
                limits.charge(publisher, max(len(events) - weight, 0))
                trace = request.headers.get("traceparent", "")
                traceparent = trace if _TRACEPARENT.fullmatch(trace) else None
                return await loop.run_in_executor(threads, work, publisher, events, traceparent)

    _add_events(app, connector, who, ask)
    _add_questions(app, connector, who)
    app.add_middleware(Measured)
    _describe(app)
    return app


Who = Callable[..., Awaitable[Publisher]]
Ask = Callable[[Request, Publisher, Asked], Awaitable[Answer]]
_INTAKE: Final = documented(400, 401, 403, 408, 409, 413, 415, 422, 429, 503)


def _add_events(app: FastAPI, connector: Connector, who: Who, ask: Ask) -> None:
    @app.post(
        "/events", summary="Publish one event, or several", status_code=202, response_model=Answer,
        responses={207: {"description": "Some were refused", "model": Answer}, **_INTAKE},
        openapi_extra={"requestBody": REQUEST},
    )  # fmt: skip
    async def events(request: Request, publisher: Publisher = Depends(who)) -> Response:
        """202: all are on disk and will arrive. 207: some were refused, `items` says which and why. 403, 409 or 422:
        all were. Each event stands alone; what was accepted is not to be sent again, and does no harm if it is."""

        def work(publisher: Publisher, events: list[Any], traceparent: str | None) -> Answer:
            return judging.publish(connector, publisher, events, traceparent)

        answer = await ask(request, publisher, work)
        return _json(answer, 207 if answer.refused else 202)

    @app.post(
        "/validate", summary="Check events without publishing them", response_model=Answer,
        responses={k: v for k, v in _INTAKE.items() if k != 409}, openapi_extra={"requestBody": REQUEST},
    )  # fmt: skip
    async def validate(request: Request, publisher: Publisher = Depends(who)) -> Response:
        """What would become of each event, and the event as it would be published, with its topic and key."""

        def work(publisher: Publisher, events: list[Any], _: str | None) -> Answer:
            return judging.validate(connector, publisher, events)

        return _json(await ask(request, publisher, work), 200)


def _add_questions(app: FastAPI, connector: Connector, who: Who) -> None:
    @app.get(
        "/receipts/{event_id}", summary="What became of an event", response_model=ReceiptAnswer,
        responses=documented(400, 401, 404),
    )  # fmt: skip
    def receipt(event_id: UUID, publisher: Publisher = Depends(who)) -> Response:
        """Your own events of the last seven days."""
        found = connector.receipt(event_id)
        if found is None or not publisher.owns(found.source):
            raise Problem(404, "no event of yours with this id was kept here in the last seven days")
        fields = found._asdict() | {
            "source_epoch": found.epoch,
            "source_seq": found.seq,
            "state": found.state,
        }
        return _json(ReceiptAnswer.model_validate(fields | {"event_id": str(event_id)}), 200)

    @app.get(
        "/publisher", summary="Who you are, and what you may publish", response_model=PublisherAnswer,
        responses=documented(401),
    )  # fmt: skip
    def publisher(publisher: Publisher = Depends(who)) -> Response:
        """What the gateway makes of your token or certificate."""
        answer = PublisherAnswer(
            publisher=publisher.name, department=publisher.department, sources=list(publisher.sources),
            types=judging.types_of(publisher), numbers_itself=publisher.numbers_itself,
            events_per_second=publisher.events_per_second,
        )  # fmt: skip
        return _json(answer, 200)

    @app.get("/health", summary="Whether events can be taken", response_model=Health)
    def health() -> Response:
        """Events are taken while the broker is away too; `trouble` says why it does not get them."""
        trouble = connector.sender.trouble
        status = "ok" if trouble is None else "keeping"
        return _json(Health(status=status, waiting=connector.outbox.waiting, trouble=trouble), 200)

    @app.get("/metrics", summary="Metrics of this process, for Prometheus", response_class=Response)
    def metrics() -> Response:
        """Prometheus' text form."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _authenticator(publishers: Publishers, clock: Clock) -> Who:
    bearer = HTTPBearer(
        auto_error=False, description="a token signed with the publisher's key (RS256 or ES256)"
    )

    async def who(
        request: Request, credentials: HTTPAuthorizationCredentials | None = Depends(bearer)
    ) -> Publisher:
        known = publishers.all()
        if credentials is not None:
            return publisher_of(credentials.credentials, known, clock)
        certificate: bytes | None = request.scope.get(CERTIFICATE)
        if certificate is not None:
            mark = hashlib.sha256(certificate).hexdigest()
            for publisher in known.values():
                if mark in publisher.certificates:
                    return publisher
            detail = (
                f"no publisher has the certificate {mark}: give this fingerprint to whoever runs the gateway"
            )
            raise Problem(401, detail, headers=_CHALLENGE)
        detail = (
            'say who publishes: -H "Authorization: Bearer TOKEN", a token signed with the publisher\'s key'
        )
        raise Problem(401, detail, headers=_CHALLENGE)

    return who


_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="sangam"'}


def _json(answer: Answer | ReceiptAnswer | PublisherAnswer | Health, status: int) -> Response:
    told = orjson.dumps(answer.model_dump(exclude_none=True))
    return Response(told, status, media_type="application/json")


def _describe(app: FastAPI) -> None:
    """Let OpenAPI know the problems' form, which no answer's model names, and nothing that is not answered."""
    made = app.openapi

    def described() -> dict[str, Any]:
        first = app.openapi_schema is None
        schema = made()
        if first:
            whole = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
            schema["components"]["schemas"] |= whole.pop("$defs") | {"ProblemBody": whole}
            for operations in schema["paths"].values():
                for operation in operations.values():
                    operation["responses"].pop("422", None) if "requestBody" not in operation else None
        return schema

    app.openapi = described  # type: ignore[method-assign]
