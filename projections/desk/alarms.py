"""Alarms as the actor may see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from projections.access.questions import Question
from projections.desk.asking import Asked
from projections.desk.boards import protect
from projections.law.clocks import child
from projections.questions import alarms as question
from projections.questions.alarms import Filters
from projections.questions.paging import Page

BOARD: Final = "alarms"
"""The name under which a role has them among the boards of its day."""


def alarms(asked: Asked, filters: Filters, after: str | None, limit: int, day: date) -> Page:
    """A page of the alarms that the actor may see. Raises NotUnderstood.

    That someone inside may be a child is told to those alone who are asked about it. What a clock was worked out from
    may tell of a victim: it is shown to those who keep the accused's own particulars.
    """
    page = question.page(asked.reader, filters, after, limit, day)
    role = asked.actor.role
    rows = protect(
        asked,
        [row for row in page.rows if row["rule"] != child.RULE or Question.CHILD_IN_JAIL in role.questions],
    )
    if not role.keeps_identity:
        for row in rows:
            row["inputs"] = {}
    return replace(page, rows=rows)
