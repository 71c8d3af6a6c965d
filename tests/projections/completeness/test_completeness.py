"""The hub knows what it has not received: each loss by source and number, and no false alarm."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.completeness import settling
from projections.completeness.report import Report, report
from projections.completeness.runs import GREATEST, literal, runs
from projections.store.batch import HubProjector
from projections.store.ports import RawRecord
from schemas.windows import source_identifier
from tests.projections.store.ground import Ground
from tests.projections.store.hands import TOPIC, TOPIC_ID, event
from tests.projections.store.worlds import encoded, new_intake

Json = dict[str, Any]
START = 1_740_000_000_000
LONG_AFTER = datetime.fromtimestamp(START / 1000, UTC) + timedelta(days=400)
PARTITION = (TOPIC, 0)
FIRS = [f"FIR:BR-PATKOT-2025-{n:04}" for n in range(1, 6)]


@given(st.sets(st.integers(-2, 60)))
def test_runs_hold_the_numbers_and_no_others(numbers: set[int]) -> None:
    found = runs(numbers)
    assert {n for low, high in found for n in range(low, high + 1)} == {n for n in numbers if n > 0}
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(found))


def test_a_number_that_counts_nothing_is_passed_over() -> None:
    assert literal(runs([GREATEST, GREATEST - 1, 0])) == f"{{[{GREATEST - 1},{GREATEST - 1}]}}"


def numbered(source: str, n: int, *, epoch: int = 1, event_id: UUID | None = None) -> Json:
    plain = event(
        "police.SectionsAltered", FIRS[n % len(FIRS)], n, source=source, source_record=f"{source}/{n}"
    )
    plain["envelope"] |= {"source_epoch": epoch, "event_id": str(event_id or uuid4())}
    return plain


def about_numbers(kind: str, source: str, n: int, **body: Any) -> Json:
    plain = event(
        kind, f"SOURCE:{source_identifier(source)['value']}", n, source=source, source_record=f"{kind}/{n}"
    )
    plain["envelope"]["event_id"] = str(uuid4())
    return plain | body


def sent(plain: Json, at: int = START) -> RawRecord:
    return encoded(plain, at)


@pytest.fixture(scope="module")
def ground(postgres: str) -> Ground:
    name = f"complete_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return Ground(f"{postgres.rpartition('/')[0]}/{name}")


@pytest.fixture
def empty(ground: Ground) -> Ground:
    ground.empty()
    with ground.connect() as conn:
        conn.execute("TRUNCATE arrived, numbered, gap")
    return ground


def project(ground: Ground, records: Sequence[RawRecord]) -> None:
    """Store records behind those that the topic's one partition has already."""
    projector = HubProjector(ground.database, ground.name, new_intake())
    try:
        claims = projector.assign({PARTITION: TOPIC_ID})
        begun = claims[PARTITION].next_offset
        placed = [one._replace(partition=0, offset=begun + n) for n, one in enumerate(records)]
        for at in range(0, len(placed), 40):
            projector.project(projector.prepare(placed[at : at + 40]), claims)
    finally:
        projector.close()


def told(ground: Ground, records: Sequence[RawRecord], now: datetime = LONG_AFTER) -> Report:
    project(ground, records)
    with ground.connect() as conn:
        settling.settle(conn)
        return report(conn, now)


def missing(found: Report, source: str) -> list[int]:
    return [
        n
        for one in found.sources
        if one.source == source
        for gap in one.gaps
        if gap.certain
        for n in range(gap.first, gap.last + 1)
    ]


