"""Workers on a real broker and database: whatever happens to them, every record is stored, and once."""

import signal
import time

import pytest
from confluent_kafka import Producer, TopicPartition
from confluent_kafka.admin import AdminClient

from ops.local.ports import free_port
from tests.streams.ground import Ground, metric, wait_until

pytestmark = pytest.mark.stack

SHORT = 6.0
"""Seconds: the shortest session that the broker allows."""
LONG = 30.0


def test_a_worker_stores_all_that_the_topic_holds_and_ends(ground: Ground) -> None:
    ground.publish(20_000)
    ground.catch_up()
    ground.assert_each_exactly_once()
    ground.publish(100)
    ground.catch_up()
    ground.assert_each_exactly_once()


def test_records_of_aborted_transactions_are_not_stored_and_markers_do_not_keep_it_from_ending(
    ground: Ground,
) -> None:
    producer = Producer({"bootstrap.servers": ground.kafka, "transactional.id": ground.name})
    producer.init_transactions(20)
    for kept in (True, False):
        producer.begin_transaction()
        for n in range(60):
            producer.produce(ground.name, str(n).encode(), partition=n % ground.partitions)
        if kept:
            producer.commit_transaction(20)
        else:
            producer.flush(10)
            producer.abort_transaction(20)
    ground.published = 60
    ground.catch_up()
    ground.assert_each_exactly_once()


def test_a_second_worker_takes_its_share_and_gives_it_back_when_told_to_stop(ground: Ground) -> None:
    ground.start(0, session=LONG)
    ground.publish(600)
    wait_until(lambda: ground.stored() == 600)
    second = ground.start(1, session=LONG)
    wait_until(lambda: ground.log(1).exists() and ground.logged(1, "partitions.claimed"))
    ground.publish(600)
    wait_until(lambda: ground.stored() == 1200)
    assert ground.owners() == {"0", "1"}
    second.terminate()
    assert second.wait(20) == 0
    ground.publish(600)
    # At once, not only after the session's time-out: it left the group.
    wait_until(lambda: ground.stored() == 1800, LONG - 5)
    ground.assert_each_exactly_once()


def test_a_worker_killed_in_mid_transaction_loses_and_repeats_nothing(ground: Ground) -> None:
    ground.publish(3000)
    first = ground.start(0, dwell=2.0, session=LONG)
    wait_until(lambda: in_transaction(ground))
    first.kill()
    first.wait()
    assert ground.stored() == 0
    ground.start(0, session=LONG)
    # The same slot: it is given its partitions back without waiting for the dead one's session to end.
    wait_until(lambda: ground.stored() == 3000, LONG - 5)
    ground.assert_each_exactly_once()


def test_a_frozen_worker_that_wakes_after_its_session_is_fenced(ground: Ground) -> None:
    ground.publish(3000)
    frozen = ground.start(0, dwell=2.0, session=SHORT)
    wait_until(lambda: in_transaction(ground))
    frozen.send_signal(signal.SIGSTOP)
    ground.start(1, session=SHORT)
    wait_until(lambda: ground.stored() == 3000, 60)
    assert ground.owners() == {"1"}
    frozen.send_signal(signal.SIGCONT)
    ground.publish(3000)
    ground.assert_each_exactly_once()
    wait_until(lambda: len(ground.logged(0, "partitions.claimed")) > 1)
    assert frozen.poll() is None


def test_partitions_lost_in_mid_gather_are_left_out_and_the_rest_goes_on(ground: Ground) -> None:
    port = free_port()
    ground.start(0, dwell=1.0, session=LONG, metrics_port=port)
    ground.publish(60)
    wait_until(lambda: ground.stored() == 60)
    ground.publish(60)
    wait_until(lambda: in_transaction(ground))
    ground.steal([0, 1])
    ground.publish(600)
    of_the_rest = "SELECT count(*) FROM stored WHERE partition > 1"
    wait_until(lambda: ground.query(of_the_rest)[0][0] == 720 // 6 * 4)
    assert metric(port, "sangam_partitions_lost_total") == 2
    assert metric(port, "sangam_partitions_stopped") == 2
    # Nobody has them in the group's eyes but this worker: it takes them back.
    ground.assert_each_exactly_once()
    assert metric(port, "sangam_partitions_stopped") == 0


def test_an_offset_that_the_log_no_longer_has_stops_its_partition_alone_and_loudly(ground: Ground) -> None:
    ground.publish(600)
    admin = AdminClient({"bootstrap.servers": ground.kafka})
    for answer in admin.delete_records([TopicPartition(ground.name, 2, 50)]).values():
        answer.result()
    port = free_port()
    worker = ground.start(0, metrics_port=port)
    wait_until(lambda: ground.stored() == 500)
    wait_until(lambda: metric(port, "sangam_partitions_stopped") == 1)
    [alarm] = ground.logged(0, "partition.out_of_range")
    assert (alarm["level"], alarm["partition"], alarm["offset"]) == ("ERROR", 2, 0)
    ground.publish(600)
    wait_until(lambda: ground.stored() == 1000)
    assert ground.query("SELECT count(*) FROM stored WHERE partition = 2") == [(0,)]
    assert worker.poll() is None


def test_a_topic_made_anew_is_read_from_its_own_beginning(ground: Ground) -> None:
    ground.publish(600)
    ground.catch_up()
    admin = AdminClient({"bootstrap.servers": ground.kafka})
    admin.delete_topics([ground.name])[ground.name].result()
    time.sleep(1)
    ground.create_topic()
    ground.publish(60)
    ground.catch_up()
    ground.assert_each_exactly_once()


def in_transaction(ground: Ground) -> bool:
    """A batch is between its first and its last statement."""
    return bool(
        ground.query(
            "SELECT FROM pg_stat_activity a JOIN pg_locks l USING (pid)"
            f" WHERE a.state = 'idle in transaction' AND l.relation = '{ground.name}.stored'::regclass"
        )
    )
