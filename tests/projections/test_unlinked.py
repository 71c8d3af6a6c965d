"""The list of identifiers that nobody anchors, from a real database: by whom named, what each may mean."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from projections.linking.standing import claim_limit
from projections.questions.errors import NotUnderstood
from projections.questions.readers import Readers
from projections.questions.unlinked import suspect, unlinked
from tests.projections.store.ground import Ground
from tests.projections.store.hands import event, record
from tests.projections.store.worlds import identifier, police_ref

pytestmark = pytest.mark.stack

Json = dict[str, Any]
TRUE, OTHER, MISSPELT, UNKNOWN = (
    "BR-PATKOT-2025-0006", "BR-PATKOT-2025-0106", "BR-PATKOT-2025-4006", "BR-UNKNOWN-2025-0006",
)  # fmt: skip
TOO_MANY = claim_limit("FIR") + 1
PERSON = {"name": "Rakep Zumal", "relative_name": "Tolen Zumal"}
ANOTHER = {"name": "Mivan Dorpal", "relative_name": "Sutel Dorpal"}


def fir(n: int, value: str, person: Json) -> Json:
    return event(
        "police.FirRegistered",
        f"FIR:{value}",
        n,
        accused=[{"ref": police_ref(value, "A1"), "person": person}],
    )


def held(n: int, pid: str, value: str, person: Json) -> Json:
    hold = [{"identifier": identifier("FIR", value)}]
    return event("prison.Admitted", f"PID:{pid}", n, jail="BR-0123", person=person, cases=hold)


@pytest.fixture
def readers(postgres: str) -> Any:
    name = f"unlinked_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    ground = Ground(f"{postgres.rpartition('/')[0]}/{name}")
    events = [
        fir(1, TRUE, PERSON), fir(2, OTHER, ANOTHER), held(3, "BR-0123-00001", MISSPELT, PERSON),
        held(4, "BR-0123-00002", UNKNOWN, PERSON), held(5, "BR-0123-00003", OTHER, ANOTHER),
        *(held(n, f"BR-0123-{n:05}", "BR-PATKOT-2025-0000", ANOTHER) for n in range(10, 10 + TOO_MANY)),
    ]  # fmt: skip
    ground.project([record(one) for one in events], [100])
    with Readers(ground.database) as opened:
        yield opened


def test_each_is_listed_with_who_names_it_and_what_it_may_mean(readers: Readers) -> None:
    with readers.reader() as reader:
        told = unlinked(reader)
        dummies = suspect(reader)
        behind = unlinked(reader, after=f"FIR:{MISSPELT}")
    assert [(one["identifier"], one["named_by"], one["proposal"]) for one in told] == [
        (f"FIR:{MISSPELT}", ["PID:BR-0123-00001"], f"FIR:{TRUE}"),
        (f"FIR:{UNKNOWN}", ["PID:BR-0123-00002"], f"FIR:{TRUE}"),
    ]
    assert "same name" in told[0]["matches"][0]["why"]
    assert [one["identifier"] for one in dummies] == ["FIR:BR-PATKOT-2025-0000"]
    assert dummies[0]["named_by"] == TOO_MANY
    assert [one["identifier"] for one in behind] == [f"FIR:{UNKNOWN}"]


def test_a_page_has_its_bounds(readers: Readers) -> None:
    with readers.reader() as reader, pytest.raises(NotUnderstood):
        unlinked(reader, limit=0)
