"""A report from the store is the report of the files as they stood, or were known, worked out from the log at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from ops.base.clock import INDIA
from ops.simulate.disorder import PRESETS
from ops.simulate.world import Settings, World, simulate
from projections.questions.files import is_case
from projections.questions.readers import Readers
from projections.questions.reports import report
from projections.reports import REPORTS
from projections.reports.report import Month, Report
from projections.store.ports import RawRecord
from projections.whole import whole
from tests.projections.files.test_truth import known
from tests.projections.store.ground import Ground
from tests.projections.store.worlds import encoded, identifier, police_ref
from tests.stories.truth import APPENDED_MS, records_of

Json = dict[str, Any]

pytestmark = pytest.mark.stack

MONTHS = (Month.of(2025, 4), Month(date(2025, 9, 1), date(2026, 12, 31)))
"""One in the midst of the world's life, and one long enough after it for dates of s.479 to come."""


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(Settings(30, 250, 3, PRESETS["usual"]))


@contextmanager
def stored(postgres: str, records: list[RawRecord]) -> Iterator[Readers]:
    name = f"reports_{uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}")
        database = f"{postgres.rpartition('/')[0]}/{name}"
        Ground(database).project_deferred(records, 500)
        with Readers(database, most=1) as found:
            yield found
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def readers(postgres: str, world: World) -> Iterator[Readers]:
    with stored(postgres, records_of(world)) as found:
        yield found


def at_once(world: World, name: str, month: Month, arrived: int) -> Any:
    files = whole([known(kind, record) for kind, record in world.events[:arrived]], [])
    end = datetime.combine(month.last, datetime.max.time(), INDIA)
    made = Report(REPORTS[name], month, None)
    for root in files.members:
        state = files.file(root, lambda event: event.sort_key[0] <= end) if is_case(root) else None
        if state is not None:
            made.take(root, state.document)
    return made.rows()


@pytest.mark.parametrize("month", MONTHS, ids=["midst", "after"])
@pytest.mark.parametrize("name", REPORTS)
def test_as_known_now(readers: Readers, world: World, name: str, month: Month) -> None:
    with readers.reader() as reader:
        rows = report(reader, name, month).rows()
    assert rows == at_once(world, name, month, len(world.events))
    assert rows or (name, month) == ("s479", MONTHS[0])


@pytest.mark.parametrize("name", REPORTS)
def test_as_known_when_a_part_had_come(readers: Readers, world: World, name: str) -> None:
    arrived = 2 * len(world.events) // 3
    moment = datetime.fromtimestamp((APPENDED_MS + arrived - 1) / 1000, UTC)
    with readers.reader() as reader:
        now = report(reader, name, MONTHS[1]).rows()
        rows = report(reader, name, MONTHS[1], moment).rows()
    assert rows == at_once(world, name, MONTHS[1], arrived)
    assert rows != now


def test_what_happened_after_the_month_changes_nothing_in_it(postgres: str) -> None:
    fir, one = identifier("FIR", "BR-PATKOT-2025-0001"), police_ref("BR-PATKOT-2025-0001", "A1")
    theft, murder = ({"act": "BNS2023", "section": section} for section in ("303(2)", "103(1)"))
    lived: list[tuple[str, Json, str, Json]] = [
        ("police.FirRegistered", fir, "2025-01-01", {"sections": [theft], "accused": [{"ref": one}]}),
        ("police.ArrestMade", fir, "2025-01-02", {"accused": {"ref": one}, "outcome": "FORWARDED"}),
        ("prison.Admitted", identifier("PID", "BR-0123-00001"), "2025-01-03",
         {"jail": "BR-0123", "cases": [{"identifier": fir, "accused": one}]}),
        # In February it is murder that he is held for, and no date of s.479 is left.
        ("police.SectionsAltered", fir, "2026-02-05", {"sections": [theft, murder]}),
    ]  # fmt: skip
    records = [_record(seq, *event) for seq, event in enumerate(lived, 1)]
    with stored(postgres, records) as found, found.reader() as reader:
        january = report(reader, "s479", Month.of(2026, 1)).total().figures
        february = report(reader, "s479", Month.of(2026, 2)).total().figures
    assert january["not_known_third"] == 1
    assert set(february.values()) == {0}


def _record(seq: int, kind: str, anchor: Json, on: str, body: Json) -> RawRecord:
    envelope = {
        "event_id": f"00000000-0000-0000-0000-{seq:012d}", "source": f"{kind.partition('.')[0]}.tests/1",
        "source_seq": seq, "source_record": f"row-{seq}", "occurred_at": f"{on}T00:00:00+05:30",
        "recorded_at": f"{on}T20:00:00+05:30", "anchor": anchor, "claims": [],
    }  # fmt: skip
    return encoded({"type": kind, "envelope": envelope, **body}, APPENDED_MS + seq)
