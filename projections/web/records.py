"""The record of reads for its auditors, grants for the administrator of access, and the glossary for everybody."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response

from projections.access.questions import Question
from projections.access.roles import ROLES
from projections.api.caller import by_session
from projections.audit.log import latest, who_saw
from projections.questions.files import identifier_of
from projections.signin import grants
from projections.web.pages import Pages

_ENTRIES: Final = 100


@cache
def glossary() -> list[dict[str, str]]:
    """Terms of the law in both languages, with the source of each; `verified` is yes where somebody compared it."""
    text = resources.files("projections.web").joinpath("glossary.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def add(router: APIRouter, pages: Pages) -> None:
    """Add the pages of this module."""
    house = pages.house

    @router.get("/audit")
    def audit(request: Request, before: int | None = None, of: str = "") -> Response:
        session = pages.signed(request)
        root = identifier_of(of) if of.strip() else ""
        question = Question.WHO_SAW if root else Question.AUDIT
        with house.desk.asking(session.actor, question, root), house.desk.clerk.connection() as conn:
            entries = who_saw(conn, root) if root else latest(conn, before, _ENTRIES)
        following = entries[-1].seq if not root and len(entries) == _ENTRIES else None
        return pages.show(request, "audit.html", entries=entries, of=of, following=following)

    @router.get("/grants")
    def granted(request: Request) -> Response:
        session = pages.signed(request)
        clerk = house.desk.clerk
        with house.desk.asking(session.actor, Question.GRANTS, ""), clerk.connection() as conn:
            found = grants.every(conn, clerk.clock.now())
        return pages.show(request, "grants.html", grants=found, roles=sorted(set(ROLES) - {"CITIZEN"}))

    @router.post("/grants")
    def grant(
        request: Request, subject: Annotated[str, Form(max_length=255)], role: Annotated[str, Form(max_length=64)],
        offices: Annotated[str, Form(max_length=2000)] = "", csrf: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        session = pages.signed(request)
        pages.form(request, session, csrf)
        with house.desk.asking(session.actor, Question.GRANTS, f"{subject} {role}".replace("\0", "")):
            grants.grant(
                house.desk.clerk,
                session.actor.subject,
                house.verifier.issuer,
                subject.strip(),
                role,
                offices.split(),
            )
        return pages.go("/grants")

    @router.post("/grants/revoke")
    def revoke(
        request: Request, number: Annotated[int, Form()], csrf: Annotated[str, Form()] = ""
    ) -> Response:
        session = pages.signed(request)
        pages.form(request, session, csrf)
        with house.desk.asking(session.actor, Question.GRANTS, str(number)):
            grants.revoke(house.desk.clerk, session.actor.subject, number)
        return pages.go("/grants")

    @router.get("/glossary")
    def terms(request: Request) -> Response:
        request.state.session = by_session(house, request)
        return pages.show(request, "glossary.html", terms=glossary())
