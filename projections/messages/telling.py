"""One round of telling: what the oldest rows of the outbox come to now, as messages, and what is noted once they are
sent.

A file is read once a round, however often it changed: its last state is told. The same reading yields what in it may
come to an alarm, and whom of the person's other files it concerns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import psycopg

from projections.alarms import store as alarms
from projections.alarms.reason import Reason
from projections.alarms.watch import watched
from projections.linking.roots import CASES, COURT_NUMBERS, kind_of
from projections.messages.outbound import Outgoing, Place, digest, outgoing
from projections.messages.receipts import receipts
from projections.messages.status import key_of, statuses, with_digests
from projections.store import outbox
from projections.store.outbox import Note
from projections.store.packing import unpack
from projections.store.reading import document
from schemas.topics import CASE_STATUS

Connection = psycopg.Connection[tuple[Any, ...]]
Json = dict[str, Any]

STATUS: Final = "hub.CaseStatus"
#: Batches of one round, and files read at a time.
_NOTES: Final = 50
_FILES: Final = 200


@dataclass(frozen=True, slots=True)
class _Sent:
    """What stands in status_sent of one accused."""

    digest: bytes | None
    place: Place


@dataclass(slots=True)
class Round:
    """`messages` are to be sent, in order; then `settle`."""

    notes: list[Note]
    messages: list[Outgoing] = field(default_factory=list)
    statuses: list[tuple[str, str, bytes | None, Place]] = field(default_factory=list)
    watched: dict[str, list[Reason]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def settle(self, conn: Connection) -> None:
        """Note in the transaction under way that the messages were sent."""
        _note(conn, self.statuses)
        alarms.watch(conn, self.watched)
        if self.others:
            alarms.look_again(conn, self.others)
        outbox.told(conn, self.notes)


def next_round(conn: Connection, at: datetime, generation: str) -> Round | None:
    """What the oldest rows of the outbox come to; None where there are none. `at`: now, aware.

    All is read in one snapshot: the transaction under way is REPEATABLE READ.
    """
    notes = outbox.waiting(conn, _NOTES)
    if not notes:
        return None
    made = Round(notes)
    made.messages += receipts(conn, notes, at, generation)
    roots = sorted({root for note in notes for root in note.roots if is_case(root)})
    for start in range(0, len(roots), _FILES):
        _tell_files(conn, made, roots[start : start + _FILES], at, generation)
    return made


def is_case(root: str) -> bool:
    """Whether the file of a root is a CaseFile."""
    kind = kind_of(root)
    return kind in CASES or kind in COURT_NUMBERS


def _tell_files(conn: Connection, made: Round, roots: Sequence[str], at: datetime, generation: str) -> None:
    sent = _sent(conn, roots)
    now: dict[tuple[str, str], Json] = {}
    pids: dict[str, set[str]] = {}
    made.watched.update((root, []) for root in roots)
    files: dict[str, str] = {}
    for root, file_digest, told in documents(conn, roots):
        files[root] = file_digest
        for accused, content in statuses(told):
            now[root, accused] = content
            pids[root] = pids.get(root, set()) | {r for r in content["references"] if r.startswith("PID:")}
        # Each reason once: of a start event that names nobody the clocks of all accused come to one.
        made.watched[root] = list(dict.fromkeys(reason for _, reason in watched(told)))
    digests = _digests(conn, now.values())
    changed: set[str] = set()
    for (root, accused), content in now.items():
        whole = with_digests(content, digests)
        before = sent.get((root, accused))
        said = digest(whole)
        if before is None or before.digest != said:
            _tell(made, root, accused, whole, before, at, generation, files[root])
            changed |= pids.get(root, set())
    for (root, accused), before in sent.items():
        if before.digest is not None and (root, accused) not in now:
            _tell(made, root, accused, None, before, at, generation)
    made.others |= _files_of(conn, changed)


def _tell(
    made: Round, root: str, accused: str, content: Json | None, before: _Sent | None, at: datetime, generation: str,
    file_digest: str = "",
) -> None:  # fmt: skip
    place = before.place if before is not None else None
    message = outgoing(CASE_STATUS, STATUS, key_of(root, accused), content, place, at, generation)
    if message.record is not None:
        # Of the file as it was then; not of the content, for it changes with every event of the case.
        message.record["file_digest"] = file_digest
    made.messages.append(message)
    made.statuses.append((root, accused, None if content is None else digest(content), message.place))


def documents(conn: Connection, roots: Collection[str]) -> Iterator[tuple[str, str, Json]]:
    """(root, digest of the bytes in hexadecimal, document) of the files of these roots that there are."""
    for root, digested, content in conn.execute(
        "SELECT root, digest, content FROM file WHERE root = ANY(%s) AND content IS NOT NULL ORDER BY root",
        (list(roots),),
        binary=True,
    ):
        yield root, digested.hex(), document(unpack(content))


def take_in(conn: Connection, key: str, record: Json | None, place: Place) -> None:
    """Take in a status that was sent, read back from its topic."""
    root, _, accused = key.partition("/")
    said = None
    if record is not None:
        said = digest(
            {name: value for name, value in record.items() if name not in ("message", "file_digest")}
        )
    _note(conn, [(root, accused, said, place)])


def _note(conn: Connection, sent: Iterable[tuple[str, str, bytes | None, Place]]) -> None:
    with conn.cursor() as cur:
        cur.executemany(
            "INSERT INTO sangam.status_sent (root, accused, digest, message_id, place) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (root, accused) DO UPDATE SET digest = excluded.digest, message_id = excluded.message_id,"
            " place = excluded.place",
            [(root, accused, said, *place) for root, accused, said, place in sent],
        )


def _sent(conn: Connection, roots: Sequence[str]) -> dict[tuple[str, str], _Sent]:
    return {
        (row[0], row[1]): _Sent(row[2], Place(row[3], row[4]))
        for row in conn.execute(
            "SELECT root, accused, digest, message_id, place FROM sangam.status_sent WHERE root = ANY(%s)",
            (list(roots),),
        )
    }


def _digests(conn: Connection, contents: Collection[Json]) -> dict[str, str]:
    """Event id -> digest of its content, of all sources of these."""
    events = {source["event_id"] for content in contents for source in content["sources"]}
    return {
        str(row[0]): row[1].hex()
        for row in conn.execute(
            "SELECT event_id, digest FROM ledger WHERE standing AND event_id = ANY(%s::uuid[])",
            (list(events),),
        )
        if row[1] is not None
    }


def _files_of(conn: Connection, pids: Collection[str]) -> set[str]:
    """The cases of these prisoners."""
    if not pids:
        return set()
    return {
        root
        for row in conn.execute("SELECT roots FROM identifier WHERE identifier = ANY(%s)", (list(pids),))
        for root in row[0]
        if is_case(root)
    }
