"""Limits on asking and on trying: so many in so long, by who asks; and a lock after failures. Pure but for its memory.

Each process keeps its own count; several processes allow several times as much. What is counted is forgotten when it
no longer matters, so memory is bounded by how much is asked in one span.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Limit:
    """A bucket of `burst` that fills again at `burst` in `seconds`, for each key."""

    def __init__(self, burst: int, seconds: float, most: int = 10_000) -> None:
        self._burst = burst
        self._rate = burst / seconds
        self._most = most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, now: float) -> float:
        """Take one; 0 if it was there, else the seconds after which one will be. `now`: any steady clock's seconds."""
        with self._lock:
            bucket = self._buckets.pop(key, None) or _Bucket(self._burst, now)
            self._buckets[key] = bucket
            while len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._rate)
            bucket.at = now
            if bucket.left >= 1:
                bucket.left -= 1
                return 0.0
            return (1 - bucket.left) / self._rate


class LockOut:
    """After `most` failures of a key within `seconds`, it is locked for as long; a success forgets them."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._failures: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def locked(self, key: str, now: float) -> bool:
        """Whether nothing more may be tried for the key now."""
        with self._lock:
            return len(self._recent(key, now)) >= self._most

    def failed(self, key: str, now: float) -> None:
        """Count a failure."""
        with self._lock:
            self._failures[key] = [*self._recent(key, now), now]

    def succeeded(self, key: str) -> None:
        """Forget the failures."""
        with self._lock:
            self._failures.pop(key, None)

    def _recent(self, key: str, now: float) -> list[float]:
        found = [at for at in self._failures.get(key, ()) if now - at < self._seconds]
        if not found:
            self._failures.pop(key, None)
        return found
