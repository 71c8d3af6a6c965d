"""How well the matcher finds what was meant: precision and recall against the misspellings that the simulator planted.

    python -m ops.bench.matching --cases 400 --seed 5

The truth is what the simulator's reviewer, who knows it, decides: a hold under this PID that names one case is read as
one under another. The matcher sees the same world without a reviewer.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from ops.simulate import HARSH, Settings, simulate
from projections.files.names import normalised
from projections.linking.matching import Named, Person, matches, proposal
from schemas.accused import text_of_ref

Json = dict[str, Any]
_STATION_SERIES = ("FIR", "EXCISE_CASE")


class Measured(NamedTuple):
    """`wanted` identifiers that nobody anchors and that a PID claims; how many got a proposal, and how many rightly."""

    wanted: int
    known: int
    proposed: int
    right: int

    @property
    def precision(self) -> float:
        """Of the proposals whose truth is known, those that are right."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """Of those whose truth is known, those that were found."""
        return self.right / self.known if self.known else 1.0


def measure(cases: int, seed: int, days: int = 300) -> Measured:
    """Let a world live, and match."""
    events = [(kind, record) for kind, record in simulate(Settings(cases, days, seed, HARSH)).events]
    truth: dict[tuple[str, str], set[str]] = defaultdict(set)
    anchored: set[str] = set()
    persons: dict[str, list[Person]] = defaultdict(list)
    holds: dict[str, set[str]] = defaultdict(set)
    for kind, record in events:
        anchor = _text(record["envelope"]["anchor"])
        if kind.startswith("hub."):
            if record.get("in_place_of") and record.get("reviewer"):
                truth[anchor, _text(record["in_place_of"])].add(_text(record["right"]))
            continue
        if kind != "common.Retracted":
            anchored.add(anchor)
        for scope, person in _persons(record, anchor):
            persons[scope].append(person)
        if anchor.startswith("PID:"):
            holds[anchor] |= {_text(claim) for claim in record["envelope"]["claims"]}
    candidates = [
        Named(one, tuple(dict.fromkeys(persons[one])))
        for one in sorted(anchored)
        if one.partition(":")[0] in _STATION_SERIES
    ]
    wanted = known = proposed = right = 0
    for pid, named in sorted(holds.items()):
        for identifier in sorted(named - anchored):
            if identifier.partition(":")[0] not in _STATION_SERIES:
                continue
            wanted += 1
            meant = truth.get((pid, identifier), set())
            known += bool(meant)
            best = proposal(matches(Named(identifier, tuple(dict.fromkeys(persons[pid]))), candidates))
            if best is not None and meant:
                proposed += 1
                right += best.identifier in meant
    return Measured(wanted, known, proposed, right)


def _text(identifier: Json) -> str:
    return f"{identifier['kind']}:{identifier['value']}"


def _persons(record: Json, anchor: str) -> Iterable[tuple[str, Person]]:
    if record.get("person"):
        yield anchor, _person(record["person"])
    for one in (
        record.get("accused") if isinstance(record.get("accused"), list) else [record.get("accused")]
    ) or ():
        inner = one.get("accused", one) if one else None
        if inner and inner.get("person"):
            yield inner["ref"]["scope"] or text_of_ref(inner["ref"]), _person(inner["person"])


def _person(described: Json) -> Person:
    names = (normalised(described[part]) for part in ("name", "name_native"))
    return Person(
        frozenset(name for name in names if name),
        frozenset(name for name in (normalised(described["relative_name"]),) if name),
    )


def main() -> None:
    """Print precision and recall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    found = measure(given.cases, given.seed)
    print(
        f"{found.wanted} identifiers that nobody anchors, the truth is known of {found.known};"
        f" {found.proposed} proposed,"
        f" {found.right} of them right: precision {found.precision:.3f}, recall {found.recall:.3f}"
    )


if __name__ == "__main__":
    main()
