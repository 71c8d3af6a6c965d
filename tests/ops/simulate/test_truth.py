"""The truth is consistent in itself, and in a calm world it is what the events plainly say."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from ops.simulate import CALM, HARSH, Settings, World, simulate
from schemas.accused import text_of_ref

Json = dict[str, Any]
BAIL = {
    "court.BailApplied": "APPLIED", "court.BailGranted": "GRANTED", "court.BailRejected": "REJECTED",
    "court.BailCancelled": "CANCELLED",
}  # fmt: skip


@pytest.fixture(scope="module")
def calm() -> World:
    return simulate(Settings(150, 180, 21, CALM))


@pytest.fixture(scope="module")
def harsh() -> World:
    return simulate(Settings(150, 180, 21, HARSH))


def by_reference(world: World) -> dict[str, list[tuple[str, Json]]]:
    """Events about one accused, by how they name him, in order of happening."""
    found: defaultdict[str, list[tuple[str, Json]]] = defaultdict(list)
    for event, record in sorted(
        world.events, key=lambda e: (e[1]["envelope"]["occurred_at"], e[1]["envelope"]["source_seq"])
    ):
        accused = record.get("accused")
        if isinstance(accused, dict):
            found[text_of_ref(accused["ref"])].append((event, record))
    return found


def test_who_is_inside_was_admitted_in_this_case_and_not_let_go(calm: World) -> None:
    holds: dict[tuple[str, str], str | None] = {}
    for event, record in calm.events:
        for hold in record.get("cases", ()) if event.startswith("prison.") else ():
            key = (
                f"PID:{record['envelope']['anchor']['value']}",
                f"{hold['identifier']['kind']}:{hold['identifier']['value']}",
            )
            gone = hold["to_date"] is not None or event == "prison.InterimReleased"
            holds[key] = None if gone else hold["from_date"].isoformat()
    inside = [entry for entry in calm.truth.accused() if entry["custody"]["inside"]]
    assert inside
    for entry in inside:
        assert entry["custody"]["jail"]
        assert entry["custody"]["since"] in [day for (pid, _), day in holds.items() if pid == entry["pid"]]
    held = {pid for (pid, _), since in holds.items() if since is not None}
    assert {entry["pid"] for entry in inside} == held


def test_bail_is_what_the_court_said_last(calm: World) -> None:
    said = by_reference(calm)
    seen = set()
    for entry in calm.truth.accused():
        events = [e for ref in entry["references"] for e in said.get(ref, ()) if e[0] in BAIL]
        events.sort(key=lambda e: (e[1]["envelope"]["occurred_at"], e[1]["envelope"]["source_seq"]))
        state = BAIL[events[-1][0]] if events else "NONE"
        seen.add(state)
        assert entry["bail"]["state"] == state
        assert (entry["bail"]["granted_on"] is not None) == (state == "GRANTED")
    assert {"NONE", "GRANTED", "REJECTED"} <= seen


def test_the_last_hearing_is_the_last_day_in_court(calm: World) -> None:
    days: dict[str, str] = {}
    for event, record in calm.events:
        if event in ("court.HearingHeld", "court.HearingAdjourned"):
            anchor = f"CNR:{record['envelope']['anchor']['value']}"
            days[anchor] = max(days.get(anchor, ""), record["hearing_date"].isoformat())
    for entry in calm.truth.accused():
        numbers = {ref.removeprefix("CIS_PARTY:").rpartition(":")[0] for ref in entry["references"]}
        last = max((days[number] for number in numbers if number in days), default=None)
        assert entry["hearing"]["last"] == last


@pytest.mark.parametrize("name", ["calm", "harsh"])
def test_no_reference_is_two_accuseds_but_a_prisoners_own(name: str, request: pytest.FixtureRequest) -> None:
    world: World = request.getfixturevalue(name)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for entry in world.truth.accused():
        for ref in entry["references"]:
            owners[ref].add(entry["accused"])
    assert all(len(who) == 1 for ref, who in owners.items() if not ref.startswith("PID:"))


@pytest.mark.parametrize("name", ["calm", "harsh"])
def test_the_truth_is_of_the_last_day(name: str, request: pytest.FixtureRequest) -> None:
    world: World = request.getfixturevalue(name)
    today = world.truth.as_of.isoformat()
    entries = list(world.truth.accused())
    assert any(entry["hearing"]["next"] for entry in entries)
    for entry in entries:
        assert entry["hearing"]["next"] is None or entry["hearing"]["next"] > today
        for day in (entry["hearing"]["last"], entry["custody"]["since"], entry["bail"]["granted_on"]):
            assert day is None or day <= today


def test_every_stage_and_custody_occurs(harsh: World) -> None:
    entries = list(harsh.truth.accused())
    assert {"INVESTIGATION", "CHARGE_SHEETED", "COGNIZANCE", "CHARGES_FRAMED", "DISPOSED"} <= {
        e["stage"] for e in entries
    }
    assert {"FIR", "FINAL_REPORT", "CHARGES"} <= {e["sections_stage"] for e in entries}
    assert {True, False} == {e["custody"]["inside"] for e in entries}
    assert any(e["fir"].startswith("CNR:") for e in entries)
    assert any(len({ref for ref in e["references"] if ref.startswith("CCTNS_CODE")}) > 1 for e in entries)
