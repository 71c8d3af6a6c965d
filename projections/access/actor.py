"""Who asks: a verified subject in one role, for one purpose, from one or more offices."""

from __future__ import annotations

from dataclasses import dataclass

from projections.access.purposes import Purpose
from projections.access.questions import Question
from projections.access.role import Reach, Role

#: Reach of a ticket (store/ddl/000_access.sql) beside relations of offices.
STATE, NUMBERS, STEWARD = "STATE", "NUMBERS", "STEWARD"


class Denied(Exception):
    """Not granted. `reason` is a code of a closed list; it goes on record and is told to who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Actor:
    """`subject` is the issuer's name for the person or system; no name of a person is needed here."""

    subject: str
    issuer: str
    role: Role
    offices: frozenset[str]
    """Relations that the office may stand in: "JAIL:BR-0101", "PROSECUTOR:APP-3"."""
    purpose: Purpose

    @property
    def reach(self) -> frozenset[str]:
        """What the database lets through for this actor's reads."""
        match self.role.reach:
            case Reach.STATE:
                return frozenset({STATE})
            case Reach.NUMBERS:
                return frozenset({NUMBERS})
            case Reach.OFFICE:
                return frozenset(o for o in self.offices if o.partition(":")[0] in self.role.about)
        return frozenset()


def decide(actor: Actor, question: Question, board: str | None = None) -> frozenset[str]:
    """The reach with which a question may be asked; Denied with QUESTION, BOARD, PURPOSE or NO_OFFICE."""
    role = actor.role
    if question not in role.questions:
        raise Denied("QUESTION")
    if board is not None and board not in role.boards:
        raise Denied("BOARD")
    if actor.purpose not in role.purposes:
        raise Denied("PURPOSE")
    reach = actor.reach
    if role.reach is Reach.OFFICE and not reach:
        raise Denied("NO_OFFICE")
    if question is Question.QUARANTINE:
        return reach | {STEWARD}
    return reach
