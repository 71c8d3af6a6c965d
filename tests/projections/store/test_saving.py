"""What a batch writes: what changed, and no more; and a file that only gets a link is folded on."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from ops.base import metrics
from tests.projections.store.ground import Ground, expected
from tests.projections.store.hands import Hand, event, record
from tests.projections.store.test_two_workers import CLAIMING, FIR, INSIDE, REGISTERED

pytestmark = pytest.mark.stack

REPORTED = event("police.ProgressInformed", FIR, 20, informed_on="2025-03-20")


@pytest.fixture(scope="module")
def ground(postgres: str) -> Ground:
    name = f"saving_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return Ground(f"{postgres.rpartition('/')[0]}/{name}")


def written_by(ground: Ground, table: str) -> set[int]:
    """The transactions that wrote the rows of the case in a table."""
    with ground.connect() as conn:
        rows = conn.execute(f"SELECT xmin::text::bigint FROM {table} WHERE root = %s", (FIR,)).fetchall()
    return {row[0] for row in rows}


def test_an_event_that_changes_no_row_of_a_board_leaves_them_alone(ground: Ground) -> None:
    ground.empty()
    ground.project([record(REGISTERED), record(INSIDE)], [2])
    tables = ("file", "description", "board_undertrial")
    before = {table: written_by(ground, table) for table in tables}
    # A worker that has never seen the file.
    hand = Hand(ground, 10)
    hand.project(record(REPORTED))
    hand.end()
    after = {table: written_by(ground, table) for table in tables}
    assert before["board_undertrial"]
    assert after["file"] != before["file"]
    assert {t: after[t] for t in tables[1:]} == {t: before[t] for t in tables[1:]}


def test_a_case_whose_court_speaks_for_the_first_time_is_folded_on(ground: Ground) -> None:
    ground.empty()
    ground.project([record(REGISTERED)], [1])
    full, fast = (metrics.REFOLDS.labels(path=path)._value.get() for path in ("full", "fast"))
    ground.project([record(CLAIMING)], [1])
    assert metrics.REFOLDS.labels(path="full")._value.get() == full
    assert metrics.REFOLDS.labels(path="fast")._value.get() == fast + 1
    assert ground.contents().files == expected([record(REGISTERED), record(CLAIMING)])[0]
