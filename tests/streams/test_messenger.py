"""The messenger on the real broker: what it does when it dies, is replaced, or the generation changes under it."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime

import psycopg
import pytest
from confluent_kafka import KafkaException

from ops.base.settings import Settings
from ops.hub import messenger
from projections.messages.outbound import Outgoing, outgoing
from projections.store import generation
from schemas.topics import ALARMS, CASE_STATUS, RECEIPTS
from streams import bulk
from streams.messenger import LEASE, run_messenger
from streams.outbound import Sender
from tests.stories.telling import DAY, TODAY, Case, Moving, Telling, hub_of
from tests.streams.ground import wait_until

pytestmark = pytest.mark.stack


@pytest.fixture
def telling(stack: Settings, database: str, monkeypatch: pytest.MonkeyPatch) -> Telling:
    # There is little to read each time, and much is asked: whether a topic ends is waited for shortly.
    monkeypatch.setattr(bulk, "POLL", 0.1)
    return Telling(hub_of(stack, database))


def put(telling: Telling, *events: dict[str, object]) -> None:
    telling.hub.project(*(telling.hub.encoded(event) for event in events))
    telling.reach()


def test_a_messenger_that_dies_between_telling_and_noting_it_has_told_each_alarm_and_status_once(
    telling: Telling,
) -> None:
    case = Case(9001)
    since = TODAY - 20 * DAY
    put(telling, case.registered(since), case.remanded(since, TODAY - 6 * DAY))
    database = telling.hub.settings.require_database()
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute(
            "CREATE FUNCTION sangam.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'it dies'; END $$;"
            "CREATE TRIGGER refuse BEFORE INSERT ON sangam.status_sent EXECUTE FUNCTION sangam.refuse();"
            "CREATE TRIGGER refuse BEFORE INSERT ON sangam.alarm EXECUTE FUNCTION sangam.refuse()"
        )
        # It dies with the statuses told and not noted, and then with the alarms.
        for table in ("status_sent", "alarm"):
            with pytest.raises(psycopg.Error, match="it dies"):
                telling.tell()
            conn.execute(f"DROP TRIGGER refuse ON sangam.{table}".encode())
    wait_until(lambda: telling.tell() == [])
    told = Counter((m.topic, m.key) for m in telling.everything() if case.fir in str(m.record))
    alarms = {key: many for (topic, key), many in told.items() if topic == ALARMS}
    statuses = {key: many for (topic, key), many in told.items() if topic == CASE_STATUS}
    assert alarms
    assert set(alarms.values()) == set(statuses.values()) == {1}


def test_a_former_sender_can_send_nothing_after_the_next_has_begun(
    stack: Settings, topic_prefix: str
) -> None:
    office = messenger(stack, Moving())

    def message(key: str) -> Outgoing:
        content = {"event_id": key, "source": "police.tests/1"}
        return outgoing(RECEIPTS, "hub.EventProjected", key, content, None, datetime.now(UTC), "g1")

    former = Sender(office.kafka, topic_prefix, office.writer)
    assert former.send([message("before")])
    present = Sender(office.kafka, topic_prefix, office.writer)
    with pytest.raises(KafkaException):
        former.send([message("after")])
    assert present.send([message("now")])


def test_a_switch_of_generation_is_followed_without_a_restart_and_the_lease_goes_from_one_to_the_next(
    telling: Telling,
) -> None:
    case = Case(9002)
    database = telling.hub.settings.require_database()
    office = messenger(telling.hub.settings, telling.clock)
    told_to_stop = [threading.Event(), threading.Event()]
    threads = [threading.Thread(target=run_messenger, args=(office, told)) for told in told_to_stop]

    def holders() -> int:
        query = "SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted"
        return int(telling.hub.rows(query, LEASE)[0][0])

    def waiting(schema: str) -> int:
        return int(telling.hub.rows(f"SELECT count(*)::int FROM {schema}.outbox")[0][0])

    for thread in threads:
        thread.start()
    try:
        put(telling, case.registered(TODAY))
        wait_until(lambda: waiting(telling.hub.name) == 0)
        assert holders() == 1
        other = generation.create(database)
        generation.switch(database, other)
        telling.hub.name = other
        wait_until(lambda: waiting(other) == 0)
        put(telling, case.arrested(TODAY))
        wait_until(lambda: waiting(other) == 0)
        # One of the two ends, be it the holder or not: the other goes on telling.
        told_to_stop[0].set()
        threads[0].join(30)
        put(telling, case.remanded(TODAY, TODAY + 14 * DAY))
        wait_until(lambda: waiting(other) == 0)
    finally:
        for told in told_to_stop:
            told.set()
        for thread in threads:
            thread.join(30)
            assert not thread.is_alive()
    receipts = {m.key for m in telling.told() if m.topic == RECEIPTS}
    assert len(receipts) == 3
