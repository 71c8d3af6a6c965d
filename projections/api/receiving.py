"""The addresses of what the hub has not received and of what it set aside: for operations and for data stewards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import FastAPI, Query, Request, Response
from pydantic import BaseModel

from projections.access.questions import Question
from projections.api.answering import answered
from projections.api.caller import House, caller
from projections.api.problems import documented
from projections.completeness.report import report
from projections.questions import quarantine
from projections.questions.completeness import Rows, plain

Source = Annotated[str | None, Query(description="a source, as envelope.source", max_length=200)]


class GapAnswer(BaseModel):
    """Numbers that did not come, both ends with them; not `certain`: they may be on their way."""

    first: int
    last: int
    since: datetime
    certain: bool


class SourceAnswer(BaseModel):
    """One source in one epoch. `refused`: reason -> records set aside and not settled."""

    source: str
    epoch: int
    received: int
    last: int
    stated: int
    voided: int
    missing: int
    late: int
    newest: datetime
    refused: dict[str, int]
    gaps: list[GapAnswer]


class TopicAnswer(BaseModel):
    """One topic. `waiting` records are not visible yet; null where the broker was not asked."""

    topic: str
    stored: int
    waiting: int | None
    appended_at: datetime | None


class NamelessAnswer(BaseModel):
    """Records set aside that name no source."""

    topic: str
    reason: str
    records: int


class UnlinkedAnswer(BaseModel):
    """Identifiers that are named and have no record of their own; those that too many name."""

    waiting: int
    suspect: int


class CompletenessAnswer(BaseModel):
    """What is known of what is not known."""

    at: datetime
    complete: bool
    sources: list[SourceAnswer]
    topics: list[TopicAnswer]
    nameless: list[NamelessAnswer]
    unlinked: dict[str, UnlinkedAnswer]


class GroupAnswer(BaseModel):
    """Records that are alike: set aside for one reason, of one source and type."""

    reason: str
    meaning: str
    meaning_hi: str
    source: str | None
    topic: str
    type: str | None
    records: int
    copies: int
    first_seen: datetime
    last_seen: datetime


class QuarantineAnswer(BaseModel):
    """The largest group first."""

    groups: list[GroupAnswer]


def add_receiving(app: FastAPI, house: House) -> None:
    """Declare the addresses."""

    @app.get(
        "/completeness",
        summary="Which events of each source have not come",
        response_model=CompletenessAnswer,
        responses=documented(400, 401, 403),
    )
    def completeness(request: Request, source: Source = None) -> Response:
        """By source: numbers that are missing and since when, what came late, what was refused."""
        with house.desk.asking(caller(house, request), Question.OPS, _about(source)) as asking:
            told = plain(report(asking.reader.conn, datetime.now(UTC), None, _sound(source)))
        return answered(request, Rows(told, ("at",)))

    @app.get(
        "/quarantine",
        summary="What is set aside, in groups of reason and source",
        response_model=QuarantineAnswer,
        responses=documented(400, 401, 403),
    )
    def groups(
        request: Request,
        source: Source = None,
        reason: Annotated[str | None, Query(description="a reason's symbol", max_length=64)] = None,
    ) -> Response:
        """How many are alike, since when, what the reason means and what to do. The records themselves are put right at
        the terminal, by two offices: `sangam quarantine`."""
        with house.desk.asking(caller(house, request), Question.QUARANTINE, _about(source)) as asking:
            told = quarantine.listed(asking.reader, _sound(source), _sound(reason), door=True)
        return answered(request, Rows({"groups": told}))


def _sound(text: str | None) -> str | None:
    """A text that the database can be asked for: with a NUL it would be nobody's."""
    return None if text is None else text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _about(source: str | None) -> str:
    return _sound(source) or ""
