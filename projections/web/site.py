"""The web put together: which module has which pages, and what becomes of an error on a page."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from importlib import resources
from typing import Any, Final
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from ops.base.errors import UserError
from ops.base.log import get_logger
from projections.api.caller import House, TooMany, Unknown
from projections.audit.log import AuditUnavailable
from projections.desk.asking import Forbidden
from projections.questions.errors import NotFound, NotUnderstood, Unavailable
from projections.signin.grants import NotGranted
from projections.web import boards, cases, citizen, hub, people, records, signing
from projections.web.pages import HEADERS, Forged, Pages, SignInNeeded, unknown

log = get_logger(__name__)

_STATUS: Final[dict[type[UserError], int]] = {
    NotUnderstood: 400, NotGranted: 400, NotFound: 404, Forbidden: 403, TooMany: 429, Unavailable: 503,
    AuditUnavailable: 503,
}  # fmt: skip
_STATIC: Final = {"sangam.css": "text/css; charset=utf-8", "favicon.svg": "image/svg+xml"}


def add_to(app: FastAPI, house: House) -> None:
    """Add every page to the application."""
    pages = Pages(house)

    class Page(APIRoute):
        """A route whose errors are pages too."""

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            inner = super().get_route_handler()

            async def handled(request: Request) -> Response:
                try:
                    return await inner(request)
                except Exception as error:
                    return _told(pages, request, error)

            return handled

    router = APIRouter(route_class=Page, include_in_schema=False)
    for module in (signing, boards, cases, people, citizen, hub, records):
        module.add(router, pages)

    @router.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in _STATIC:
            raise NotFound("there is no such file")
        content = resources.files("projections.web").joinpath("static").joinpath(name).read_bytes()
        return Response(
            content, media_type=_STATIC[name], headers={**HEADERS, "Cache-Control": "max-age=3600"}
        )

    app.include_router(router)
    app.state.not_there = lambda request: _told(pages, request, NotFound("no page"))


def _told(pages: Pages, request: Request, error: Exception) -> Response:
    if isinstance(error, SignInNeeded) or (isinstance(error, Unknown) and unknown(error)):
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return pages.go(f"/sign-in?back={quote(back if request.method == 'GET' else '/', safe='')}")
    if isinstance(error, Forged):
        return pages.show(request, "error.html", 403, status=403, detail="")
    if isinstance(error, RequestValidationError):
        return pages.show(request, "error.html", 400, status=400, detail="")
    if isinstance(error, HTTPException):
        return pages.show(request, "error.html", error.status_code, status=error.status_code, detail="")
    if isinstance(error, UserError):
        status = _STATUS.get(type(error), 401 if isinstance(error, Unknown) else 500)
        return pages.show(request, "error.html", status, status=status, detail=str(error))
    route = request.scope.get("route")
    log.error("web.failed", route=getattr(route, "name", "none"), error=error)
    return pages.show(request, "error.html", 500, status=500, detail="")
