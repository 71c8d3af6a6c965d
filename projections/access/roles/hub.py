"""Those who run the hub and watch over it. None of them reads a case."""

from __future__ import annotations

from typing import Final

from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Reach, Role

OPS: Final = Role(
    code="OPS",
    title=("Operations", "संचालन"),
    department="",
    purposes=(Purpose.OPERATION,),
    questions=frozenset({Question.OPS}),
    reach=Reach.NONE,
)
AUDITOR: Final = Role(
    code="AUDITOR",
    title=("Auditor", "लेखा परीक्षक"),
    department="",
    purposes=(Purpose.AUDIT,),
    questions=frozenset({Question.AUDIT, Question.WHO_SAW}),
    reach=Reach.NONE,
)
ADMINISTRATOR: Final = Role(
    code="ADMINISTRATOR",
    title=("Administrator of access", "पहुँच प्रशासक"),
    department="",
    purposes=(Purpose.ADMINISTRATION,),
    questions=frozenset({Question.GRANTS}),
    reach=Reach.NONE,
)


def _steward(code: str, english: str, hindi: str) -> Role:
    """A data steward sees what was set aside and what is not linked, and repairs it; no case file."""
    return Role(
        code=code,
        title=(english, hindi),
        department="",
        purposes=(Purpose.DATA_QUALITY,),
        questions=frozenset({Question.QUARANTINE, Question.OPS}),
        reach=Reach.NONE,
    )


ROLES: Final = (
    OPS,
    AUDITOR,
    ADMINISTRATOR,
    _steward(
        "SCRB_NODAL_OFFICER",
        "Nodal officer, State Crime Records Bureau",
        "नोडल पदाधिकारी, राज्य अपराध अभिलेख ब्यूरो",
    ),
    _steward("COURT_SYSTEM_OFFICER", "Court system officer", "न्यायालय प्रणाली पदाधिकारी"),
    _steward("EPRISONS_OPERATOR", "ePrisons operator", "ई-प्रिज़न्स संचालक"),
)
