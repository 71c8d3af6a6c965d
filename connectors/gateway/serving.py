"""Serves the gateway: on this machine, or with TLS to others."""

from __future__ import annotations

import asyncio
import ipaddress
import signal
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from connectors.gateway.app import CERTIFICATE
from ops.base.errors import UserError
from ops.base.running import run_calmly

_BACKLOG: Final = 2048
_MOST_CONNECTIONS: Final = 1000
_KEEP_ALIVE: Final = 60
_LAST_REQUESTS: Final = 10


@dataclass(frozen=True)
class Tls:
    """Files in PEM. `clients`: the authorities whose client certificates are taken; None takes none."""

    certificate: Path
    key: Path
    clients: Path | None


class _Protocol(H11Protocol):
    """Tells the application the certificate that a connection's client has shown and the authorities have signed."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        shown = transport.get_extra_info("ssl_object")
        certificate = shown.getpeercert(binary_form=True) if shown is not None else None
        if certificate is not None:
            self.app = _with(certificate, self.app)


def _with(certificate: bytes, app: Any) -> ASGIApp:
    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, CERTIFICATE: certificate}, receive, send)

    return told


def serve(app: FastAPI, host: str, port: int, tls: Tls | None, told: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `told` is given the address once it listens. Port 0 takes a free one.

    Raises UserError: without TLS for an address that other machines can reach, for a port that is taken, and for
    certificates that cannot be read.
    """
    listener = _listener(host, port, tls)
    with listener:
        scheme = "http" if tls is None else "https"
        name, port = listener.getsockname()[:2]
        told(f"{scheme}://{f'[{name}]' if ':' in name else name}:{port}")
        # No access log: addresses hold event ids, and who asks is counted.
        config = uvicorn.Config(
            app, http=_Protocol, log_config=None, access_log=False, server_header=False, lifespan="on",
            timeout_keep_alive=_KEEP_ALIVE, limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=_LAST_REQUESTS, **_tls(tls),
        )  # fmt: skip
        run_calmly()
        for stop in (signal.SIGINT, signal.SIGTERM):
            # uvicorn stops at them, and then raises them once more: the process has done as it was told.
            signal.signal(stop, lambda *_: None)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except (ssl.SSLError, OSError) as error:
            raise UserError(f"the certificate or its key cannot be read: {error}") from error


def address_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address that a host names. Raises UserError."""
    try:
        return ipaddress.ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))
    except ValueError:
        raise UserError(f"{host} is no address: give one of this machine, as 127.0.0.1 or 0.0.0.0") from None


def _tls(tls: Tls | None) -> dict[str, Any]:
    if tls is None:
        return {}
    files = {"ssl_certfile": str(tls.certificate), "ssl_keyfile": str(tls.key)}
    if tls.clients is None:
        return files
    # Optional: a client without one may show a token.
    return files | {"ssl_ca_certs": str(tls.clients), "ssl_cert_reqs": ssl.CERT_OPTIONAL}


def _listener(host: str, port: int, tls: Tls | None) -> socket.socket:
    address = address_of(host)
    if tls is None and not address.is_loopback:
        raise UserError(
            "without TLS the gateway listens on loopback alone, since tokens could be read on the way: give "
            "--tls-certificate and --tls-key, or --host 127.0.0.1"
        )
    listener = socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((str(address), port))
    except OSError as error:
        listener.close()
        raise UserError(
            f"port {port} cannot be had ({error.strerror}): choose another with --port"
        ) from error
    listener.listen(_BACKLOG)
    return listener
