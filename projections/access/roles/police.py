"""The police, the excise service and their superiors; the emergency control room stands in `services`."""

from __future__ import annotations

from typing import Final

from projections.access.matters import Matter
from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Persons, Role

_READS: Final = frozenset({Question.CASE, Question.EVENT, Question.SEARCH, Question.BOARD, Question.EXPORT})
_MATTERS: Final = frozenset(
    {
        Matter.OPEN,
        Matter.INVESTIGATION,
        Matter.DEFECTS,
        Matter.POLICE_CUSTODY,
        Matter.LABORATORY,
        Matter.ATTACHMENT,
    }
)
_DAY: Final = ("undertrials", "alarms", "due", "investigations", "forensics")

INVESTIGATING_OFFICER: Final = Role(
    code="INVESTIGATING_OFFICER",
    title=("Investigating officer", "अनुसंधानकर्ता"),
    department="police",
    purposes=(Purpose.INVESTIGATION,),
    questions=_READS,
    boards=_DAY,
    about=frozenset({"OFFICER"}),
    persons=Persons.ALL,
    matters=_MATTERS,
    keeps_identity=True,
    sees_witness=True,
    sees_children=True,
)
STATION_HOUSE_OFFICER: Final = Role(
    code="STATION_HOUSE_OFFICER",
    title=("Station house officer", "थानाध्यक्ष"),
    department="police",
    purposes=(Purpose.INVESTIGATION,),
    questions=_READS,
    boards=_DAY,
    about=frozenset({"STATION"}),
    persons=Persons.ALL,
    matters=_MATTERS,
    keeps_identity=True,
    sees_witness=True,
    sees_children=True,
)
EXCISE_OFFICER: Final = Role(
    code="EXCISE_OFFICER",
    title=("Excise officer", "उत्पाद पदाधिकारी"),
    department="excise",
    purposes=(Purpose.INVESTIGATION,),
    questions=_READS,
    boards=("undertrials", "alarms", "due", "investigations", "forensics"),
    about=frozenset({"EXCISE", "STATION", "OFFICER"}),
    persons=Persons.ALL,
    matters=_MATTERS,
    keeps_identity=True,
)
SUPERINTENDENT_OF_POLICE: Final = Role(
    code="SUPERINTENDENT_OF_POLICE",
    title=("Superintendent of police / DIG", "पुलिस अधीक्षक / डीआईजी"),
    department="police",
    purposes=(Purpose.SUPERVISION, Purpose.INVESTIGATION),
    questions=_READS | {Question.REVIEW},
    boards=("undertrials", "alarms", "due", "investigations"),
    about=frozenset({"DISTRICT"}),
    persons=Persons.ALL,
    matters=_MATTERS - {Matter.DEFECTS},
)
ECONOMIC_OFFENCES_UNIT: Final = Role(
    code="ECONOMIC_OFFENCES_UNIT",
    title=("Economic Offences Unit", "आर्थिक अपराध इकाई"),
    department="economic",
    purposes=(Purpose.INVESTIGATION,),
    questions=_READS,
    boards=("attachments", "undertrials"),
    about=frozenset({"UNIT", "OFFICER"}),
    persons=Persons.ALL,
    matters=_MATTERS - {Matter.DEFECTS},
)
CYBER_UNIT: Final = Role(
    code="CYBER_UNIT",
    title=("Cyber crime unit", "साइबर अपराध इकाई"),
    department="cyber",
    purposes=(Purpose.INVESTIGATION,),
    questions=_READS,
    boards=("cyber",),
    about=frozenset({"UNIT", "STATION", "OFFICER"}),
    persons=Persons.ALL,
    matters=frozenset({Matter.OPEN, Matter.INVESTIGATION, Matter.LABORATORY}),
)

ROLES: Final = (
    INVESTIGATING_OFFICER,
    STATION_HOUSE_OFFICER,
    EXCISE_OFFICER,
    SUPERINTENDENT_OF_POLICE,
    ECONOMIC_OFFENCES_UNIT,
    CYBER_UNIT,
)
