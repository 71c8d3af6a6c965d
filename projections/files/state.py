"""What a fold is given, what it makes, and what a kind of file must be able to do.

The promise that the snapshot fast path rests on: `document` and `descriptions` hold everything that the fold needs
beside `given`. What stands below them in `FileState` is derived and may be thrown away at any time after `finish`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from projections.linking.model import Link

if TYPE_CHECKING:
    from projections.files.reach import Reach
    from schemas.event import Event

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class SetAside:
    """A record that the hub could not take, whose key belongs to a file: the file says that it is incomplete."""

    id: str
    reason: str
    type: str | None
    topic: str


@dataclass(slots=True)
class FileInput:
    """Everything but the members that a file's content depends on."""

    root: str
    identifiers: frozenset[str]
    """Those whose effective events are the members."""
    links: tuple[Link, ...]
    """Sorted; every link, standing or not, with an end among the identifiers, ACCUSED_IS included."""
    set_aside: tuple[SetAside, ...]
    """Sorted; records whose key is among the identifiers."""


@dataclass(slots=True)
class FileState:
    """A file while it is folded."""

    given: FileInput
    document: Json
    """Pure JSON values; the stored bytes are this with sorted keys. No PersonDescription nor any part of one."""
    descriptions: dict[str, Json]
    """AccusedRef text -> part of the description -> Fact."""
    joins_changed: bool = True
    """Something was said since the last `finish` that bears on who is who."""
    described: bool = field(default=True, compare=False)
    """A description was entered since the descriptions were last written; whoever writes them resets it."""
    reach: Reach | None = field(default=None, compare=False)
    """What `given` comes to, worked out at first need."""
    named: set[str] = field(default_factory=set, compare=False)
    """The references that the event being applied is about."""
    starts: bool = field(default=False, compare=False)
    """The hearing just entered, or the one in whose place it stands, is for a purpose that starts a clock."""
    unwound: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)
    """Families of the law's clocks that may have changed since the last `finish`: by reference, or of everybody."""


class FileKind(Protocol):
    """A kind of file: its pure fold. `apply` may leave the state half-changed when it raises."""

    @property
    def name(self) -> str:
        """As `document["kind"]` has it."""
        ...

    def start(self, given: FileInput) -> FileState:
        """The file before its first event."""
        ...

    def apply(self, state: FileState, event: Event) -> None:
        """Fold one event on; events come in the order of their sort keys."""
        ...

    def finish(self, state: FileState) -> None:
        """Work out what depends on the whole: cheap when nothing that it depends on has changed."""
        ...
