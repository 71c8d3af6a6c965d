"""What the hub has not received and cannot use, as an answer: by source and by topic, and what is set aside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson

from projections.completeness.report import Report

Json = dict[str, Any]


def plain(told: Report) -> Json:
    """The report for programs, ready for JSON."""
    return {
        "at": told.at,
        "complete": told.complete,
        "sources": [
            {
                "source": one.source, "epoch": one.epoch, "received": one.received, "last": one.last,
                "stated": one.stated, "voided": one.voided, "missing": one.missing, "late": one.late,
                "newest": one.newest, "refused": one.refused,
                "gaps": [
                    {"first": gap.first, "last": gap.last, "since": gap.since, "certain": gap.certain}
                    for gap in one.gaps
                ],
            }
            for one in told.sources
        ],
        "topics": [
            {"topic": t.topic, "stored": t.stored, "waiting": t.waiting, "appended_at": t.appended_at}
            for t in told.topics
        ],
        "nameless": [
            {"topic": topic, "reason": reason, "records": count} for (topic, reason), count in told.nameless.items()
        ],
        "unlinked": {
            kind: {"waiting": waiting, "suspect": suspect} for kind, (waiting, suspect) in told.unlinked.items()
        },
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer that is plain JSON; `about` is what its tag does not cover, such as the moment of asking."""

    content: Json
    passing: tuple[str, ...] = ()

    def json(self) -> bytes:
        """The answer."""
        return orjson.dumps(self.content)

    @property
    def tag(self) -> str:
        """Changes with whatever the answer says."""
        lasting = {name: value for name, value in self.content.items() if name not in self.passing}
        return hashlib.sha256(orjson.dumps(lasting)).hexdigest()[:32]
