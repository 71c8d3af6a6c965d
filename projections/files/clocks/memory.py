"""Clocks reckoned lately, with what they were reckoned from: the same inputs give the same clocks, without the law.

A file that is folded from the start (a late event, a link) comes to mostly the same facts as before, and so do most
events to most families. Nothing rests on this memory but time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Final

from projections.files.clocks.facts import facts_from
from projections.law import reference, registry
from projections.law.clock import to_stored
from projections.law.registry import Family

Json = dict[str, Any]
Key = tuple[str, str]

#: Accused of whom it is remembered what their clocks were reckoned from: some kilobytes each.
_CAPACITY: Final = 4096


@dataclass(slots=True)
class _One:
    """One accused in one file. Clocks of a family stand here only while what the family reads stands here too."""

    given: Json = field(default_factory=dict)
    clocks: dict[str, list[Json]] = field(default_factory=dict)


class Memory:
    """The last used, up to `capacity`. For any number of threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._known: OrderedDict[Key, _One] = OrderedDict()
        self._lock = threading.Lock()

    def reckoned(self, key: Key, families: list[Family], given: Json) -> dict[str, list[Json]]:
        """Each family's clocks as stored; `given` holds all that the families read. Nobody changes what comes out."""
        with self._lock:
            one = self._known.pop(key, None) or _One()
        old = one.given
        changed = {name for name, value in given.items() if name not in old or old[name] != value}
        if changed:
            for family in registry.EVERY:
                if family.name in one.clocks and not family.reads.isdisjoint(changed):
                    del one.clocks[family.name]
            old.update(given)
        anew = [family for family in families if family.name not in one.clocks]
        if anew:
            facts = facts_from(key[1], given)
            for name, clocks in registry.wound(anew, facts, reference.load()):
                one.clocks[name] = [to_stored(clock) for clock in clocks]
        found = {family.name: one.clocks[family.name] for family in families}
        with self._lock:
            self._known[key] = one
            while len(self._known) > self._capacity:
                self._known.popitem(last=False)
        return found


MEMORY: Final = Memory(_CAPACITY)
