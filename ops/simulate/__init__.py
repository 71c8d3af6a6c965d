"""A simulated district, or several: seeded, deterministic, and it keeps the truth that it simulated."""

from ops.simulate.disorder import CALM, HARSH, PRESETS, USUAL, Disorder
from ops.simulate.truth import Truth
from ops.simulate.world import Event, Settings, Stream, World, simulate, stream

__all__ = [
    "CALM", "HARSH", "PRESETS", "USUAL", "Disorder", "Event", "Settings", "Stream", "Truth", "World", "simulate",
    "stream",
]  # fmt: skip
