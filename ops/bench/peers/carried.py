"""Our batch function in another's hands: a projector that claims every partition of the topics at once."""

from __future__ import annotations

from collections.abc import Sequence

from ops.base.settings import Settings
from ops.hub import projector
from projections.store import generation
from projections.store.ports import RawRecord
from streams.topics import Topics

BATCH = 4000


class Carried:
    """One projector on the database of the settings; `project` stores a batch in one transaction. One thread."""

    def __init__(self, settings: Settings, topics: Sequence[str]) -> None:
        asked = Topics(settings.require_kafka())
        ids = asked.ids(set(topics))
        self._hub = projector(settings, generation.prepare(settings.require_database()))
        self._claims = self._hub.assign({tp: ids[tp[0]] for tp in asked.partitions(set(topics))})

    def project(self, records: Sequence[RawRecord]) -> None:
        """Decode and store."""
        self._hub.project(self._hub.prepare(records), self._claims)
