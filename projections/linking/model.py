"""A link as the folds and the roots see it, and the graph of links around some identifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

TRIED_IN = "TRIED_IN"
SAME_CASE = "SAME_CASE"
CONTINUES = "CONTINUES"
HELD_UNDER = "HELD_UNDER"
AROSE_FROM = "AROSE_FROM"
EXAMINED_FOR = "EXAMINED_FOR"
ORDERED_IN = "ORDERED_IN"
ACCUSED_IS = "ACCUSED_IS"
SAME_PERSON = "SAME_PERSON"

#: Kinds that lead from one identifier to the files of another. ACCUSED_IS joins inside a file, SAME_PERSON nowhere.
REACHING = frozenset({TRIED_IN, SAME_CASE, CONTINUES, HELD_UNDER, AROSE_FROM, EXAMINED_FOR, ORDERED_IN})


@dataclass(frozen=True, slots=True, order=True)
class LinkKey:
    """One link's identity: what it says of which two identifiers, in the direction that its kind prescribes.

    TRIED_IN (case, court number); SAME_CASE and CONTINUES (what it was, what it became); HELD_UNDER (PID, case);
    AROSE_FROM (FIR, what it arose from); EXAMINED_FOR (FSL number, FIR); ORDERED_IN (order or report, court number);
    ACCUSED_IS (lesser reference, greater reference).
    """

    kind: str
    a: str
    b: str


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A link with what is known of it. `followed`: it stands and neither end is SUSPECT, unless confirmed."""

    kind: str
    a: str
    b: str
    standing: bool
    followed: bool
    confirmed: bool
    a_anchored: bool
    b_anchored: bool
    in_place_of: tuple[str, ...] = ()
    """The misnamed identifiers that a reviewer reads as `b`, sorted."""
    a_at: str = field(default="", compare=False)
    """The identifier at which the end hangs: of ACCUSED_IS the case or PID of the reference, else the end itself."""
    b_at: str = field(default="", compare=False)


@dataclass(slots=True)
class Graph:
    """The followed links around some identifiers, and which of the identifiers anchor an effective event."""

    anchored: set[str] = field(default_factory=set)
    onward: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """(kind, a) -> every b."""
    backward: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """(kind, b) -> every a."""

    def add(self, kind: str, a: str, b: str) -> None:
        """Take one followed link in."""
        self.onward[kind, a].add(b)
        self.backward[kind, b].add(a)

    @classmethod
    def of(cls, links: Iterable[Link], anchored: Iterable[str]) -> Graph:
        """The graph of the followed links among `links`."""
        graph = cls(anchored=set(anchored))
        for link in links:
            if link.followed:
                graph.add(link.kind, link.a, link.b)
        return graph
