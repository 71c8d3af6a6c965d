"""Adds up what the batches left, and says which numbers are missing since when.

Done by one worker at a time, once in a while, in a transaction of its own. What is missing follows from the numbers
alone: from 1 to the greatest that came or was stated by a manifest, without those that came or were voided. A gap that
was there before keeps the time since when; a number that comes closes its gap, or parts it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, NamedTuple

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]

#: How long a number may be on its way while greater ones arrive: another partition, a publisher's new try.
ON_ITS_WAY: Final = timedelta(seconds=30)

_LOCK: Final = "SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || '.numbers'))"
_ADD_UP: Final = """
WITH gone AS (DELETE FROM arrived RETURNING *),
fresh AS (
    SELECT source, epoch, range_agg(numbers) AS numbers, range_agg(voided) AS voided, max(stated) AS stated,
           max(known_at) AS known_at
    FROM gone GROUP BY source, epoch
),
late AS (
    SELECT f.source, f.epoch, sum(upper(r) - lower(r)) AS late
    FROM fresh f JOIN gap g USING (source, epoch),
         unnest(int8multirange(g.numbers) * f.numbers) AS r
    WHERE g.since < f.known_at - %(patience)s GROUP BY f.source, f.epoch
)
INSERT INTO numbered AS n (source, epoch, numbers, voided, stated, late, known_at)
SELECT source, epoch, numbers, voided, stated, coalesce(late, 0), known_at
FROM fresh LEFT JOIN late USING (source, epoch) ORDER BY source, epoch
ON CONFLICT (source, epoch) DO UPDATE SET
    numbers = n.numbers + excluded.numbers, voided = n.voided + excluded.voided,
    stated = greatest(n.stated, excluded.stated), late = n.late + excluded.late,
    known_at = greatest(n.known_at, excluded.known_at)
RETURNING source, epoch
"""
_FORMER: Final = """
DELETE FROM gap USING unnest(%s::text[], %s::int[]) AS t (source, epoch)
WHERE gap.source = t.source AND gap.epoch = t.epoch
RETURNING gap.source, gap.epoch, gap.numbers::text, gap.since
"""
_GAPS: Final = """
WITH former AS (
    SELECT source, epoch, numbers::int8range, since
    FROM unnest(%s::text[], %s::int[], %s::text[], %s::timestamptz[]) AS f (source, epoch, numbers, since)
),
missing AS (
    SELECT source, epoch, n.known_at, unnest(
        int8multirange(int8range(1, greatest(upper(n.numbers), n.stated + 1, 1))) - n.numbers - n.voided
    ) AS numbers
    FROM numbered n JOIN unnest(%s::text[], %s::int[]) AS t (source, epoch) USING (source, epoch)
)
INSERT INTO gap (source, epoch, numbers, since)
SELECT m.source, m.epoch, m.numbers, coalesce(
    (SELECT min(f.since) FROM former f WHERE f.source = m.source AND f.epoch = m.epoch AND f.numbers && m.numbers),
    m.known_at
)
FROM missing m
"""
_MISSING: Final = """
SELECT split_part(source, '.', 1), sum(upper(numbers) - lower(numbers))::bigint
FROM gap WHERE since < now() - %s GROUP BY 1
"""


class Settled(NamedTuple):
    """`missing`: department -> how many numbers are missing for longer than they may be on their way."""

    sources: int
    missing: dict[str, int]


def settle(conn: Connection) -> Settled | None:
    """Add up. None while another worker does."""
    with conn.transaction(), conn.cursor() as cur:
        lock = cur.execute(_LOCK).fetchone()
        if lock is None or not lock[0]:
            return None
        touched = cur.execute(_ADD_UP, {"patience": ON_ITS_WAY}).fetchall()
        if touched:
            sources, epochs = ([row[place] for row in touched] for place in (0, 1))
            former = cur.execute(_FORMER, (sources, epochs)).fetchall()
            before = [[row[place] for row in former] for place in range(4)]
            cur.execute(_GAPS, (*before, sources, epochs))
        missing: dict[str, int] = dict(cur.execute(_MISSING, (ON_ITS_WAY,)).fetchall())
        return Settled(len(touched), missing)
