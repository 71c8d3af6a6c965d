"""The content digest: what it covers, what it leaves out."""

from __future__ import annotations

import copy
import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.content import EXCLUDED, canonical_json, digest_of
from schemas.loader import definitions
from schemas.plain import to_plain
from schemas.reasons import FaultError, Reason
from tests.schemas.samples import PARTY_1, any_event, sample

GRANTED = "court.BailGranted"
PERSON = {"name": "N. N.", "relative_name": "R. R.", "village": "Village"}


@given(any_event(), st.uuids(), st.integers(1, 99), st.integers(1, 2**50))
def test_the_number_and_the_day_of_recording_are_no_content(
    named: tuple[str, dict[str, Any]], event_id: UUID, epoch: int, seq: int
) -> None:
    event, record = named
    resent = copy.deepcopy(record)
    resent["envelope"] |= {
        "event_id": event_id,
        "source_epoch": epoch,
        "source_seq": seq,
        "recorded_at": datetime(2031, 5, 6, tzinfo=UTC),
    }
    assert digest_of(event, resent) == digest_of(event, record)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", "court.cis/other"),
        ("source_record", "another row"),
        ("occurred_at", datetime(2025, 2, 1, tzinfo=UTC)),
        ("occurred_precision", "MINUTE"),
        ("supersedes", "0b7e8c1e-6a55-4d0c-9a39-1f3d2b1c0d11"),
        ("sensitivity", "SENSITIVE_FIR"),
        ("claims", [{"kind": "FIR", "value": "BR-PATKOT-2025-0123"}]),
        ("actor", {"kind": "CJM", "code": "", "district": ""}),
    ],
)
def test_every_other_field_of_the_envelope_is_content(field: str, value: object) -> None:
    record = sample(GRANTED)
    changed = copy.deepcopy(record)
    changed["envelope"][field] = value
    assert digest_of(GRANTED, changed) != digest_of(GRANTED, record)
    assert field not in EXCLUDED


@given(any_event())
def test_it_is_the_plain_form_with_sorted_keys_without_what_is_excluded(
    named: tuple[str, dict[str, Any]],
) -> None:
    event, record = named
    content = to_plain(event, record)
    for name in EXCLUDED:
        content["envelope"].pop(name, None)
    _replace_persons(content)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert json.loads(canonical_json(event, record)) == json.loads(text)
    assert digest_of(event, record) == hashlib.sha256(canonical_json(event, record)).digest()


def _replace_persons(node: Any) -> None:
    """The rule of architecture.md written a second time, over the plain form."""
    if isinstance(node, list):
        for one in node:
            _replace_persons(one)
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "person" and value is not None:
                rest = {key: inner for key, inner in value.items() if key != "salt"}
                text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
                node[name] = hashlib.sha256(bytes.fromhex(value.get("salt", "")) + text).hexdigest()
            else:
                _replace_persons(value)


def test_two_types_with_the_same_fields_have_different_digests() -> None:
    left, returned = sample("prison.InterimReleased"), sample("prison.Returned")
    assert digest_of("prison.InterimReleased", left) != digest_of("prison.Returned", returned)


def test_a_field_with_its_default_is_left_out() -> None:
    content = json.loads(canonical_json(GRANTED, sample(GRANTED)))
    assert set(content) == {"type", "envelope", "accused"}
    assert "sensitivity" not in content["envelope"]


def test_a_description_is_content_only_through_its_salted_digest() -> None:
    record = sample(GRANTED, accused={"ref": PARTY_1, "person": PERSON})
    text = canonical_json(GRANTED, record)
    assert b"N. N." not in text
    renamed = sample(GRANTED, accused={"ref": PARTY_1, "person": PERSON | {"name": "M. M."}})
    resalted = copy.deepcopy(record)
    resalted["accused"]["person"]["salt"] = b"another"
    assert len({digest_of(GRANTED, one) for one in (record, renamed, resalted)}) == 3


@pytest.mark.parametrize("where", ["court", "person"])
def test_a_nul_in_a_text_has_no_digest(where: str) -> None:
    record = sample(GRANTED, accused={"ref": PARTY_1, "person": PERSON})
    if where == "court":
        record["court"] = "BRPA01\0"
    else:
        record["accused"]["person"]["aliases"] = ["\0"]
    with pytest.raises(FaultError) as refused:
        digest_of(GRANTED, record)
    assert refused.value.reason is Reason.NUL_IN_TEXT


def test_a_text_that_only_looks_like_an_escaped_nul_is_content() -> None:
    record = sample(GRANTED)
    record["court"] = r"\u0000"
    assert digest_of(GRANTED, record)


def test_the_longest_text_is_64_kb_and_bytes_are_no_text() -> None:
    record = sample(GRANTED)
    record["court"] = "x" * 65_536
    assert digest_of(GRANTED, record)
    record["court"] += "x"
    with pytest.raises(FaultError) as refused:
        digest_of(GRANTED, record)
    assert refused.value.reason is Reason.TEXT_TOO_LONG
    repair = sample("hub.RepairApproved")
    repair["corrected_value"] = bytes(100_000)
    assert digest_of("hub.RepairApproved", repair)


def test_no_event_has_a_field_that_would_stand_in_the_place_of_its_type() -> None:
    for full, definition in definitions().items():
        names = {field["name"] for field in definition.get("fields", [])}
        assert "type" not in names, full
