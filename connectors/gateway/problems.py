"""Errors as problem details (RFC 9457): what is wrong and what to do. They repeat nothing that was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from connectors.gateway.models import Item
from connectors.outbox.database import OutboxUnavailable
from ops.base.log import get_logger

log = get_logger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
TITLES: Final = {
    400: "The request cannot be read",
    401: "Who publishes is not known",
    403: "Not yours to publish",
    404: "Nothing under this address",
    405: "This address does not do that",
    408: "The request took too long",
    409: "Another event has this id or number",
    413: "The request is too large",
    415: "The request is of another kind",
    422: "No event was accepted",
    429: "Too much at once",
    500: "The gateway has failed",
    503: "The gateway cannot take events just now",
}


class ProblemBody(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="kind of problem; about:blank: no more than the status says")
    title: str
    status: int
    detail: str = Field(description="what is wrong, and what to do about it")
    items: list[Item] | None = Field(default=None, description="what is wrong with each event")


class Problem(Exception):
    """A request that is answered with a problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        items: list[Item] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.items = items

    def response(self) -> Response:
        """As it is sent."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": TITLES[self.status],
            "status": self.status,
            "detail": self.detail,
        }
        if self.items is not None:
            body["items"] = [item.model_dump(exclude_none=True) for item in self.items]
        return JSONResponse(body, self.status, self.headers, MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: that these statuses are answered with a problem."""
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {
        status: {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        | ({"headers": _RETRY_AFTER} if status in (429, 503) else {})
        for status in statuses
    }


_RETRY_AFTER: Final = {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}}


def add_to(app: FastAPI) -> None:
    """Answer every error as a problem."""
    app.add_exception_handler(Problem, _told)
    app.add_exception_handler(OutboxUnavailable, _unavailable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _failed)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  (it is registered for no other)
    return error.response()


async def _unavailable(request: Request, error: Exception) -> Response:
    log.error("gateway.outbox_unavailable", error=error)
    detail = "the gateway's own disk takes nothing now; nothing of this request was kept: send it again later"
    return Problem(503, detail, headers={"Retry-After": "10"}).response()


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (it is registered for no other)
    # Only where and what was expected: `input` would repeat what was sent.
    told = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
    return Problem(400, told).response()


async def _plain(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (it is registered for no other)
    status = error.status_code if error.status_code in TITLES else 400
    return Problem(status, "see /docs for the addresses that there are", headers=error.headers).response()


async def _failed(request: Request, error: Exception) -> Response:
    log.error("gateway.failed", error=error)
    return Problem(500, "it is in the gateway's log; send the same again, which does no harm").response()
