"""No schema changes so that old and new could not read each other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schemas.catalogue import CATALOGUE
from schemas.compat import conflicts, kept_versions
from schemas.loader import schema_of, schema_text
from schemas.messages import MESSAGES
from schemas.writers import fingerprint

GRANTED = "court.BailGranted"


@pytest.mark.parametrize("event", sorted({*CATALOGUE, *MESSAGES}))
def test_todays_schema_reads_and_is_read_by_every_kept_version(event: str) -> None:
    versions = kept_versions(event)
    assert [conflict for version in versions for conflict in conflicts(schema_of(event), version)] == []
    kept = {fingerprint(json.dumps(version)) for version in versions}
    assert fingerprint(schema_text(event)) in kept, "run: python -m schemas.compat"


def changed(**fields: Any) -> dict[str, Any]:
    """Today's schema with these fields of the body in the place of those of their name, or at the end."""
    schema = schema_of(GRANTED)
    for name, field in fields.items():
        others = [one for one in schema["fields"] if one["name"] != name]
        schema["fields"] = others if field is None else [*others, {"name": name, **field}]
    return schema


@pytest.mark.parametrize(
    "harmless",
    [
        changed(until=None),
        changed(stamp_duty={"type": "long", "default": 0}),
        changed(conditions={"type": {"type": "array", "items": "string"}, "default": ["none"]}),
        changed(order_number={"type": "bytes", "default": ""}),
        changed(
            basis={
                "type": {"type": "enum", "name": "BailBasis", "symbols": ["A"], "default": "A"},
                "default": "A",
            }
        ),
    ],
)
def test_a_harmless_change_has_no_conflict(harmless: dict[str, Any]) -> None:
    assert conflicts(schema_of(GRANTED), harmless) == []


@pytest.mark.parametrize(
    ("harmful", "why"),
    [
        (changed(accused=None), "BailGranted.accused: new without a default"),
        (changed(judge_name={"type": "string"}), "BailGranted.judge_name: new without a default"),
        (changed(court={"type": "int", "default": 0}), "BailGranted.court: string cannot be read as int"),
        (
            changed(sureties_required={"type": "long", "default": 0}),
            "BailGranted.sureties_required: null cannot be read as long",
        ),
        (
            changed(bond_amount={"type": ["null", "int"], "default": None}),
            "BailGranted.bond_amount: no branch of the union reads long",
        ),
        (
            changed(until={"type": ["null", "int"], "default": None}),
            "BailGranted.until: no branch of the union reads int",
        ),
        (
            changed(
                basis={
                    "type": {"type": "enum", "name": "Basis", "symbols": ["A"], "default": "A"},
                    "default": "A",
                }
            ),
            "BailGranted.basis: enum BailBasis is not Basis",
        ),
        (
            changed(basis={"type": {"type": "enum", "name": "BailBasis", "symbols": ["A"]}, "default": "A"}),
            "BailGranted.basis: no default for FULL_TERM, ONE_HALF, ONE_THIRD, OTHER, UNKNOWN",
        ),
        (
            changed(conditions={"type": {"type": "array", "items": "int"}, "default": []}),
            "BailGranted.conditions[]: string cannot be read as int",
        ),
        (
            changed(accused={"type": {"type": "record", "name": "Person", "fields": []}}),
            "BailGranted.accused: record Accused is not Person",
        ),
    ],
)
def test_a_harmful_change_is_named(harmful: dict[str, Any], why: str) -> None:
    assert why in conflicts(schema_of(GRANTED), harmful)
