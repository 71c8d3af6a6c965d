"""The folds against a simulated world's truth: every accused's status, once all events and reviews are in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from ops.simulate.disorder import PRESETS
from ops.simulate.world import Settings, simulate
from projections.files.clocks import winding
from projections.files.clocks.memory import Memory
from projections.files.fold import dump, fold, kind_of_root
from projections.whole import Known, whole
from schemas.catalogue import CATALOGUE
from schemas.content import digest_of
from schemas.event import Event, sort_key
from schemas.identifiers import text_of
from tests.stories.truth import differences

Json = dict[str, Any]


def known(kind: str, record: Json) -> Known:
    envelope = record["envelope"]
    topic = f"{envelope['source'].partition('.')[0]}.events"
    if len(CATALOGUE[kind].topics) == 1:
        topic = CATALOGUE[kind].topic
    supersedes = envelope["supersedes"]
    event = Event(
        kind, envelope["event_id"], digest_of(kind, record), text_of(envelope["anchor"]),
        tuple(sorted({text_of(claim) for claim in envelope["claims"]})), UUID(supersedes) if supersedes else None,
        envelope["source"], envelope["source_epoch"], envelope["source_seq"], envelope["source_record"],
        envelope["occurred_at"], envelope["recorded_at"], sort_key(kind, topic, envelope), b"", record,
    )  # fmt: skip
    return Known(event, topic, False)


def test_after_each_event_of_a_lived_case_its_bytes_are_those_of_a_fold_from_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Every clock is reckoned, so that nothing that an event should have changed is hidden by what is remembered.
    monkeypatch.setattr(winding, "MEMORY", Memory(0))
    world = simulate(Settings(16, 320, 6, PRESETS["usual"]))
    files = whole([known(kind, record) for kind, record in world.events], [])
    followed = 0
    for root, members in files.members.items():
        kind = kind_of_root(root)
        if kind.name != "CASE":
            continue
        state = kind.start(files.inputs[root])
        for n, event in enumerate(members, 1):
            kind.apply(state, event)
            kind.finish(state)
            assert dump(state) == dump(fold(files.inputs[root], members[:n])), event.type
            followed += 1
    assert followed > 300


@pytest.mark.parametrize(("disorder", "seed"), [("calm", 1), ("usual", 2), ("usual", 5), ("harsh", 3)])
def test_the_status_of_every_accused_and_each_day_of_a_right_are_the_truth(disorder: str, seed: int) -> None:
    world = simulate(Settings(60, 250, seed, PRESETS[disorder]))
    files = whole([known(kind, record) for kind, record in world.events], [])

    def document_of(root: str) -> Json | None:
        state = files.file(root)
        return None if state is None else state.document

    compared, wrong = differences(world, document_of)
    assert compared
    given = [truth["law"] for truth in world.truth.accused() if truth["law"] is not None]
    for right in ("default_bail", "one_third", "half", "full"):
        # Every right accrues to some and not to others, so that no date is right by being nobody's.
        assert 10 < sum(law[right] is not None for law in given) < len(given)
    assert not wrong
