"""Signing in at the issuer and out again, acting in another role or for another purpose, and the language."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from projections.access.purposes import Purpose
from projections.api.caller import TooMany, Unknown, address, by_session
from projections.questions.errors import NotUnderstood
from projections.signin.grants import standing
from projections.signin.sessions import LONGEST
from projections.signin.tokens import TokenRefused
from projections.web.pages import Pages, back_of
from projections.web.words import COOKIE, LANGUAGES


def add(router: APIRouter, pages: Pages) -> None:
    """Add the pages of this module."""
    house = pages.house

    def arrives(request: Request) -> None:
        wait = house.arrivals.take(address(request), time.monotonic())
        if wait:
            raise TooMany(wait)

    @router.get("/sign-in")
    def sign_in(request: Request, back: str = "/") -> Response:
        if by_session(house, request) is not None:
            return pages.go(back_of(back))
        return pages.show(request, "sign_in.html", back=back_of(back))

    @router.get("/sign-in/go")
    def to_issuer(request: Request, back: str = "/") -> Response:
        arrives(request)
        begun = house.issuer.begin(f"{house.url}/sign-in/done")
        house.sessions.expect(begun, back_of(back))
        answer = pages.go(begun.url)
        # The state must come back in the browser that took it away: else one could be signed in as another.
        _cookie(answer, pages, f"{house.cookie}-state", begun.state, 600)
        return answer

    @router.get("/sign-in/done")
    def done(
        request: Request, state: Annotated[str, Query(max_length=200)] = "",
        code: Annotated[str, Query(max_length=2000)] = "",
    ) -> Response:  # fmt: skip
        arrives(request)
        expected = house.sessions.expected(state)
        if expected is None or request.cookies.get(f"{house.cookie}-state") != state:
            house.desk.refuse("", house.issuer.url, "STATE")
            raise Unknown("NONCE")
        nonce, verifier, back = expected
        try:
            token = house.issuer.finish(f"{house.url}/sign-in/done", code, verifier)
            claims = house.people.verify(token, house.desk.clerk.clock.now(), nonce)
        except (TokenRefused, ValueError) as error:
            reason = error.reason if isinstance(error, TokenRefused) else "MALFORMED"
            house.desk.refuse("", house.issuer.url, reason)
            raise Unknown(reason) from None
        clerk = house.desk.clerk
        with clerk.connection() as conn:
            grants = standing(conn, claims.issuer, claims.subject, clerk.clock.now())
        if not grants:
            house.desk.refuse(claims.subject, claims.issuer, "NOT_GRANTED")
            raise Unknown("NOT_GRANTED")
        actor = grants[0].actor()
        house.desk.note(actor, "SIGNED_IN")
        cookie = house.sessions.start(grants[0], actor.purpose)
        answer = pages.go(back)
        _cookie(answer, pages, house.cookie, cookie, int(LONGEST.total_seconds()))
        answer.delete_cookie(f"{house.cookie}-state", secure=house.secure, httponly=True, samesite="lax")
        return answer

    @router.post("/sign-out")
    def sign_out(request: Request, csrf: Annotated[str, Form()] = "") -> Response:
        session = pages.signed(request)
        pages.form(request, session, csrf)
        house.desk.note(session.actor, "SIGNED_OUT")
        house.sessions.end(request.cookies[house.cookie])
        answer = pages.go("/sign-in")
        answer.delete_cookie(house.cookie, secure=house.secure, httponly=True, samesite="lax")
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    @router.post("/acting")
    def acting(
        request: Request, csrf: Annotated[str, Form()] = "", grant: Annotated[int, Form()] = 0,
        purpose: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/",
    ) -> Response:  # fmt: skip
        session = pages.signed(request)
        pages.form(request, session, csrf)
        chosen = next((one for one in (session.grant, *session.others) if one.id == grant), session.grant)
        actor = chosen.actor()
        if chosen is session.grant and purpose:
            actor = chosen.actor(purpose)
            if Purpose(purpose) not in actor.role.purposes:
                raise NotUnderstood("the purpose is none of the role's")
        house.sessions.act(session, chosen, actor.purpose)
        house.desk.note(actor, "ACTING")
        return pages.go(back_of(back) if chosen is session.grant else "/")

    @router.get("/language")
    def language(to: str = "", back: str = "/") -> Response:
        answer = pages.go(back_of(back))
        if to in LANGUAGES:
            answer.set_cookie(
                COOKIE, to, max_age=31_536_000, secure=house.secure, httponly=True, samesite="lax"
            )
        return answer


def _cookie(answer: Response, pages: Pages, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name, value, max_age=seconds, path="/", secure=pages.house.secure, httponly=True, samesite="lax"
    )
