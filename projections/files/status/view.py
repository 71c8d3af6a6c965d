"""One accused as the file's parts speak of him: his references' records, and the court numbers that concern him."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from projections.files.facts import Saying, sayings_of, settle
from projections.linking.model import CONTINUES, TRIED_IN

Json = dict[str, Any]


@dataclass(slots=True)
class View:
    """What the readings of one accused start from."""

    document: Json
    accused: Json
    """His entry in document["accused"]."""
    order: dict[str, int]
    """Event id -> its place in the file's order."""
    refs: frozenset[str]
    records: list[Json]
    """The records of his references, in order of reference."""
    numbers: list[tuple[str, Json, int | None]]
    """(court number, its part of the file, place of the event after which it no longer concerns him or None)."""
    facts: list[tuple[str, Json]] = field(default_factory=list)
    """Facts merged so far: (field, Fact)."""

    def place(self, event: str) -> int:
        """An event's place in the file's order."""
        return self.order[event]

    def entries(self, key: str) -> list[Json]:
        """The entries of a list of all his references, in the file's order."""
        lists = [record[key] for record in self.records if key in record]
        found = [entry for entries in lists for entry in entries]
        if len(lists) > 1:
            found.sort(key=lambda entry: self.order[entry["event"]])
        return found

    def of_court(self, key: str) -> list[Json]:
        """The entries of a list of the court numbers that concern him, in the file's order.

        Those that name nobody are about whoever was a party then. Those that name him are about him whenever: on the
        day of a clubbing charges may be framed under the number that ends that day.
        """
        found = [
            entry
            for _, part, until in self.numbers
            for entry in part.get(key, ())
            if self.concerns(entry)
            and ("accused" in entry or until is None or self.order[entry["event"]] <= until)
        ]
        if len(self.numbers) > 1:
            found.sort(key=lambda entry: self.order[entry["event"]])
        return found

    def concerns(self, entry: Json) -> bool:
        """Whether an entry is about him: it names nobody, and so all, or one of his references."""
        named = entry.get("accused")
        return named is None or not self.refs.isdisjoint(named)

    def merge(self, name: str, facts: Iterable[Json]) -> Json | None:
        """The Fact that several records' Facts of one field come to; None where nobody said anything."""
        last: dict[str, Saying] = {}
        for fact in facts:
            for saying in sayings_of(fact):
                held = last.get(saying.by)
                if held is None or self.order[held.event] <= self.order[saying.event]:
                    last[saying.by] = saying
        if not last:
            return None
        merged = settle(name, sorted(last.values(), key=lambda s: self.order[s.event]))
        self.facts.append((name, merged))
        return merged

    def merged(self, name: str) -> Json | None:
        """`merge` over the Facts that his records have under the field's own name."""
        return self.merge(name, [record[name] for record in self.records if name in record])


def order_of(document: Json) -> dict[str, int]:
    """Event id -> place in the file's order."""
    return {event["id"]: place for place, event in enumerate(document["events"])}


def views(document: Json) -> Iterator[View]:
    """Every accused of a CaseFile, by id."""
    order = order_of(document)
    for accused in document["accused"]:
        yield view_of(document, accused, order)


def view_of(document: Json, accused: Json, order: dict[str, int]) -> View:
    """One accused of a CaseFile."""
    references = document["references"]
    refs = accused["references"]
    records = [references[ref] for ref in refs if ref in references]
    return View(
        document, accused, order, frozenset(refs), records, _numbers(document, refs, references, order)
    )


def whole_case(document: Json, order: dict[str, int]) -> View:
    """The case itself as a view: every court number, and nobody's references."""
    numbers = [(number, part, None) for number, part in sorted(document["court"].items())]
    return View(document, {"id": "", "references": []}, order, frozenset(), [], [*numbers])


def _numbers(
    document: Json, refs: list[str], references: Json, order: dict[str, int]
) -> list[tuple[str, Json, int | None]]:
    court: Json = document["court"]
    if len(court) < 2:
        return [(number, part, None) for number, part in court.items()]
    until: dict[str, int | None] = {}
    for ref in refs:
        scope = ref.partition(":")[2].rpartition(":")[0]
        if scope in court:
            moved = references.get(ref, {}).get("moved")
            until[scope] = None if moved is None else order[moved["event"]]
    if not until:
        return [(number, court[number], None) for number in sorted(court)]
    _follow(document, until, order)
    return [(number, court[number], until[number]) for number in sorted(until) if number in court]


def _follow(document: Json, until: dict[str, int | None], order: dict[str, int]) -> None:
    """Add the numbers that the case had before, and those under which it went on, to those where he is a party.

    A number split off goes on for others, unless he is a party there; the number that it was split from concerns
    him up to the split. A number that was clubbed with his is another case's, unless his was tried in it.
    """
    court: Json = document["court"]
    chain = [
        (row["a"], row["b"]) for row in document["links"] if row["kind"] == CONTINUES and row["followed"]
    ]
    split = {
        (number, other): order[entry["event"]]
        for number, part in court.items()
        for entry in part.get("split", ())
        for other in entry["numbers"]
    }
    tried_in = {
        row["b"]
        for row in document["links"]
        if row["kind"] == TRIED_IN and row["followed"] and row["a"] in document["identifiers"]
    }
    of_others = {
        (other, number)
        for number, part in court.items()
        for entry in part.get("clubbed", ())
        for other in entry["numbers"]
        if other not in tried_in
    }
    todo = list(until)
    party = frozenset(until)
    while todo:
        at = todo.pop()
        for a, b in chain:
            if b == at and a not in until and (a, b) not in of_others:
                until[a] = split.get((a, b), until[at] if at not in party else None)
                todo.append(a)
            if a == at and b not in until and (a, b) not in split:
                until[b] = None
                todo.append(b)
