"""Who in the case is who: references joined into accused by a pure rule, and the rule named.

In order: a reviewer's standing ACCUSED_IS link; a claim that names the other reference; the same normalised name
*and* relative's name, unique in the case. Each step joins whole groups or nobody:

* a pair that a reviewer rejected never ends in one group, by whatever road;
* claims that would make one man of two codes of the same series (A1 and A2 of one FIR, parties 1 and 2 of one CNR)
  contradict each other, and none of them joins; two PIDs may be one man, admitted twice;
* two references of one series that bear the same name make that name ambiguous: nobody joins by it.

What is not joined stands side by side, and `unsettled` says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Pair = tuple[str, str]


@dataclass(slots=True)
class Evidence:
    """All that bears on who is who."""

    references: Set[str]
    """Those of whom something was said."""
    names: Mapping[str, frozenset[Pair]] = field(default_factory=dict)
    """Reference -> (name, relative's name), normalised; absent for those who may not join by name."""
    claims: Iterable[tuple[str, str, str]] = ()
    """(reference, the reference that it is said to be, event id)."""
    asserted: Iterable[Pair] = ()
    rejected: Iterable[Pair] = ()


def series(ref: str) -> str:
    """What a code is unique in: scheme and scope. `CCTNS_CODE:FIR:…:A1` -> `CCTNS_CODE:FIR:…`; a PID -> `PID`."""
    return ref.rpartition(":")[0]


def identify(evidence: Evidence) -> tuple[list[Json], list[Json]]:
    """The accused, by least reference, and the groups that could not be settled.

    Accused: {"id", "references", "joined_by": [{"rule": LINK | CLAIM | NAME, …}]}.
    """
    forbidden = {frozenset(pair) for pair in evidence.rejected}
    asserted = sorted(
        {_ordered(a, b) for a, b in evidence.asserted} - {_ordered(*p) for p in evidence.rejected}
    )
    claims = sorted(c for c in evidence.claims if c[0] != c[1] and frozenset(c[:2]) not in forbidden)
    groups = _Groups(evidence.references, forbidden)
    for a, b in asserted:
        groups.add(a, b)
    for a, b, _ in claims:
        groups.add(a, b)

    groups.join([{a, b} for a, b in asserted], "DECISIONS_CONTRADICT", same_series=lambda _: True)
    groups.join([{a, b} for a, b, _ in claims], "CLAIMS_CONTRADICT", same_series=lambda s: s == "PID")
    by_name: defaultdict[Pair, set[str]] = defaultdict(set)
    for ref, pairs in evidence.names.items():
        for pair in pairs:
            by_name[pair].add(ref)
    named = [by_name[pair] for pair in sorted(by_name) if len(by_name[pair]) > 1]
    joined_names = groups.join(named, "NAME_NOT_UNIQUE", same_series=lambda _: False)

    accused: list[Json] = []
    for members in groups.all():
        if not members & evidence.references:
            continue
        how: list[Json] = [
            {"rule": "LINK", "a": a, "b": b} for a, b in asserted if a in members and b in members
        ]
        how += [
            {"rule": "CLAIM", "a": a, "b": b, "event": e}
            for a, b, e in claims
            if a in members and b in members
        ]
        how += [{"rule": "NAME", "references": sorted(s)} for s in joined_names if s <= members]
        accused.append({"id": min(members), "references": sorted(members), "joined_by": how})
    accused.sort(key=lambda one: str(one["id"]))
    unsettled = sorted(groups.unsettled, key=lambda row: (row["references"], row["why"]))
    return accused, unsettled


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


class _Groups:
    """Disjoint groups of references, joined step by step."""

    def __init__(self, references: Iterable[str], forbidden: set[frozenset[str]]) -> None:
        self._of: dict[str, set[str]] = {}
        self._forbidden = forbidden
        self._closed: set[str] = set()
        self.unsettled: list[Json] = []
        for ref in references:
            self._of[ref] = {ref}

    def add(self, *refs: str) -> None:
        """Make room for references of whom nothing but a claim or a link is known."""
        for ref in refs:
            self._of.setdefault(ref, {ref})

    def all(self) -> list[set[str]]:
        """Every group once."""
        return list({id(group): group for group in self._of.values()}.values())

    def join(self, edges: list[set[str]], why: str, same_series: Any) -> list[set[str]]:
        """Join what the edges connect, whole components or nobody; returns the edges that hold.

        `same_series(series)` says whether two groups may become one though both have a reference of that series.
        """
        holding: list[set[str]] = []
        for component in _components(edges):
            refs = {ref for edge in component for ref in edge}
            before = {id(self._of[ref]): self._of[ref] for ref in sorted(refs)}
            if len(before) == 1:
                holding += component
                continue
            merged = set().union(*before.values())
            if merged & self._closed or self._contradict(list(before.values()), merged, same_series):
                self._closed |= merged
                self.unsettled.append({"references": sorted(merged), "why": why})
                continue
            for ref in merged:
                self._of[ref] = merged
            holding += component
        return holding

    def _contradict(self, parts: list[set[str]], merged: set[str], same_series: Any) -> bool:
        if any(pair <= merged for pair in self._forbidden):
            return True
        seen: set[str] = set()
        for part in parts:
            own = {series(ref) for ref in part}
            if any(s in seen and not same_series(s) for s in own):
                return True
            seen |= own
        return False


def _components(edges: list[set[str]]) -> list[list[set[str]]]:
    """Edges that hang together, in order of their least reference."""
    component: dict[str, list[set[str]]] = {}
    for edge in edges:
        touching = {id(component[ref]): component[ref] for ref in edge if ref in component}
        together = [edge]
        for other in touching.values():
            together += other
        for member in together:
            for ref in member:
                component[ref] = together
    found = {id(edges_): edges_ for edges_ in component.values()}
    return sorted(found.values(), key=lambda es: min(min(e) for e in es))
