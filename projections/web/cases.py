"""A case, a prisoner, an event: all that is known and may be seen, each word with its source."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Form, Request, Response

from projections.access.questions import Question
from projections.desk import files as desk
from projections.questions.files import OneFile, SeveralFiles
from projections.questions.people import person_of
from projections.questions.when import When, day_of, moment_of, when
from projections.shown.block import Block, Sources
from projections.shown.person import case_block, name_of, sentence
from projections.shown.record import facts_block, hold_blocks
from projections.shown.status import blocks
from projections.web.pages import Pages
from projections.web.strip import strip
from projections.web.words import Speech, language_of

Json = dict[str, Any]

#: Of a long case so many of the latest events are on the page; the rest behind a link.
_LATEST: Final = 60


def add(router: APIRouter, pages: Pages) -> None:
    """Add the pages of this module."""
    house = pages.house

    @router.get("/case/{identifier:path}")
    def case(
        request: Request, identifier: str, as_of: str = "", known_at: str = "", all: str = "",
    ) -> Response:  # fmt: skip
        session = pages.signed(request)
        at = _when(pages, as_of, known_at)
        with house.desk.asking(session.actor, Question.CASE, desk.about(identifier)) as asked:
            answer = desk.case(asked, identifier, at)
            emergencies = (
                [] if isinstance(answer, SeveralFiles) else desk.emergencies(house.desk, answer.file.root)
            )
        if isinstance(answer, SeveralFiles):
            return pages.show(request, "several.html", answer=answer)
        return _shown(pages, request, answer, as_of, known_at, bool(all), emergencies)

    @router.get("/prisoner/{pid:path}")
    def prisoner(request: Request, pid: str, as_of: str = "", known_at: str = "", all: str = "") -> Response:
        session = pages.signed(request)
        at = _when(pages, as_of, known_at)
        with house.desk.asking(session.actor, Question.CUSTODY, desk.about(pid, "PID")) as asked:
            answer = desk.custody(asked, pid, at)
        return _shown(pages, request, answer, as_of, known_at, bool(all), [])

    @router.get("/event/{event_id}")
    def event(request: Request, event_id: UUID) -> Response:
        session = pages.signed(request)
        with house.desk.asking(session.actor, Question.EVENT, str(event_id)) as asked:
            answer = desk.event(asked, event_id)
        bodies = [
            orjson.dumps(
                {k: v for k, v in content["event"].items() if k not in ("type", "envelope")},
                option=orjson.OPT_INDENT_2,
            ).decode()
            for content in answer.contents
        ]
        return pages.show(request, "event.html", answer=answer, bodies=bodies)

    @router.get("/emergency")
    def emergency(request: Request, of: str = "") -> Response:
        pages.signed(request)
        return pages.show(request, "emergency.html", of=of)

    @router.post("/emergency")
    def opened(
        request: Request, of: Annotated[str, Form(max_length=100)], reason: Annotated[str, Form(max_length=500)],
        csrf: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        session = pages.signed(request)
        pages.form(request, session, csrf)
        answer = desk.emergency(house.desk, session.actor, of, reason, _when(pages, "", ""))
        return _shown(pages, request, answer, "", "", False, [])


def _when(pages: Pages, as_of: str, known_at: str) -> When:
    return when(
        pages.house.clock.today(),
        day_of(as_of) if as_of.strip() else None,
        moment_of(known_at) if known_at.strip() else None,
    )


def _shown(
    pages: Pages, request: Request, answer: OneFile, as_of: str, known_at: str, whole: bool,
    emergencies: list[Any],
) -> Response:  # fmt: skip
    speech = Speech.of(language_of(request))
    words = speech.words
    people = []
    for status in answer.statuses:
        document = answer.documents[status["root"]]
        person = person_of(answer.descriptions, status["references"])
        said = sentence(words, status, person)
        people.append(
            {
                "status": status,
                "sentence": said,
                "name": name_of(words, person),
                "strip": strip(status, answer.when.day, words, said),
                "blocks": [
                    b for b in blocks(words, status, answer.descriptions, answer.freshness) if b.lines
                ],
                "sources": Sources.of(words, document),
            }
        )
    document = answer.documents[answer.file.root]
    about = _about(words, document)
    events = document["events"] if whole else document["events"][-_LATEST:]
    return pages.show(
        request, "case.html", answer=answer, people=people, document=document, about=about,
        sources=Sources.of(words, document), events=list(reversed(events)), left=len(document["events"]) - len(events),
        as_of=as_of, known_at=known_at, emergencies=emergencies,
    )  # fmt: skip


def _about(words: Any, document: Json) -> list[Block]:
    """What stands beside the accused: the case itself; of other files what they say."""
    match document["kind"]:
        case "CASE":
            found = [case_block(words, document)]
        case "CUSTODY":
            found = hold_blocks(words, document)
        case _:
            found = [facts_block(words, document)]
    return [block for block in found if block.lines]
