"""How processes that keep many objects, and think in several threads, are told to run.

A worker keeps tens of thousands of decoded events and folded files. They hold no cycles, yet Python's collector walks
over all of them each time some hundreds of objects were made: a third of a worker's processor time, measured on
ops/bench/profile_hub. So it is told to look seldom; reference counts free nearly everything without it.
"""

from __future__ import annotations

import gc
import sys

_SWITCH = 0.0005
"""Seconds after which a thread that computes lets another in. With Python's own five milliseconds a worker's database
thread waits that long after each of its statements while the other thread decodes."""
_THRESHOLDS = (200_000, 20, 50)


def run_calmly() -> None:
    """Call once, where a process that keeps many objects starts."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    sys.setswitchinterval(_SWITCH)
