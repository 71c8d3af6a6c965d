"""The publisher SDK: what a department's own program in Python publishes with.

    with Connector(Path("/var/lib/sangam"), kafka, registry) as connector:
        kept = connector.publish("court.HearingHeld", {"envelope": {…}, "hearing_date": date(2025, 3, 1), …})
        connector.receipt(kept.event_id)

Promises: an invalid event is refused before it gets a number; what `publish` returns for is on this machine's disk,
numbered, and will arrive, whatever crashes or is away meanwhile; sent again it is the same event. A field left out has
its schema's default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Final
from uuid import UUID

from connectors.outbox.drafts import NO_ID, Draft, draft
from connectors.outbox.records import Kept, Outcome, Receipt
from connectors.outbox.sender import WINDOW, Sender
from connectors.outbox.store import Outbox
from connectors.publisher import Publisher
from connectors.schema_ids import schema_ids
from connectors.secret import connector_key
from ops.base.clock import Clock, SystemClock

Record = Mapping[str, Any]
"""An event: one of schemas.events, as `hearing: HearingHeld = {…}`, which mypy checks, or any mapping of its fields."""

_KEY: Final = "connector.key"
_LAST_EVENTS: Final = 5.0  # seconds that the end waits for what is on its way
_ONE_TRY: Final = 30.0  # seconds that a connection tries to bring one event; the outbox tries for ever


class ConflictError(ValueError):
    """The id or the number of an event was given to another event: nothing was kept."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(f"{kept.outcome}: event {kept.event_id} differs from what was published before")
        self.kept = kept


class Connector:
    """One department's connector: its outbox in a folder, its secret, and what sends. One process a folder."""

    def __init__(
        self,
        folder: Path,
        kafka: str,
        registry: str,
        *,
        window: timedelta = WINDOW,
        clock: Clock | None = None,
    ) -> None:
        """`window`: how long before a source's numbers are stated in a manifest.

        Raises OutboxUnavailable, and ValueError where the folder's secret is no key.
        """
        self.outbox = Outbox(folder, clock or SystemClock())
        try:
            self.salt_key = connector_key(folder / _KEY)
        except ValueError:
            self.outbox.close()
            raise
        ids = schema_ids(registry)
        self.sender = Sender(self.outbox, lambda: Publisher(kafka, ids, timeout_seconds=_ONE_TRY), window)
        self.sender.start()

    def __enter__(self) -> Connector:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """State the numbers given and stop to send. What has not arrived is sent when the folder is next opened."""
        try:
            self.outbox.close_windows()
            if self.sender.trouble is None:
                self.sender.drain(_LAST_EVENTS)
        finally:
            self.sender.stop()
            self.outbox.close()

    def publish(self, event: str, record: Record) -> Kept:
        """Keep one event, to be sent; the number that it got. `source_seq` is given here, whatever the record says;
        an `event_id` that is left out is derived from source, row and content.

        Raises FaultError for an invalid event, ConflictError for an id that another event has, and OutboxUnavailable.
        """
        (kept,) = self.publish_all([(event, record)])
        return kept

    def publish_all(self, events: Iterable[tuple[str, Record]]) -> list[Kept]:
        """Keep several events, all or none. Raises as `publish`; an event of an earlier call is KNOWN."""
        told = self.keep([self.draft(event, record) for event, record in events])
        for kept in told:
            if kept.outcome is Outcome.ID_REUSED:
                raise ConflictError(kept)
        return told

    def draft(self, event: str, record: Record) -> Draft:
        """An event checked and completed, as `keep` takes it. Raises FaultError."""
        envelope = {"event_id": NO_ID} | record["envelope"] | {"source_epoch": 1, "source_seq": 1}
        return draft(event, {**record, "envelope": envelope}, self.salt_key)

    def keep(self, drafts: list[Draft], traceparent: str | None = None) -> list[Kept]:
        """Keep drafts, and let them be sent; what became of each. Raises OutboxUnavailable."""
        told = self.outbox.keep(drafts, traceparent)
        self.sender.wake()
        return told

    def receipt(self, event_id: UUID) -> Receipt | None:
        """What became of an event; None if none of this id was published here in the last days."""
        return self.outbox.receipt(event_id)

    def flush(self, seconds: float) -> bool:
        """Close all windows and wait until everything is acknowledged; whether it was, in time."""
        self.outbox.close_windows()
        return self.sender.drain(seconds)
