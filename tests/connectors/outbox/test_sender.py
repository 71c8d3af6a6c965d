"""From the outbox to the real broker: everything once, what is refused voided alone, what was kept before an update."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from confluent_kafka import admin

from connectors.outbox.records import State
from connectors.sdk import ConflictError, Connector
from ops.base.settings import Settings
from schemas.codec import Decoder
from schemas.event import Event
from schemas.events.court import HearingHeld
from schemas.reasons import FaultError
from schemas.registry import RegistrySchemas, client
from schemas.windows import ABOUT_NUMBERS, SEQUENCE_VOIDED, WINDOW_CLOSED
from streams.bulk import read_up_to
from streams.topics import Topics
from tests.connectors.outbox.given import EPOCH, opened, row

TOPIC = "court.events"
KAFKA: Any = admin
"""The package names its classes without exporting them."""
Record = dict[str, Any]


def hearing(n: int, source: str, **body: Any) -> tuple[str, Record]:
    """An event as a department's program gives it: without its number, and without what has a default."""
    record = row(n, source).record
    kept = ("source", "source_record", "occurred_at", "recorded_at", "anchor")
    return "court.HearingHeld", {
        "envelope": {name: record["envelope"][name] for name in kept},
        "court": record["court"],
        **body,
    }


@pytest.fixture
def source(topic_prefix: str) -> str:
    """A source of the test's own, since the stack's topics are shared."""
    return f"court.cis/{topic_prefix}"


@pytest.fixture
def connector(stack: Settings, tmp_path: Path) -> Iterator[Connector]:
    with Connector(tmp_path, stack.require_kafka(), stack.require_registry()) as opened_:
        yield opened_


def arrived(stack: Settings, source: str) -> list[Event]:
    """The events of a source in its topic, as the hub decodes them, in order of number."""
    topics = Topics(stack.require_kafka())
    ends = topics.ends(topics.partitions({TOPIC}))
    with client(stack.require_registry()) as registry:
        decoder = Decoder(RegistrySchemas(registry))
        batches = read_up_to(stack.require_kafka(), dict.fromkeys(ends, 0), ends)
        records = [r for batch in batches for r in batch if ("ce_source", source.encode()) in r.headers]
        events = [decoder.decode(r.topic, r.key, r.value, r.headers) for r in records]
    return sorted(events, key=lambda event: event.source_seq)


@pytest.mark.stack
def test_what_is_published_arrives_once_and_the_window_says_how_much_it_was(
    stack: Settings, connector: Connector, source: str
) -> None:
    kept = connector.publish_all(hearing(n, source) for n in range(1, 301))
    again = connector.publish_all(hearing(n, source) for n in range(1, 301))
    assert [k.event_id for k in kept] == [k.event_id for k in again]
    assert connector.flush(60)
    events = arrived(stack, source)
    assert [(e.event_id, e.source_seq) for e in events[:-1]] == [(k.event_id, k.seq) for k in kept]
    assert events[-1].type == WINDOW_CLOSED
    assert (events[-1].body["first_seq"], events[-1].body["count"], events[-1].source_seq) == (1, 300, 301)
    receipt = connector.receipt(kept[0].event_id)
    assert receipt is not None
    assert receipt.state is State.SENT


@pytest.mark.stack
def test_a_typed_record_is_published_as_it_is(connector: Connector, source: str) -> None:
    whole: HearingHeld = cast(HearingHeld, row(1, source).record)
    assert connector.publish("court.HearingHeld", whole).seq == 1


@pytest.mark.stack
def test_an_invalid_event_gets_no_number_and_an_id_stands_for_one_content(
    connector: Connector, source: str
) -> None:
    event, record = hearing(1, source)
    with pytest.raises(FaultError):
        connector.publish(
            event,
            record
            | {
                "envelope": record["envelope"]
                | {"occurred_at": row(1).record["envelope"]["recorded_at"].replace(year=2030)}
            },
        )
    named = {"event_id": UUID(int=99), **record["envelope"], "source": source}
    assert connector.publish(event, record | {"envelope": named}).seq == 1
    with pytest.raises(ConflictError):
        connector.publish(event, record | {"envelope": named, "court": "BRPA01-OTHER"})


