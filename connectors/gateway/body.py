"""Reads the events of a request: one, a list, or a line each; within the limits of size and of time."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import orjson
from fastapi import Request

from connectors.gateway.limits import MOST_BYTES, MOST_EVENTS, Held
from connectors.gateway.problems import Problem

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
NOT_JSON: Final = object()
"""Stands where a line is no JSON."""
_SECONDS: Final = 30.0
_TOO_LARGE: Final = f"a request holds {MOST_BYTES:,} bytes and {MOST_EVENTS:,} events at most: send several"


def announced(request: Request) -> int:
    """How many bytes the body is to have; 0 where its head does not say. Raises Problem: 413 or 415."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (JSON, LINES) or request.headers.get("content-encoding", "identity") != "identity":
        raise Problem(
            415,
            f"send JSON, not compressed: -H 'Content-Type: {JSON}' for an event or a list of events, {LINES} for an "
            "event a line",
        )
    length = request.headers.get("content-length", "")
    size = int(length) if length.isdecimal() else 0
    if size > MOST_BYTES:
        raise Problem(413, _TOO_LARGE)
    return size


async def read(request: Request, held: Held) -> bytes:
    """The body, as `held` for this request. Raises Problem: 408, 413 or 503."""
    body = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            async for chunk in request.stream():
                held.add(len(chunk))
                body += chunk
                if len(body) > MOST_BYTES:
                    raise Problem(413, _TOO_LARGE)
    except TimeoutError:
        raise Problem(
            408, f"the body did not come within {_SECONDS:.0f} s; nothing was kept: send it again"
        ) from None
    return bytes(body)


def events_in(request: Request, body: bytes) -> list[Any]:
    """The events of a body, as parsed, NOT_JSON for a line that is none. Raises Problem: 400 or 413."""
    if request.headers.get("content-type", "").startswith(LINES):
        events = [_parsed(line) for line in body.splitlines() if line.strip()]
    else:
        found = _parsed(body)
        if found is NOT_JSON:
            raise Problem(
                400,
                "the body is no JSON: one event as an object, or a list of events (with curl: --data-binary @FILE)",
            )
        events = found if isinstance(found, list) else [found]
    if len(events) > MOST_EVENTS:
        raise Problem(413, _TOO_LARGE)
    if not events:
        raise Problem(400, "the request holds no event")
    return events


def _parsed(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return NOT_JSON
