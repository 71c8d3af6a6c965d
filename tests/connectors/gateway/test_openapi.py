"""The gateway keeps to what its OpenAPI says, whatever it is sent: a documented answer, and never a 500."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from connectors.gateway.plain_form import EXAMPLE
from tests.fix_gateway import Gate


@pytest.mark.filterwarnings(
    "ignore:Do not use the `random` module"
)  # schemathesis does, where a body has choices
def test_any_request_gets_a_documented_answer(gate: Gate) -> None:
    gate.publishers.path.write_text(
        gate.publishers.path.read_text().replace("[court]", "[court]\nevents_per_second = 100000")
    )
    gate.publishers._looked = 0.0
    schema = schemathesis.openapi.from_asgi("/openapi.json", gate.app)
    schema.validate()
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert {operation.path for operation in operations} == {
        "/events", "/validate", "/receipts/{event_id}", "/publisher", "/health", "/metrics",
    }  # fmt: skip
    for operation in operations:

        @settings(
            max_examples=60, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def answers(case: Any) -> None:
            # What an event must say is more than a schema of JSON can, so not every one that fits is accepted.
            case.call_and_validate(headers=gate.token("court"), excluded_checks=[positive_data_acceptance])

        answers()


def test_the_example_is_accepted(gate: Gate) -> None:
    assert gate.post("court", "/events", EXAMPLE).status_code == 202
