"""Records sent through the real broker into a hub of the test's own, and what its files then are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson
from confluent_kafka import Producer

from connectors.publisher import topic_of
from connectors.schema_ids import schema_ids
from ops import hub
from ops.base.settings import Settings
from projections.store import generation
from projections.store.packing import unpack
from projections.store.ports import TP
from schemas.codec import Encoder
from schemas.complete import complete
from schemas.plain import from_plain
from schemas.topics import SOURCE_TOPICS
from streams.bulk import read_up_to
from streams.topics import Topics

Json = dict[str, Any]


class Raw(NamedTuple):
    """A record as a publisher hands it to the broker."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]]


@dataclass
class Hub:
    """A generation of its own on a broker and a registry that others use too; it holds what was sent through it."""

    settings: Settings
    name: str = field(init=False)
    starts: dict[TP, int] = field(init=False)

    def __post_init__(self) -> None:
        self.name = generation.prepare(self.settings.require_database())
        self._encoder = Encoder(schema_ids(self.settings.require_registry()))
        self.starts = self._ends()

    def encoded(self, plain: Json) -> Raw:
        """An event in plain form, completed as a publisher does, and encoded without a check."""
        kind, record = from_plain(plain)
        record = complete(kind, record, b"a key of the tests")
        message = self._encoder.encode(kind, record)
        return Raw(topic_of(kind, record), message.key, message.value, list(message.headers))

    def project(self, *records: Raw) -> None:
        """Send them, and project all of them in one batch."""
        producer = Producer(
            {
                "bootstrap.servers": self.settings.require_kafka(),
                "acks": "all",
                "message.max.bytes": 2_000_000,
            }
        )
        for record in records:
            producer.produce(record.topic, record.value, record.key, headers=list(record.headers))
        assert producer.flush(30) == 0
        producer.close()
        ends = self._ends()
        kafka = self.settings.require_kafka()
        found = [r for batch in read_up_to(kafka, self.starts, ends) for r in batch]
        assert len(found) == len(records)
        self.starts = ends
        projector = hub.projector(self.settings, self.name)
        try:
            ids = Topics(kafka).ids({r.topic for r in found})
            claims = projector.assign({(r.topic, r.partition): ids[r.topic] for r in found})
            assert not projector.project(projector.prepare(found), claims).lost
        finally:
            projector.close()

    def file(self, root: str) -> bytes | None:
        """A file's bytes."""
        rows = self.rows("SELECT content FROM file WHERE root = %s", root)
        return unpack(rows[0][0]) if rows and rows[0][0] is not None else None

    def incomplete(self, root: str) -> list[str]:
        """The reasons for which a file says that it is incomplete."""
        content = self.file(root)
        assert content is not None
        return [entry["reason"] for entry in orjson.loads(content)["incomplete"]]

    def rows(self, query: str, *parameters: Any) -> Sequence[tuple[Any, ...]]:
        with generation.connect(self.settings.require_database(), self.name) as conn:
            return conn.execute(query.encode(), parameters).fetchall()

    def _ends(self) -> dict[TP, int]:
        topics = Topics(self.settings.require_kafka())
        return topics.ends(topics.partitions(set(SOURCE_TOPICS)))
