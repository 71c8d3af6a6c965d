"""A case, a prisoner or an event as the actor may see it: read under the ticket, checked once more, cut to the role.

What is not the actor's is answered as what is not there: the same words, so that a number cannot be tried out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import orjson

from projections.access.actor import STATE, Actor
from projections.access.marks import Marks, marks
from projections.access.questions import Question
from projections.access.redact import hidden_persons, redacted, redacted_event
from projections.access.relations import relations
from projections.access.role import Persons
from projections.audit.chain import Entry
from projections.audit.log import who_saw
from projections.boards.marks import VICTIM
from projections.desk.asking import Asked, Desk
from projections.law.clocks import child
from projections.questions import clocks as clock_questions
from projections.questions import events as event_questions
from projections.questions import files as file_questions
from projections.questions.clocks import Clocks
from projections.questions.errors import NotFound, NotUnderstood
from projections.questions.events import EventAnswer
from projections.questions.files import OneFile, SeveralFiles
from projections.questions.when import When
from projections.store.reading import Stored, document

Json = dict[str, Any]

#: With this the reason of an emergency begins on record.
EMERGENCY: Final = "EMERGENCY"
LEAST_REASON: Final = 20


def about(text: str, kind: str | None = None) -> str:
    """What goes on record as asked for: the identifier, and of a text that is none nothing, as it may be a name."""
    try:
        return file_questions.identifier_of(text, kind)
    except NotUnderstood:
        return ""


def case(asked: Asked, text: str, when: When) -> OneFile | SeveralFiles:
    """The case of an identifier as the actor may see it. Raises NotUnderstood, NotFound."""
    answer = file_questions.case(asked.reader, text, when)
    if isinstance(answer, SeveralFiles):
        # That there are several is told of those that are his; opened is none of them yet.
        return answer
    return _cut(asked, answer)


def custody(asked: Asked, text: str, when: When) -> OneFile:
    """A prisoner as the actor may see him. Raises NotUnderstood, NotFound."""
    return _cut(asked, file_questions.custody(asked.reader, text, when))


def clocks(asked: Asked, text: str, when: When) -> Clocks | SeveralFiles:
    """The law's clocks of a case as the actor may see them. Raises NotUnderstood, NotFound.

    As with alarms: that someone inside may be a child is told to those alone who are asked about it, and what a clock
    was worked out from to those who keep the accused's own particulars.
    """
    file = case(asked, text, when)
    if isinstance(file, SeveralFiles):
        return file
    answer = clock_questions.clocks(file, lambda pid: custody(asked, pid, when))
    role = asked.actor.role
    children = Question.CHILD_IN_JAIL in role.questions
    for one in answer.rows:
        one["clocks"] = [
            clock if role.keeps_identity else {**clock, "inputs": {}}
            for clock in one["clocks"]
            if children or clock["rule"] != child.RULE
        ]
    return answer


def event(asked: Asked, event_id: UUID) -> EventAnswer:
    """An event, if it stands in a file that the actor may see. Raises NotFound."""
    answer = event_questions.event(asked.reader, event_id)
    contents: list[Json] = []
    for content in answer.contents:
        for root in content["files"]:
            left = _of_file(asked, root, str(event_id), content)
            if left is not None:
                contents.append(left)
                asked.roots.add(root)
                break
        else:
            # It counts for nothing now: seen by whoever sees the record to which it belongs.
            if not content["files"] and asked.actor.role.persons is Persons.ALL and STATE in asked.reach:
                contents.append(
                    {**content, "event": redacted_event(content["event"], Marks(), asked.sight, frozenset())}
                )
    aside = answer.set_aside if STATE in asked.reach else []
    if not contents and not aside:
        raise NotFound(f"no event of the id {event_id} has come")
    return EventAnswer(event_id, contents, aside)


def _of_file(asked: Asked, root: str, event_id: str, content: Json) -> Json | None:
    stored = asked.reader.file(root)
    if stored is None:
        return None
    whole = document(stored.content)
    protected = protection(asked, whole, stored.descriptions)
    cut = redacted(whole, stored.descriptions, protected, asked.sight)
    if not reached(asked, relations(whole), root) or cut is None:
        return None
    if not any(one["id"] == event_id for one in cut.document["events"]):
        return None
    hidden = hidden_persons(whole, protected, asked.sight)
    body = redacted_event(content["event"], protected, asked.sight, hidden)
    # An identifier may be in files that are none of his.
    mine = [one for one in content["files"] if one == root or asked.reader.file(one) is not None]
    return {**content, "event": body, "files": mine}


def _cut(asked: Asked, answer: OneFile) -> OneFile:
    """The answer cut to the role. Raises NotFound where nothing of it may be seen."""
    file = _stored(asked, answer.file, answer.when)
    if file is None:
        raise NotFound(f"nothing is known under {answer.identifier}")
    cases = [
        left
        for one in answer.cases
        if (left := file if one.root == file.root else _stored(asked, one, answer.when)) is not None
    ]
    asked.roots.add(file.root)
    asked.roots.update(one.root for one in cases)
    return replace(answer, file=file, cases=cases)


def _stored(asked: Asked, stored: Stored, when: When) -> Stored | None:
    """A file as it may be seen. What is protected today was so on every earlier day."""
    asked_for = document(stored.content)
    now, said = asked_for, stored.descriptions
    if not when.now:
        current = asked.reader.file(stored.root)
        if current is not None:
            now, said = document(current.content), current.descriptions
    # The database has let it through by the relations that it stores; this is the application's own look.
    if not reached(asked, relations(now), stored.root):
        return None
    protected = marks(asked_for, stored.descriptions) | protection(asked, now, said)
    cut = redacted(asked_for, stored.descriptions, protected, asked.sight)
    if cut is None:
        return None
    if not cut.changed:
        return stored
    content = orjson.dumps(cut.document, option=orjson.OPT_SORT_KEYS)
    return Stored(stored.root, content, sha256(content).digest(), _parts(cut.descriptions))


def protection(asked: Asked, whole: Json, descriptions: Mapping[str, Json]) -> Marks:
    """What protects a file: its own marks, and of a record beside a case those of the cases that it is linked to.

    A prisoner's own file says nothing of the offence; the case under which he is held does. Sealing and childhood are
    of the person, and stand in his own case; what leads to a victim stands wherever the accused is described.
    """
    own = marks(whole, descriptions)
    if whole["kind"] == "CASE" or own.victim:
        return own
    ends = {end for link in whole["links"] if link["followed"] for end in (link["a"], link["b"])} - {
        whole["root"]
    }
    row = asked.reader.conn.execute(
        "SELECT EXISTS (SELECT FROM identifier i JOIN board_mark m ON m.root = ANY (i.roots)"
        " WHERE i.identifier = ANY (%s) AND m.mark = %s),"
        " (SELECT count(*) FROM unnest(%s::text[]) e JOIN identifier i ON i.identifier = e JOIN file f"
        " ON f.root = ANY (i.roots) AND f.root <> %s) = 0 AND cardinality(%s::text[]) > 0",
        (sorted(ends), VICTIM, sorted(ends), whole["root"], sorted(ends)),
    ).fetchone()
    # Of cases that the reader may not see it is not known whether they must be protected: then they are.
    victim = row is not None and bool(row[0] or row[1])
    return Marks(victim, own.children, own.sealed)


def reached(asked: Asked, related: Iterable[str], root: str) -> bool:
    """Whether the actor's reach covers a file of these relations: the application's own look, beside the database's."""
    reach = asked.reach
    return STATE in reach or f"ROOT:{root}" in reach or not reach.isdisjoint(related)


def emergency(desk: Desk, actor: Actor, text: str, reason: str, when: When) -> OneFile:
    """A case to which the actor stands in no relation, opened in an emergency: on record with his reason, and shown on
    the case's own page to those who do. Cut to his role like any other. Raises NotUnderstood, NotFound."""
    root = file_questions.identifier_of(text)
    if len(reason.strip()) < LEAST_REASON:
        raise NotUnderstood(
            "say in a sentence why it cannot wait: it is shown to those whose case it is, and reviewed"
        )
    with desk.asking(
        actor, Question.CASE, root, reason=f"{EMERGENCY}: {reason.strip()}", only=frozenset({f"ROOT:{root}"})
    ) as asked:
        answer = case(asked, root, when)
        if isinstance(answer, SeveralFiles):
            raise NotUnderstood("name the one case that is meant, by its FIR")
        return answer


def emergencies(desk: Desk, root: str) -> list[Entry]:
    """The emergencies in which a file was opened, newest first."""
    with desk.clerk.connection() as conn:
        return [one for one in who_saw(conn, root) if one.reason.startswith(EMERGENCY)]


def _parts(descriptions: Mapping[str, Json]) -> dict[str, Json]:
    return dict(descriptions)
