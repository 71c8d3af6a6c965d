"""How long-lived processes collect garbage.

A worker keeps tens of thousands of decoded events and folded files. They hold no cycles, yet Python's collector walks
over all of them each time some hundreds of objects were made: a third of a worker's processor time, measured on
ops/bench/profile_hub. So it is told to look seldom; reference counts free nearly everything without it.
"""

from __future__ import annotations

import gc

_THRESHOLDS = (200_000, 20, 50)


def collect_seldom() -> None:
    """Call once, where a process that keeps many objects starts."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
