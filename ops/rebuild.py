"""Rebuild and verify: the log read from its start into a new generation, and what is live held against it.

A rebuild records first and folds each file once. `verify` takes the live generation's watermarks and its digest in one
snapshot, rebuilds to exactly these watermarks, and compares the two: what differs is named, never averaged away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import psycopg

from ops.base.settings import Settings
from ops.hub import intake
from projections.store import deferred, generation, saving, watermarks
from projections.store.batch import HubProjector
from projections.store.digest import Digest, differing_rows, digest
from projections.store.filing import Filing
from projections.store.intake import Intake
from projections.store.ports import TP
from schemas.topics import SOURCE_TOPICS
from streams.bulk import read_up_to
from streams.topics import Topics

Connection = psycopg.Connection[tuple[Any, ...]]
Told = Callable[[str, int, int], object]
"""Told of progress: the step, how much is done, how much there is."""

BATCH = 10_000
CHUNK = 1_000
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found. `differing`: (table, key) of up to twenty rows that are not the same."""

    live_digest: str
    rebuilt_digest: str
    events: int
    files: int
    set_aside: int
    differing: list[tuple[str, str]]

    @property
    def same(self) -> bool:
        """Whether live and rebuilt content are the same, byte for byte."""
        return self.live_digest == self.rebuilt_digest


def rebuild(settings: Settings, told: Told, ends: Mapping[TP, int] | None = None) -> str:
    """Read the topics from their start up to `ends` (default: what they hold now) into a new, inactive generation.

    Returns its name. What an interrupted rebuild left is dropped by `sangam rebuild --prune`. Raises
    confluent_kafka.KafkaException when the log does not reach back to its start.
    """
    database = settings.require_database()
    topics = Topics(settings.require_kafka())
    if ends is None:
        ends = topics.ends(topics.partitions(set(SOURCE_TOPICS)))
    ids = topics.ids({topic for topic, _ in ends})
    name = generation.create(database)
    reader = intake(settings, name)
    projector = HubProjector(database, name, reader, live=False, defer=True)
    try:
        claims = projector.assign({tp: ids[tp[0]] for tp in ends})
        starts = {tp: claim.next_offset for tp, claim in claims.items()}
        batches = read_up_to(
            settings.require_kafka(),
            starts,
            ends,
            size=BATCH,
            progress=lambda done, total: told("record", done, total),
        )
        with ThreadPoolExecutor(1) as ahead:
            # The next batch is decoded while the database stores this one.
            prepared = None
            for batch in batches:
                following = ahead.submit(projector.prepare, batch)
                if prepared is not None:
                    projector.project(prepared.result(), claims)
                prepared = following
            if prepared is not None:
                projector.project(prepared.result(), claims)
    finally:
        projector.close()
    fold_dirty(database, name, reader, told)
    return name


def fold_dirty(database: str, name: str, reader: Intake, told: Told) -> None:
    """Fold every dirty file of a generation once."""
    with generation.connect(database, name) as conn:
        deferred.settle_members(conn)
        total = deferred.count(conn)
        done = 0

        def one_more(files: int) -> None:
            nonlocal done
            done += files
            told("fold", done, total)

        with conn.transaction():
            conn.execute(saving.STAGING)
        deferred.drain(conn, Filing(reader.revive, CHUNK), CHUNK, one_more)


def verify(settings: Settings, told: Told, *, keep: bool = False) -> Verdict:
    """Hold the live generation against a rebuild to the same watermarks. `keep`: do not drop the rebuilt one."""
    database = settings.require_database()
    name = generation.prepare(database)
    topics = Topics(settings.require_kafka())
    partitions = topics.partitions(set(SOURCE_TOPICS))
    ids = topics.ids(set(SOURCE_TOPICS))
    with generation.connect(database, name) as live:
        live.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with live.transaction():
            ends = watermarks.read(live, {tp: ids[tp[0]] for tp in partitions})
            before = digest(live)
            counted = live.execute(
                "SELECT (SELECT count(*) FROM ledger WHERE effective),"
                " (SELECT count(*) FROM file WHERE content IS NOT NULL), (SELECT count(*) FROM set_aside)"
            ).fetchone()
            assert counted is not None  # noqa: S101  (an aggregate without GROUP BY has a row)
        rebuilt = rebuild(settings, told, ends)
        try:
            with generation.connect(database, rebuilt) as other:
                after = digest(other)
                differing = _named(live, other, before, after)
        finally:
            if not keep:
                generation.drop(database, rebuilt)
    return Verdict(before.hex, after.hex, counted[0], counted[1], counted[2], differing)


def _named(live: Connection, other: Connection, before: Digest, after: Digest) -> list[tuple[str, str]]:
    """Up to twenty rows that differ. Live goes on meanwhile: a row changed since the snapshot may be among them."""
    found: list[tuple[str, str]] = []
    for table, bucket in before.differing(after):
        found += [(table, key) for key in differing_rows(live, other, table, bucket)]
        if len(found) >= _NAMED:
            break
    return found[:_NAMED]
