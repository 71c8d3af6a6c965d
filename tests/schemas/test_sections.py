"""Section strings as clerks write them, in English and Hindi."""

from __future__ import annotations

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.acts import acts, code_of
from schemas.correspondence import BNS, IPC, equivalents, related, table
from schemas.sections import Section, of_record, parse, text_of

WRITTEN = [
    ("302/34 IPC", "302, 34 IPC"),
    ("u/s 103(1) r/w 3(5) BNS", "103(1), 3(5) BNS"),
    ("U/S-379/411 I.P.C.", "379, 411 IPC"),
    ("Section 120-B of the Indian Penal Code, 1860", "120B IPC"),
    ("124 A IPC", "124A IPC"),
    ("376(2)(n) IPC, 4/6 POCSO Act", "376(2)(n) IPC; 4, 6 POCSO"),
    ("IPC 302, 34; Arms Act 25/27", "302, 34 IPC; 25, 27 Arms"),
    ("115(2)/126(2)/352/351(2)/3(5) BNS 2023", "115(2), 126(2), 352, 351(2), 3(5) BNS"),
    ("103(1) of Bharatiya Nyaya Sanhita, 2023", "103(1) BNS"),
    ("20(b)(ii)(B) NDPS", "20(b)(ii)(B) NDPS"),
    ("8/20(b)(ii)(c) NDPS Act", "8, 20(b)(ii)(C) NDPS"),
    ("20b(ii)C NDPS Act, 1985", "20(b)(ii)(C) NDPS"),
    ("25(1B)a/26/35 Arms Act", "25(1-B)(a), 26, 35 Arms"),
    ("25(1-b)(a), 26 Arms Act, 1959", "25(1-B)(a), 26 Arms"),
    ("498-A IPC & 3/4 D.P. Act", "498A IPC; 3, 4 Dowry Prohibition"),
    ("13(1)/16/18 UA(P) Act", "13(1), 16, 18 UAPA"),
    ("302 IPC and 3(2)(v) SC/ST Act", "302 IPC; 3(2)(v) SC/ST"),
    ("3(1)(r)(s) SC/ST (POA) Act 1989", "3(1)(r), 3(1)(s) SC/ST"),
    ("30(a) Bihar Prohibition and Excise Act 2016", "30(a) Bihar Excise"),
    ("67A IT Act", "67A IT"),
    ("302, 302/34 IPC", "302, 34 IPC"),
    ("धारा ३०२/३४ भा.द.वि.", "302, 34 IPC"),
    ("भा०द०वि० की धारा 304ख/498क", "304B, 498A IPC"),
    ("धारा 302/34 भा0द0वि0 एवं 27 आर्म्स एक्ट", "302, 34 IPC; 27 Arms"),
    ("धारा 103(1)/3(5) बी.एन.एस.", "103(1), 3(5) BNS"),
    ("धारा 115(2), 126(2) भारतीय न्याय संहिता 2023", "115(2), 126(2) BNS"),
    ("धारा 20(ख)(ii)(ख) एन.डी.पी.एस. एक्ट", "20(b)(ii)(B) NDPS"),
    ("धारा 30(क) बिहार मद्य निषेध एवं उत्पाद अधिनियम 2016", "30(a) Bihar Excise"),
    ("उत्पाद अधिनियम की धारा 30(ए)", "30(a) Bihar Excise"),
    ("धारा 4/6 पॉक्सो एक्ट", "4, 6 POCSO"),
]


@pytest.mark.parametrize(("written", "canonical"), WRITTEN)
def test_a_string_as_written_becomes_sections_and_nothing_is_left_over(written: str, canonical: str) -> None:
    read = parse(written)
    assert text_of(read.sections) == canonical
    assert read.unread == ()
    assert parse(canonical).sections == read.sections


