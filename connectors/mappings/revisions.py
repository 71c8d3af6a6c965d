"""Which of what a poll says is new: a source that gives the whole record again at each poll becomes revisions.

A row of a document has a base id, UUIDv5 of source, document and row. Each revision of it is an event with an id of
its own that supersedes the base id, recorded at the poll's time. So the hub takes, of all revisions, the one that was
polled last (docs/architecture.md, Ledger), whatever came first and however often.

A revision is named by its content and by how often the row has come back to that content: a date that was changed and
changed back is a third revision, not the first again. What the polls come to is worked out from all of them in order
of time, each time anew; a poll that comes late may thus add revisions after it. Looks that only repeat what stood
before and after them are forgotten. A row that is gone from the document is retracted; one that is there and could not
be read stays as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from connectors.mappings.drafting import Mapped, Quarantined
from connectors.mappings.troubles import Trouble, UnreadableError
from schemas.complete import complete
from schemas.content import digest_of
from schemas.plain import from_plain, to_plain
from schemas.reasons import FaultError
from schemas.validate import check

Record = dict[str, Any]
Event = tuple[str, Record]

_NAMESPACE: Final = uuid5(NAMESPACE_URL, "sangam/mapping")
_RETRACTED: Final = "common.Retracted"


@dataclass(frozen=True, slots=True)
class Poll:
    """One look at a source: its name as events carry it ("court.cis/BRPA01"), when, and under which secret."""

    source: str
    at: datetime
    salt_key: bytes


class Look(NamedTuple):
    """A document at one moment: row -> digest of its content; None where it could not be read."""

    at: datetime
    rows: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class History:
    """What is remembered of a document: looks in order of time, and the events that they name by digest."""

    looks: tuple[Look, ...] = ()
    bodies: dict[str, Record] = field(default_factory=dict)
    """digest -> the event in plain form, without its ids and times."""

    def dumps(self) -> bytes:
        """As JSON, to be kept. Holds descriptions of persons where the events do."""
        return orjson.dumps({"looks": [[look.at, look.rows] for look in self.looks], "bodies": self.bodies})

    @staticmethod
    def loads(kept: bytes) -> History:
        """The history that was kept."""
        found = orjson.loads(kept)
        return History(
            tuple(Look(datetime.fromisoformat(at), rows) for at, rows in found["looks"]), found["bodies"]
        )


class Taken(NamedTuple):
    """What a poll came to: what to remember, the new events (complete but for their number), what was left aside."""

    history: History
    events: tuple[Event, ...]
    quarantined: tuple[Quarantined, ...]


class _Said(NamedTuple):
    """A revision: the row, its content ("" and what stood before: it is gone), which time, since when."""

    row: str
    content: str
    time: int
    at: datetime


def take(history: History, mapped: Mapped, poll: Poll) -> Taken:
    """Take in one poll of a document. The events are those that no earlier poll has given."""
    quarantined = list(mapped.quarantined)
    rows: dict[str, str | None] = {part.key: None for part in quarantined if part.key}
    bodies: dict[str, Record] = {}
    for row in mapped.rows:
        try:
            plain = _plain(row.type, row.record, mapped.scope, row.key, poll)
        except (FaultError, UnreadableError) as fault:
            detail = fault.detail if isinstance(fault, FaultError) else fault.field
            quarantined.append(Quarantined(row.key, _shown(row.record), Trouble.EVENT_REFUSED, detail))
            rows[row.key] = None
            continue
        digest = sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
        rows[row.key] = digest
        bodies[digest] = plain
    if not mapped.scope or (not rows and quarantined):
        return Taken(history, (), tuple(quarantined))
    looks = _shortened([*history.looks, Look(poll.at, rows)])
    before = set(_said(history.looks))
    new = sorted((said for said in _said(looks) if said not in before), key=lambda said: (said.at, said.row))
    known = history.bodies | bodies
    events = tuple(_event(said, known, mapped.scope, poll.source) for said in new)
    named = {digest for look in looks for digest in look.rows.values() if digest}
    return Taken(History(looks, {d: known[d] for d in sorted(named)}), events, tuple(quarantined))


def base_id(source: str, scope: str, row: str) -> UUID:
    """The id that all revisions of a row supersede; no event has it."""
    return uuid5(_NAMESPACE, orjson.dumps([source, scope, row]).decode())


def _plain(event: str, record: Record, scope: str, row: str, poll: Poll) -> Record:
    """The event in plain form, completed and checked. Raises FaultError."""
    envelope = record["envelope"] | {
        "event_id": base_id(poll.source, scope, row),
        "source": poll.source,
        "source_seq": 1,
        "source_record": f"{scope};{row}",
        "recorded_at": poll.at,
        "supersedes": str(base_id(poll.source, scope, row)),
    }
    whole = complete(event, record | {"envelope": envelope}, poll.salt_key)
    check(event, whole)
    digest_of(event, whole)
    plain = to_plain(event, whole)
    from_plain(plain)  # that each value fits its type
    for name in ("event_id", "source_seq", "recorded_at"):
        del plain["envelope"][name]
    return plain


def _shown(record: Record) -> Any:
    return orjson.loads(orjson.dumps(record, default=str))


def _shortened(looks: Iterable[Look]) -> tuple[Look, ...]:
    """In order of time, each once; of equal looks that follow one another the first and the last."""
    ordered: list[Look] = []
    for look in sorted(
        looks, key=lambda look: (look.at, orjson.dumps(look.rows, option=orjson.OPT_SORT_KEYS))
    ):
        if ordered and ordered[-1] == look:
            continue
        if len(ordered) > 1 and ordered[-1].rows == ordered[-2].rows == look.rows:
            ordered.pop()
        ordered.append(look)
    return tuple(ordered)


def _said(looks: Iterable[Look]) -> Iterable[_Said]:
    """Every revision that the looks come to."""
    now: dict[str, str] = {}
    times: defaultdict[tuple[str, str], int] = defaultdict(int)
    for look in looks:
        for row in (*look.rows, *(row for row in now if row not in look.rows)):
            said = look.rows.get(row, "") if row in look.rows else _gone(now[row])
            if said is None or now.get(row) == said:
                continue
            now[row] = said
            times[row, said] += 1
            yield _Said(row, said, times[row, said], look.at)


def _gone(before: str) -> str:
    return before if before.startswith("-") else "-" + before


def _event(said: _Said, bodies: dict[str, Record], scope: str, source: str) -> Event:
    gone = said.content.startswith("-")
    plain = bodies[said.content.removeprefix("-")]
    own = dict(plain["envelope"])
    if said.time > 1:
        own["source_record"] = f"{own['source_record']};{said.time}"
    own |= {
        "event_id": str(uuid5(_NAMESPACE, orjson.dumps([source, scope, *said[:3]]).decode())),
        "source_seq": 1,
        "recorded_at": said.at.isoformat(),
    }
    if gone:
        own["claims"] = []
        return from_plain({"type": _RETRACTED, "envelope": own, "reason": "no longer in the source's record"})
    return from_plain({**plain, "envelope": own})
