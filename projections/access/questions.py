"""What can be asked: the closed list of questions that a role may or may not ask."""

from __future__ import annotations

from enum import StrEnum


class Question(StrEnum):
    """One kind of question. Boards are asked for by name besides."""

    CASE = "CASE"
    CUSTODY = "CUSTODY"
    EVENT = "EVENT"
    SEARCH = "SEARCH"
    BOARD = "BOARD"
    EXPORT = "EXPORT"
    CHILD_IN_JAIL = "CHILD_IN_JAIL"
    REVIEW = "REVIEW"
    OPS = "OPS"
    QUARANTINE = "QUARANTINE"
    WHO_SAW = "WHO_SAW"
    AUDIT = "AUDIT"
    GRANTS = "GRANTS"
    APPLICATION = "APPLICATION"
