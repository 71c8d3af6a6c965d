"""What the links given to a CaseFile come to: which identifiers are this case, which holds count, which parties
may be someone else's.

* `own`: the file's identifiers, and those that lead to it though no event is anchored at them (a PTN that only the
  jail wrote down).
* `holds`: of each PID, the identifiers under which the jail holds him *in this case*, as the jail writes them, and
  the identifier that each is read as (a misnamed hold is read as the one that a reviewer put in its place).
* `elsewhere`: the cases of other files that the same court numbers try.
* `number(n)`: whether the parties of court number n are this case's (OWN), may be of several cases (SHARED), or
  were another case's before the numbers were clubbed (ELSEWHERE).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from projections.files.state import FileInput
from projections.linking.model import CONTINUES, HELD_UNDER, SAME_CASE, TRIED_IN

OWN = "OWN"
SHARED = "SHARED"
ELSEWHERE = "ELSEWHERE"


class Reach:
    """Worked out from a FileInput once; changes with it only."""

    __slots__ = ("_after", "_before", "_numbers", "_tries", "elsewhere", "holds", "own")

    def __init__(self, given: FileInput) -> None:
        self.own = set(given.identifiers)
        self.elsewhere: set[str] = set()
        self.holds: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._before: defaultdict[str, set[str]] = defaultdict(set)
        self._after: defaultdict[str, set[str]] = defaultdict(set)
        self._tries: defaultdict[str, set[str]] = defaultdict(set)
        self._numbers: dict[str, str] = {}
        followed = [link for link in given.links if link.followed]
        for link in followed:
            if link.kind == SAME_CASE and link.b in given.identifiers and not link.a_anchored:
                self.own.add(link.a)
            elif link.kind == TRIED_IN and link.a in given.identifiers and not link.b_anchored:
                self.own.add(link.b)
            elif link.kind == CONTINUES:
                self._before[link.b].add(link.a)
                self._after[link.a].add(link.b)
                if link.a in given.identifiers and not link.b_anchored:
                    self.own.add(link.b)
                if link.b in given.identifiers and not link.a_anchored:
                    self.own.add(link.a)
        for link in followed:
            if link.kind == TRIED_IN:
                self._tries[link.b].add(link.a)
                if link.a_anchored and link.a not in self.own:
                    self.elsewhere.add(link.a)
            elif link.kind == HELD_UNDER and link.b in self.own:
                self.holds[link.a].setdefault(link.b, link.b)
                self.holds[link.a].update(dict.fromkeys(link.in_place_of, link.b))
        for link in followed:
            # A hold that is read as another case's is no hold of this one, though the jail wrote our number.
            if link.kind == HELD_UNDER and link.b not in self.own:
                for misnamed in link.in_place_of:
                    if self.holds[link.a].get(misnamed) == misnamed:
                        del self.holds[link.a][misnamed]

    def number(self, number: str) -> str:
        """Whose the parties of a court number are: those of the cases that it, or what became it, tries."""
        found = self._numbers.get(number)
        if found is None:
            found = self._numbers[number] = self._number(number)
        return found

    def _number(self, number: str) -> str:
        cases = self._cases(_reach(number, self._before))
        if not cases:
            cases = self._cases(_reach(number, self._before, self._after))
        if not cases & self.elsewhere:
            return OWN
        return SHARED if cases & self.own else ELSEWHERE

    def _cases(self, numbers: Iterable[str]) -> set[str]:
        return {case for number in numbers for case in self._tries.get(number, ())}


def _reach(start: str, *steps: defaultdict[str, set[str]]) -> set[str]:
    seen = {start}
    todo = [start]
    while todo:
        at = todo.pop()
        for step in steps:
            for other in step.get(at, ()):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
    return seen
