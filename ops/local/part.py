"""What every part of the stack can say about itself; stack.py does the rest for all of them alike."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Launch:
    """How a part is started: the words of the command (the first is a full path) and its whole
    environment.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str]


class Part(Protocol):
    """One program of the stack. `ports` are by name, as chosen or kept by the stack.

    Methods are called in this order: prepare (may take seconds, must be harmless when repeated or when it was
    broken off before), launch, then ready again and again until it is true.
    """

    name: str
    title: str
    log: Path
    port_names: tuple[str, ...]
    stop_signal: signal.Signals
    start_seconds: float
    stop_seconds: float

    def prepare(self, ports: Mapping[str, int]) -> None:
        """Write configuration and lay out the data folder. Raises StackError."""
        ...

    def launch(self, ports: Mapping[str, int]) -> Launch: ...

    def ready(self, ports: Mapping[str, int]) -> bool:
        """Whether it answers a real request now."""
        ...

    def address(self, ports: Mapping[str, int]) -> str:
        """What a client needs to reach it."""
        ...
