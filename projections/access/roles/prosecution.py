"""The prosecution: a prosecutor sees the cases of his post and of the courts on whose roster it stands."""

from __future__ import annotations

from typing import Final

from projections.access.matters import Matter
from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Persons, Reach, Role

_READS: Final = frozenset({Question.CASE, Question.EVENT, Question.SEARCH, Question.BOARD, Question.EXPORT})
_MATTERS: Final = frozenset(
    {
        Matter.OPEN,
        Matter.INVESTIGATION,
        Matter.DEFECTS,
        Matter.OPINIONS,
        Matter.POLICE_CUSTODY,
        Matter.LABORATORY,
        Matter.ATTACHMENT,
    }
)

PROSECUTOR: Final = Role(
    code="PROSECUTOR",
    title=("Public prosecutor", "लोक अभियोजक"),
    department="prosecution",
    purposes=(Purpose.PROSECUTION,),
    questions=_READS,
    boards=(
        "undertrials",
        "alarms",
        "due",
        "bail_not_released",
        "forensics",
    ),
    about=frozenset({"PROSECUTOR", "COURT"}),
    persons=Persons.ALL,
    matters=_MATTERS,
    keeps_identity=True,
    sees_witness=True,
)
DIRECTOR_OF_PROSECUTION: Final = Role(
    code="DIRECTOR_OF_PROSECUTION",
    title=("Director of Prosecution", "अभियोजन निदेशक"),
    department="prosecution",
    purposes=(Purpose.SUPERVISION, Purpose.PROSECUTION),
    questions=_READS | {Question.REVIEW},
    boards=("undertrials", "alarms", "due"),
    reach=Reach.STATE,
    persons=Persons.ALL,
    matters=_MATTERS - {Matter.DEFECTS},
)

ROLES: Final = (PROSECUTOR, DIRECTOR_OF_PROSECUTION)
