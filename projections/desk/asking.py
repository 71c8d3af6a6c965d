"""One question, from the decision to the entry that closes it. No answer leaves that is not on record.

    with desk.asking(actor, Question.CASE, about="FIR:…") as asked:
        … read with asked.reader, cut with asked.sight, note what is shown in asked.roots …

On record stand two entries: ASKED before anything is read (its ticket is what the database goes by), and what became
of it: ANSWERED with the files that were shown, REFUSED, or FAILED. If either cannot be written, nothing is answered.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ops.base.clock import Clock
from ops.base.errors import UserError
from projections.access.actor import Actor, Denied, decide
from projections.access.questions import Question
from projections.access.redact import Sight
from projections.access.relations import PROSECUTOR_KINDS
from projections.audit.log import Clerk, Said
from projections.questions.errors import NotFound, NotUnderstood
from projections.questions.readers import Readers
from projections.store.reading import Reader, document

#: For how many seconds it is remembered on whose roster a post stands.
_REMEMBERED = 60.0
_WHY = {
    "QUESTION": "your role may not ask this",
    "BOARD": "this board is not among those of your role",
    "PURPOSE": "your role may not read for this purpose",
    "NO_OFFICE": "your role is held from an office, and none of yours is: ask the administrator of access",
}


class Forbidden(UserError):
    """The actor may not ask this. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(_WHY[reason])
        self.reason = reason


@dataclass(slots=True)
class Asked:
    """A question while it is answered."""

    actor: Actor
    sight: Sight
    reach: frozenset[str]
    reader: Reader
    roots: set[str] = field(default_factory=set)
    """Files that the answer shows; go on record."""


class Desk:
    """Where every question of a person or a system is asked."""

    def __init__(self, readers: Readers, clerk: Clerk, clock: Clock) -> None:
        self.clerk = clerk
        self.clock = clock
        self._readers = readers
        self._rosters: dict[tuple[frozenset[str], date], tuple[float, frozenset[str]]] = {}

    @contextmanager
    def asking(
        self, actor: Actor, question: Question, about: str, board: str | None = None, reason: str = "",
        only: frozenset[str] | None = None,
    ) -> Iterator[Asked]:  # fmt: skip
        """Ask. Raises Forbidden, AuditUnavailable, and whatever the answering raises.

        `only`: in place of the actor's own reach, for a citizen's own application and for emergencies.
        """
        said = Said(
            kind="ASKED", subject=actor.subject, issuer=actor.issuer, role=actor.role.code, purpose=actor.purpose,
            question=question if board is None else f"{question}:{board}", about=about, reason=reason,
        )  # fmt: skip
        try:
            reach = decide(actor, question, board)
        except Denied as denied:
            self.clerk.append(replace(said, kind="REFUSED", reason=denied.reason))
            raise Forbidden(denied.reason) from None
        if only is not None:
            reach = only
        else:
            reach |= self._courts(actor)
        entry, ticket = self.clerk.open(replace(said, reach=tuple(reach)))
        try:
            with self._readers.reader(ticket) as reader:
                asked = Asked(actor, Sight(actor.role, reach), reach, reader)
                yield asked
        except (NotFound, NotUnderstood) as error:
            told = "NOT_FOUND" if isinstance(error, NotFound) else "NOT_UNDERSTOOD"
            self.clerk.append(replace(said, kind="REFUSED", opened=entry.seq, reason=told))
            raise
        except BaseException:
            self.clerk.append(replace(said, kind="FAILED", opened=entry.seq))
            raise
        self.clerk.append(replace(said, kind="ANSWERED", opened=entry.seq, roots=tuple(asked.roots)))

    def refuse(self, subject: str, issuer: str, reason: str, about: str = "") -> None:
        """Put on record that somebody was turned away before he was anybody: a forged token, a locked number."""
        self.clerk.append(
            Said(kind="REFUSED", subject=subject, issuer=issuer, role="", purpose="", question="SIGN_IN", about=about,
                 reason=reason)
        )  # fmt: skip

    def note(self, actor: Actor, kind: str, about: str = "", reason: str = "") -> None:
        """Put on record what is no question: a sign-in, a sign-out, a change of role or purpose."""
        self.clerk.append(
            Said(kind=kind, subject=actor.subject, issuer=actor.issuer, role=actor.role.code, purpose=actor.purpose,
                 question="SIGN_IN", about=about, reason=reason)
        )  # fmt: skip

    def _courts(self, actor: Actor) -> frozenset[str]:
        """The courts on whose roster a prosecutor's post stands today: their cases are his."""
        posts = frozenset(office for office in actor.reach if office.partition(":")[0] in PROSECUTOR_KINDS)
        if not posts:
            return frozenset()
        today = self.clock.today()
        key = (posts, today)
        known = self._rosters.get(key)
        if known is not None and time.monotonic() - known[0] < _REMEMBERED:
            return known[1]
        said = Said(
            kind="ASKED", subject=actor.subject, issuer=actor.issuer, role=actor.role.code, purpose=actor.purpose,
            question="ROSTER", about=" ".join(sorted(posts)), reach=tuple(posts),
        )  # fmt: skip
        _, ticket = self.clerk.open(said)
        with self._readers.reader(ticket) as reader:
            found = frozenset(_courts(reader, posts, today))
        if len(self._rosters) > 1000:
            self._rosters.clear()
        self._rosters[key] = (time.monotonic(), found)
        return found


def _courts(reader: Reader, posts: frozenset[str], today: date) -> Iterator[str]:
    roots = [
        row[0]
        for row in reader.conn.execute(
            "SELECT DISTINCT root FROM board_relation WHERE relation = ANY(%s) AND root LIKE 'COURT:%%'",
            (list(posts),),
        )
    ]
    for root in roots:
        stored = reader.file(root)
        if stored is None:
            continue
        facts = document(stored.content).get("facts", {}).get("prosecution.CourtRosterSet", {})
        for entry in facts.get("prosecutors", {}).get("value", ()):
            if f"PROSECUTOR:{_code(entry)}" in posts and _lasts(entry, today.isoformat()):
                yield root
                break


def _code(entry: dict[str, Any]) -> str:
    return str((entry.get("prosecutor") or {}).get("code", ""))


def _lasts(entry: dict[str, Any], today: str) -> bool:
    """Whether a post stands on the roster on a day; ISO texts."""
    return (entry.get("from_date") or "") <= today <= (entry.get("to_date") or "9999")
