"""A simulated world: the same for the same seed, valid throughout, and like the field in its ratios."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import Any

import orjson
import pytest

from connectors.publisher import topic_of
from ops.simulate import CALM, HARSH, USUAL, Disorder, Settings, World, simulate, stream
from schemas.codec import Decoder, Encoder
from schemas.plain import to_plain
from schemas.writers import table_of_all


def lines(world: World) -> list[bytes]:
    return [orjson.dumps(to_plain(event, record)) for event, record in world.events]


@pytest.fixture(scope="module")
def harsh() -> World:
    return simulate(Settings(80, 120, 11, HARSH))


def test_a_seed_gives_the_same_bytes_and_the_same_truth(harsh: World) -> None:
    again = simulate(harsh.settings)
    assert lines(again) == lines(harsh)
    assert list(again.truth.accused()) == list(harsh.truth.accused())


def test_another_seed_gives_another_world(harsh: World) -> None:
    other = simulate(Settings(80, 120, 12, HARSH))
    assert lines(other)[:50] != lines(harsh)[:50]


def test_a_stream_gives_what_a_whole_world_holds(harsh: World) -> None:
    source = stream(harsh.settings)
    assert list(source) == harsh.events
    assert list(source.truth.accused()) == list(harsh.truth.accused())
    assert source.lived == 1.0


def test_the_hub_can_read_every_event(harsh: World) -> None:
    table = table_of_all()
    encoder, decoder = Encoder(table.id_of), Decoder(table)
    for event, record in harsh.events:
        message = encoder.encode(event, record)
        decoded = decoder.decode(topic_of(event, record), message.key, message.value, message.headers)
        assert decoded.body == record


def test_numbers_of_a_source_have_no_gap(harsh: World) -> None:
    numbers: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for _, record in harsh.events:
        envelope = record["envelope"]
        numbers[envelope["source"], envelope["source_epoch"]].add(envelope["source_seq"])
    assert any(epoch > 1 for _, epoch in numbers)
    for given in numbers.values():
        assert given == set(range(1, len(given) + 1))


def test_a_number_is_given_to_one_sending_alone(harsh: World) -> None:
    holders: dict[tuple[str, int, int], tuple[Any, ...]] = {}
    for event, record in harsh.events:
        envelope = record["envelope"]
        number = envelope["source"], envelope["source_epoch"], envelope["source_seq"]
        sending = event, envelope["event_id"], envelope["recorded_at"]
        assert holders.setdefault(number, sending) == sending


def test_disorder_of_rows_leaves_the_lives_alone() -> None:
    rows = Disorder(
        late=0.4, shuffled=0.4, day_only=0.5, bulk=0.5, resent=0.2, resent_anew=0.1, id_reused=0.05,
        corrected=0.2, correction_first=0.5, restored=0.5,
    )  # fmt: skip
    calm, disordered = (simulate(Settings(80, 120, 5, disorder)) for disorder in (CALM, rows))
    assert list(disordered.truth.accused()) == list(calm.truth.accused())
    assert len(disordered.events) > len(calm.events)


def test_a_calm_world_is_not_disordered() -> None:
    world = simulate(Settings(80, 120, 5, CALM))
    assert not world.struck
    recorded = [record["envelope"]["recorded_at"] for _, record in world.events]
    assert recorded == sorted(recorded)
    assert not any(event.startswith(("hub.", "common.")) for event, _ in world.events)


@pytest.mark.parametrize("disorder", [CALM, USUAL])
def test_the_ratios_are_those_of_the_field(disorder: Disorder) -> None:
    # The mean of several worlds: of one of some hundred cases a ratio is a matter of a few lives.
    worlds = [stream(Settings(400, 180, seed, disorder)) for seed in range(1, 5)]
    events = [sum(1 for _ in world) for world in worlds]
    figures = [world.truth.figures() for world in worlds]
    assert sum(events) / sum(figure["firs"] for figure in figures) >= 20
    for name, wanted, within in (
        ("arrests_per_fir", 0.9, 0.08), ("charge_sheet_rate", 0.73, 0.05), ("granted_and_inside", 0.058, 0.03),
    ):  # fmt: skip
        assert fmean(figure[name] for figure in figures) == pytest.approx(wanted, abs=within), name


@pytest.mark.parametrize(("cases", "days"), [(0, 10), (10, 0)])
def test_a_world_without_cases_or_days_is_refused(cases: int, days: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        Settings(cases, days)


def test_one_day_is_a_world_too() -> None:
    world = simulate(Settings(3, 1, 1, HARSH))
    assert world.events
