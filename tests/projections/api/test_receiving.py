"""What did not come and what was set aside, over HTTP: for those who run the hub and for stewards alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from projections.completeness.settling import settle
from projections.store import generation

pytestmark = pytest.mark.stack

TODAY = date(2025, 7, 1)
Client = Callable[..., TestClient]


def test_operations_see_what_each_source_sent_and_what_was_refused(district: str, client: Client) -> None:
    with generation.connect(district, generation.prepare(district)) as conn:
        settle(conn)
    answer = client(district, TODAY, "OPS").get("/completeness")
    assert answer.status_code == 200, answer.text
    told: Any = answer.json()
    assert told["complete"] is False
    sources = {one["source"]: one for one in told["sources"]}
    assert sources
    assert all(one["received"] > 0 for one in sources.values())
    refused = sum(sum(one["refused"].values()) for one in sources.values())
    assert refused + sum(one["records"] for one in told["nameless"]) > 0
    assert all(one["waiting"] is None for one in told["topics"])


def test_a_steward_sees_the_groups_with_their_meaning_in_both_languages(
    district: str, client: Client
) -> None:
    steward = client(district, TODAY, "SCRB_NODAL_OFFICER")
    groups = steward.get("/quarantine").json()["groups"]
    assert "NOT_FRAMED" in {group["reason"] for group in groups}
    assert all(group["meaning"] and group["meaning_hi"] for group in groups)
    only = steward.get("/quarantine", params={"reason": "NOT_FRAMED"}).json()["groups"]
    assert {group["reason"] for group in only} == {"NOT_FRAMED"}
    assert steward.get("/quarantine", params={"source": "no\0body"}).json()["groups"] == []


@pytest.mark.parametrize("path", ["/completeness", "/quarantine"])
def test_neither_is_for_a_court(district: str, client: Client, path: str) -> None:
    assert client(district, TODAY, "HIGH_COURT").get(path).status_code == 403