@pytest.mark.stack
@pytest.mark.parametrize(("seed", "parts"), [(1, 1), (2, 3), (3, 2)])
def test_every_loss_is_named_and_nothing_else(empty: Ground, seed: int, parts: int) -> None:
    ground = empty
    chance = random.Random(seed)
    sources = [f"police.cctns/PS-{name}" for name in "ABC"]
    events = [(source, n) for source in sources for n in range(1, 41)]
    stated = {
        source: about_numbers("common.WindowClosed", source, 41, first_seq=1, last_seq=40)
        for source in sources
    }
    lost = {one for one in events if chance.random() < 0.1}
    records: list[RawRecord] = [sent(plain) for plain in stated.values()]
    for source, n in events:
        if (source, n) in lost:
            continue
        record = sent(numbered(source, n))
        roll = chance.random()
        if roll < 0.1:  # unreadable, but its headers name it
            record = record._replace(value=(record.value or b"")[:-4])
        records.append(record)
        if roll > 0.9:  # again, to the letter
            records.append(record)
        elif roll > 0.8:  # again under another id and the next free number
            again = numbered(source, n)
            again["envelope"] |= {"source_seq": 41 + n + 100}
    chance.shuffle(records)
    size = max(1, len(records) // parts)
    for at in range(0, len(records), size):
        found = told(ground, records[at : at + size])
    for source in sources:
        assert missing(found, source) == sorted(n for name, n in lost if name == source)
    refused = sum(count for one in found.sources for count in one.refused.values())
    with ground.connect() as conn:
        row = conn.execute("SELECT count(*) FROM set_aside").fetchone()
    assert row is not None
    assert refused == row[0]
    assert found.nameless == {}
    # What was lost comes after all: everything closes by itself.
    late = told(ground, [sent(numbered(source, n), START + 3_600_000) for source, n in sorted(lost)])
    assert [missing(late, source) for source in sources] == [[], [], []]
    assert sum(one.late for one in late.sources) == len(lost)


@pytest.mark.stack
def test_a_number_on_its_way_is_no_loss_yet(empty: Ground) -> None:
    source = "police.cctns/PS-X"
    just_now = datetime.fromtimestamp(START / 1000, UTC) + settling.ON_ITS_WAY / 2
    found = told(empty, [sent(numbered(source, 1)), sent(numbered(source, 3))], just_now)
    assert [(gap.first, gap.last, gap.certain) for gap in found.sources[0].gaps] == [(2, 2, False)]
    assert missing(told(empty, [], just_now + settling.ON_ITS_WAY), source) == [2]


@pytest.mark.stack
def test_a_gap_waits_for_a_partition_that_is_behind(empty: Ground) -> None:
    source = "police.cctns/PS-X"
    told(empty, [sent(numbered(source, 1)), sent(numbered(source, 3))])
    with empty.connect() as conn:
        conn.execute("UPDATE watermark SET appended_at = appended_at - interval '1 hour'")
        rows = conn.execute("SELECT topic, partition, next_offset FROM watermark").fetchall()
        behind = {(topic, partition): offset + 5 for topic, partition, offset in rows}
        waiting = report(conn, LONG_AFTER, behind)
        read = report(conn, LONG_AFTER, {tp: offset - 5 for tp, offset in behind.items()})
    assert missing(waiting, source) == []
    assert [topic.waiting for topic in waiting.topics] == [5 * len(behind)]
    assert not waiting.complete
    assert missing(read, source) == [2]


@pytest.mark.stack
def test_a_loss_at_the_end_is_known_from_the_manifest(empty: Ground) -> None:
    source = "police.cctns/PS-X"
    closed = about_numbers("common.WindowClosed", source, 6, first_seq=1, last_seq=5, count=5)
    found = told(empty, [sent(numbered(source, n)) for n in (1, 2, 3)] + [sent(closed)])
    assert missing(found, source) == [4, 5]


@pytest.mark.stack
def test_a_voided_number_is_no_gap(empty: Ground) -> None:
    source = "police.cctns/PS-X"
    void = about_numbers("common.SequenceVoided", source, 4, voided_seq=2, reason="MSG_SIZE_TOO_LARGE")
    found = told(empty, [sent(numbered(source, n)) for n in (1, 3)] + [sent(void)])
    assert missing(found, source) == []
    assert (found.sources[0].voided, found.complete) == (1, True)


@pytest.mark.stack
def test_the_same_row_under_another_number_leaves_no_gap(empty: Ground) -> None:
    source = "police.cctns/PS-X"
    first, again = numbered(source, 1), numbered(source, 1)
    again["envelope"]["source_seq"] = 2
    found = told(empty, [sent(first), sent(again), sent(numbered(source, 3))])
    assert missing(found, source) == []


@pytest.mark.stack
def test_epochs_of_a_source_are_counted_apart(empty: Ground) -> None:
    source = "police.cctns/PS-X"
    found = told(empty, [sent(numbered(source, 1)), sent(numbered(source, 2, epoch=2))])
    assert [(one.epoch, one.received, [gap.first for gap in one.gaps]) for one in found.sources] == [
        (1, 1, []),
        (2, 1, [1]),
    ]


@pytest.mark.stack
def test_a_poison_record_that_names_nobody_is_counted_by_its_topic(empty: Ground) -> None:
    record = sent(numbered("police.cctns/PS-X", 1))._replace(value=b"poison", headers=(), key=b"?")
    found = told(empty, [record])
    assert found.nameless == {("police.events", "NOT_FRAMED"): 1}
    assert not found.complete


@pytest.mark.stack
def test_two_workers_add_up_one_at_a_time(empty: Ground) -> None:
    with empty.connect() as one, empty.connect() as two, one.transaction():
        one.execute(settling._LOCK)
        assert settling.settle(two) is None
