"""How far each partition is stored: the authority on where to resume, and the fence against former owners.

A row per (topic id, partition): owner epoch and next offset. A new owner raises the epoch (`assign`), which
waits for the old owner's commit, since that holds the row. A batch locks its rows first (`lock`), stores,
and moves them (`move`) before COMMIT. So of two processes that both believe to own a partition only the
later one stores anything, and a record is stored in the very transaction that says so. Offsets may have
holes (compaction, transaction markers).

`search_path` is the caller's: the table lives in the generation's schema.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from projections.store.ports import TP, Claim

Connection = psycopg.Connection[tuple[Any, ...]]

CONNECTION_OPTIONS = " ".join(
    (
        # A process that was stopped (SIGSTOP, a machine that froze) in mid-transaction holds its watermark
        # rows, and the new owner waits for them. After the group's session time-out nobody needs to wait
        # for it any more.
        "-c idle_in_transaction_session_timeout=10s",
        # The same for a machine that is gone: the server notices a dead peer in the midst of a statement,
        # too.
        "-c client_connection_check_interval=5s",
        "-c tcp_user_timeout=10s",
    )
)
"""libpq `options` that every projector's connection must be opened with."""

ASSIGN_PATIENCE = "5s"
"""How long `assign` waits for an old owner before it gives up with LockNotAvailable, to be called again: so
that a worker whose partitions were taken away meanwhile stops waiting for them."""


def assign(conn: Connection, partitions: Mapping[TP, UUID]) -> dict[TP, Claim]:
    """Raise the epoch of each partition (partition -> topic id) and say where to resume; one short
    transaction.

    Waits for a batch of the old owner that is under way, up to ASSIGN_PATIENCE (then
    psycopg.errors.LockNotAvailable).
    """
    topics, ids, numbers = _columns(partitions)
    with conn.transaction():
        conn.execute("SELECT set_config('lock_timeout', %s, true)", (ASSIGN_PATIENCE,))
        # In key order, as everywhere: two new owners that insert or lock in different orders would deadlock.
        conn.execute(
            "INSERT INTO watermark (topic, topic_id, partition)"
            " SELECT * FROM unnest(%s::text[], %s::uuid[], %s::int[]) ORDER BY 2, 3 ON CONFLICT DO NOTHING",
            (topics, ids, numbers),
        )
        conn.execute(
            "SELECT FROM watermark"
            " WHERE (topic_id, partition) IN (SELECT * FROM unnest(%s::uuid[], %s::int[]))"
            " ORDER BY topic_id, partition FOR UPDATE",
            (ids, numbers),
        )
        # A statement of its own, so that it sees what the old owner committed while we waited.
        rows = conn.execute(
            "UPDATE watermark SET epoch = epoch + 1"
            " WHERE (topic_id, partition) IN (SELECT * FROM unnest(%s::uuid[], %s::int[]))"
            " RETURNING topic_id, partition, epoch, next_offset",
            (ids, numbers),
        ).fetchall()
    by_id = {(topic_id, tp[1]): tp for tp, topic_id in partitions.items()}
    return {by_id[row[0], row[1]]: Claim(row[0], row[2], row[3]) for row in rows}


def lock(conn: Connection, claims: Mapping[TP, Claim]) -> dict[TP, int]:
    """Lock the rows of these claims to the end of the transaction; partition -> next offset to store.

    A partition that is missing from the answer is lost: its epoch is no longer the claim's.
    """
    by_id = {(claim.topic_id, tp[1]): tp for tp, claim in claims.items()}
    rows = conn.execute(
        "SELECT w.topic_id, w.partition, w.epoch, w.next_offset FROM watermark w"
        " JOIN unnest(%s::uuid[], %s::int[], %s::bigint[]) c (topic_id, partition, epoch)"
        " USING (topic_id, partition, epoch) ORDER BY w.topic_id, w.partition FOR UPDATE OF w",
        (
            [claim.topic_id for claim in claims.values()],
            [tp[1] for tp in claims],
            [claim.epoch for claim in claims.values()],
        ),
    ).fetchall()
    return {by_id[row[0], row[1]]: row[3] for row in rows}


def move(
    conn: Connection,
    claims: Mapping[TP, Claim],
    next_offsets: Mapping[TP, int],
    appended: Mapping[TP, datetime] | None = None,
) -> None:
    """Move the watermarks of partitions that this transaction has locked; never backwards.

    `appended`: when the broker took in the newest record stored of each partition ("data as of …").
    """
    times = appended or {}
    conn.execute(
        "UPDATE watermark w SET next_offset = m.next_offset, appended_at = greatest(w.appended_at, m.appended_at)"
        " FROM unnest(%s::uuid[], %s::int[], %s::bigint[], %s::timestamptz[])"
        " m (topic_id, partition, next_offset, appended_at)"
        " WHERE w.topic_id = m.topic_id AND w.partition = m.partition AND w.next_offset < m.next_offset",
        (
            [claims[tp].topic_id for tp in next_offsets],
            [tp[1] for tp in next_offsets],
            list(next_offsets.values()),
            [times.get(tp) for tp in next_offsets],
        ),
    )


def read(conn: Connection, partitions: Mapping[TP, UUID]) -> dict[TP, int]:
    """The next offset of each partition (partition -> topic id), whoever owns it; 0 where there is no row."""
    _, ids, numbers = _columns(partitions)
    rows = conn.execute(
        "SELECT topic_id, partition, epoch, next_offset FROM watermark"
        " WHERE (topic_id, partition) IN (SELECT * FROM unnest(%s::uuid[], %s::int[]))",
        (ids, numbers),
    ).fetchall()
    stored = {(row[0], row[1]): row[3] for row in rows}
    return {tp: stored.get((topic_id, tp[1]), 0) for tp, topic_id in partitions.items()}


def _columns(partitions: Mapping[TP, UUID]) -> tuple[list[str], list[UUID], list[int]]:
    return [tp[0] for tp in partitions], list(partitions.values()), [tp[1] for tp in partitions]
