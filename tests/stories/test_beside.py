"""What the boards say of the departments beside is what became of their records, once all is in, in whatever order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from ops.simulate import PRESETS, Settings, simulate
from projections.questions.boards import board
from projections.store.reading import Reader
from tests.projections.store.ground import Ground
from tests.projections.store.worlds import new_intake
from tests.stories.truth import records_of

pytestmark = pytest.mark.stack

Json = dict[str, Any]


@pytest.fixture(scope="module")
def ground(postgres: str) -> Iterator[Ground]:
    name = f"beside_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield Ground(f"{postgres.rpartition('/')[0]}/{name}")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def every(reader: Reader, name: str, **filters: str) -> Iterator[Json]:
    after = None
    day = reader.conn.execute("SELECT current_date").fetchone()
    assert day is not None
    while True:
        page = board(reader, name, filters, None, after, 500, day[0])
        yield from page.rows
        after = page.next
        if after is None:
            return


def told(reader: Reader) -> dict[str, Json]:
    """What the boards say, in the simulator's words."""
    found: dict[str, Json] = {}
    for row in every(reader, "emergency"):
        found[row["root"]] = {"answered": row["answered"], "led_to": row["led_to"]}
    for row in every(reader, "portal"):
        found[row["root"]] = {
            "service": row["service"], "promised_on": row["promised_on"], "decided": row["decided_on"] is not None,
            "led_to": row["led_to"],
        }  # fmt: skip
    for row in every(reader, "cyber"):
        led_to = [case for case in row["led_to"] if case.startswith("FIR:")]
        found[row["root"]] = {"open": row["open"], "held": row["held"], "led_to": led_to}
    for row in every(reader, "forensics"):
        found[row["root"]] = {"open": row["open"], "case": row["case_no"]}
    for row in every(reader, "headcount", category="ALL"):
        found[row["root"]] = {"n": row["n"]}
    return found


def test_the_boards_say_what_became_of_each_record(ground: Ground) -> None:
    world = simulate(Settings(80, 120, 7, PRESETS["usual"]))
    records = records_of(world)
    random.Random(7).shuffle(records)
    ground.project_deferred(records, 5000)
    with ground.connect() as conn:
        reader = Reader(conn, new_intake().revive)
        said = told(reader)
        attachments = {f"{row['root']} {row['order_number']}": row for row in every(reader, "attachments")}
    truth = world.truth.records()
    assert {root: said.get(root) for root in truth if " " not in root} == {
        root: entry for root, entry in truth.items() if " " not in root
    }
    assert len(said) > 300
    orders = {root: entry for root, entry in truth.items() if " " in root}
    # An FIR that was transferred is read under its later number.
    by_order = {row["order_number"]: row for row in attachments.values()}
    assert {root: by_order[root.rpartition(" ")[2]]["result"] for root in orders} == {
        root: entry["result"] for root, entry in orders.items()
    }
