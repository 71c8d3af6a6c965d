"""Legal services: the secretary of a district's authority sees those in custody in cases of his district."""

from __future__ import annotations

from typing import Final

from projections.access.matters import Matter
from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Persons, Role

LEGAL_SERVICES_SECRETARY: Final = Role(
    code="LEGAL_SERVICES_SECRETARY",
    title=("Secretary, legal services authority", "सचिव, विधिक सेवा प्राधिकार"),
    department="legalaid",
    purposes=(Purpose.LEGAL_AID,),
    questions=frozenset(
        {
            Question.CASE,
            Question.EVENT,
            Question.SEARCH,
            Question.BOARD,
            Question.EXPORT,
            Question.CHILD_IN_JAIL,
        }
    ),
    boards=("undertrials", "alarms", "due", "bail_not_released", "s479"),
    about=frozenset({"DISTRICT", "JAIL"}),
    persons=Persons.ALL,
    matters=frozenset({Matter.OPEN, Matter.HEALTH}),
    sees_children=True,
)

ROLES: Final = (LEGAL_SERVICES_SECRETARY,)
