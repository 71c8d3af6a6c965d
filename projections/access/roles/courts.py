"""The courts: the court seized of a case sees all of it. The High Court's registry sees every case of the State.

The Juvenile Justice Board is told of children, and sees the case in which a child is.
"""

from __future__ import annotations

from typing import Final

from projections.access.matters import Matter
from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Persons, Reach, Role

_READS: Final = frozenset(
    {Question.CASE, Question.CUSTODY, Question.EVENT, Question.SEARCH, Question.BOARD, Question.EXPORT}
)
#: A court is not shown what the prosecution thinks, nor what scrutiny found before the report was filed.
_MATTERS: Final = frozenset(
    {
        Matter.OPEN,
        Matter.INVESTIGATION,
        Matter.POLICE_CUSTODY,
        Matter.LABORATORY,
        Matter.ATTACHMENT,
        Matter.HEALTH,
        Matter.WELFARE,
        Matter.DEPARTMENT,
    }
)
_DAY: Final = (
    "undertrials",
    "alarms",
    "due",
    "bail_not_released",
    "s479",
    "probation",
)

COURT: Final = Role(
    code="COURT",
    title=("Court", "न्यायालय"),
    department="court",
    purposes=(Purpose.TRIAL,),
    # Where else he is held is told in the case; his own file is of all his cases.
    questions=_READS - {Question.CUSTODY},
    boards=_DAY,
    about=frozenset({"COURT"}),
    persons=Persons.ALL,
    matters=_MATTERS,
    keeps_identity=True,
    sees_witness=True,
    sees_children=True,
    sees_sealed=True,
)
HIGH_COURT: Final = Role(
    code="HIGH_COURT",
    title=("Registry of the High Court", "उच्च न्यायालय निबंधन"),
    department="court",
    purposes=(Purpose.SUPERVISION, Purpose.TRIAL),
    questions=_READS | {Question.REVIEW},
    boards=_DAY,
    reach=Reach.STATE,
    persons=Persons.ALL,
    matters=_MATTERS | {Matter.DEFECTS},
    keeps_identity=True,
    sees_witness=True,
    sees_children=True,
    sees_sealed=True,
)
JUVENILE_JUSTICE_BOARD: Final = Role(
    code="JUVENILE_JUSTICE_BOARD",
    title=("Juvenile Justice Board", "किशोर न्याय परिषद"),
    department="",
    purposes=(Purpose.CHILD_WELFARE,),
    questions=frozenset({Question.CASE, Question.EVENT, Question.CHILD_IN_JAIL}),
    about=frozenset({"DISTRICT"}),
    persons=Persons.ALL,
    sees_children=True,
    sees_sealed=True,
)

ROLES: Final = (COURT, HIGH_COURT, JUVENILE_JUSTICE_BOARD)
