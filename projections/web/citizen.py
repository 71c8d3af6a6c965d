"""The citizen's page: what became of an application, for whoever knows its number and the second secret."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from projections.api.caller import TooMany, address
from projections.desk import citizen as desk
from projections.questions.errors import NotFound, NotUnderstood
from projections.web.pages import Pages


def add(router: APIRouter, pages: Pages) -> None:
    """Add the pages of this module."""
    house = pages.house

    @router.get("/citizen")
    def form(request: Request) -> Response:
        return pages.show(request, "citizen.html", number="", found=None, refused=False)

    @router.post("/citizen")
    def asked(
        request: Request, number: Annotated[str, Form(max_length=60)] = "",
        secret: Annotated[str, Form(max_length=100)] = "",
    ) -> Response:  # fmt: skip
        wait = house.arrivals.take(address(request), time.monotonic())
        if wait:
            raise TooMany(wait)
        try:
            found = desk.application(house.desk, house.verifier.issuer, number, secret)
        except (NotFound, NotUnderstood):
            # One answer for a wrong number and a wrong secret: else numbers could be tried out.
            return pages.show(request, "citizen.html", 404, number=number, found=None, refused=True)
        return pages.show(request, "citizen.html", number=number, found=found, refused=False)
