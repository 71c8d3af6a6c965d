"""An answer as HTTP: its bytes, and the tag by which an unchanged one is answered without them."""

from __future__ import annotations

from typing import Protocol

from fastapi import Request, Response


class Answer(Protocol):
    """What every question's answer has."""

    @property
    def tag(self) -> str:
        """Changes with whatever the answer says."""
        ...

    def json(self) -> bytes:
        """The answer."""
        ...


def answered(request: Request, answer: Answer) -> Response:
    """200 with the answer, or 304 where the one who asks has it already."""
    # Weak: the same state of things, not the same bytes (compression, how far the data reach).
    headers = {"ETag": f'W/"{answer.tag}"', "Cache-Control": "private, no-cache"}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or answer.tag in {
        one.strip().removeprefix("W/").strip('"') for one in known.split(",")
    }:
        return Response(status_code=304, headers=headers)
    return Response(answer.json(), media_type="application/json", headers=headers)
