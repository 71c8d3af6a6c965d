"""How long work tells what it is doing, without knowing whether a person, a pipe or a test listens."""

from typing import Protocol


class Progress(Protocol):
    """Steps may overlap and be told from different threads; a step is known by its name."""

    def begin(self, step: str) -> None: ...

    def note(self, step: str, told: str) -> None: ...

    def finish(self, step: str, told: str) -> None: ...


class Silent:
    """Tells nobody."""

    def begin(self, step: str) -> None:
        pass

    def note(self, step: str, told: str) -> None:
        pass

    def finish(self, step: str, told: str) -> None:
        pass
