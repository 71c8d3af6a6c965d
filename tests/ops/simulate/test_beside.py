"""The departments beside police, court and prison: at the field's ratios, and without changing anybody's life."""

from __future__ import annotations

from collections import Counter

import pytest

from ops.simulate import CALM, Settings, World, simulate
from schemas.catalogue import DEPARTMENTS


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(Settings(300, 180, 3, CALM))


def test_every_department_publishes(world: World) -> None:
    assert {event.partition(".")[0] for event, _ in world.events} == set(DEPARTMENTS) - {"hub"}


def test_the_ratios_are_those_of_the_field(world: World) -> None:
    count = Counter(event for event, _ in world.events)
    firs = count["police.FirRegistered"] + count["excise.ExciseCaseRegistered"]
    assert count["emergency.IncidentReported"] / firs == pytest.approx(4.2, abs=0.3)
    assert count["court.ProcessIssued"] / firs == pytest.approx(3.2, abs=0.4)
    assert count["prison.HeadcountTaken"] == 180 * 2


def test_calls_change_no_life(world: World) -> None:
    quiet = simulate(Settings(300, 180, 3, CALM, calls=0))
    assert list(quiet.truth.accused()) == list(world.truth.accused())
    assert len(quiet.events) < len(world.events)


def test_the_records_told_of_are_those_that_stand_in_the_events(world: World) -> None:
    anchors = {
        f"{r['envelope']['anchor']['kind']}:{r['envelope']['anchor']['value']}" for _, r in world.events
    }
    told = {root.partition(" ")[0] for root in world.truth.records()}
    assert told <= anchors
    kinds = {root.partition(":")[0] for root in told}
    assert kinds == {"INCIDENT_112", "APPLICATION_NO", "NCRP_ACK", "FSL_NO", "JAIL", "FIR"}


def test_a_call_comes_before_the_fir_that_it_led_to(world: World) -> None:
    registered = {
        f"FIR:{record['envelope']['anchor']['value']}": record["envelope"]["occurred_at"]
        for event, record in world.events
        if event == "police.FirRegistered"
    }
    begun = {
        f"INCIDENT_112:{record['envelope']['anchor']['value']}": record["envelope"]["occurred_at"]
        for event, record in world.events
        if event == "emergency.IncidentReported"
    }
    led = [(root, fir) for root, entry in world.truth.records().items() for fir in entry.get("led_to", ())]
    calls = [(root, fir) for root, fir in led if root in begun and fir in registered]
    assert len(calls) > 50
    assert all(begun[root] < registered[fir] for root, fir in calls)
