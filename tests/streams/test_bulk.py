"""The bulk reader on a real broker."""

import pytest
from confluent_kafka import KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

from streams.bulk import read_up_to
from streams.topics import Topics
from tests.streams.ground import Ground

pytestmark = pytest.mark.stack


def test_it_reads_each_partition_in_order_from_its_start_to_its_end_and_no_further(ground: Ground) -> None:
    ground.publish(6000)
    topics = Topics(ground.kafka)
    partitions = topics.partitions({ground.name})
    ends = topics.ends(partitions)
    ground.publish(600)
    starts = {(ground.name, 0): 400, (ground.name, 1): 1000}
    told: list[tuple[int, int]] = []
    batches = list(
        read_up_to(
            ground.kafka, starts, ends, size=500, progress=lambda done, total: told.append((done, total))
        )
    )
    assert max(len(batch) for batch in batches) <= 500
    records = [record for batch in batches for record in batch]
    for tp in sorted(partitions):
        offsets = [record.offset for record in records if (record.topic, record.partition) == tp]
        assert offsets == list(range(starts.get(tp, 0), 1000))
    assert told[-1] == (4600, 4600)
    assert told == sorted(told)
    assert records[0].timestamp_ms > 0
    assert records[0].value is not None


def test_it_ends_at_markers_of_transactions_and_leaves_aborted_records_out(ground: Ground) -> None:
    producer = Producer({"bootstrap.servers": ground.kafka, "transactional.id": ground.name})
    producer.init_transactions(20)
    for kept in (True, False):
        producer.begin_transaction()
        producer.produce(ground.name, b"kept" if kept else b"aborted", partition=0)
        producer.flush(10)
        if kept:
            producer.commit_transaction(20)
        else:
            producer.abort_transaction(20)
    topics = Topics(ground.kafka)
    ends = topics.ends({(ground.name, 0)})
    [[record]] = read_up_to(ground.kafka, {}, ends)
    assert record.value == b"kept"


def test_an_offset_that_the_log_no_longer_has_is_an_error(ground: Ground) -> None:
    ground.publish(600)
    admin = AdminClient({"bootstrap.servers": ground.kafka})
    for answer in admin.delete_records([TopicPartition(ground.name, 2, 50)]).values():
        answer.result()
    with pytest.raises(KafkaException):
        list(read_up_to(ground.kafka, {}, {(ground.name, 2): 100}))
