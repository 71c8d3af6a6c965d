"""The answer to: what has the hub not received, and what can it not use? By source, and by topic.

A number is reported as missing once it cannot be on its way any more: it has been missing for `ON_ITS_WAY`, and every
partition of its topic is either read to its end or past the time at which it was missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import psycopg

from projections.completeness.settling import ON_ITS_WAY
from projections.store import quarantine

Connection = psycopg.Connection[tuple[Any, ...]]
TP = tuple[str, int]

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)

_NUMBERED: Final = """
SELECT source, epoch, (SELECT coalesce(sum(upper(r) - lower(r)), 0)::bigint FROM unnest(numbers) r),
       upper(numbers) - 1, stated, (SELECT coalesce(sum(upper(r) - lower(r)), 0)::bigint FROM unnest(voided) r),
       late, known_at
FROM numbered WHERE %(source)s::text IS NULL OR source = %(source)s ORDER BY source, epoch
"""
_GAPS: Final = """
SELECT source, epoch, lower(numbers), upper(numbers) - 1, since FROM gap
WHERE %(source)s::text IS NULL OR source = %(source)s ORDER BY source, epoch, numbers
"""
_UNLINKED: Final = (
    "SELECT kind, unlinked, suspect FROM ops_unlinked WHERE unlinked > 0 OR suspect > 0 ORDER BY kind"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that are missing, both ends with them. `certain`: they cannot be on their way any more."""

    first: int
    last: int
    since: datetime
    certain: bool


@dataclass(slots=True)
class SourceReport:
    """One source in one epoch. `refused`: reason -> records set aside and not settled."""

    source: str
    epoch: int
    received: int
    last: int
    stated: int
    voided: int
    late: int
    newest: datetime
    gaps: list[Gap] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """How many numbers are missing for certain."""
        return sum(gap.last - gap.first + 1 for gap in self.gaps if gap.certain)


@dataclass(frozen=True, slots=True)
class TopicReport:
    """One topic: `waiting` records are in the log and not visible yet; None where the broker was not asked."""

    topic: str
    stored: int
    waiting: int | None
    appended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known."""

    at: datetime
    sources: list[SourceReport]
    topics: list[TopicReport]
    nameless: dict[tuple[str, str], int]
    """(topic, reason) -> records set aside that name no source."""
    unlinked: dict[str, tuple[int, int]]
    """Kind -> identifiers that are claimed and that nobody's record anchors, and those that are SUSPECT.
    Empty where one source was asked for."""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, refused or waiting."""
        return (
            not any(one.missing or one.refused for one in self.sources)
            and not self.nameless
            and not any(one.waiting for one in self.topics)
        )


def report(
    conn: Connection, now: datetime, ends: Mapping[TP, int] | None = None, source: str | None = None
) -> Report:
    """What is known, of all sources or of one. `ends`: where each partition of the log ends now."""
    passed = _passed(conn, ends)
    sources = {
        (row[0], row[1]): SourceReport(*row) for row in conn.execute(_NUMBERED, {"source": source}) if row[7]
    }
    for name, epoch, first, last, since in conn.execute(_GAPS, {"source": source}):
        department = name.partition(".")[0]
        reached = passed.get(department + ".events")
        certain = since <= now - ON_ITS_WAY and (reached is None or since <= reached)
        sources[name, epoch].gaps.append(Gap(first, last, since, certain))
    nameless: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in quarantine.by_source(conn, source):
        known = sources.get((one.source or "", one.epoch or 0))
        if known is None:
            if source is None:
                nameless[one.topic, one.reason] += one.records
        else:
            known.refused[one.reason] = known.refused.get(one.reason, 0) + one.records
    return Report(
        now,
        list(sources.values()),
        _topics(conn, ends),
        dict(nameless),
        {} if source else {kind: (plain, suspect) for kind, plain, suspect in conn.execute(_UNLINKED)},
    )


def _passed(conn: Connection, ends: Mapping[TP, int] | None) -> dict[str, datetime]:
    """Topic -> the time up to which all its partitions are read, where one is behind; a topic without entry is read."""
    behind: dict[str, datetime] = {}
    for topic, partition, next_offset, appended_at in conn.execute(
        "SELECT topic, partition, next_offset, appended_at FROM watermark"
    ):
        if ends is not None and next_offset < ends.get((topic, partition), 0):
            at = appended_at or _NEVER
            behind[topic] = min(behind.get(topic, at), at)
    return behind


def _topics(conn: Connection, ends: Mapping[TP, int] | None) -> list[TopicReport]:
    found = []
    for topic, partitions, offsets, stored, appended_at in conn.execute(
        "SELECT topic, array_agg(partition), array_agg(next_offset), sum(next_offset)::bigint, max(appended_at)"
        " FROM watermark GROUP BY topic ORDER BY topic"
    ):
        waiting = None
        if ends is not None:
            at = dict(zip(partitions, offsets, strict=True))
            waiting = sum(
                max(0, end - at.get(partition, 0)) for (name, partition), end in ends.items() if name == topic
            )
        found.append(TopicReport(topic, stored, waiting, appended_at))
    return found
