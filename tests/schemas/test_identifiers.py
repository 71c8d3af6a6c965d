"""Every spelling leads to the one canonical text; what is not an identifier is refused with an example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.accused import is_canonical_ref, parse_ref, text_of_ref
from schemas.identifier_page import PAGE, render
from schemas.identifiers import KINDS, IdentifierError, guess, is_canonical, parse, text_of

SPELLINGS = [
    (kind.name, example)
    for kind in KINDS.values()
    for spelling in kind.spellings
    for example in spelling.examples
]


@st.composite
def canonical(draw: st.DrawFn) -> tuple[str, str]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    return kind, draw(st.from_regex(KINDS[kind].pattern.replace(r"\d", "[0-9]"), fullmatch=True))


@pytest.mark.parametrize(("kind", "written"), SPELLINGS)
def test_each_spelling_means_the_kinds_example(kind: str, written: str) -> None:
    assert text_of(parse(written, kind)) == f"{kind}:{KINDS[kind].example}"


def test_each_example_of_a_spelling_is_of_that_spelling() -> None:
    for kind in KINDS.values():
        for spelling in kind.spellings:
            assert spelling.examples
            assert all(spelling.pattern.fullmatch(example) for example in spelling.examples)


@given(canonical())
def test_canonical_text_parses_to_itself(identifier: tuple[str, str]) -> None:
    kind, value = identifier
    parsed = parse(f"{kind}:{value}")
    assert parsed == {"kind": kind, "value": value}
    assert parse(text_of(parsed), kind) == parsed
    assert not set(value) & set(" /:")


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=40))
def test_what_parses_is_canonical_and_parses_again_to_the_same(kind: str, text: str) -> None:
    try:
        parsed = parse(text, kind)
    except IdentifierError:
        return
    assert is_canonical(parsed["kind"], parsed["value"])
    assert parse(text_of(parsed)) == parsed


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_refusal_says_what_is_expected_and_does_not_repeat_the_text(kind: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        parse("Ramesh s/o Suresh", kind)
    assert KINDS[kind].example in str(refused.value)
    assert "Ramesh" not in str(refused.value)


@pytest.mark.parametrize(
    ("bare", "meant"),
    [
        ("BR-PATKOT-2025-0123", "FIR:BR-PATKOT-2025-0123"),
        ("Patkot P.S. Case No. 123/2025", "FIR:BR-PATKOT-2025-0123"),
        ("FIR No. 123/2025 PS PATKOT", "FIR:BR-PATKOT-2025-0123"),
        ("patkot-2025-123", "FIR:BR-PATKOT-2025-0123"),
        ("थाना", None),
        ("PS PATKOT FIR १२३/२०२५", "FIR:BR-PATKOT-2025-0123"),
        ("FIR 0/2025 PS PATKOT", "FIR:BR-PATKOT-2025-0000"),
        ("UP PATKOT 12345/2025", "FIR:UP-PATKOT-2025-12345"),
        ("brpa01-000123-2025", "CNR:BRPA010001232025"),
        ("BR-0123-45678", "PID:BR-0123-45678"),
        ("BRPA01-2025-000045", "PTN:BRPA01-2025-000045"),
        ("JAIL:BR-0123", "JAIL:BR-0123"),
        ("GD:GD No. 12 dt. 31.01.2025 PS PATKOT", "GD:BR-PATKOT-20250131-0012"),
    ],
)
def test_a_bare_text_is_guessed(bare: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(IdentifierError):
            guess(bare)
    else:
        assert text_of(parse(bare)) == meant


def test_text_and_kind_must_agree() -> None:
    with pytest.raises(IdentifierError):
        parse("FIR:BR-PATKOT-2025-0123", "CNR")
    with pytest.raises(IdentifierError):
        parse("BR-PATKOT-2025-0123", "NO_SUCH_KIND")


@pytest.mark.parametrize(
    "near_miss",
    [
        "BR-PATKOT-2025-123",
        "BR-PATKOT-2025-00123",
        "br-PATKOT-2025-0123",
        "BR-PATKOT-1825-0123",
        "BR-PATKOT-2025-0123\n",
    ],
)
def test_a_near_miss_is_not_canonical(near_miss: str) -> None:
    assert not is_canonical("FIR", near_miss)


def test_an_unknown_kind_is_not_canonical() -> None:
    assert not is_canonical("PASSPORT", "BR-PATKOT-2025-0123")


@pytest.mark.parametrize(
    "text",
    ["CCTNS_CODE:FIR:BR-PATKOT-2025-0123:A1", "CIS_PARTY:CNR:BRPA010001232025:1", "PID:BR-0123-45678"],
)
def test_a_reference_to_an_accused_and_its_text(text: str) -> None:
    ref = parse_ref(text)
    assert is_canonical_ref(ref)
    assert text_of_ref(ref) == text


@pytest.mark.parametrize(
    "text",
    [
        "CCTNS_CODE:CNR:BRPA010001232025:A1",
        "CCTNS_CODE:FIR:BR-PATKOT-2025-0123:a 1",
        "CIS_PARTY:CNR:BRPA01000123:1",
        "PID:45678",
        "AADHAAR:BR:1",
        "",
    ],
)
def test_a_reference_that_does_not_fit_together_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError):
        parse_ref(text)


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m schemas.identifier_page"
