"""What a fold is given beside its members, read from the store: links, records set aside, descriptions; and members.

Every function reads for many files in one statement, and only after the caller has locked them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from psycopg import Cursor

from projections.files.state import FileInput, SetAside
from projections.linking.claims import ACTS_ONLY
from projections.linking.model import Link
from projections.resolution import RETRACTIONS
from projections.store.entries import ENTRY, Entry, Revive
from schemas.event import Event

Cur = Cursor[Any]

_LINKS = """
SELECT l.kind, l.a, l.b, l.standing, l.standing AND (l.confirmed OR NOT (x.suspect OR y.suspect)), l.confirmed,
       x.anchored, y.anchored, l.in_place_of, l.a_at, l.b_at
FROM (
    SELECT * FROM link WHERE a = ANY(%(ids)s)
    UNION SELECT * FROM link WHERE a_at = ANY(%(ids)s) AND a_at <> a
    UNION SELECT * FROM link WHERE b_at = ANY(%(ids)s)
) l
JOIN identifier x ON x.identifier = l.a_at JOIN identifier y ON y.identifier = l.b_at
"""
# A record set aside is open until its source, or a repair, supersedes it or takes it back, or it comes again, sound,
# under its id. What was refused because its id was another's, until it comes under its own or the id is taken back.
_SET_ASIDE = """
SELECT s.anchor, s.id, s.reason, s.type, s.topic FROM set_aside s
WHERE s.anchor = ANY(%(ids)s) AND NOT EXISTS (
    SELECT FROM ledger l WHERE l.supersedes = s.id AND l.live AND (l.repair OR l.source = s.source)
) AND NOT EXISTS (
    SELECT FROM ledger l WHERE (l.standing AND l.event_id = s.id OR NOT l.standing AND l.event_id = s.id)
    AND l.digest IS NOT NULL AND l.refused IS NULL
)
UNION ALL
SELECT r.anchor, r.event_id, r.refused, r.type, r.topic FROM ledger r
WHERE r.anchor = ANY(%(ids)s) AND r.refused IS NOT NULL AND NOT EXISTS (
    SELECT FROM ledger l WHERE l.supersedes = r.event_id AND l.live AND (l.repair OR l.source = r.source)
    AND (r.refused <> 'ID_REUSED' OR l.type = ANY(%(retractions)s))
) AND NOT (r.refused = 'ID_REUSED' AND EXISTS (SELECT FROM ledger l WHERE l.standing AND l.digest = r.digest))
"""


def load(cur: Cur, identifiers: Mapping[str, frozenset[str]]) -> dict[str, FileInput]:
    """The input of each file (root -> its identifiers), without its members."""
    if not identifiers:
        return {}
    files_of: defaultdict[str, list[str]] = defaultdict(list)
    for root, ids in identifiers.items():
        for identifier in ids:
            files_of[identifier].append(root)
    every = {"ids": list(files_of), "retractions": sorted(RETRACTIONS)}
    links: defaultdict[str, set[Link]] = defaultdict(set)
    for row in cur.execute(_LINKS, every):
        link = Link(*(*row[:8], tuple(row[8]), *row[9:]))
        for end in {link.a_at, link.b_at}:
            for root in files_of.get(end, ()):
                links[root].add(link)
    aside: defaultdict[str, set[SetAside]] = defaultdict(set)
    for anchor, event_id, reason, type_, topic in cur.execute(_SET_ASIDE, every):
        for root in files_of[anchor]:
            aside[root].add(SetAside(str(event_id), reason, type_, topic))
    return {
        root: FileInput(
            root,
            frozenset(ids),
            tuple(sorted(links[root], key=lambda link: (link.kind, link.a, link.b))),
            tuple(sorted(aside[root], key=lambda s: (s.id, s.reason))),
        )
        for root, ids in identifiers.items()
    }


def members(cur: Cur, inputs: Mapping[str, FileInput], revive: Revive) -> dict[str, list[Event]]:
    """The effective events of each file, in no order. An event of two files is decoded once."""
    at: defaultdict[str, list[Event]] = defaultdict(list)
    wanted = {identifier for given in inputs.values() for identifier in given.identifiers}
    for row in cur.execute(
        f"SELECT {', '.join(ENTRY)} FROM ledger WHERE anchor = ANY(%s) AND effective AND type <> ALL(%s)",
        (list(wanted), sorted(ACTS_ONLY)),
        binary=True,
    ):
        entry = Entry(*row)
        at[entry.anchor].append(revive(entry))
    return {
        root: [event for identifier in given.identifiers for event in at.get(identifier, ())]
        for root, given in inputs.items()
    }


def descriptions(cur: Cur, roots: Iterable[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """root -> reference -> what is said of the person, as the fold keeps it."""
    found: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for root, ref, body in cur.execute(
        "SELECT root, ref, body FROM description WHERE root = ANY(%s)", (list(roots),), binary=True
    ):
        found[root][ref] = orjson.loads(body)
    return found
