"""Which case an identifier that nobody's record anchors may mean: likely matches, with the reasons. Pure.

A jail that writes 4006 for 0006, or knows the number and not the station, names an FIR that nobody registered. Its
neighbours in the registers, and above all the persons whom both sides name, tell which was meant. The matcher only
proposes (hub.LinkAsserted without a reviewer): what a reviewer confirms acts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

PROPOSED: Final = 700
"""Score from which a match is worth a reviewer's time, of 1000."""
LEAD: Final = 50
"""By how much it must be better than the next one: else nobody could say which is meant."""
_UNKNOWN: Final = "UNKNOWN"
_ALIKE: Final = 0.82


class Person(NamedTuple):
    """A person as one side describes him: names and relatives' names, normalised (projections/files/names.py)."""

    names: frozenset[str]
    relatives: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """An identifier and the persons known under it: of the one that is wanted, those of who claims it."""

    identifier: str
    persons: tuple[Person, ...]


class Match(NamedTuple):
    """A likely match: 0 to 1000, and why, in words."""

    identifier: str
    score: int
    why: tuple[str, ...]


def year_of(identifier: str) -> str:
    """The year of an identifier in a station's register."""
    return identifier.rsplit("-", 2)[-2]


def unit_of(identifier: str) -> str:
    """The station, without the State."""
    return identifier.rsplit("-", 2)[0].rpartition("-")[2]


def in_block(wanted: str, candidate: str) -> bool:
    """Whether two identifiers are worth comparing: one year, and one district (by the station's code) or one number."""
    if year_of(wanted) != year_of(candidate) and not _dummy(wanted):
        return False
    unit = unit_of(wanted)
    return (
        unit == _UNKNOWN
        or unit[:3] == unit_of(candidate)[:3]
        or wanted.rpartition("-")[2] == candidate.rpartition("-")[2]
    )


def matches(wanted: Named, candidates: Iterable[Named], most: int = 3) -> list[Match]:
    """The most likely ones, the best first."""
    found = [
        _match(wanted, one)
        for one in candidates
        if one.identifier != wanted.identifier and in_block(wanted.identifier, one.identifier)
    ]
    return sorted((one for one in found if one.score > 0), key=lambda m: (-m.score, m.identifier))[:most]


def proposal(found: list[Match]) -> Match | None:
    """The match to put before a reviewer; None where none is good, or two are alike."""
    if not found or found[0].score < PROPOSED:
        return None
    if len(found) > 1 and found[0].score - found[1].score < LEAD:
        return None
    return found[0]


def _match(wanted: Named, candidate: Named) -> Match:
    written, why = _written(wanted.identifier, candidate.identifier)
    person, told = _persons(wanted.persons, candidate.persons)
    if person < _ALIKE and wanted.persons and candidate.persons:
        return Match(candidate.identifier, 0, ())  # both name persons, and they are others
    return Match(candidate.identifier, round(400 * written + 600 * person), (*why, *told))


def _written(wanted: str, candidate: str) -> tuple[float, list[str]]:
    """How alike two identifiers are written."""
    why = []
    one, two = unit_of(wanted), unit_of(candidate)
    if one == two:
        unit = 1.0
        why.append("same station")
    elif one == _UNKNOWN:
        unit = 0.6
        why.append("the station is not known")
    else:
        unit = 0.6 * Levenshtein.normalized_similarity(one, two)
    first, second = wanted.rpartition("-")[2], candidate.rpartition("-")[2]
    slips = OSA.distance(first, second)
    if first == second:
        number = 1.0
        why.append("same number")
    elif _dummy(wanted):
        number = 0.4
        why.append("the number is a dummy")
    elif slips == 1:
        number = 0.8
        why.append("one slip in the number")
    else:
        number = max(0.0, 0.5 - 0.15 * slips)
    return (unit + number) / 2, why


def _persons(one: tuple[Person, ...], two: tuple[Person, ...]) -> tuple[float, list[str]]:
    """How alike the two that are most alike are: name two thirds, relative one third."""
    best, why = 0.0, list[str]()
    for a in one:
        for b in two:
            name, relative = _alike(a.names, b.names), _alike(a.relatives, b.relatives)
            score = (2 * name + relative) / 3
            if score > best:
                best = score
                why = [
                    "same name" if name == 1 else "like name",
                    "same relative" if relative == 1 else "like relative",
                ]
    return best, why if best >= _ALIKE else []


def _alike(one: frozenset[str], two: frozenset[str]) -> float:
    return max((fuzz.token_sort_ratio(a, b) / 100 for a in one for b in two), default=0.0)


def _dummy(identifier: str) -> bool:
    return not identifier.rpartition("-")[2].strip("0")
