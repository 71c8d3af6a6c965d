"""Identifiers that others name and that nobody's record anchors, with the likely matches and why; and SUSPECT ones.

Worked down from a list: the matcher proposes, a reviewer confirms. Candidates are those of the same district and year,
and whoever shares the sound of a name with the persons concerned (table name_key).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import orjson

from projections.files.names import normalised
from projections.linking.matching import Named, Person, in_block, matches, proposal, unit_of, year_of
from projections.questions.errors import NotUnderstood
from projections.store.reading import Reader

Json = dict[str, Any]

#: Kinds that are numbered in a station's register, and so can be misspelt into one another.
STATION_SERIES: Final = ("FIR", "EXCISE_CASE")
_MOST: Final = 500
_BESIDE: Final = 2000

_UNLINKED: Final = """
SELECT i.identifier, array_agg(DISTINCT l.other ORDER BY l.other)
FROM identifier i JOIN (
    SELECT b_at AS identifier, a_at AS other, kind FROM link WHERE standing AND b_at <> a_at
    UNION ALL SELECT a_at, b_at, kind FROM link WHERE standing AND b_at <> a_at
) l USING (identifier)
WHERE NOT i.anchored AND NOT i.suspect AND i.identifier > %s AND split_part(i.identifier, ':', 1) = ANY(%s)
GROUP BY i.identifier ORDER BY i.identifier LIMIT %s
"""
_SUSPECT: Final = """
SELECT i.identifier, i.anchored, (
    SELECT count(DISTINCT other) FROM (
        SELECT a_at AS other FROM link WHERE b_at = i.identifier
        UNION ALL SELECT b_at FROM link WHERE a_at = i.identifier
    ) l
) FROM identifier i WHERE i.suspect ORDER BY 3 DESC, 1 LIMIT %s
"""
_BLOCK: Final = """
SELECT identifier FROM identifier WHERE anchored AND identifier >= %s AND identifier < %s
AND split_part(reverse(identifier), '-', 2) = reverse(%s) LIMIT %s
"""
_NAMESAKES: Final = """
SELECT DISTINCT other.root FROM name_key own JOIN name_key other USING (key)
WHERE own.root = ANY(%s) AND other.root <> own.root LIMIT %s
"""


def suspect(reader: Reader, limit: int = 100) -> list[Json]:
    """Identifiers that more records name than their kind can bear ("FIR 0/2025"), the most named first."""
    _check(limit)
    return [
        {"identifier": identifier, "anchored": anchored, "named_by": count}
        for identifier, anchored, count in reader.conn.execute(_SUSPECT, (limit,))
    ]


def unlinked(reader: Reader, limit: int = 100, after: str = "") -> list[Json]:
    """Identifiers of stations' registers that others name and nobody anchors: by whom, and what they may mean.

    A match is {identifier, score of 1000, why}; `proposal` is the one that is worth a reviewer's time, or None.
    """
    _check(limit)
    rows = reader.conn.execute(_UNLINKED, (after, list(STATION_SERIES), limit)).fetchall()
    told = []
    for identifier, claimants in rows:
        candidates = _candidates(reader, identifier, claimants)
        persons = _persons(reader, {*claimants, *candidates})
        wanted = Named(identifier, tuple(p for one in claimants for p in persons[one]))
        found = matches(wanted, (Named(one, tuple(persons[one])) for one in candidates))
        best = proposal(found)
        told.append(
            {
                "identifier": identifier,
                "named_by": claimants,
                "matches": [
                    {"identifier": m.identifier, "score": m.score, "why": list(m.why)} for m in found
                ],
                "proposal": best.identifier if best else None,
                "score": best.score if best else None,
            }
        )
    return told


def _candidates(reader: Reader, identifier: str, claimants: list[str]) -> list[str]:
    """Identifiers of the same kind that it may be mistaken for."""
    kind, _, value = identifier.partition(":")
    stem = f"{kind}:{value.partition('-')[0]}-{unit_of(identifier)[:3]}"
    near = [
        row[0] for row in reader.conn.execute(_BLOCK, (stem, stem + "\x7f", year_of(identifier), _BESIDE))
    ]
    near += [
        row[0]
        for row in reader.conn.execute(_NAMESAKES, (claimants, _BESIDE))
        if row[0].partition(":")[0] == kind
    ]
    return sorted({one for one in near if one != identifier and in_block(identifier, one)})


def _persons(reader: Reader, roots: Iterable[str]) -> dict[str, list[Person]]:
    """Root -> the persons described in its file under references of its own."""
    found: defaultdict[str, list[Person]] = defaultdict(list)
    for root, ref, body in reader.conn.execute(
        "SELECT root, ref, body FROM description WHERE root = ANY(%s) ORDER BY root, ref", (list(roots),)
    ):
        if root in ref:  # of a case those whom its own department names, not the prisoners held under it
            person = _person(orjson.loads(body))
            if person.names:
                found[root].append(person)
    return found


def _person(described: Json) -> Person:
    def said(part: str) -> frozenset[str]:
        fact = described.get(part)
        name = normalised(str(fact["value"])) if fact else ""
        return frozenset({name} if name else ())

    return Person(said("name") | said("name_native"), said("relative_name"))


def _check(limit: int) -> None:
    if not 1 <= limit <= _MOST:
        raise NotUnderstood(f"limit: 1 to {_MOST}")
