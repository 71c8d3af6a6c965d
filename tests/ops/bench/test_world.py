"""The world that the bench measures on."""

from __future__ import annotations

from ops.bench.world import cases_for, in_fetches, records
from schemas.writers import table_of_all


def test_the_world_has_more_than_twenty_events_a_case() -> None:
    log = list(records(3000, table_of_all().id_of))
    assert len(log) / cases_for(3000) >= 20


def test_the_same_seed_gives_the_same_bytes() -> None:
    one, two = (list(records(300, table_of_all().id_of)) for _ in range(2))
    assert one == two


def test_offsets_of_a_partition_have_no_holes_and_a_key_stays_in_its_partition() -> None:
    places: dict[tuple[str, bytes | None], set[int]] = {}
    ends: dict[tuple[str, int], int] = {}
    for raw in records(600, table_of_all().id_of):
        tp = raw.topic, raw.partition
        assert raw.offset == ends.get(tp, 0)
        ends[tp] = raw.offset + 1
        places.setdefault((raw.topic, raw.key), set()).add(raw.partition)
    assert all(len(partitions) == 1 for partitions in places.values())


def test_a_worker_that_is_far_behind_meets_every_record_once_in_offset_order_of_its_partition() -> None:
    log = list(records(600, table_of_all().id_of))
    met = in_fetches(log, 7)
    assert sorted(met) == sorted(log)
    last: dict[tuple[str, int], int] = {}
    for raw in met:
        assert raw.offset == last.get((raw.topic, raw.partition), -1) + 1
        last[raw.topic, raw.partition] = raw.offset
