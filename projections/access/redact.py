"""A file cut to what a role may see. Statuses, timelines and clocks are worked out from what is left, so what is cut
cannot come back by way of something derived.

Every entry of a file names its event. So the rule is simple: what the role may not read is first a set of *events*
(by their type and sensitivity) and a set of *persons* (children, prisoners of other jails); then whatever names one of
them goes, wherever it stands. Last, where a victim is protected, the fields and sections that lead to her.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from projections.access.marks import Marks, blunted
from projections.access.matters import Matter, matter_of
from projections.access.relations import relations_of_person
from projections.access.role import Persons, Reach, Role

Json = dict[str, Any]

#: Fields of a document and of an event that lead to a victim.
LEADING: Final = frozenset(
    {"place_of_occurrence", "offence_from", "offence_to", "information_received_at", "place"}
)
#: Parts of a description of the accused that lead to a victim.
_LEADING_PARTS: Final = frozenset(
    {"village", "police_station", "district", "relative_name", "relation", "aliases"}
)
#: Tokens and salts: of no use to a reader, and of use to whoever looks for a person.
_NEVER: Final = frozenset(
    {
        "victims", "salt", "complainant", "informant", "witnesses", "applicant_token", "complainant_token",
        "victim_token", "witness_token", "caller_token", "second_secret_digest",
    }
)  # fmt: skip
_GONE: Final = object()


@dataclass(frozen=True, slots=True)
class Sight:
    """What decides what is left of a record: the role, and the relations in which the actor's office may stand."""

    role: Role
    offices: frozenset[str]

    def sees(self, event: Json, in_case: bool) -> bool:
        """Whether an event of a file's list may be read, in a case's file or in a record's own."""
        role = self.role
        if event.get("sensitivity") == "WITNESS_PROTECTED" and not role.sees_witness:
            return False
        matter = matter_of(event["type"])
        own = bool(role.department) and event["type"].startswith(role.department + ".")
        if in_case and matter is Matter.INTELLIGENCE:
            return False
        return matter in role.matters or (own and matter is not Matter.OPINIONS)


@dataclass(frozen=True, slots=True)
class Cut:
    """A file as a role sees it. `changed`: something was cut."""

    document: Json
    descriptions: dict[str, Json]
    changed: bool


def redacted(document: Json, descriptions: Mapping[str, Json], marks: Marks, sight: Sight) -> Cut | None:
    """The file as it may be seen, or None where nothing of it may."""
    if "*" in marks.sealed and not sight.role.sees_sealed:
        return None
    in_case = document["kind"] in ("CASE", "CUSTODY")
    child = any(one.get("sensitivity") == "CHILD_IN_CONFLICT" for one in document["events"])
    if child and not in_case and not sight.role.sees_children:
        # Of a record without accused nothing can be told apart: it is the child's as a whole.
        return None
    events = {event["id"] for event in document["events"] if not sight.sees(event, in_case)}
    persons = _hidden(document, marks, sight)
    if document["kind"] == "CUSTODY" and document["root"] in persons:
        return None
    blunt = marks.victim and not sight.role.keeps_identity
    cutter = _Cutter(events, persons, blunt)
    left = cutter.cut(document)
    assert isinstance(left, dict)  # noqa: S101  (a document is never dropped as a whole)
    _mend(left)
    said = {
        ref: parts
        for ref, described in descriptions.items()
        if ref not in persons
        and sight.role.persons is not Persons.NONE
        and (parts := _described(described, events, blunt))
    }
    return Cut(left, said, cutter.changed or said != dict(descriptions))


def redacted_event(body: Json, marks: Marks, sight: Sight, hidden: frozenset[str]) -> Json:
    """The body of an event that may be read, in plain form, without what leads to whom the role may not see.

    `hidden`: references of persons who were cut from the file. Tokens of victims and salts are shown to nobody.
    """
    blunt = marks.victim and not sight.role.keeps_identity
    left = _event(body, hidden, blunt, sight.role.persons is Persons.NONE)
    assert isinstance(left, dict)  # noqa: S101
    return left


def hidden_persons(document: Json, marks: Marks, sight: Sight) -> frozenset[str]:
    """References of those of whom the role may see nothing."""
    return frozenset(_hidden(document, marks, sight))


def _hidden(document: Json, marks: Marks, sight: Sight) -> set[str]:
    found: set[str] = set() if sight.role.sees_children else set(marks.children)
    if not sight.role.sees_sealed:
        found |= marks.sealed - {"*"}
    if document["kind"] == "CASE" and sight.role.persons is Persons.OWN and sight.role.reach is Reach.OFFICE:
        for accused in document["accused"]:
            refs = accused["references"]
            if not relations_of_person(document, refs) & sight.offices:
                found.update(refs)
    return found


def _described(described: Json, events: set[str], blunt: bool) -> Json:
    cut = _Cutter(events, set(), False)
    found: Json = {}
    for part, fact in described.items():
        if blunt and part in _LEADING_PARTS:
            continue
        left = cut.cut(fact)
        if left is not _GONE:
            found[part] = left
    return found


