"""Every page for every role in both languages: it is made, tells the browser what it must, and no forgery goes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from importlib import resources

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from projections.access.role import Reach
from projections.access.roles import ROLES
from projections.shown.labels import LABELS
from projections.shown.titles import HINDI
from projections.shown.words import Words
from projections.web.export import as_csv, as_xlsx
from projections.web.pages import back_of
from projections.web.records import glossary
from projections.web.words import LANGUAGES, Speech
from schemas.catalogue import CATALOGUE
from tests.fix_api import HouseOf
from tests.projections.api import district as d
from tests.projections.web.people import csrf_of, signed_in

NEAR = {"JAIL": "BR-0123", "COURT": d.COURT, "STATION": "PATKOT", "DISTRICT": "PAT"}


def offices(code: str) -> list[str]:
    return [f"{kind}:{NEAR.get(kind, 'NONE')}" for kind in sorted(ROLES[code].about)]


@pytest.fixture
def court(district: str, house_of: HouseOf) -> Iterator[TestClient]:
    with signed_in(house_of, district, d.TODAY, "HIGH_COURT") as browser:
        yield browser


@pytest.mark.stack
@pytest.mark.parametrize("code", [code for code in ROLES if code != "CITIZEN"])
def test_every_link_that_a_role_is_offered_opens_in_both_languages(
    district: str, house_of: HouseOf, code: str
) -> None:
    for language in ("hi", "en"):
        with signed_in(house_of, district, d.TODAY, code, *offices(code), language=language) as browser:
            todo: list[str] = ["/"]
            seen: set[str] = set()
            while todo and len(seen) < (25 if language == "hi" else 4):
                path = todo.pop(0)
                seen.add(path)
                answer = browser.get(path)
                assert answer.status_code == 200, path
                if "text/html" not in answer.headers["content-type"]:
                    continue
                assert f'<html lang="{language}">' in answer.text
                for link in re.findall(r'href="(/[^"]*)"', answer.text):
                    plain = link.replace("&amp;", "&").partition("#")[0]
                    kind = plain.split("/")[1].partition("?")[0]
                    few = sum(one.split("/")[1].partition("?")[0] == kind for one in (*seen, *todo)) < 6
                    if plain not in seen and plain not in todo and few and kind not in ("language", "static"):
                        todo.append(plain)
            assert len(seen) > 3


@pytest.mark.stack
def test_the_case_page_tells_who_where_why_and_from_which_event(court: TestClient) -> None:
    page = court.get(f"/case/{d.FIR}").text
    assert d.NAMES[0] in page
    assert 'role="img"' in page
    assert f"/event/{d.CORRECTION}" in page
    assert "25-01-2025" not in court.get(f"/event/{d.CORRECTION}").text
    known = court.get(f"/case/{d.FIR}", params={"known_at": "05-02-2025"}).text
    assert f"/event/{d.GRANT}" in known
    assert court.get(f"/case/{d.FIR}", params={"as_of": "32-01-2025"}).status_code == 400
    assert court.get(f"/case/{d.JOINT_CNR}").text.count("/case/FIR:") == 2
    assert court.get(f"/prisoner/{d.PID}").status_code == 200


@pytest.mark.stack
def test_a_number_in_any_spelling_opens_its_file_and_a_name_finds_its_person(court: TestClient) -> None:
    assert (
        court.get("/search", params={"q": "PATKOT P.S. No. 123/2025"}).headers["location"]
        == f"/case/FIR:{d.FIR}"
    )
    assert court.get("/search", params={"q": d.PID}).headers["location"] == f"/prisoner/PID:{d.PID}"
    for spelling in ("Rakep Zumal", "rakep jumaal", "Raakep"):
        assert d.NAMES[0] in court.get("/search", params={"q": spelling}).text
    assert d.NAMES[0] not in court.get("/search", params={"q": "Mivan"}).text
    assert court.get("/search", params={"q": "123"}).status_code == 400


@pytest.mark.stack
def test_search_finds_nobody_who_is_not_the_readers(district: str, house_of: HouseOf) -> None:
    with signed_in(house_of, district, d.TODAY, "JAIL_SUPERINTENDENT", "JAIL:BR-0124") as browser:
        page = browser.get("/search", params={"q": d.NAMES[0]}).text
        assert d.NAMES[1] not in page
        assert "<ol" not in page
        # Of the same case, and held elsewhere.
    with signed_in(house_of, district, d.TODAY, "JAIL_SUPERINTENDENT", "JAIL:BR-0123") as browser:
        assert d.NAMES[1] in browser.get("/search", params={"q": d.NAMES[0]}).text
        assert "Sutel" not in browser.get("/search", params={"q": "Mivan Dorpal"}).text


@pytest.mark.stack
def test_pages_forbid_scripts_frames_copies_and_guessing_of_types(court: TestClient) -> None:
    for path in ("/", f"/case/{d.FIR}", "/sign-in", "/nowhere", "/citizen"):
        headers = court.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
        assert headers["referrer-policy"] == "same-origin"
    assert "<script" not in court.get("/").text


@pytest.mark.stack
def test_what_was_not_asked_by_our_own_form_is_refused(court: TestClient) -> None:
    csrf = csrf_of(court.get("/").text)
    for path in ("/acting", "/sign-out", "/emergency", "/grants", "/grants/revoke"):
        given = {"subject": "x", "role": "COURT", "number": "1", "of": d.FIR, "reason": "x" * 30}
        assert court.post(path, data=given).status_code == 403
        assert court.post(path, data={**given, "csrf": "x" * len(csrf)}).status_code == 403
    assert court.post("/acting", data={"csrf": csrf, "purpose": "TRIAL"}).status_code == 303
    assert court.post("/acting", data={"csrf": csrf, "purpose": "AUDIT"}).status_code == 400
    assert court.post("/sign-out", data={"csrf": csrf}).status_code == 303
    assert court.get("/").headers["location"].startswith("/sign-in")


@pytest.mark.stack
def test_an_emergency_opens_the_case_with_a_reason_that_its_owners_see(
    district: str, house_of: HouseOf
) -> None:
    reason = "He collapsed and the duty doctor needs to know which court to tell."
    with signed_in(house_of, district, d.TODAY, "JAIL_SUPERINTENDENT", "JAIL:BR-0124") as browser:
        assert browser.get(f"/case/{d.JOINT}").status_code == 404
        csrf = csrf_of(browser.get("/emergency").text)
        short = browser.post("/emergency", data={"of": d.JOINT, "reason": "because", "csrf": csrf})
        assert short.status_code == 400
        opened = browser.post("/emergency", data={"of": d.JOINT, "reason": reason, "csrf": csrf})
        assert opened.status_code == 200
        assert browser.get(f"/case/{d.JOINT}").status_code == 404
    with signed_in(house_of, district, d.TODAY, "COURT", f"COURT:{d.COURT}") as browser:
        assert reason in browser.get(f"/case/{d.JOINT}").text


@pytest.mark.stack
def test_a_board_is_narrowed_turned_over_and_taken_away(court: TestClient) -> None:
    page = court.get("/board/undertrials", params={"jail": "BR-0124"}).text
    assert "BR-0125" not in page
    first = court.get("/board/undertrials").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    rest = court.get(following.group(1).replace("&amp;", "&")).text
    names = [re.findall(r"Holder \d\d", text) for text in (first, rest)]
    assert not set(names[0]) & set(names[1])
    assert len({*names[0], *names[1]}) == d.JAILED
    taken = court.get("/board/undertrials/taken.csv", params={"jail": "BR-0124"})
    rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert "Holder" in rows[1][0]
    book = load_workbook(io.BytesIO(court.get("/board/undertrials/taken.xlsx").content))
    assert book.active is not None
    assert book.active.max_row == d.JAILED + 2
    assert court.get("/board/undertrials", params={"x": "y"}).status_code == 400
    assert court.get("/board/nothing").status_code == 404


def test_what_a_spreadsheet_would_take_for_a_formula_stays_text() -> None:
    evil = ["=1+1", "+1", "-1", "@x", "\tx", "plain"]
    (row,) = list(csv.reader(io.StringIO(as_csv(["a"] * 6, [evil]).decode("utf-8-sig"))))[1:]
    assert [cell[0] for cell in row] == ["'"] * 5 + ["p"]
    sheet = load_workbook(io.BytesIO(as_xlsx("x/y", ["a"] * 6, [[*evil[:5], "\x00b"]]))).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet[2]] == ["s"] * 6
    assert [cell.value for cell in sheet[2]][:2] == ["=1+1", "+1"]


@pytest.mark.parametrize(
    "text", ["//evil.example", "https://evil.example/", "/\\evil.example", "evil", "", "/\n//evil.example"]
)
def test_nobody_is_sent_to_another_host(text: str) -> None:
    assert back_of(text) == "/"
    assert back_of("/case/FIR:X?as_of=1") == "/case/FIR:X?as_of=1"


def test_everything_that_the_pages_say_is_said_in_hindi() -> None:
    web = resources.files("projections.web")
    with web.joinpath("locale/hi/LC_MESSAGES/messages.po").open("rb") as text:
        catalogue = read_po(text, locale="hi")
    options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    found = extract_from_dir(str(web), [("**.html", "jinja2")], options_map=options)
    said = {message[2] for message in found}
    assert len(said) > 100
    missing = [text for text in said if (known := catalogue.get(text)) is None or not known.string]
    assert missing == []
    assert not {message.id for message in catalogue if message.id} - said


def test_numbers_and_days_are_written_as_in_india() -> None:
    for language in LANGUAGES:
        speech = Speech.of(language)
        assert speech.number(1234567) == "12,34,567"
        assert speech.day("2026-01-31") == "31-01-2026"


def test_every_event_is_called_something_in_hindi() -> None:
    assert set(CATALOGUE) - HINDI.keys() == set()
    assert Words("hi").event("court.BailGranted") == "जमानत मंजूर"
    assert Words("en").event("court.BailGranted") == "Bail granted"


def test_the_glossary_names_a_source_for_each_term_and_flags_what_nobody_compared() -> None:
    for one in glossary():
        assert one["term"]
        assert one["hindi"]
        assert one["source"]
        assert one["verified"] in ("yes", "no")


def test_every_role_has_a_day_or_a_question_of_its_own() -> None:
    from projections.boards import DECLARED

    for role in ROLES.values():
        if role.reach is Reach.OFFICE and "BOARD" in role.questions:
            assert any(name in DECLARED for name in role.boards), role.code
    assert len(LABELS) > 100
