"""Law 2: same events, same view. Any order, doubling and batching, live or rebuilt: identical bytes."""

from __future__ import annotations

import os
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.store.ports import RawRecord
from tests.projections.store.ground import Ground, expected, pretty
from tests.projections.store.worlds import worlds

pytestmark = pytest.mark.stack

#: `make worlds` raises it to 10,000.
EXAMPLES = int(os.environ.get("SANGAM_WORLDS", "200"))
RANDOM_WORLDS = settings(
    max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def ground(postgres: str) -> Ground:
    name = f"worlds_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return Ground(f"{postgres.rpartition('/')[0]}/{name}")


@pytest.mark.timeout(3 * 3600)
@RANDOM_WORLDS
@given(worlds(), st.data())
def test_any_order_doubling_batching_and_number_of_workers_gives_the_same_bytes(
    ground: Ground, world: list[RawRecord], data: st.DataObject
) -> None:
    files, descriptions = expected(world)

    ground.empty()
    ground.project(world, data.draw(st.lists(st.integers(1, 7), min_size=1, max_size=4), label="batches"))
    contents, live = ground.contents(), ground.digest()
    for root in sorted(files.keys() | contents.files.keys()):
        assert contents.files.get(root) == files.get(root), (
            f"{root}\nstored {pretty(contents.files.get(root))}\nexpected {pretty(files.get(root))}"
        )
    assert contents.descriptions == descriptions

    mixed = data.draw(st.permutations(world), label="another order")
    mixed = [*mixed, *data.draw(st.lists(st.sampled_from(world), max_size=5), label="sent again")]
    ground.empty()
    ground.project(mixed, data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=3)), hands=2, states=3)
    assert ground.digest() == live

    ground.empty()
    ground.project_deferred(
        data.draw(st.permutations(world), label="rebuilt from"), data.draw(st.integers(1, 50))
    )
    assert ground.digest() == live
