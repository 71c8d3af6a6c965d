"""The probation service: an officer sees those of whom he was asked to report, or whom he supervises."""

from __future__ import annotations

from typing import Final

from projections.access.matters import Matter
from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Persons, Role

_READS: Final = frozenset({Question.CASE, Question.EVENT, Question.SEARCH, Question.BOARD, Question.EXPORT})

PROBATION_OFFICER: Final = Role(
    code="PROBATION_OFFICER",
    title=("Probation officer", "परिवीक्षा पदाधिकारी"),
    department="probation",
    purposes=(Purpose.PROBATION,),
    questions=_READS,
    boards=("probation",),
    about=frozenset({"PROBATION"}),
    persons=Persons.OWN,
    matters=frozenset({Matter.OPEN, Matter.WELFARE}),
    sees_children=True,
)
PROBATION_SUPERVISOR: Final = Role(
    code="PROBATION_SUPERVISOR",
    title=("Principal probation officer", "प्रधान परिवीक्षा पदाधिकारी"),
    department="probation",
    purposes=(Purpose.SUPERVISION, Purpose.PROBATION),
    questions=_READS | {Question.REVIEW},
    boards=("probation", "probation_load"),
    about=frozenset({"PROBATION"}),
    persons=Persons.OWN,
    matters=frozenset({Matter.OPEN, Matter.WELFARE}),
    sees_children=True,
)

ROLES: Final = (PROBATION_OFFICER, PROBATION_SUPERVISOR)
