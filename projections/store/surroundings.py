"""The links around some identifiers, read from the store as far as somebody asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from psycopg import Cursor

from projections.linking.model import Graph

_LINKS = """
SELECT l.kind, l.a, l.b, l.a_at, l.b_at, x.anchored, y.anchored,
       l.standing AND (l.confirmed OR NOT (x.suspect OR y.suspect))
FROM (
    SELECT * FROM link WHERE a = ANY(%(ids)s)
    UNION SELECT * FROM link WHERE a_at = ANY(%(ids)s) AND a_at <> a
    UNION SELECT * FROM link WHERE b_at = ANY(%(ids)s)
) l
JOIN identifier x ON x.identifier = l.a_at JOIN identifier y ON y.identifier = l.b_at
"""


class Surroundings:
    """A graph that grows by what is asked of it. `every`: take in also links that are not followed, as they once may
    have been or may come to be."""

    def __init__(self, cur: Cursor[Any], *, every: bool = False) -> None:
        self._cur = cur
        self._every = every
        self._forget()

    def _forget(self) -> None:
        self._read: set[str] = set()
        self._pairs: defaultdict[str, set[str]] = defaultdict(set)
        self.graph = Graph()

    def reread(self) -> None:
        """Read again, in one statement, what was read so far: others may have changed it before it was locked."""
        read = self._read
        self._forget()
        self._load(read)

    def beside(self, identifiers: set[str]) -> set[str]:
        """Whatever any link joins to one of these, followed or not."""
        self._load(identifiers)
        return {other for i in identifiers for other in self._pairs[i]}

    def closure(self, seeds: set[str], step: Callable[[str, Graph], set[str]]) -> set[str]:
        """The seeds and all that `step` leads to from them."""
        seen, frontier = set(seeds), set(seeds)
        while frontier:
            self._load(frontier)
            frontier = {other for i in frontier for other in step(i, self.graph)} - seen
            seen |= frontier
        return seen

    def _load(self, identifiers: set[str]) -> None:
        new = sorted(identifiers - self._read)
        if not new:
            return
        self._read |= set(new)
        told: set[str] = set()
        for kind, a, b, a_at, b_at, a_anchored, b_anchored, followed in self._cur.execute(
            _LINKS, {"ids": new}
        ):
            self._pairs[a_at].add(b_at)
            self._pairs[b_at].add(a_at)
            told |= {a_at, b_at}
            if a_anchored:
                self.graph.anchored.add(a_at)
            if b_anchored:
                self.graph.anchored.add(b_at)
            if followed or self._every:
                self.graph.add(kind, a, b)
        unlinked = [identifier for identifier in new if identifier not in told]
        if unlinked:
            self.graph.anchored |= {
                row[0]
                for row in self._cur.execute(
                    "SELECT identifier FROM identifier WHERE identifier = ANY(%s) AND anchored", (unlinked,)
                )
            }
