"""The government: numbers, not names. Every figure opens its list for those alone who may see the cases."""

from __future__ import annotations

from typing import Final

from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Reach, Role


def _numbers(code: str, english: str, hindi: str) -> Role:
    return Role(
        code=code,
        title=(english, hindi),
        department="",
        purposes=(Purpose.SUPERVISION,),
        questions=frozenset({Question.REVIEW}),
        reach=Reach.NUMBERS,
    )


ROLES: Final = (
    _numbers("MINISTER", "Minister", "मंत्री"),
    _numbers("HOME_SECRETARY", "Home secretary", "गृह सचिव"),
    _numbers("DIRECTOR_GENERAL_OF_POLICE", "Director General of Police", "पुलिस महानिदेशक"),
)
