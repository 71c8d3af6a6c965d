"""Services to citizens: the emergency number and the portal. Neither sees what came of a case beyond its own record."""

from __future__ import annotations

from typing import Final

from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Reach, Role

CONTROL_ROOM: Final = Role(
    code="CONTROL_ROOM",
    title=("Supervisor, emergency 112", "पर्यवेक्षक, आपात 112"),
    department="emergency",
    purposes=(Purpose.EMERGENCY_RESPONSE,),
    questions=frozenset({Question.EVENT, Question.BOARD, Question.EXPORT}),
    boards=("emergency",),
    about=frozenset({"CONTROL_ROOM", "DISTRICT"}),
)
PORTAL_SUPERVISOR: Final = Role(
    code="PORTAL_SUPERVISOR",
    title=("Supervisor of the citizens' portal", "नागरिक पोर्टल पर्यवेक्षक"),
    department="citizen",
    purposes=(Purpose.CITIZEN_SERVICE, Purpose.SUPERVISION),
    questions=frozenset({Question.BOARD, Question.EXPORT, Question.REVIEW}),
    boards=("portal",),
    reach=Reach.NUMBERS,
)
CITIZEN: Final = Role(
    code="CITIZEN",
    title=("Citizen", "नागरिक"),
    department="",
    purposes=(Purpose.CITIZEN_SERVICE,),
    questions=frozenset({Question.APPLICATION}),
    about=frozenset({"APPLICATION"}),
)

ROLES: Final = (CONTROL_ROOM, PORTAL_SUPERVISOR, CITIZEN)
