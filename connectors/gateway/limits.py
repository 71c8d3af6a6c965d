"""How much a publisher may send: so many events a second, with a burst, and one request at a time at work.

A request that is over the limit is refused whole, before anything of it is looked at closely, and is told when to come
again. So one publisher's flood costs the others nothing but the reading of its headers.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from connectors.gateway.problems import Problem
from connectors.gateway.publishers import Publisher

MOST_EVENTS: Final = 1000
"""Events of one request."""
MOST_BYTES: Final = 4 * 2**20
"""Bytes of one request."""
BYTES_AN_EVENT: Final = 4096
"""What an event may weigh before it counts as several."""
_BURST: Final = 4  # seconds of its rate that a publisher may have saved
_MOST_WAITING: Final = 16  # requests of one publisher


@dataclass
class _Bucket:
    rate: int
    tokens: float
    filled: float
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0

    @property
    def most(self) -> float:
        """At least one request of any allowed size fits in."""
        return max(self.rate * _BURST, MOST_EVENTS, MOST_BYTES / BYTES_AN_EVENT)


class Limits:
    """The buckets of all publishers; for one event loop."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}

    def charge(self, publisher: Publisher, events: float) -> None:
        """Take that many events' worth. Raises Problem with status 429 where there is not as much."""
        bucket = self._bucket(publisher)
        now = time.monotonic()
        bucket.tokens = min(bucket.most, bucket.tokens + (now - bucket.filled) * bucket.rate)
        bucket.filled = now
        if bucket.tokens < events:
            wait = math.ceil((events - bucket.tokens) / bucket.rate)
            raise Problem(
                429,
                f"{publisher.name} may send {bucket.rate} events a second; nothing of this request was kept: send it "
                f"again in {wait} s",
                headers={"Retry-After": str(wait)},
            )
        bucket.tokens -= events

    @asynccontextmanager
    async def turn(self, publisher: Publisher) -> AsyncIterator[None]:
        """One request of a publisher at a time. Raises Problem with status 429 where too many wait already."""
        bucket = self._bucket(publisher)
        if bucket.waiting >= _MOST_WAITING:
            raise Problem(
                429,
                f"{_MOST_WAITING} requests of {publisher.name} wait already; nothing of this one was kept: send "
                "fewer at once, with more events in each",
                headers={"Retry-After": "1"},
            )
        bucket.waiting += 1
        try:
            async with bucket.turn:
                yield
        finally:
            bucket.waiting -= 1

    def _bucket(self, publisher: Publisher) -> _Bucket:
        bucket = self._buckets.get(publisher.name)
        if bucket is None or bucket.rate != publisher.events_per_second:
            bucket = _Bucket(publisher.events_per_second, math.inf, time.monotonic())
            self._buckets[publisher.name] = bucket
        return bucket
