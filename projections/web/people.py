"""Search: a number in any spelling opens its file; a name finds people by its sound, of whom the reader may see."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from projections.access.questions import Question
from projections.desk import people as desk
from projections.questions.errors import NotUnderstood
from projections.questions.files import identifier_of
from projections.web.pages import Pages


def add(router: APIRouter, pages: Pages) -> None:
    """Add the pages of this module."""
    house = pages.house

    @router.get("/search")
    def search(request: Request, q: str = "") -> Response:
        session = pages.signed(request)
        text = q.strip()
        if not text:
            return pages.show(request, "search.html", q="", found=None, told="")
        try:
            identifier = identifier_of(text)
        except NotUnderstood:
            pass
        else:
            return pages.go(
                f"/prisoner/{identifier}" if identifier.startswith("PID:") else f"/case/{identifier}"
            )
        try:
            with house.desk.asking(session.actor, Question.SEARCH, desk.about(text)) as asked:
                found = desk.search(asked, text)
        except NotUnderstood as error:
            return pages.show(request, "search.html", 400, q=q, found=None, told=str(error))
        return pages.show(request, "search.html", q=q, found=found, told="")
