"""Search by name, as the actor may see: who is hidden from him is not found, and there is no hint that he is there."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from projections.access.questions import Question
from projections.access.redact import redacted
from projections.access.relations import relations
from projections.desk.asking import Asked
from projections.desk.files import protection, reached
from projections.files.names import normalised
from projections.questions.people import person_of
from projections.questions.people_search import people
from projections.store.reading import document

Json = dict[str, Any]

MOST: Final = 20


def about(text: str) -> str:
    """What goes on record as searched for: a digest, by which a name that somebody asks about can be checked, and from
    which none can be read off the record."""
    return f"name sha256 {sha256(normalised(text).encode()).hexdigest()[:32]}"


def search(asked: Asked, text: str) -> list[Json]:
    """At most MOST people, the likeliest first: root, reference, person. Raises NotUnderstood."""
    shown: list[Json] = []
    seen: set[tuple[str, str]] = set()
    for found in people(asked.reader, text):
        if found.root.startswith("PID:") and Question.CUSTODY not in asked.actor.role.questions:
            continue
        stored = asked.reader.file(found.root)
        if stored is None:
            continue
        whole = document(stored.content)
        if not reached(asked, relations(whole), found.root):
            continue
        cut = redacted(whole, stored.descriptions, protection(asked, whole, stored.descriptions), asked.sight)
        if cut is None or found.ref not in cut.descriptions:
            continue
        who = next((one for one in cut.document.get("accused", ()) if found.ref in one["references"]), None)
        person = (found.root, who["id"] if who is not None else found.ref)
        if person in seen:
            continue
        seen.add(person)
        references = who["references"] if who is not None else [found.ref]
        shown.append(
            {"root": found.root, "ref": found.ref, "person": person_of(cut.descriptions, references)}
        )
        asked.roots.add(found.root)
        if len(shown) == MOST:
            break
    return shown
