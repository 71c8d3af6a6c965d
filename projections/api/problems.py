"""Errors as problem details (RFC 9457): what is wrong and what to do. They repeat nothing that is stored."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from ops.base.errors import UserError
from ops.base.log import get_logger
from projections.api.caller import TooMany, Unknown
from projections.audit.log import AuditUnavailable
from projections.desk.asking import Forbidden
from projections.questions.errors import NotFound, NotUnderstood, Unavailable
from projections.signin.grants import NotGranted

log = get_logger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
_TITLES: Final = {
    400: "The question cannot be read",
    401: "Who is asking is not known",
    403: "This may not be asked",
    404: "Nothing under this address",
    405: "This address only reads",
    421: "This address is for this machine alone",
    429: "Too much is asked at once",
    422: "The question cannot be read",
    500: "The hub has failed",
    503: "The hub cannot answer just now",
}
_STATUS: Final[dict[type[UserError], int]] = {
    NotUnderstood: 400,
    NotGranted: 400,
    NotFound: 404,
    Unavailable: 503,
    AuditUnavailable: 503,
    Unknown: 401,
    Forbidden: 403,
    TooMany: 429,
}
_RETRY_AFTER: Final = {"Retry-After": "2"}


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="kind of problem; about:blank: no more than the status says")
    title: str
    status: int
    detail: str = Field(description="what to do about it")


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error as it is sent."""
    body = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": detail}
    return JSONResponse(body, status, headers, MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: that these statuses are answered with a problem."""
    return {
        status: {
            "description": _TITLES[status],
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": {
                        "type": "about:blank",
                        "title": _TITLES[status],
                        "status": status,
                        "detail": "what to do about it",
                    },
                }
            },
        }
        for status in statuses
    }


def add_to(app: FastAPI) -> None:
    """Answer every error as a problem."""
    app.add_exception_handler(UserError, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _failed)


async def _told(request: Request, error: Exception) -> Response:
    status = _STATUS[type(error)] if isinstance(error, UserError) and type(error) in _STATUS else 500
    headers = _RETRY_AFTER if status == 503 else None
    if isinstance(error, Unknown):
        headers = {"WWW-Authenticate": "Bearer"}
    elif isinstance(error, TooMany):
        headers = {"Retry-After": str(error.seconds)}
    return problem(status, str(error), headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (it is registered for no other)
    # Only where and what was expected: `input` would repeat what was sent.
    told = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
    return problem(422, told)


async def _plain(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (it is registered for no other)
    if error.status_code == 404 and "text/html" in request.headers.get("accept", ""):
        page: Response = request.app.state.not_there(request)
        return page
    detail = (
        "see /docs for the addresses that there are" if error.status_code in (404, 405) else str(error.detail)
    )
    return problem(error.status_code, detail, dict(error.headers) if error.headers else None)


async def _failed(request: Request, error: Exception) -> Response:
    route = request.scope.get("route")
    log.error("api.failed", route=getattr(route, "name", "none"), error=error)
    return problem(500, "it is in the hub's log; tell whoever runs it, and ask again later")
