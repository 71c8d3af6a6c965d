"""How the hub is doing, in numbers; the review's figures; and what was set aside, for data stewards."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from projections.access.role import Reach
from projections.desk.asking import Asked

Json = dict[str, Any]

SHOWN: Final = 200


def state(asked: Asked) -> Json:
    """Topics with how far their data reach, refusals by reason, identifiers without events, files by kind."""
    conn = asked.reader.conn
    rejected: dict[str, int] = {}
    reasons = []
    for topic, reason, records, latest in conn.execute(
        "SELECT topic, reason, records, latest FROM ops_set_aside ORDER BY records DESC, topic, reason"
    ):
        rejected[topic] = rejected.get(topic, 0) + records
        reasons.append({"topic": topic, "reason": reason, "records": records, "latest": latest})
    unlinked = [
        {"kind": kind, "unlinked": missing, "suspect": suspect, "known": known}
        for kind, missing, suspect, known in conn.execute(
            "SELECT kind, unlinked, suspect, known FROM ops_unlinked ORDER BY kind"
        )
    ]
    files = [
        {"kind": kind, "files": files}
        for kind, files in conn.execute("SELECT kind, files FROM ops_files ORDER BY kind")
    ]
    topics = [
        {
            "topic": one.topic,
            "records": one.records,
            "latest": one.appended_at,
            "rejected": rejected.get(one.topic, 0),
        }
        for one in asked.reader.freshness()
    ]
    return {"topics": topics, "reasons": reasons, "unlinked": unlinked, "files": files}


_FIGURES: Final = (
    ("count(*)", "inside"),
    ("count(*) FILTER (WHERE bail_state = 'GRANTED')", "bail_not_released"),
    ("count(*) FILTER (WHERE warrant_valid_to < %(day)s)", "warrant_expired"),
    ("count(*) FILTER (WHERE next_hearing IS NULL OR next_hearing < %(day)s)", "no_next_date"),
    ("count(*) FILTER (WHERE stage = 'INVESTIGATION' AND since < %(day)s - 60)", "investigation_60"),
    ("count(*) FILTER (WHERE since < %(day)s - 365)", "over_a_year"),
    ("max(%(day)s - since)", "longest"),
)
FIGURES: Final = tuple(name for _, name in _FIGURES)


def review(asked: Asked, day: date) -> Json:
    """The one page for the review meeting: figures by district and by jail, and in all; numbers, no name."""
    sums = ", ".join(f"{expression} AS {name}" for expression, name in _FIGURES)
    conn, values = asked.reader.conn, {"day": day}

    def by(column: str) -> list[Json]:
        return [
            dict(zip(("place", *FIGURES), row, strict=True))
            for row in conn.execute(
                f"SELECT coalesce({column}, '?'), {sums} FROM board_undertrial GROUP BY 1 ORDER BY 2 DESC, 1".encode(),
                values,
            )
        ]

    total = conn.execute(f"SELECT {sums} FROM board_undertrial".encode(), values).fetchone()
    # Of a handful of people a number can be as good as a name.
    hide = asked.actor.role.reach is Reach.NUMBERS
    return {
        "total": dict(zip(FIGURES, total or (0,) * len(FIGURES), strict=True)),
        "district": [_coarse(row, hide) for row in by("district")],
        "jail": [_coarse(row, hide) for row in by("jail")],
    }


#: Figures below this are told as "fewer than" to those who may see no case.
LEAST: Final = 5


def _coarse(row: Json, hide: bool) -> Json:
    if not hide:
        return row
    return {
        name: None
        if name != "place" and name != "longest" and isinstance(value, int) and 0 < value < LEAST
        else value
        for name, value in row.items()
    }


def quarantine(asked: Asked, reason: str | None) -> list[Json]:
    """Records that were set aside, newest first: what a steward needs to mend them, and not what they say."""
    names = (
        "id",
        "reason",
        "detail",
        "type",
        "topic",
        "source",
        "source_seq",
        "anchor",
        "known_at",
        "copies",
    )
    return [
        dict(zip(names, row, strict=True))
        for row in asked.reader.conn.execute(
            f"SELECT {', '.join(names)} FROM set_aside WHERE %s::text IS NULL OR reason = %s"
            " ORDER BY known_at DESC, id LIMIT %s".encode(),
            (reason, reason, SHOWN),
        )
    ]
