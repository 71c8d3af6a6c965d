"""What the API says when it cannot answer: problems that say what to do, and repeat nothing; and who may ask."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

from projections.store import generation
from tests.fix_api import Client
from tests.projections.api import district as d

pytestmark = pytest.mark.stack


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/cases/Rakep", 400, "BR-PATKOT-2025-0123"),
        ("/cases/FIR:BR-PATKOT-2025", 400, "BR-PATKOT-2025-0123"),
        ("/custody/BR-PATKOT-2025-0123", 400, "BR-0123-45678"),
        ("/cases/FIR:BR-PATKOT-2025-9999", 404, "nothing is known under FIR:BR-PATKOT-2025-9999"),
        ("/cases/FIR:BR-PATKOT-2025-0123?as_of=32-13-2025", 422, "as_of"),
        ("/cases/FIR:BR-PATKOT-2025-0123?as_of=0001-01-01", 400, "24-11-2026"),
        ("/cases/FIR:BR-PATKOT-2025-0123?known_at=yesterday", 400, "2026-11-24T18:30:00+05:30"),
        ("/cases/FIR:BR-PATKOT-2025-0123?known_at=9999-12-31T23:59:59-12:00", 400, "calendar"),
        ("/undertrials?bail_state=MAYBE", 422, "GRANTED"),
        ("/undertrials?jail=%00", 400, "NUL"),
        ("/events/1", 422, "UUID"),
        ("/nowhere", 404, "/docs"),
    ],
)
def test_an_error_is_a_problem_that_says_what_to_do(
    ask: TestClient, path: str, status: int, told: str
) -> None:
    answer = ask.get(path)
    body = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert body["status"] == status
    assert body.keys() == {"type", "title", "status", "detail"}
    assert told in body["detail"]


def test_what_was_sent_is_not_repeated(ask: TestClient) -> None:
    for path in (
        "/cases/Rakep Zumal",
        "/undertrials?after=Zumal",
        "/undertrials?limit=Zumal",
        "/events/Zumal",
    ):
        assert "Zumal" not in ask.get(path).text


def test_this_address_only_reads(ask: TestClient) -> None:
    answer = ask.post("/undertrials")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert answer.headers["allow"] == "GET"


def test_before_anything_is_projected_the_hub_says_so(database: str, client: Client) -> None:
    answer = client(database, d.TODAY).get("/health")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert "sangam work" in answer.json()["detail"]


def test_a_generation_of_other_folds_is_not_read(database: str, client: Client) -> None:
    generation.prepare(database)
    with psycopg.connect(database) as conn:
        conn.execute("UPDATE sangam.generation SET fold_version = '0'")
    answer = client(database, d.TODAY).get("/cases/FIR:BR-PATKOT-2025-0123")
    assert answer.status_code == 503
    assert "sangam rebuild --switch" in answer.json()["detail"]


def test_a_database_that_went_away_is_told_and_its_return_is_noticed(
    postgres: str, database: str, client: Client
) -> None:
    generation.prepare(database)
    asker = client(database, d.TODAY)
    assert asker.get("/health").status_code == 200
    name = database.rpartition("/")[2]

    def allow(connections: bool) -> None:
        with psycopg.connect(postgres, autocommit=True) as conn:
            conn.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {connections}".encode())
            conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

    allow(False)
    answer = asker.get("/health")
    assert answer.status_code == 503
    assert "sangam status" in answer.json()["detail"]
    allow(True)
    assert asker.get("/health").status_code == 200


def test_connections_that_broke_while_nobody_asked_cost_no_answer(
    postgres: str, database: str, client: Client
) -> None:
    generation.prepare(database)
    asker = client(database, d.TODAY)
    with ThreadPoolExecutor(8) as many:
        assert {answer.status_code for answer in many.map(asker.get, ["/health"] * 40)} == {200}
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            (database.rpartition("/")[2],),
        )
    assert asker.get("/health").status_code == 200


def test_a_failure_of_the_hub_is_a_problem_and_its_log_names_no_case(
    database: str, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    name = generation.prepare(database)
    with generation.connect(database, name) as conn:
        conn.execute(
            "INSERT INTO identifier (identifier, anchored, roots) VALUES (%(x)s, true, ARRAY[%(x)s])",
            {"x": f"FIR:{d.FIR}"},
        )
        conn.execute(
            "INSERT INTO file (root, digest, content) VALUES (%s, '\\x00', 'not packed')", (f"FIR:{d.FIR}",)
        )
    with caplog.at_level(logging.INFO):
        answer = client(database, d.TODAY).get(f"/cases/{d.FIR}")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    failed = [record for record in caplog.records if record.getMessage() == "api.failed"]
    assert [record.__dict__["sangam"]["route"] for record in failed] == ["cases"]
    # The asker's own library logs addresses too; what the hub says is what counts.
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    assert not any(d.FIR in f"{record.getMessage()} {record.__dict__}" for record in ours)


@pytest.mark.parametrize("host", ["rebound.example", "127.0.0.1.example", "10.0.0.5:8321", "[::2]:80", ""])
def test_who_asks_under_another_machines_name_is_refused(ask: TestClient, host: str) -> None:
    answer = ask.get("/undertrials", headers={"Host": host})
    assert answer.status_code == 421
    assert "127.0.0.1" in answer.json()["detail"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8321", "localhost:8321", "LOCALHOST", "[::1]:8321", "[::1]"]
)
def test_this_machine_may_ask_under_any_of_its_names(ask: TestClient, host: str) -> None:
    assert ask.get("/health", headers={"Host": host}).status_code == 200


def test_times_are_counted_by_route_and_status_never_by_case(ask: TestClient) -> None:
    ask.get(f"/cases/{d.FIR}")
    ask.get("/cases/nobody")
    ask.get(f"/nowhere/{d.FIR}")
    metrics = ask.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    told = metrics.text
    assert 'sangam_api_seconds_count{route="/cases/{identifier}",status="200"}' in told
    assert 'sangam_api_seconds_count{route="/cases/{identifier}",status="400"}' in told
    assert 'sangam_api_seconds_count{route="none",status="404"}' in told
    assert d.FIR not in told


def test_long_answers_are_compressed_for_who_accepts_it(ask: TestClient) -> None:
    def encoding(accepted: str, path: str) -> Any:
        return ask.get(path, headers={"Accept-Encoding": accepted}).headers.get("content-encoding")

    assert encoding("gzip", f"/cases/{d.FIR}") == "gzip"
    assert encoding("identity", f"/cases/{d.FIR}") is None
