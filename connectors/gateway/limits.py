"""How much a publisher may send: so many events a second, with a burst, so many requests, and one at a time at work.

A request that is over the limit is refused whole, before anything of it is looked at closely, and is told when to come
again. So one publisher's flood costs the others nothing but the reading of its headers, slow requests of one keep no
place from another, and what all requests hold in memory is bounded.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
MOST_REQUESTS: Final = 32
"""Requests of one publisher that are read, wait or are at work."""
MOST_HELD: Final = 256 * 2**20
"""Bytes of all requests together."""


@dataclass
class _Bucket:
    rate: int
    tokens: float
    filled: float
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    requests: int = 0

    @property
    def most(self) -> float:
        """At least one request of any allowed size fits in."""
        return max(self.rate * _BURST, MOST_EVENTS, MOST_BYTES / BYTES_AN_EVENT)


class Held:
    """What one request holds in memory."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.bytes = 0

    def add(self, size: int) -> None:
        """So many bytes more. Raises Problem."""
        self._limits.hold(size)
        self.bytes += size


class Limits:
    """The buckets of all publishers; for one event loop."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}
        self._held = 0

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

    @contextmanager
    def admitted(self, publisher: Publisher) -> Iterator[Held]:
        """A request, from its headers to its answer. Raises Problem with status 429 where there are too many."""
        bucket = self._bucket(publisher)
        if bucket.requests >= MOST_REQUESTS:
            raise Problem(
                429,
                f"{MOST_REQUESTS} requests of {publisher.name} are under way; nothing of this one was kept: send "
                "fewer at once, with more events in each",
                headers={"Retry-After": "1"},
            )
        bucket.requests += 1
        held = Held(self)
        try:
            yield held
        finally:
            bucket.requests -= 1
            self._held -= held.bytes

    def turn(self, publisher: Publisher) -> asyncio.Lock:
        """To be held while a request is at work: one of a publisher at a time, in the order in which they were read."""
        return self._bucket(publisher).turn

    def hold(self, size: int) -> None:
        """Take so many bytes into memory. Raises Problem with status 503 where all requests hold too much."""
        if self._held + size > MOST_HELD:
            detail = "too many large requests at once; nothing of this one was kept: send it again"
            raise Problem(503, detail, headers={"Retry-After": "1"})
        self._held += size

    def _bucket(self, publisher: Publisher) -> _Bucket:
        bucket = self._buckets.get(publisher.name)
        if bucket is None or bucket.rate != publisher.events_per_second:
            bucket = _Bucket(publisher.events_per_second, math.inf, time.monotonic())
            self._buckets[publisher.name] = bucket
        return bucket