@pytest.mark.parametrize(
    ("written", "sections", "unread"),
    [
        ("302", "", ("302",)),
        ("foo 302 IPC bar", "302 IPC", ("foo", "bar")),
        ("147-149 IPC", "", ("147-149",)),
        ("302 xyz Act", "", ("302 xyz Act",)),
        ("5 xyz Act, 302 IPC", "302 IPC", ("5 xyz Act",)),
        ("", "", ()),
        ("धारा 3(1)(द) एससी/एसटी एक्ट", "", ("3(1)(द)",)),
    ],
)
def test_what_is_not_understood_is_returned_and_never_dropped(
    written: str, sections: str, unread: tuple[str, ...]
) -> None:
    read = parse(written)
    assert (text_of(read.sections), read.unread) == (sections, unread)


def test_numbers_alone_belong_to_the_act_that_the_caller_names() -> None:
    assert parse("103(1), 3(5)", "BNS2023").sections == (
        Section("BNS2023", "103(1)"),
        Section("BNS2023", "3(5)"),
    )
    assert parse("302 IPC", "BNS2023").sections == (Section("IPC1860", "302"),)


def _offence_sections() -> list[Section]:
    text = resources.files("projections.law").joinpath("data/offences.csv").read_text("utf-8")
    return sorted({Section(row["act"], row["section"]) for row in csv.DictReader(text.splitlines())})


@given(
    st.lists(
        st.sampled_from([one for one in _offence_sections() if one.act in acts()]),
        min_size=1,
        max_size=6,
        unique=True,
    )
)
def test_canonical_text_of_any_sections_of_the_table_reads_back_the_same(sections: list[Section]) -> None:
    read = parse(text_of(sections))
    assert read.unread == ()
    assert set(read.sections) == set(sections)


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser_and_every_letter_is_accounted_for(text: str) -> None:
    read = parse(text)
    if any(character.isalnum() for character in text) and not read.sections:
        assert read.unread or not any(character.isdigit() for character in text)


def test_every_spelling_of_every_act_is_found_after_a_section() -> None:
    for act in acts().values():
        for spelling in act.spellings:
            assert parse(f"12 {spelling}").sections == (Section(act.code, "12"),), spelling


def test_sections_that_took_each_others_place() -> None:
    assert equivalents(Section(IPC, "302")) == (Section(BNS, "103(1)"),)
    assert equivalents(Section(BNS, "303(2)")) == (Section(IPC, "379"),)
    assert {one.section for one in equivalents(Section(IPC, "376"))} == {"64(1)", "64(2)", "65(1)"}
    assert {one.section for one in equivalents(Section(BNS, "70(2)"))} == {"376DA", "376DB"}
    assert equivalents(Section(IPC, "377")) == ()
    assert equivalents(Section("NDPS1985", "20")) == ()


def test_a_section_is_related_to_its_parts_and_not_to_its_neighbours() -> None:
    assert related("376", "376(2)")
    assert not related("376", "376A")
    assert not related("3", "34")


def test_the_correspondence_names_only_known_codes() -> None:
    assert len(table()) == 416
    assert all(line.ipc for line in table())


def test_a_record_of_an_event_is_read_whatever_its_act_is_called() -> None:
    assert of_record("BNS", "303(2)", "Theft, first conviction").sections == (
        Section("BNS2023", "303(2)", "Theft, first conviction"),
    )
    assert of_record("BPEA", "30(a)").sections == (Section("BPEA2016", "30(a)"),)
    assert of_record("NDPS1985", "20(b)(ii)(c)").sections == (Section("NDPS1985", "20(b)(ii)(C)"),)
    assert of_record("SCST", "3(1)(r)").sections == (Section("SCST1989", "3(1)(r)"),)
    assert of_record("FOO", "12").unread == ("FOO 12",)
    assert of_record("BNS", "one").unread == ("BNS one",)


def test_every_act_is_known_by_its_code_its_short_form_and_its_title() -> None:
    for act in acts().values():
        assert {code_of(name) for name in (act.code, act.short, *act.spellings)} == {act.code}
    assert code_of("Foo Act") is None
