"""The addresses of what the hub tells: alarms that stand, and what became of events."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Query, Request, Response

from projections.access.questions import Question
from projections.api.answering import answered
from projections.api.caller import House, caller
from projections.api.models import AlarmRows, ReceiptRows
from projections.api.problems import documented
from projections.desk import alarms as desk_alarms
from projections.questions import alarms, receipts
from projections.questions.errors import NotUnderstood
from projections.questions.paging import MOST

Code = Annotated[str | None, Query(description="a code as the departments write it", max_length=64)]


def add_telling(app: FastAPI, house: House) -> None:
    """Declare the addresses."""

    @app.get(
        "/alarms",
        summary="The alarms that stand, what is due first",
        response_model=AlarmRows,
        responses=documented(400, 401, 403),
    )
    def page(
        request: Request,
        jail: Code = None,
        court: Code = None,
        police_station: Code = None,
        district: Code = None,
        rule: Annotated[str | None, Query(description="a rule of docs/law.md", max_length=64)] = None,
        after: Annotated[str | None, Query(description="`next` of the page before")] = None,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    ) -> Response:
        """Which rule appears to be met or missed, and why; never what must be done. Of each clock the stage that it has
        come to. One office at a time narrows."""
        filters = alarms.Filters(jail, court, police_station, district, rule)
        about = (filters.within() or "") if rule is None else f"{filters.within() or ''} {rule}"
        with house.desk.asking(
            caller(house, request), Question.BOARD, about.replace("\0", ""), desk_alarms.BOARD
        ) as asking:
            answer = desk_alarms.alarms(asking, filters, after, limit, house.clock.today())
        return answered(request, answer)

    @app.get(
        "/receipts",
        summary="What became of events",
        response_model=ReceiptRows,
        responses=documented(400, 401, 403),
    )
    def became(
        request: Request,
        event_id: Annotated[list[UUID] | None, Query(description="ids of events", max_length=500)] = None,
        source: Annotated[str | None, Query(description="with `record`: its source", max_length=200)] = None,
        record: Annotated[
            str | None, Query(description="with `source`: the source's own key of the row", max_length=400)
        ] = None,
    ) -> Response:
        """By id, or by the source's own record: where each is visible, since when it is known, or why it is not."""
        if (source is None) != (record is None) or (event_id is None) == (source is None):
            raise NotUnderstood("ask with event_id, or with source and record")
        named = receipts.record_of(f"{source}:{record}") if event_id is None else None
        if event_id is None and named is None:
            raise NotUnderstood("a source and a record are texts without NUL characters, and not empty")
        about = " ".join(map(str, event_id or ())) or f"{source}:{record}"
        with house.desk.asking(caller(house, request), Question.EVENT, about[:1000]) as asking:
            if event_id is not None:
                answer = receipts.of_events(asking.reader, event_id)
            else:
                assert named is not None  # noqa: S101  (refused above)
                answer = receipts.of_record(asking.reader, *named)
            asking.roots.update(root for row in answer.rows for root in row["files"])
        return answered(request, answer)
