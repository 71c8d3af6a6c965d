"""Sections of law as clerks write them, and back to one canonical text.

"302/34 IPC", "u/s 103(1) r/w 3(5) BNS", "20(b)(ii)(B) NDPS", "धारा ३०२/३४ भा.द.वि." become
`Section(act, section, variant)`. Promises: nothing is dropped (what is not understood stands in `unread`,
word for word), nothing is guessed (a number without an act is unread unless the caller names the act), and
`parse(text_of(sections))` gives the same sections again. No I/O but the packaged tables, read once.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from schemas.acts import act_pattern, acts, code_of


class Section(NamedTuple):
    """One section of one act; `variant` is the `offence` of a row of the offence table, if the source names
    it.
    """

    act: str
    section: str
    variant: str | None = None

    def __str__(self) -> str:
        return f"{self.act} {self.section}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a section string says: the sections in the order written, and the words not understood."""

    sections: tuple[Section, ...]
    unread: tuple[str, ...]


_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
# Clause letters in Hindi: (क) is (a); after a number ख is the letter of the section (304ख is 304B).
_LETTERS = {
    "क": "a", "ख": "b", "ग": "c", "घ": "d", "ङ": "e", "च": "f", "छ": "g", "ज": "h", "झ": "i",
    "ए": "a", "बी": "b", "सी": "c", "डी": "d", "ई": "e", "एफ": "f", "जी": "g",
}  # fmt: skip
_HINDI_LETTER = re.compile(r"(?<=[\d(\-])(एफ|बी|सी|डी|जी|[एई]|\s?[कखगघङचछजझ])(?=[\s)(/,;.]|$|\d)")
# Words between sections, which carry nothing.
_FILLER = re.compile(
    r"(?:u\s*/\s*s\.?|under\s+sections?|sections?|secs?\.?|s\.|read\s+with|r\s*/\s*w\.?|r\.w\.|and|of|the|with|punishable|"
    r"धाराओं|धाराएं|धाराएँ|धारा|धा\.|अंतर्गत|अन्तर्गत|के\s+तहत|तहत|सहपठित|पठित|एवं|एवम|और|तथा|व|की|का|के|"
    r"[,;/&+:|\s.\-\u0964])+",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\d{1,4}(?:\s?-\s?[A-Za-z]{1,2}(?![A-Za-z])|\s?[A-Za-z]{1,2}(?![A-Za-z]))?"
    r"(?:\s?\(\s?[0-9A-Za-z]{1,4}(?:\s?-\s?[A-Za-z]{1,3})?\s?\)|(?<=\))[A-Za-z](?![A-Za-z(]))*"
)
_UNKNOWN_ACT = re.compile(r"\b(?:act|code|adhiniyam|rules?)\b|अधिनियम|एक्ट|संहिता|नियम", re.IGNORECASE)
_RANGE = re.compile(r"\d{1,4}\s?-\s?\d{1,4}")


def parse(text: str, act: str | None = None) -> Parsed:
    """Read a section string. `act` (a code) owns the numbers if no act is named; without it they are unread.

    An act stands after its sections ("302/34 IPC") or before them ("IPC 302, 34"): the first word decides,
    and a remainder at the end belongs to the act named last.
    """
    found = list(_tokens(_normalised(text)))
    named = [token for token in found if token.kind != "unread"]
    leading = bool(named) and named[0].kind == "act"
    sections: list[Section] = []
    unread: list[str] = []
    waiting: list[str] = []
    current = act if not any(token.kind == "act" for token in found) else None
    for token in found:
        if token.kind == "unread":
            if waiting and not leading and _UNKNOWN_ACT.search(token.text):
                unread.append(f"{', '.join(waiting)} {token.text}")  # sections of an act that we don't know
                waiting = []
            else:
                unread.append(token.text)
        elif token.kind == "section":
            waiting.append(token.text)
        else:
            owner = current if leading else token.text
            if owner is not None:
                sections.extend(_sections(owner, waiting))
                waiting = []
            current = token.text
    if current is None:
        unread.extend(waiting)
    else:
        sections.extend(_sections(current, waiting))
    return Parsed(tuple(dict.fromkeys(sections)), tuple(unread))


@functools.lru_cache(maxsize=65536)
def of_record(act: str, section: str, variant: str | None = None) -> Parsed:
    """The section of an event's record (sangam.common.Section), whose act may be spelled in any way.

    What cannot be read (an act or a number that nobody knows) is unread, word for word.
    """
    code = code_of(act)
    read = parse(section, code) if code else Parsed((), ())
    if not read.sections or read.unread:
        return Parsed((), (f"{act} {section}".strip(),))
    return Parsed(tuple(one._replace(variant=variant) for one in read.sections), ())


def text_of(sections: Iterable[Section]) -> str:
    """Canonical text, grouped by act in order: "103(1), 3(5) BNS; 20(b)(ii)(B) NDPS", without variants."""
    groups: list[tuple[str, list[str]]] = []
    for section in sections:
        if not groups or groups[-1][0] != section.act:
            groups.append((section.act, []))
        groups[-1][1].append(section.section)
    return "; ".join(f"{', '.join(numbers)} {_short(code)}" for code, numbers in groups)


