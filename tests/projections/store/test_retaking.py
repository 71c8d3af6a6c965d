"""What was set aside for want of a schema, and read once it is there, is as if it had been readable at once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.store.batch import HubProjector
from projections.store.intake import Intake
from projections.store.ports import RawRecord
from projections.store.retaking import Due, missing
from schemas.codec import Decoder
from schemas.reasons import Reason
from schemas.writers import SchemaNotFoundError
from tests.projections.store.ground import Ground, _dealt, _ids
from tests.projections.store.hands import event, record
from tests.projections.store.worlds import TABLE, worlds

pytestmark = pytest.mark.stack

FIR = "FIR:BR-PATKOT-2025-0001"
TYPES = (
    "police.FirRegistered", "court.HearingHeld", "court.BailGranted", "prison.Admitted", "common.Retracted",
    "hub.LinkAsserted", "hub.RepairApproved", "court.CaseSplit",
)  # fmt: skip
WANTED = Due(frozenset({Reason.SCHEMA_NOT_FOUND}))


@pytest.fixture(scope="module")
def ground(postgres: str) -> Ground:
    name = f"retaken_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return Ground(f"{postgres.rpartition('/')[0]}/{name}")


def intake_without(hidden: set[int]) -> Intake:
    """An intake whose registry does not know these ids, for as long as they are in the set."""

    def ask(schema_id: int) -> str:
        if schema_id in hidden:
            raise SchemaNotFoundError("not registered yet")
        return TABLE(schema_id)

    def unknown(mark: bytes) -> str:
        raise AssertionError(f"a schema that the decoder never met: {mark.hex()}")

    return Intake(Decoder(ask), unknown)


def project(
    ground: Ground, records: list[RawRecord], intake: Intake, later: Callable[[HubProjector], object]
) -> None:
    records = _dealt(records, 1)[0]
    projector = HubProjector(ground.database, ground.name, intake)
    try:
        claims = projector.assign(_ids(records))
        for at in range(0, len(records), 5):
            projector.project(projector.prepare(records[at : at + 5]), claims)
        later(projector)
    finally:
        projector.close()


@settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(world=worlds(), types=st.sets(st.sampled_from(TYPES), min_size=1))
def test_a_schema_that_comes_late_leaves_no_trace(
    ground: Ground, world: list[RawRecord], types: set[str]
) -> None:
    ground.empty()
    project(ground, world, intake_without(set()), lambda _: None)
    expected, contents = ground.digest(), ground.contents()

    ground.empty()
    hidden = {TABLE.id_of(event) for event in types}

    def register(projector: HubProjector) -> None:
        hidden.clear()
        projector.retake(WANTED)

    project(ground, world, intake_without(hidden), register)
    assert ground.contents() == contents
    assert ground.digest() == expected


def test_a_file_says_that_it_is_incomplete_until_then(ground: Ground) -> None:
    ground.empty()
    hidden = {TABLE.id_of("police.SectionsAltered")}
    records = [record(event("police.FirRegistered", FIR, 1)), record(event("police.SectionsAltered", FIR, 2))]
    told: list[bytes] = []

    def register(projector: HubProjector) -> None:
        told.append(ground.contents().files[FIR])
        with ground.connect() as conn:
            assert missing(conn) == hidden
        hidden.clear()
        assert projector.retake(WANTED) == 1
        assert projector.retake(WANTED) == 0
        told.append(ground.contents().files[FIR])

    project(ground, records, intake_without(hidden), register)
    assert b"SCHEMA_NOT_FOUND" in told[0]
    assert b"SCHEMA_NOT_FOUND" not in told[1]


def test_what_cannot_be_read_yet_stays_with_its_count(ground: Ground) -> None:
    ground.empty()
    hidden = {TABLE.id_of("police.SectionsAltered")}
    one = record(event("police.SectionsAltered", FIR, 2))
    project(ground, [one, one, one], intake_without(hidden), lambda projector: projector.retake(WANTED))
    with ground.connect() as conn:
        assert conn.execute("SELECT reason, copies FROM set_aside").fetchall() == [("SCHEMA_NOT_FOUND", 3)]
