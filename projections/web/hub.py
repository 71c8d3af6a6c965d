"""Pages about the hub itself: how it is doing, the review in numbers, what was set aside."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from projections.access.questions import Question
from projections.desk import hub as desk
from projections.reasons import meaning
from projections.web.pages import Pages


def add(router: APIRouter, pages: Pages) -> None:
    """Add the pages of this module."""
    house = pages.house

    @router.get("/ops")
    def ops(request: Request) -> Response:
        session = pages.signed(request)
        with house.desk.asking(session.actor, Question.OPS, "") as asked:
            state = desk.state(asked)
        return pages.show(request, "ops.html", state=state, meaning=meaning)

    @router.get("/review")
    def review(request: Request) -> Response:
        session = pages.signed(request)
        with house.desk.asking(session.actor, Question.REVIEW, "") as asked:
            figures = desk.review(asked, house.clock.today())
        return pages.show(
            request, "review.html", figures=figures, names=desk.FIGURES, least=desk.LEAST,
            opens=Question.BOARD in session.actor.role.questions and "undertrials" in session.actor.role.boards,
        )  # fmt: skip

    @router.get("/set-aside")
    def quarantine(request: Request, reason: str = "") -> Response:
        session = pages.signed(request)
        with house.desk.asking(session.actor, Question.QUARANTINE, reason[:64].replace("\0", "")) as asked:
            rows = desk.quarantine(asked, reason.replace("\0", "") or None)
        return pages.show(request, "quarantine.html", rows=rows, reason=reason, meaning=meaning)
