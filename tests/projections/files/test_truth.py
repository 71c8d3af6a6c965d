"""The folds against a simulated world's truth: every accused's status, once all events and reviews are in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from ops.simulate.disorder import PRESETS
from ops.simulate.world import Settings, World, simulate
from projections.files.status import status
from projections.whole import Known, Whole, whole
from schemas.catalogue import CATALOGUE
from schemas.content import digest_of
from schemas.event import Event, sort_key
from schemas.identifiers import text_of

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


def value(fact: Json | None) -> Any:
    return None if fact is None else fact["value"]


def as_the_truth_has_it(found: Json) -> Json:
    custody = found["custody"]
    return {
        "references": found["references"],
        "custody": {key: value(custody[key]) for key in ("inside", "jail", "since")},
        "sections": value(found["sections"]) or [],
        "sections_stage": found["sections_stage"],
        "bail": {key: found["bail"][key] for key in ("state", "kind", "granted_on")},
        "hearing": {key: value(found["hearing"][key]) for key in ("last", "next")},
        "stage": value(found["stage"]),
    }


def differences(world: World, files: Whole) -> list[tuple[Json, Any]]:
    # The truth is that of the end of the last day: a hearing of that day is no next hearing any more.
    day = world.truth.as_of + timedelta(days=1)
    wrong: list[tuple[Json, Any]] = []
    documents: dict[str, Json] = {}
    for truth in world.truth.accused():
        root = truth["fir"]
        if root not in documents:
            state = files.file(root)
            documents[root] = {} if state is None else state.document
        document = documents[root]
        his = [a["id"] for a in document.get("accused", ()) if {*a["references"]} & {*truth["references"]}]
        if len(his) != 1:
            wrong.append((truth, his))
            continue
        found = as_the_truth_has_it(status(document, his[0], day))
        if found != {key: truth[key] for key in found}:
            wrong.append((truth, found))
    return wrong


@pytest.mark.parametrize(("disorder", "seed"), [("calm", 1), ("usual", 2), ("usual", 5)])
def test_the_status_of_every_accused_is_the_truth(disorder: str, seed: int) -> None:
    world = simulate(Settings(60, 250, seed, PRESETS[disorder]))
    assert not differences(world, whole([known(kind, record) for kind, record in world.events], []))
