"""What the broker says about topics: their ids, and how far their partitions reach."""

from collections.abc import Iterable, Set
from typing import Any
from uuid import UUID

from confluent_kafka import IsolationLevel, TopicCollection, TopicPartition
from confluent_kafka import admin as kafka_admin

from ops.base.brokers import client_config
from projections.store.ports import TP

PATIENCE = 10.0


class Topics:
    """Asks the broker. Blocking; raises confluent_kafka.KafkaException when it does not answer or a topic is
    unknown.

    Keeps its client: an AdminClient that nobody holds is collected before its answers come.
    """

    def __init__(self, kafka: str) -> None:
        self._admin: Any = kafka_admin.AdminClient(client_config(kafka))

    def ids(self, topics: Set[str]) -> dict[str, UUID]:
        """Topic -> its id. A topic that was deleted and created anew has another one."""
        return {name: _uuid(found.topic_id) for name, found in self._described(topics).items()}

    def partitions(self, topics: Set[str]) -> set[TP]:
        """All partitions of these topics."""
        return {(name, p.id) for name, found in self._described(topics).items() for p in found.partitions}

    def ends(self, partitions: Iterable[TP]) -> dict[TP, int]:
        """The offset after the last record of each partition that a reader of committed records can see."""
        return self._offsets(partitions, kafka_admin.OffsetSpec.latest())  # type: ignore[attr-defined,no-untyped-call]

    def starts(self, partitions: Iterable[TP]) -> dict[TP, int]:
        """The offset of the first record that is still in the log, of each partition."""
        return self._offsets(partitions, kafka_admin.OffsetSpec.earliest())  # type: ignore[attr-defined,no-untyped-call]

    def _offsets(self, partitions: Iterable[TP], which: Any) -> dict[TP, int]:
        wanted = {TopicPartition(topic, partition): which for topic, partition in partitions}
        if not wanted:
            return {}
        answers = self._admin.list_offsets(
            wanted, isolation_level=IsolationLevel.READ_COMMITTED, request_timeout=PATIENCE
        )
        return {(tp.topic, tp.partition): answer.result(PATIENCE).offset for tp, answer in answers.items()}

    def _described(self, topics: Set[str]) -> dict[str, Any]:
        answers = self._admin.describe_topics(TopicCollection(sorted(topics)), request_timeout=PATIENCE)
        return {name: answer.result(PATIENCE) for name, answer in answers.items()}


def _uuid(topic_id: Any) -> UUID:
    most, least = topic_id.get_most_significant_bits(), topic_id.get_least_significant_bits()
    return UUID(int=(most & (2**64 - 1)) << 64 | least & (2**64 - 1))
