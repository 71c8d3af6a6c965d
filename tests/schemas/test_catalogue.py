"""The catalogue and the `.avsc` files say the same."""

from __future__ import annotations

import re
from typing import Any

import fastavro
import pytest

from schemas.catalogue import CATALOGUE, DEPARTMENTS, EventType
from schemas.generate import TARGET, render
from schemas.identifiers import KINDS
from schemas.links import ENDS
from schemas.loader import PRIMITIVES, definitions, event_names, schema_of
from schemas.messages import MESSAGES
from schemas.topics import TOPICS

EVENTS = sorted(CATALOGUE)
IDENTIFIER = "sangam.common.Identifier"


def named_types_in(node: Any) -> list[str]:
    if isinstance(node, str):
        return [] if node in PRIMITIVES else [node]
    if isinstance(node, list):
        return [name for branch in node for name in named_types_in(branch)]
    if node["type"] == "array":
        return named_types_in(node["items"])
    return []


def test_every_event_file_has_its_line_and_every_line_its_file() -> None:
    assert set(event_names()) == set(CATALOGUE)


def test_the_types_for_mypy_are_what_the_avsc_files_say() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in TARGET.glob("*.py")}
    assert there == render(), "run: python -m schemas.generate"


@pytest.mark.parametrize("event", EVENTS)
def test_avro_accepts_the_schema(event: str) -> None:
    parsed = fastavro.parse_schema(schema_of(event))
    assert isinstance(parsed, dict)
    assert parsed["name"] == "sangam." + event


@pytest.mark.parametrize("event", EVENTS)
def test_the_envelope_comes_first_and_what_is_no_identity_has_a_default(event: str) -> None:
    fields = definitions()["sangam." + event]["fields"]
    assert fields[0]["name"] == "envelope"
    identity = {"envelope", "accused", "left", "right", "decision", "target"}
    assert [f["name"] for f in fields if "default" not in f and f["name"] not in identity] == []


@pytest.mark.parametrize("full", sorted(definitions()))
def test_every_field_has_its_meaning_and_every_enum_its_default(full: str) -> None:
    definition = definitions()[full]
    assert definition["doc"]
    if definition["type"] == "enum":
        assert definition["default"] in definition["symbols"]
    else:
        assert [f["name"] for f in definition["fields"] if not f["doc"]] == []


@pytest.mark.parametrize("full", sorted(definitions()))
def test_no_field_is_a_fraction_since_canonical_json_writes_those_differently(full: str) -> None:
    for field in definitions()[full].get("fields", []):
        assert field["type"] not in ("float", "double")


def test_every_shared_type_is_used() -> None:
    used = {
        name
        for definition in definitions().values()
        for field in definition.get("fields", [])
        for name in named_types_in(field["type"])
    }
    shared = {full for full in definitions() if full.removeprefix("sangam.") not in {*CATALOGUE, *MESSAGES}}
    assert shared - used == set()


@pytest.mark.parametrize("line", CATALOGUE.values(), ids=list(CATALOGUE))
def test_a_line_names_known_topics_kinds_and_links(line: EventType) -> None:
    assert line.topics <= {topic.name for topic in TOPICS}
    assert line.anchors <= set(KINDS)
    assert set(line.claims) <= set(KINDS)
    assert set(line.claims.values()) <= set(ENDS)
    assert re.fullmatch(r"[01]\d:[0-5]\d|2[0-3]:[0-5]\d", line.nominal_hour)
    assert {topic.partition(".")[0] for topic in line.topics} <= set(DEPARTMENTS)


@pytest.mark.parametrize("line", CATALOGUE.values(), ids=list(CATALOGUE))
def test_every_claim_that_a_line_lists_can_join_one_of_its_anchors(line: EventType) -> None:
    for claim in line.claims:
        assert any(line.link_kind(anchor, claim) for anchor in line.anchors), claim


@pytest.mark.parametrize("line", CATALOGUE.values(), ids=list(CATALOGUE))
def test_a_claim_path_leads_to_identifiers_and_every_joining_field_is_a_claim_path(line: EventType) -> None:
    paths: set[str] = set()
    for field in definitions()["sangam." + line.name]["fields"][1:]:
        types = named_types_in(field["type"])
        mark = "[]" if isinstance(field["type"], dict) and field["type"]["type"] == "array" else ""
        if IDENTIFIER in types:
            paths.add(field["name"] + mark)
        if "sangam.common.CaseReference" in types:
            paths.add(field["name"] + mark + ".identifier")
    # On hub.identity the decision itself is the link: it claims nothing in its envelope.
    expected = set() if line.department == "hub" else paths
    assert set(line.claim_paths) == expected


def test_arrest_stands_before_remand_before_admission_before_release() -> None:
    order = ["police.FirRegistered", "police.ArrestMade", "court.RemandOrdered", "court.BailGranted",
             "prison.Admitted", "prison.ReleaseOrderReceived", "prison.Released"]  # fmt: skip
    hours = [CATALOGUE[name].nominal for name in order]
    assert hours == sorted(hours)