@pytest.mark.stack
def test_what_the_broker_refuses_is_voided_alone_and_those_beside_it_arrive(
    stack: Settings, tmp_path: Path, source: str
) -> None:
    texts = random.Random(1).randbytes(30_000).hex()  # which no compression makes small
    with (
        Connector(tmp_path, stack.require_kafka(), stack.require_registry()) as connector,
        smaller(stack, 40_000),
    ):
        events = [hearing(n, source, **({"purpose": texts} if n == 20 else {})) for n in range(1, 41)]
        kept = connector.publish_all(events)
        assert connector.flush(60)
        assert {connector.receipt(k.event_id).state for k in kept if k.seq != 20} == {State.SENT}  # type: ignore[union-attr]
        voided = connector.receipt(kept[19].event_id)
        assert voided is not None
        assert (voided.state, voided.reason) == (State.VOIDED, "MSG_SIZE_TOO_LARGE")
    found = arrived(stack, source)
    assert [e.source_seq for e in found] == [*range(1, 20), *range(21, len(found) + 2)]
    (notice,) = [e for e in found if e.type == SEQUENCE_VOIDED]
    assert (notice.body["voided_seq"], notice.body["voided_event"]) == (20, str(kept[19].event_id))


class smaller:  # noqa: N801 - reads as the state that it makes
    """The topic takes only batches up to so many bytes, while the block runs."""

    def __init__(self, stack: Settings, most: int) -> None:
        self._admin = KAFKA.AdminClient({"bootstrap.servers": stack.require_kafka()})
        self._most = str(most)

    def __enter__(self) -> None:
        self._change(KAFKA.AlterConfigOpType.SET)

    def __exit__(self, *error: object) -> None:
        self._change(KAFKA.AlterConfigOpType.DELETE)

    def _change(self, how: Any) -> None:
        entry = KAFKA.ConfigEntry("max.message.bytes", self._most, incremental_operation=how)
        wanted = KAFKA.ConfigResource(KAFKA.ResourceType.TOPIC, TOPIC, incremental_configs=[entry])
        for done in self._admin.incremental_alter_configs([wanted]).values():
            done.result(20)


@pytest.mark.stack
def test_what_was_kept_while_nobody_answered_arrives_once_somebody_does(
    stack: Settings, tmp_path: Path, source: str
) -> None:
    with Connector(tmp_path, "127.0.0.1:1", "http://127.0.0.1:1") as lonely:
        kept = lonely.publish(*hearing(1, source))
        assert not lonely.flush(0.3)
        until = time.monotonic() + 10
        while lonely.sender.trouble is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        assert lonely.sender.trouble == "REGISTRY_UNREACHABLE"
    with Connector(tmp_path, stack.require_kafka(), stack.require_registry()) as connector:
        assert connector.flush(60)
    assert [(e.event_id, e.type) for e in arrived(stack, source) if e.type not in ABOUT_NUMBERS] == [
        (kept.event_id, "court.HearingHeld")
    ]


@pytest.mark.stack
def test_a_body_kept_before_the_program_was_updated_is_sent_as_the_schema_of_today_has_it(
    stack: Settings, tmp_path: Path, source: str
) -> None:
    with opened(tmp_path) as outbox:
        outbox.keep([row(1, source)])
        # As an older program left it: the same schema, but its text, and so its fingerprint, another.
        with outbox.database.writing() as conn:
            (text,) = conn.execute("SELECT schema FROM writer").fetchone()
            older = text.replace('"name":"HearingHeld"', '"name":"HearingHeld","aliases":["Hearing"]')
            conn.execute("UPDATE writer SET mark = ?, schema = ?", (b"an older mark", older))
    with Connector(tmp_path, stack.require_kafka(), stack.require_registry()) as connector:
        assert connector.sender.drain(60)
    event, *notices = arrived(stack, source)
    assert {notice.type for notice in notices} <= ABOUT_NUMBERS
    assert (event.event_id, event.source_epoch, event.body["court"]) == (
        row(1, source).event_id,
        EPOCH,
        "BRPA01-1",
    )
