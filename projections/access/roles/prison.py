"""The prisons: a jail sees whom it holds, and nothing of the others in his case; never a child by name."""

from __future__ import annotations

from typing import Final

from projections.access.matters import Matter
from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Persons, Reach, Role

_MATTERS: Final = frozenset({Matter.OPEN, Matter.HEALTH})
_JAIL: Final = frozenset({"JAIL"})
_READS: Final = frozenset(
    {Question.CASE, Question.CUSTODY, Question.EVENT, Question.SEARCH, Question.BOARD, Question.EXPORT}
)

JAIL_SUPERINTENDENT: Final = Role(
    code="JAIL_SUPERINTENDENT",
    title=("Superintendent of jail", "कारा अधीक्षक"),
    department="prison",
    purposes=(Purpose.CUSTODY,),
    questions=_READS | {Question.CHILD_IN_JAIL},
    boards=(
        "undertrials",
        "alarms",
        "due",
        "bail_not_released",
        "warrants",
        "headcount",
        "s479",
    ),
    about=_JAIL,
    matters=_MATTERS,
    persons=Persons.OWN,
    keeps_identity=True,
)
JAIL_STAFF: Final = Role(
    code="JAIL_STAFF",
    title=("Jail staff", "कारा कर्मी"),
    department="prison",
    purposes=(Purpose.CUSTODY,),
    questions=_READS - {Question.EXPORT},
    boards=("undertrials", "alarms", "due", "warrants"),
    about=_JAIL,
    matters=_MATTERS,
    persons=Persons.OWN,
    keeps_identity=True,
)
IG_PRISONS: Final = Role(
    code="IG_PRISONS",
    title=("Inspector General of Prisons", "कारा महानिरीक्षक"),
    department="prison",
    purposes=(Purpose.SUPERVISION, Purpose.CUSTODY),
    questions=_READS | {Question.REVIEW},
    boards=(
        "undertrials",
        "alarms",
        "due",
        "bail_not_released",
        "occupancy",
        "headcount",
        "s479",
        "warrants",
    ),
    reach=Reach.STATE,
    matters=_MATTERS,
    persons=Persons.ALL,
)

ROLES: Final = (JAIL_SUPERINTENDENT, JAIL_STAFF, IG_PRISONS)
