"""Serves the development issuer on loopback, and notes where it is in SANGAM_HOME."""

from __future__ import annotations

import json
import secrets
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn

from ops.base.errors import UserError
from ops.issuer.app import Development, create
from ops.issuer.people import SYSTEM, WEB
from projections.api.serving import loopback

NOTED: Final = "issuer.json"


@dataclass(frozen=True, slots=True)
class Noted:
    """A development issuer that was started here: its address, and its clients' secrets."""

    url: str
    clients: dict[str, str]


def noted(home: Path) -> Noted | None:
    """What the last development issuer of a home noted."""
    try:
        written = json.loads((home / NOTED).read_text())
        return Noted(written["url"], dict(written["clients"]))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{home / NOTED} cannot be read: remove it, and start the issuer again") from error


def serve(home: Path, host: str, port: int, told: Callable[[str], None]) -> None:
    """Serve until it is stopped. Raises NotLoopback for any other host, and UserError when the port is taken."""
    address = loopback(host)
    with socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((str(address), port))
        except OSError as error:
            raise UserError(
                f"port {port} cannot be had ({error.strerror}): choose another with --port"
            ) from error
        listener.listen()
        place = f"[{address}]" if address.version == 6 else str(address)
        url = f"http://{place}:{listener.getsockname()[1]}"
        known = noted(home)
        clients = known.clients if known else {name: secrets.token_urlsafe(24) for name in (WEB, SYSTEM)}
        _note(home, Noted(url, clients))
        told(url)
        config = uvicorn.Config(
            create(Development(url, clients)), log_config=None, access_log=False, server_header=False
        )
        for stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop, lambda *_: None)
        uvicorn.Server(config).run(sockets=[listener])


def _note(home: Path, what: Noted) -> None:
    home.mkdir(parents=True, exist_ok=True)
    path = home / NOTED
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps({"url": what.url, "clients": what.clients}) + "\n")
