"""JSON Lines in and out."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given

from schemas.plain import from_plain, to_plain
from schemas.reasons import FaultError, Reason
from tests.schemas.samples import any_event, plain


@given(any_event())
def test_out_and_in_gives_the_same_record(named: tuple[str, dict[str, Any]]) -> None:
    event, record = named
    line = json.dumps(to_plain(event, record))
    assert from_plain(json.loads(line)) == (event, record)


def test_moments_without_a_zone_are_of_kolkata_and_what_is_left_out_has_its_default() -> None:
    line = plain("court.BailGranted", until="2025-04-01", envelope={"occurred_at": "2025-03-01T10:30"})
    event, record = from_plain(line)
    assert event == "court.BailGranted"
    assert record["envelope"]["occurred_at"] == datetime(2025, 3, 1, 5, 0, tzinfo=UTC)
    assert record["until"] == date(2025, 4, 1)
    assert record["bail_kind"] == "UNKNOWN"
    assert record["conditions"] == []
    assert record["envelope"]["occurred_precision"] == "DAY"


def test_two_records_share_no_default() -> None:
    first = from_plain(plain("court.BailGranted"))[1]
    first["conditions"].append("x")
    assert from_plain(plain("court.BailGranted"))[1]["conditions"] == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"bail_knd": "REGULAR"}, "bail_knd: no such field"),
        ({"accused": {"ref": {"scheme": "PID", "scope": ""}}}, "accused.ref.code: missing"),
        ({"accused": {"ref": None}}, "accused.ref: expected an object"),
        ({"accused": []}, "accused: expected an object"),
        ({"bail_kind": "GOOD"}, "bail_kind: expected one of UNKNOWN, REGULAR"),
        ({"bail_kind": {}}, "bail_kind: expected one of"),
        ({"until": "1 April"}, "until: expected a date in ISO 8601"),
        ({"until": 5}, "until: expected a date in ISO 8601"),
        ({"conditions": "none"}, "conditions: expected a list"),
        ({"conditions": ["", 5]}, "conditions[1]: expected a text"),
        ({"court": "\ud800"}, "court: expected a text"),
        ({"sureties_required": True}, "sureties_required: expected a whole number of 32 bits"),
        ({"sureties_required": 2**31}, "sureties_required: expected a whole number of 32 bits"),
        ({"envelope": {"event_id": "7"}}, "envelope.event_id: expected a UUID"),
        ({"envelope": {"recorded_at": "yesterday"}}, "envelope.recorded_at: expected a moment in ISO 8601"),
        ({"envelope": {"recorded_at": "0001-01-01T00:00"}}, "envelope.recorded_at: expected a moment"),
        (
            {"accused": {"ref": {"scheme": "", "scope": "", "code": ""}, "person": {"salt": "xyz"}}},
            "accused.person.salt: expected bytes in hexadecimal",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_its_path(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultError) as refused:
        from_plain(plain("court.BailGranted", **fields))
    assert refused.value.reason is Reason.PLAIN_INVALID
    assert refused.value.detail.startswith(said)


def test_true_and_false_are_booleans_only() -> None:
    with pytest.raises(FaultError, match="late: expected true or false"):
        from_plain(plain("prison.Returned", late="yes"))


@pytest.mark.parametrize("line", [{}, {"type": "court.NoSuchEvent"}, {"type": 7}])
def test_a_line_of_no_known_type_is_refused(line: dict[str, Any]) -> None:
    with pytest.raises(FaultError) as refused:
        from_plain(line)
    assert refused.value.reason is Reason.TYPE_UNKNOWN


def test_a_line_that_is_no_object_is_refused() -> None:
    with pytest.raises(FaultError) as refused:
        from_plain(["court.BailGranted"])
    assert refused.value.reason is Reason.PLAIN_INVALID
