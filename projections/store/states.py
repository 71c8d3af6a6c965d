"""Folded states kept in memory between batches, so that the next event of a busy file needs no reading.

A state is good only while the file's row has the version at which it was kept; whoever takes one compares them under
the row's lock. States made by a transaction become good when it commits, and are forgotten when it does not: a fold
changes a state in place.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from projections.files.state import FileState


@dataclass(frozen=True, slots=True)
class Kept:
    """A state, and the version of the row that it belongs to."""

    version: int
    state: FileState


class States:
    """The last used states, up to `capacity` files."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._pending: dict[str, Kept] = {}

    def take(self, root: str) -> Kept | None:
        """Take a state out; it comes back only by `keep` and `commit`."""
        return self._kept.pop(root, None)

    def drop(self, root: str) -> None:
        """Forget a state."""
        self._kept.pop(root, None)

    def keep(self, root: str, kept: Kept) -> None:
        """Offer a state made by the transaction under way."""
        self._pending[root] = kept

    def commit(self) -> None:
        """The transaction is committed: what it made is good."""
        self._kept.update(self._pending)
        self._pending.clear()
        while len(self._kept) > self._capacity:
            self._kept.popitem(last=False)

    def rollback(self) -> None:
        """The transaction is not: what it made never was, and what it took was changed in place."""
        self._pending.clear()
