"""What in a record must be protected, worked out from the record itself: its sections, its events' sensitivity, ages.

A mark only ever adds protection, and what is marked today is protected as it stood on any earlier day too (sealing
reaches back): whoever reads the past hands in the marks of the present.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

Json = dict[str, Any]

#: BNS s.72 and IPC s.228A forbid to make known the identity of the victim of these; POCSO s.23 and s.33(7) of any.
_SEXUAL: Final = re.compile(
    r"BNS(?:2023)? (?:6[4-9]|7[01])(?![0-9])|IPC(?:1860)? 376(?![0-9])|POCSO(?:2012)? "
)
#: The sections that tell who the victim is, or what the accused is to the victim; the section that stands instead.
_TELLING: Final = (
    (re.compile(r"(BNS(?:2023)? )64\(2\).*"), r"\g<1>64"),
    (re.compile(r"(IPC(?:1860)? )376\(2\).*"), r"\g<1>376"),
    # Aggravated because of what the accused is to the child, or of the child's age: plain POCSO stands instead.
    (re.compile(r"(POCSO(?:2012)? )(?:5|6|9|10)(?![0-9]).*"), r"\g<1>4"),
)
_CHILD_AGE: Final = 18
_DETERMINED: Final = frozenset({"determined_on", "determined_by", "age_years"})
SENSITIVE: Final = frozenset({"SENSITIVE_FIR", "CHILD_VICTIM"})
SEALING: Final = "RecordSealed"


@dataclass(frozen=True, slots=True)
class Marks:
    """What protects one file."""

    victim: bool = False
    """A victim of a sexual offence, or a child victim: nothing that leads to the victim."""
    children: frozenset[str] = frozenset()
    """References to accused of whom it is said that they are children."""
    sealed: frozenset[str] = frozenset()
    """References of those whose record is sealed; "*" for the whole record."""

    def __or__(self, other: Marks) -> Marks:
        return Marks(self.victim or other.victim, self.children | other.children, self.sealed | other.sealed)


def marks(document: Json, descriptions: Mapping[str, Json] | None = None, *, quick: bool = False) -> Marks:
    """The marks of a file. Without descriptions an age that only they state is not seen.

    `quick` looks for sections where the police and the court write them, and not in every text.
    """
    events = document.get("events", ())
    told = {event["sensitivity"] for event in events if "sensitivity" in event}
    victim = bool(told & SENSITIVE) or any(
        _SEXUAL.match(text) for text in (_sections(document) if quick else _texts(document))
    )
    sealed = {"*"} if any(event["type"].endswith(SEALING) for event in events) else set()
    return Marks(
        victim, _children(document, descriptions or {}, "CHILD_IN_CONFLICT" in told), frozenset(sealed)
    )


def blunted(text: str) -> str:
    """A text of sections without what tells of the victim; other texts as they are."""
    for pattern, instead in _TELLING:
        text = pattern.sub(instead, text)
    return text


def _children(document: Json, descriptions: Mapping[str, Json], whole: bool) -> frozenset[str]:
    """Of whom anything says that he is a child. A determination settles it either way; of a file marked as a whole,
    everyone of whom nothing says that he is of age."""
    found: set[str] = set()
    if document.get("kind") == "CUSTODY":
        if _said(document, descriptions.get(document["root"], {}), _first_day(document), whole):
            found.add(document["root"])
        return frozenset(found)
    first = _first_day(document)
    for accused in document.get("accused", ()):
        refs: list[str] = accused["references"]
        said = [
            _said(document["references"].get(ref, {}), descriptions.get(ref, {}), first, None) for ref in refs
        ]
        if True in said or (whole and False not in said):
            found.update(refs)
    return frozenset(found)


def _said(record: Json, description: Json, first: date | None, default: bool | None) -> bool | None:
    """Whether something says that this one is a child (True), that he is of age (False), or nothing does."""
    entries = [
        entry
        for part in record.values()
        if isinstance(part, list)
        for entry in part
        if isinstance(entry, dict)
    ]
    found = [entry["is_child"] for entry in entries if "is_child" in entry and _DETERMINED & entry.keys()]
    if found:
        return bool(found[-1])
    flags = [entry["is_child"] for entry in entries if "is_child" in entry]
    claimed = [entry["claimed_age"] for entry in entries if "claimed_age" in entry]
    if True in flags or any(age < _CHILD_AGE for age in claimed):
        return True
    stated = _age(description, first)
    if stated is None:
        return default if not flags else (default or None)
    return stated < _CHILD_AGE


def _age(description: Json, first: date | None) -> int | None:
    """The least age that is said of him, at the first event of the file."""
    ages: list[int] = []
    for fact in (description.get("age_stated"),):
        ages += [int(saying["value"]) for saying in _sayings(fact)]
    if first is not None:
        for saying in _sayings(description.get("birth_date")):
            born = date.fromisoformat(saying["value"])
            ages.append(first.year - born.year - ((first.month, first.day) < (born.month, born.day)))
    return min(ages, default=None)


def _sayings(fact: Json | None) -> list[Json]:
    return [] if fact is None else [fact, *fact.get("others", ())]


def _first_day(document: Json) -> date | None:
    events = document.get("events")
    return date.fromisoformat(events[0]["occurred_at"][:10]) if events else None


def _sections(document: Json) -> Iterable[str]:
    for part in document.get("police", {}).values():
        yield from part.get("sections", {}).get("value", ())
        for entry in part.get("alterations", ()):
            yield from entry.get("added", ())
    for record in document.get("references", {}).values():
        for fact in record.get("sections", {}).values():
            yield from fact["value"]
        for entry in (*record.get("arrests", ()), *record.get("remands", ())):
            yield from entry.get("sections", ())
    for hold in (document.get("presence"), *document.get("holds", {}).values()):
        for entry in (hold or {}).get("warrants", ()):
            yield from entry.get("sections", ())


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "events":
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
