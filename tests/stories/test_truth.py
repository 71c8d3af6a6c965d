"""The hub's answers are the truth, once all events and reviews are in, in whatever order they came.

Districts are simulated with every kind of disorder; their events go through the codec and the store as a worker takes
them. Then every accused's custody, sections, bail, hearings and stage are the simulator's, and no fact of one accused
stands on another.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from uuid import uuid4

import orjson
import psycopg
import pytest

from ops.simulate import PRESETS, Settings, simulate
from tests.projections.store.ground import Ground
from tests.stories.truth import differences, records_of

pytestmark = pytest.mark.stack

CASES, DAYS = 150, 180


@pytest.fixture(scope="module")
def ground(postgres: str) -> Iterator[Ground]:
    name = f"truth_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield Ground(f"{postgres.rpartition('/')[0]}/{name}")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("disorder", sorted(PRESETS))
def test_every_accused_is_told_truly_however_the_events_came(
    ground: Ground, disorder: str, seed: int
) -> None:
    # Calls to 112 lead to files of their own (test_beside.py): a few are enough here.
    world = simulate(Settings(CASES, DAYS, seed, PRESETS[disorder], calls=0.2))
    records = records_of(world)

    ground.empty()
    ground.project(records, [900, 200])
    files, arrived = ground.contents().files, ground.digest()

    def document_of(root: str) -> dict[str, object] | None:
        return orjson.loads(files[root]) if root in files else None

    compared, wrong = differences(world, document_of)
    assert compared > CASES / 2
    assert not wrong, "\n".join(map(str, wrong[:10]))

    random.Random(seed).shuffle(records)
    ground.empty()
    ground.project(records, [4000, 1700], hands=2)
    assert ground.digest() == arrived
