"""The board over HTTP: who is on it, filters, and pages that are complete and stable while rows come and go."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

from projections.questions.undertrials import Cursor, Filters, statement
from projections.store import generation
from tests.fix_api import Client
from tests.projections.api import district as d
from tests.projections.store.worlds import identifier

pytestmark = pytest.mark.stack

EVERY = 1 + d.JAILED


def pages(asker: TestClient, limit: int, **filters: str) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = []
    after: dict[str, str] = {}
    while True:
        answer = asker.get("/undertrials", params={"limit": str(limit), **filters, **after})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found.append(page["undertrials"])
        assert len(found) <= EVERY, "the pages do not end"
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


def key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["since"], row["root"], row["accused"]


@pytest.mark.parametrize("limit", [1, 4, EVERY - 1, EVERY, EVERY + 1])
def test_the_pages_together_are_everyone_once_longest_inside_first(ask: TestClient, limit: int) -> None:
    found = pages(ask, limit)
    rows = [row for page in found for row in page]
    assert len({key(row) for row in rows}) == len(rows) == EVERY
    assert rows == sorted(rows, key=key)
    assert all(len(page) == limit for page in found[:-1])


def test_a_row_says_who_he_is_and_how_long_he_is_inside(ask: TestClient) -> None:
    row = next(row for row in pages(ask, 100)[0] if row["pid"] == f"PID:{d.PID}")
    assert tuple(row["person"][part] for part in ("name", "relative_name", "village")) == d.NAMES
    assert row["days_inside"] == 57
    assert (row["bail_state"], row["bail_granted_on"]) == ("GRANTED", "2025-01-24")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"jail": "BR-0123"}, 1),
        ({"jail": "br 0124"}, d.JAILED // 2),
        ({"jail": "BR-0124", "police_station": "PATKOT"}, 0),
        ({"police_station": "PATNAG"}, d.JAILED),
        ({"district": "PAT"}, EVERY),
        ({"court": "brpa01/cjm"}, 1),
        ({"bail_state": "GRANTED"}, 1),
        ({"bail_state": "NONE", "jail": "BR-0123"}, 0),
    ],
)
def test_filters_narrow_together(ask: TestClient, filters: dict[str, str], count: int) -> None:
    assert sum(len(page) for page in pages(ask, 5, **filters)) == count


def test_a_page_is_not_moved_by_rows_that_come_and_go_before_it(database: str, client: Client) -> None:
    log = d.Log(database, d.records())
    asker = client(database, d.TODAY)
    whole = [key(row) for page in pages(asker, 100) for row in page]
    first = asker.get("/undertrials", params={"limit": 10}).json()
    pid, fir = identifier("PID", "BR-0124-00000"), identifier("FIR", "BR-PATNAG-2025-0001")
    early = identifier("FIR", "BR-PATNAG-2025-0900")
    log.add(
        *[
            d.event("prison.Released", pid, "2025-02-20", 500, jail="BR-0125", cases=[{"identifier": fir}],
                    ground="BAIL"),
            d.event("police.FirRegistered", early, "2024-10-01", 501),
            d.event("prison.Admitted", identifier("PID", "BR-0124-00900"), "2024-10-02", 502, jail="BR-0124",
                    cases=[{"identifier": early}]),
        ]
    )  # fmt: skip
    second = asker.get("/undertrials", params={"limit": 10, "after": first["next"]}).json()
    assert [key(row) for row in second["undertrials"]] == whole[10:20]
    now = [key(row) for page in pages(asker, 100) for row in page]
    assert now != whole
    assert now[1:] == whole[1:]


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (Filters(), "by_since"),
        (Filters(jail="BR-0001"), "of_jail"),
        (Filters(court="BRPA01-CJM"), "of_court"),
        (Filters(police_station="PATKOT"), "of_police_station"),
        (Filters(district="D1"), "of_district"),
        (Filters(bail_state="GRANTED"), "of_bail_state"),
    ],
)
def test_a_page_is_read_by_its_index(database: str, filters: Filters, index: str) -> None:
    with generation.connect(database, generation.prepare(database)) as conn:
        conn.execute(
            "INSERT INTO board_undertrial (root, accused, jail, court, police_station, district, since, sections,"
            " stage, bail_state, until_trial_ends, conflicts, incomplete, joined)"
            " SELECT 'FIR:' || n, 'A1', 'BR-' || lpad((n % 60)::text, 4, '0'), 'BRPA' || lpad((n % 300)::text, 2, '0'),"
            " 'PS' || n % 900, 'D' || n % 38, DATE '2020-01-01' + n % 1500, '{}', 'INVESTIGATION',"
            " CASE n % 20 WHEN 0 THEN 'GRANTED' ELSE 'NONE' END, false, 0, false, true"
            " FROM generate_series(1, 20000) n"
        )
        conn.execute("ANALYZE board_undertrial")
        query, values = statement(filters, Cursor(d.TODAY.replace(year=2022), "FIR:5", "A1"), 101)
        plan = "\n".join(row[0] for row in conn.execute(b"EXPLAIN " + query, values))
    assert f"board_undertrial_{index}" in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("limit", ["0", "501", "many"])
def test_a_page_is_from_1_to_500_rows(ask: TestClient, limit: str) -> None:
    answer = ask.get("/undertrials", params={"limit": limit})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("after", ["x", "W10", "WyIyMDI1LTEzLTAxIiwiYSIsImIiXQ", "é", "WzEsMiwzXQ"])
def test_a_cursor_of_ones_own_making_is_refused(ask: TestClient, after: str) -> None:
    answer = ask.get("/undertrials", params={"after": after})
    assert answer.status_code == 400
    assert "`next`" in answer.json()["detail"]


def test_the_database_refuses_writes_of_a_reader(district: str) -> None:
    from projections.questions.readers import Readers

    with (
        Readers(district) as readers,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
        readers.reader() as reader,
    ):
        reader.conn.execute("DELETE FROM board_undertrial")
