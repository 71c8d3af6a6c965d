"""Which files an identifier's events belong to: `roots`, a pure function of the links that stand.

The table it implements is in docs/architecture.md ("Links"). An identifier roots a file only if it anchors an
effective event. Two more functions say which identifiers a change can concern: `dependencies` (whose links decide
x's roots) and `dependents` (whose roots x's links decide); the store locks both before it recomputes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from projections.linking.model import (
    AROSE_FROM,
    CONTINUES,
    EXAMINED_FOR,
    HELD_UNDER,
    ORDERED_IN,
    SAME_CASE,
    TRIED_IN,
    Graph,
)

#: What the police, the excise department or a complainant opened: the trunk of a CaseFile.
CASES = frozenset({"FIR", "ZERO_FIR", "EXCISE_CASE", "COMPLAINT_CASE", "SECURITY_PROCEEDING"})
COURT_NUMBERS = frozenset({"CNR", "PTN"})
#: What came before a case, or was asked for beside it; each has a file of its own.
ORIGINS = frozenset({"GD", "INCIDENT_112", "NCRP_ACK", "APPLICATION_NO"})
ORDERS = frozenset({"ORDER_NO", "REPORT_NO"})
#: Each has a file of its own beside those of the cases that it leads to: a laboratory's queue holds what no case knows.
OF_THEIR_OWN = ORIGINS | ORDERS | {"PID", "FSL_NO"}
#: Offices and places have a file of their own and are reached by no link.
PLACES = frozenset({"COURT", "JAIL"})


def kind_of(identifier: str) -> str:
    """The kind of a canonical identifier: `FIR:BR-PATKOT-2025-0123` -> `FIR`."""
    return identifier.partition(":")[0]


def roots(identifier: str, graph: Graph) -> frozenset[str]:
    """The roots of every file that holds the events anchored at `identifier`; empty if it is in none."""
    kind = kind_of(identifier)
    if kind in CASES or kind in COURT_NUMBERS:
        return frozenset(_case_roots(identifier, graph))
    found: set[str] = set()
    if identifier in graph.anchored and (kind in OF_THEIR_OWN or kind in PLACES):
        found.add(identifier)
    for other in _case_links(identifier, kind, graph):
        found |= _case_roots(other, graph)
    return frozenset(found)


def _case_links(identifier: str, kind: str, graph: Graph) -> set[str]:
    if kind == "PID":
        return graph.onward[HELD_UNDER, identifier]
    if kind in ORIGINS:
        return graph.backward[AROSE_FROM, identifier]
    if kind == "FSL_NO":
        return graph.onward[EXAMINED_FOR, identifier]
    if kind in ORDERS:
        return graph.onward[ORDERED_IN, identifier]
    return set()


def _case_roots(identifier: str, graph: Graph) -> set[str]:
    if kind_of(identifier) in CASES:
        return _ends(identifier, SAME_CASE, graph)
    chain = _reach({identifier}, lambda x: graph.onward[CONTINUES, x])
    chain |= _reach({identifier}, lambda x: graph.backward[CONTINUES, x])
    found: set[str] = set()
    for number in chain:
        for case in graph.backward[TRIED_IN, number]:
            found |= _ends(case, SAME_CASE, graph)
    return found or _last(identifier, CONTINUES, graph)


def _ends(identifier: str, kind: str, graph: Graph) -> set[str]:
    """The end of a chain of transfers: of several ends the least."""
    ends = _last(identifier, kind, graph)
    return {min(ends)} if ends else set()


def _last(identifier: str, kind: str, graph: Graph) -> set[str]:
    """The anchored identifiers reachable onward that lead to no further anchored one; a ring stands for itself."""
    reach = _reach({identifier}, lambda x: graph.onward[kind, x])
    anchored = reach & graph.anchored
    ends: set[str] = set()
    for candidate in anchored:
        beyond = _reach({candidate}, lambda x: graph.onward[kind, x]) & anchored
        # In a ring each leads to each: all of it is one end, and the least of it is taken.
        if all(candidate in _reach({x}, lambda y: graph.onward[kind, y]) for x in beyond):
            ends.add(min(beyond))
    return ends


def _reach(start: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    seen = set(start)
    frontier = list(seen)
    while frontier:
        for other in step(frontier.pop()):
            if other not in seen:
                seen.add(other)
                frontier.append(other)
    return seen


def dependencies(identifier: str, graph: Graph) -> set[str]:
    """One step from x towards its roots: the identifiers whose links also decide them."""
    kind = kind_of(identifier)
    if kind in CASES:
        return set(graph.onward[SAME_CASE, identifier])
    if kind in COURT_NUMBERS:
        return (
            graph.onward[CONTINUES, identifier]
            | graph.backward[CONTINUES, identifier]
            | graph.backward[TRIED_IN, identifier]
        )
    return set(_case_links(identifier, kind, graph))


def dependents(identifier: str, graph: Graph) -> set[str]:
    """One step from x to those whose roots x decides."""
    kind = kind_of(identifier)
    if kind in CASES:
        return (
            graph.backward[SAME_CASE, identifier]
            | graph.onward[TRIED_IN, identifier]
            | graph.backward[HELD_UNDER, identifier]
            | graph.onward[AROSE_FROM, identifier]
            | graph.backward[EXAMINED_FOR, identifier]
        )
    if kind in COURT_NUMBERS:
        return (
            graph.onward[CONTINUES, identifier]
            | graph.backward[CONTINUES, identifier]
            | graph.backward[HELD_UNDER, identifier]
            | graph.backward[ORDERED_IN, identifier]
        )
    return set()
