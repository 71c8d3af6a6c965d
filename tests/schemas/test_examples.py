"""Every event has one example, which is valid, says what its fields are for, and stands on the generated page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schemas.catalogue import CATALOGUE
from schemas.codec import Decoder, Encoder
from schemas.complete import complete
from schemas.event_page import PAGE, render
from schemas.examples import example
from schemas.loader import FOLDER, definitions
from schemas.plain import from_plain
from schemas.writers import table_of_all
from tests.schemas.samples import SALT_KEY, topic_of

TABLE = table_of_all()
EVENTS = sorted(CATALOGUE)


@pytest.mark.parametrize("event", EVENTS)
def test_the_example_is_accepted_as_the_event_that_it_shows(event: str) -> None:
    name, record = from_plain(example(event))
    whole = complete(name, record, SALT_KEY)
    message = Encoder(TABLE.id_of).encode(name, whole)
    read = Decoder(TABLE).decode(topic_of(event), message.key, message.value, message.headers)
    assert (read.type, read.body) == (event, whole)


@pytest.mark.parametrize("event", EVENTS)
def test_the_example_says_something_of_most_fields(event: str) -> None:
    fields = {field["name"] for field in definitions()["sangam." + event]["fields"]}
    said = set(example(event)) - {"type"}
    assert len(said & fields) > 0.5 * len(fields)


def test_no_example_is_left_without_its_event() -> None:
    found = {f"{path.parent.name}.{Path(path.stem).stem}" for path in FOLDER.glob("*/*.example.json")}
    assert found == set(CATALOGUE)


def test_examples_have_ids_of_their_own() -> None:
    ids = [example(event)["envelope"]["event_id"] for event in EVENTS]
    assert len(set(ids)) == len(ids)


def test_the_page_of_events_is_what_schemas_and_examples_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m schemas.event_page"


def test_every_link_inside_the_page_leads_to_one_of_its_headings() -> None:
    page = render()
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    there = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) - there == set()