def _short(code: str) -> str:
    known = acts().get(code)
    return known.short if known else code


class _Token(NamedTuple):
    kind: str  # "act", "section" or "unread"
    text: str


def _normalised(text: str) -> str:
    plain = (
        text.translate(_DIGITS)
        .replace("–", "-")
        .replace("—", "-")
        .replace("\u200d", "")
        .replace("\u200c", "")
    )
    return _HINDI_LETTER.sub(lambda match: _LETTERS[match[1].strip()], plain)


def _tokens(text: str) -> Iterator[_Token]:
    acts_found, groups = act_pattern()
    at, strange = 0, -1
    while at < len(text):
        step = _act_at(text, at, acts_found, groups) or _section_at(text, at)
        filler = None if step else _FILLER.match(text, at)
        if step or (filler and _ends_word(text, filler.end(), filler.group())):
            if strange >= 0 and filler and filler.group().isspace():
                at = filler.end()
                continue
            if strange >= 0:
                yield _Token("unread", text[strange:at].strip(" ,;/"))
                strange = -1
            if step:
                token, at = step
                yield token
            elif filler:
                at = filler.end()
            continue
        if strange < 0:
            strange = at
        at = _word_end(text, at)
    if strange >= 0:
        yield _Token("unread", text[strange:].strip(" ,;/"))


def _act_at(
    text: str, at: int, pattern: re.Pattern[str], groups: dict[str, str]
) -> tuple[_Token, int] | None:
    match = pattern.match(text, at)
    if match is None or match.lastgroup is None:
        return None
    return _Token("act", groups[match.lastgroup]), match.end()


def _section_at(text: str, at: int) -> tuple[_Token, int] | None:
    if at and (text[at - 1].isalnum() or text[at - 1] == "("):
        return None
    span = _RANGE.match(text, at)
    if span:  # "147-149" may mean two sections or three: it is not ours to say
        return _Token("unread", span.group()), span.end()
    match = _SECTION.match(text, at)
    if match is None:
        return None
    if text[match.end() : match.end() + 1] == "(":  # a clause that we cannot read changes the offence
        end = _word_end(text, at)
        return _Token("unread", text[at:end]), end
    spaced = re.match(r"\d+\s+(?=[A-Za-z])", match.group())
    if spaced and act_pattern()[0].match(text, at + spaced.end()):
        end = at + len(spaced.group().rstrip())  # "411 I.P.C.": the letter is the act's, not the section's
        return _Token("section", text[at:end]), end
    if not _ends_word(text, match.end(), match.group()):
        return None
    return _Token("section", match.group()), match.end()


def _ends_word(text: str, end: int, token: str) -> bool:
    if not token or not token[-1].isalnum() or end >= len(text):
        return True
    follows = text[end]
    return not (follows.isalnum() or "\u0900" <= follows <= "\u0963")


def _word_end(text: str, at: int) -> int:
    match = re.compile(r"[^\s,;/]+|[\s,;/]").match(text, at)
    return match.end() if match else at + 1


def _sections(act: str, written: list[str]) -> Iterator[Section]:
    for text in written:
        for number in _canonical(act, re.sub(r"\s", "", text)):
            yield Section(act, number)


_ROMAN = re.compile(r"[ivx]+")


def _canonical(act: str, written: str) -> Iterator[str]:
    """The section as the offence table spells it: 498A, 25(1-B)(a), 20(b)(ii)(B), 3(1)(r) and 3(1)(s)."""
    match = re.match(r"(\d+)-?([A-Za-z]*)(.*)", written)
    if match is None:  # pragma: no cover - the caller's expression begins with a digit
        yield written
        return
    number, letters, rest = match.groups()
    clauses = [a or b for a, b in re.findall(r"\(([^)]*)\)|([A-Za-z])", rest)]
    if act == "NDPS1985" and letters and letters.lower() in "abc" and number in _NDPS_CLAUSED:
        clauses.insert(0, letters)
        letters = ""
    head = number + letters.upper()
    texts = [
        _clause(act, clause, clauses[place - 1] if place else "") for place, clause in enumerate(clauses)
    ]
    if act == "SCST1989" and len(texts) > 2 and all(len(text) == 3 for text in texts[1:]):
        # 3(1)(r)(s) is how two clauses of one sub-section are written
        yield from (f"{head}{texts[0]}{text}" for text in texts[1:])
        return
    yield head + "".join(texts)


_NDPS_CLAUSED = frozenset(["15", "17", "18", "20", "21", "22", "23"])


def _clause(act: str, clause: str, before: str) -> str:
    inserted = re.fullmatch(r"(\d+)-?([A-Za-z]+)", clause)
    if inserted and act == "ARMS1959":  # s.25(1B) is printed (1-B) in the table
        return f"({inserted[1]}-{inserted[2].upper()})"
    if inserted:
        return f"({inserted[1]}{inserted[2].upper()})"
    if len(before) > 1 and _ROMAN.fullmatch(before.lower()) and clause.isalpha():
        return f"({clause.upper()})"  # the level below a Roman numeral is a capital: 20(b)(ii)(B)
    return f"({clause.lower()})"