def _mend(document: Json) -> None:
    """What other code relies on: every reference says by which event it was first named, or that it is not told."""
    for record in document.get("references", {}).values():
        record.setdefault("first", None)


class _Cutter:
    """Takes out whatever names one of these events or persons."""

    def __init__(self, events: set[str], persons: set[str], blunt: bool) -> None:
        self._names = events | persons
        self._persons = persons
        self._blunt = blunt
        self.changed = False

    def cut(self, value: Any) -> Any:
        """The value without what must go; _GONE where nothing is to be left of it."""
        if isinstance(value, dict):
            return self._object(value)
        if isinstance(value, list):
            return self._list(value)
        if isinstance(value, str):
            return self._text(value)
        return value

    def _object(self, value: Json) -> Any:
        if value.get("event") in self._names and ("others" in value or "agreed" in value):
            self.changed = True
            return self._second_word(value)
        if any(isinstance(one, str) and one in self._names for key, one in value.items() if key in _NAMING):
            self.changed = True
            return _GONE
        found: Json = {}
        for key, inner in value.items():
            if key in self._names or key in _NEVER or (self._blunt and key in LEADING):
                self.changed = True
                continue
            left = self._clocks(inner) if key == "clocks" else self.cut(inner)
            if left is _GONE:
                self.changed = True
                continue
            if key in _WHOM and inner and not left and "kind" not in value:
                # It was about those alone; with an empty list it would be about all.
                self.changed = True
                return _GONE
            if key in ("others", "agreed") and not left:
                continue
            found[key] = left
        return found

    def _clocks(self, value: Any) -> Any:
        """A clock that rests on what may not be read goes as a whole: without its reasons it would only mislead."""
        if isinstance(value, list):
            left = [self.cut(one) for one in value if self._names.isdisjoint(_texts(one))]
            self.changed = self.changed or len(left) < len(value)
            return left
        if isinstance(value, dict):
            left_of = {key: self._clocks(inner) for key, inner in value.items() if key not in self._names}
            self.changed = self.changed or len(left_of) < len(value)
            return left_of
        return value

    def _second_word(self, fact: Json) -> Any:
        """The standing word of a Fact goes; what another department said is still that department's word."""
        agreed = [{"value": fact["value"], **one} for one in fact.get("agreed", ())]
        rest = [one for one in (*agreed, *fact.get("others", ())) if one["event"] not in self._names]
        if not rest:
            return _GONE
        return self.cut({**rest[0], **({"others": rest[1:]} if rest[1:] else {})})

    def _list(self, value: list[Any]) -> list[Any]:
        found: list[Any] = []
        for one in value:
            left = self.cut(one)
            if left is _GONE:
                self.changed = True
            elif not (self._blunt and isinstance(left, str) and left in found):
                found.append(left)
        return found

    def _text(self, value: str) -> Any:
        if value in self._names:
            return _GONE
        if self._blunt:
            text = blunted(value)
            self.changed = self.changed or text != value
            return text
        return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


#: Keys under which an entry names the event or the person that it is of.
_NAMING: Final = frozenset(
    {"event", "id", "a", "b", "to", "accused", "opened", "closed", "anchor", "identifier", "altered"}
)
#: Keys whose list or map names those whom an entry concerns.
_WHOM: Final = frozenset({"accused", "references"})


def _event(value: Any, hidden: frozenset[str], blunt: bool, nameless: bool) -> Any:
    if isinstance(value, dict):
        if "ref" in value and _text_of(value["ref"]) in hidden:
            return None
        if value.keys() == {"scheme", "scope", "code"} and _text_of(value) in hidden:
            return None
        drop = _NEVER | (LEADING if blunt else frozenset()) | ({"person"} if nameless else frozenset())
        found = {
            key: _event(_lesser(inner) if blunt and key == "person" else inner, hidden, blunt, nameless)
            for key, inner in value.items()
            if key not in drop
        }
        section = found.get("section")
        if blunt and isinstance(section, str) and isinstance(found.get("act"), str):
            found["section"] = blunted(f"{found['act']} {section}").partition(" ")[2]
            if found["section"] != section:
                found.pop("variant", None)
        return found
    if isinstance(value, list):
        return [
            left for one in value if (left := _event(one, hidden, blunt, nameless)) is not None or one is None
        ]
    if isinstance(value, str) and blunt:
        return blunted(value)
    return value


def _lesser(person: Any) -> Any:
    """A description without the parts that lead to a victim."""
    if not isinstance(person, dict):
        return person
    return {part: said for part, said in person.items() if part not in _LEADING_PARTS}


def _text_of(ref: Any) -> str:
    if isinstance(ref, str):
        return ref
    scope = ref.get("scope", "")
    return (
        f"{ref.get('scheme')}:{scope}:{ref.get('code')}"
        if scope
        else f"{ref.get('scheme')}:{ref.get('code')}"
    )
