"""Serves the API and the web on this machine. Other machines reach them by a proxy that speaks TLS (docs/access.md)."""

from __future__ import annotations

import ipaddress
import signal
import socket
from collections.abc import Callable

import uvicorn

from ops.base.errors import UserError
from ops.base.running import run_calmly
from projections.api.app import create
from projections.api.caller import House

_BACKLOG = 2048


class NotLoopback(UserError):
    """The address is one that other machines can reach."""


def serve(make: Callable[[str], House], host: str, port: int, told: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `told` is given the address once it listens. Port 0 takes a free one.

    `make` puts together what is served, for the address that it is served at.

    Raises NotLoopback, and UserError when the port is taken.
    """
    address = loopback(host)
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((str(address), port))
        except OSError as error:
            raise UserError(
                f"port {port} cannot be had ({error.strerror}): choose another with --port"
            ) from error
        # From here on a question waits for its answer, and is not refused, while the application starts.
        listener.listen(_BACKLOG)
        port = listener.getsockname()[1]
        place = f"http://{f'[{address}]' if address.version == 6 else address}:{port}"
        house = make(place)
        told(place)
        app = create(house)
        # No access log: addresses hold identifiers of cases and persons.
        config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, lifespan="on")
        # Else the collector walks over all that was imported in the midst of somebody's question.
        run_calmly()
        for stop in (signal.SIGINT, signal.SIGTERM):
            # uvicorn stops at them, and then raises them once more: the process has done as it was told.
            signal.signal(stop, lambda *_: None)
        uvicorn.Server(config).run(sockets=[listener])


def loopback(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The loopback address that a host names. Raises NotLoopback."""
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise NotLoopback(
            "it listens on loopback alone: set SANGAM_API_HOST to 127.0.0.1; for other machines put a proxy that "
            "speaks TLS before it and set SANGAM_URL to its https address"
        )
    return address
