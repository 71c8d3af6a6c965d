"""Size, rate and back-pressure: a publisher that sends too much is told when to come again, and harms nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from connectors.gateway.app import MOST_UNSENT
from connectors.gateway.limits import MOST_BYTES, MOST_EVENTS, MOST_HELD, MOST_REQUESTS, Limits
from connectors.gateway.problems import Problem
from connectors.gateway.publishers import Publisher
from tests.connectors.gateway.test_events import hearing
from tests.fix_gateway import Gate


def test_a_request_is_bounded_in_bytes_whether_it_says_its_length_or_not(gate: Gate) -> None:
    headers = gate.token("court") | {"Content-Type": "application/json"}

    def parts() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // 65536 + 2):
            yield b" " * 65536

    for content in (b" " * (MOST_BYTES + 1), parts()):
        answer = gate.client.post("/events", content=content, headers=headers)
        assert answer.status_code == 413
        assert "send several" in answer.json()["detail"]


def test_a_request_is_bounded_in_events(gate: Gate) -> None:
    assert gate.post("court", "/events", [1] * (MOST_EVENTS + 1)).status_code == 413
    assert gate.post("court", "/events", [hearing(n) for n in range(MOST_EVENTS)]).status_code == 202


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/x-www-form-urlencoded", b"{}", 415),
        ("application/json", b"{", 400),
        ("application/json", b"", 400),
        ("application/json", b"[]", 400),
        ("application/json", b"\xff\xfe", 400),
        ("application/json", b"[" * 5000, 400),
        ("application/x-ndjson", b"\n\n", 400),
    ],
)
def test_what_is_no_request_is_told_so(gate: Gate, kind: str, body: bytes, status: int) -> None:
    answer = gate.client.post("/events", content=body, headers=gate.token("court") | {"Content-Type": kind})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_who_is_over_his_rate_waits_and_the_others_do_not(gate: Gate) -> None:
    gate.add("prison", 'sources = ["prison."]\nevents_per_second = 1')
    flood: Any = [{"type": "prison.Nothing"}] * MOST_EVENTS
    assert gate.post("prison", "/events", flood).status_code == 422
    told = gate.post("prison", "/events", flood)
    assert told.status_code == 429
    assert 0 < int(told.headers["retry-after"]) <= MOST_EVENTS
    assert gate.post("court", "/events", hearing()).status_code == 202


ONE = Publisher("one", "court", ("court.",), (), frozenset(), False, 10, False)
OTHER = Publisher("other", "police", ("police.",), (), frozenset(), False, 10, False)


def test_a_publishers_requests_are_counted_and_keep_no_place_from_anothers() -> None:
    limits = Limits()
    with ExitStack() as under_way:
        for _ in range(MOST_REQUESTS):
            under_way.enter_context(limits.admitted(ONE))
        with pytest.raises(Problem) as refused, limits.admitted(ONE):
            pass
        assert (refused.value.status, refused.value.headers) == (429, {"Retry-After": "1"})
        with limits.admitted(OTHER):
            pass
    with limits.admitted(ONE):
        pass


def test_what_all_requests_hold_is_bounded_and_given_back() -> None:
    limits = Limits()
    with limits.admitted(ONE) as one, limits.admitted(OTHER) as other:
        one.add(MOST_HELD - 10)
        other.add(10)
        with pytest.raises(Problem) as refused:
            other.add(1)
        assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "1"})
    with limits.admitted(ONE) as one:
        one.add(MOST_HELD)


def test_a_full_disk_and_a_full_outbox_are_told_as_such(gate: Gate) -> None:
    with gate.connector.outbox.database.reading() as conn:
        pages = conn.execute("PRAGMA page_count").fetchone()[0]
        conn.execute(f"PRAGMA max_page_count = {pages + 1}")
    answer = gate.post("court", "/events", [hearing(n) for n in range(100)])
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert gate.connector.outbox.waiting == 0
    gate.connector.outbox.waiting = MOST_UNSENT + 1
    answer = gate.post("court", "/events", hearing())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
