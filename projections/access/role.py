"""What a role is: which questions, about whom, which content, for which purposes. The roles stand in `roles/`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from projections.access.matters import Matter
from projections.access.purposes import Purpose
from projections.access.questions import Question


class Reach(Enum):
    """About which records a role may ask at all."""

    OFFICE = "OFFICE"
    """Those to which its office stands in one of the relations `about`."""
    STATE = "STATE"
    """Every record of the State."""
    NUMBERS = "NUMBERS"
    """Counts over all records, and no record."""
    NONE = "NONE"
    """No record and no count of records."""


class Persons(Enum):
    """Of which accused of a case a role sees anything."""

    ALL = "ALL"
    OWN = "OWN"
    """Those to whom its own office stands in the relation: whom this jail holds, of whom this officer reports."""
    NONE = "NONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One role. Small enough to be read aloud."""

    code: str
    title: tuple[str, str]
    """In English and in Hindi."""
    department: str
    """Whose own events it reads even where nobody else may; "" for none."""
    purposes: tuple[Purpose, ...]
    """The first is what a session starts with."""
    questions: frozenset[Question]
    boards: tuple[str, ...] = ()
    """Names of the boards of its day, in order."""
    reach: Reach = Reach.OFFICE
    about: frozenset[str] = frozenset()
    """Kinds of relation (relations.py) in which its office may stand to a record."""
    persons: Persons = Persons.NONE
    matters: frozenset[Matter] = field(default_factory=lambda: frozenset({Matter.OPEN}))
    keeps_identity: bool = False
    """Where a victim is protected: keeps the accused's father, village, place of occurrence and telling sections."""
    sees_witness: bool = False
    """Sees what was marked WITNESS_PROTECTED."""
    sees_children: bool = False
    """Sees a child in conflict with law by name."""
    sees_sealed: bool = False
    """Sees a sealed record."""
