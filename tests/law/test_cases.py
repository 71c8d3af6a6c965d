"""The worked cases of `cases/*.json`: each with the section, the facts, the arithmetic in words and what is
expected.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from projections.law.clock import Clock, from_plain, from_stored, read, to_plain, to_stored
from projections.law.reading import with_other_cases
from projections.law.registry import clocks_of_accused
from tests.law.build import PACKAGED, REFERENCE, facts, other_case
from tests.law.checker import check

FOLDER = Path(__file__).with_name("cases")


def load() -> list[dict[str, Any]]:
    """All worked cases, each with the name of its file."""
    return [
        {"file": path.stem, **case}
        for path in sorted(FOLDER.glob("*.json"))
        for case in json.loads(path.read_text("utf-8"))
    ]


CASES = load()


def clocks_of(case: dict[str, Any]) -> dict[str, Clock]:
    """The clocks of one case by rule; of several with one rule, the last."""
    as_of = date.fromisoformat(case["as_of"]) if "as_of" in case else None
    reference = PACKAGED if case.get("calendar") == "packaged" else REFERENCE
    made = clocks_of_accused(facts(case["facts"]), reference, as_of)
    others = [other_case(note) for note in case.get("others", ())]
    if "others" in case:
        made = tuple(with_other_cases(clock, others) for clock in made)
    return {clock.rule: clock for clock in made}


def test_there_are_enough_worked_cases_and_each_tells_its_arithmetic() -> None:
    assert len(CASES) >= 200
    assert len({(case["file"], case["name"]) for case in CASES}) == len(CASES)
    assert all(len(case["words"]) > 10 and case["expect"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['file']}: {case['name']}")
def test_worked_case(case: dict[str, Any]) -> None:
    made = clocks_of(case)
    for rule, expected in case["expect"].items():
        if expected is None:
            assert rule not in made
            continue
        clock = made[rule]
        for name, wanted in expected.items():
            _compare(clock, name, wanted)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['file']}: {case['name']}")
def test_every_date_of_a_worked_case_can_be_rebuilt_from_its_inputs(case: dict[str, Any]) -> None:
    for clock in clocks_of(case).values():
        stored = json.loads(json.dumps(to_plain(clock)))
        assert from_plain(stored) == clock
        check(stored)
        kept = json.loads(json.dumps(to_stored(clock)))
        assert from_stored(kept, clock.accused, clock.lead_days) == clock


def _compare(clock: Clock, name: str, wanted: Any) -> None:
    dates = {"due": clock.due_date, "accrues": clock.accrues_on, "start": clock.start_date}
    if name in dates:
        found = dates[name]
        assert (found.isoformat() if found else None) == wanted, name
    elif name in ("met", "stopped"):
        moment = clock.met_by if name == "met" else clock.stopped_by
        assert (moment.on.isoformat() if moment else None) == wanted, name
    elif name in ("flags", "reasons"):
        assert sorted(getattr(clock, name)) == sorted(wanted), name
    elif name == "missing":
        assert len(clock.missing) == len(wanted), clock.missing
        for part in wanted:
            assert any(part in text for text in clock.missing), (part, clock.missing)
    elif name in ("law", "length", "applies"):
        assert getattr(clock, name) == wanted, name
    elif name == "on":
        for on, status in wanted.items():
            reading = read(clock, date.fromisoformat(on))
            assert reading.status.value == status, (on, reading)
    elif name == "flags_on":
        for on, flags in wanted.items():
            reading = read(clock, date.fromisoformat(on))
            assert sorted(set(reading.flags) - set(clock.flags)) == sorted(flags), on
    elif name == "missing_on":
        for on, parts in wanted.items():
            reading = read(clock, date.fromisoformat(on))
            assert all(any(part in text for text in reading.missing) for part in parts), (on, reading.missing)
    elif name == "inputs":
        for key, value in wanted.items():
            assert clock.inputs[key]["value"] == value, key
    else:
        raise AssertionError(f"unknown expectation {name}")
