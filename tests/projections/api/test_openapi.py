"""The API keeps to what its OpenAPI says: of each address, for questions that make sense and for any others."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import BaseModel
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from projections.api import models
from tests.fix_api import Tokens
from tests.projections.api import district as d
from tests.projections.api.test_serving import served

pytestmark = pytest.mark.stack

ANSWERS: dict[str, type[BaseModel]] = {
    f"/cases/{d.FIR}": models.FileAnswer,
    f"/cases/{d.JOINT_CNR}": models.SeveralAnswer,
    f"/cases/COURT:{d.COURT}": models.FileAnswer,
    f"/clocks/{d.FIR}": models.ClocksAnswer,
    f"/clocks/{d.JOINT_CNR}": models.SeveralAnswer,
    f"/custody/{d.PID}": models.FileAnswer,
    "/undertrials": models.UndertrialPage,
    "/boards/undertrials": models.BoardRows,
    f"/events/{d.TWICE}": models.EventAnswer,
    f"/events/{d.GRANT}": models.EventAnswer,
    f"/events/{d.SECOND}": models.EventAnswer,
    f"/events/{d.BROKEN}": models.EventAnswer,
    "/health": models.Health,
}


@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_has_the_documented_form_and_no_field_beside_it(ask: TestClient, path: str) -> None:
    ANSWERS[path].model_validate_json(ask.get(path).content)


def test_any_question_gets_a_documented_answer(district: str, issued: Tokens) -> None:
    token = issued(district, "HIGH_COURT")
    asks = {"Authorization": f"Bearer {token.text}"}
    with served(district, token.issuer) as (address, _):
        schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
        schema.validate()
        operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
        assert len(operations) == 13
        for operation in operations:

            @settings(
                max_examples=40, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=operation.as_strategy())
            def answers(case: Any) -> None:
                # An identifier's grammar is more than a pattern can say, so not every text that fits is accepted.
                case.call_and_validate(headers=asks, excluded_checks=[positive_data_acceptance])

            answers()


def test_every_address_has_an_example_and_its_problems(ask: TestClient) -> None:
    paths = ask.get("/openapi.json").json()["paths"]
    assert set(paths) == {"/cases/{identifier}", "/clocks/{identifier}", "/custody/{pid}", "/undertrials", "/boards",
                          "/boards/{name}", "/events/{event_id}", "/alarms", "/receipts", "/completeness",
                          "/quarantine", "/health", "/metrics"}  # fmt: skip
    for path in ("/cases/{identifier}", "/custody/{pid}"):
        (parameter,) = [one for one in paths[path]["get"]["parameters"] if one["in"] == "path"]
        assert parameter["examples"]
    for path in paths:
        for status, answer in paths[path]["get"]["responses"].items():
            if status != "200":
                assert list(answer["content"]) == ["application/problem+json"]
