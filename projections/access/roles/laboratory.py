"""The forensic laboratory: sees the cases in which it has exhibits; of the accused no name."""

from __future__ import annotations

from typing import Final

from projections.access.matters import Matter
from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Role

FORENSIC_LABORATORY: Final = Role(
    code="FORENSIC_LABORATORY",
    title=("Forensic science laboratory", "विधि विज्ञान प्रयोगशाला"),
    department="forensics",
    purposes=(Purpose.FORENSICS,),
    questions=frozenset({Question.CASE, Question.EVENT, Question.BOARD, Question.EXPORT}),
    boards=("forensics",),
    about=frozenset({"LABORATORY"}),
    matters=frozenset({Matter.OPEN, Matter.LABORATORY}),
)

ROLES: Final = (FORENSIC_LABORATORY,)
