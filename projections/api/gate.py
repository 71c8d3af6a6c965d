"""What every request passes: it is asked for by our own name, and its time is counted under its route's template."""

from __future__ import annotations

import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ops.base.metrics import API_SECONDS
from projections.api.problems import problem

#: Names of this machine. A page on the web whose name is made to point here asks under its own name.
_OURS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Gate:
    """Outermost, so that what is refused is counted too."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        """`host`: the name under which people reach the hub, where that is not this machine's."""
        self._app = app
        self._names = _OURS | {host.lower()} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            if _host(scope) in self._names:
                await self._app(scope, receive, sent)
            else:
                refusal = problem(
                    421, "ask 127.0.0.1 or localhost, or the name that SANGAM_URL gives the hub"
                )
                await refusal(scope, receive, sent)
        finally:
            route = getattr(scope.get("route"), "path_format", "none")
            API_SECONDS.labels(route, str(status)).observe(time.perf_counter() - begun)


def _host(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"host":
            host: str = value.decode("latin-1").lower()
            return host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host
    return ""
