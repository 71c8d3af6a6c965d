"""Rows of a court's register, as each way in is given them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

Record = dict[str, Any]

_DAY = datetime(2025, 1, 1, tzinfo=UTC)


def hearing(n: int, source: str) -> Record:
    """The n-th hearing as a record: ten to a case."""
    return {"envelope": _envelope(n, source), "court": "BRPA01-CJM", "purpose": f"row {n}"}


def plain(n: int, source: str) -> Record:
    """The same in plain form."""
    record = hearing(n, source)
    moments = {name: record["envelope"][name].isoformat() for name in ("occurred_at", "recorded_at")}
    return {"type": "court.HearingHeld", **record, "envelope": record["envelope"] | moments}


def _envelope(n: int, source: str) -> Record:
    return {
        "source": source,
        "source_record": f"hearing/{n}",
        "occurred_at": _DAY + timedelta(days=n % 300),
        "recorded_at": _DAY + timedelta(days=n % 300, hours=12),
        "anchor": {"kind": "CNR", "value": f"BRPA01{n // 10:06}2025"},
    }
