"""The acts that clerks cite, with every spelling met in practice.

One table, `data/acts.csv`: code (the one that the offence table and every event use), short form for
canonical text, full titles, spellings. Adding an act or a spelling is a line of data, never code.
Spellings are matched without regard to case, dots, the Devanagari abbreviation sign or the zero that typists
put in its place (भा0द0वि0), so the table lists each name once.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Act:
    """One act: `code` as in events and the offence table, `short` for canonical text."""

    code: str
    short: str
    title: str
    title_hi: str
    spellings: tuple[str, ...]


@functools.cache
def acts() -> dict[str, Act]:
    """All acts by code, in the order of the table."""
    text = resources.files("schemas").joinpath("data/acts.csv").read_text("utf-8")
    return {
        row["code"]: Act(
            row["code"], row["short"], row["title"], row["title_hi"], tuple(row["spellings"].split("|"))
        )
        for row in csv.DictReader(text.splitlines())
    }


@functools.lru_cache(maxsize=1024)
def code_of(name: str) -> str | None:
    """The code of an act as an event names it: its code, its short form or any spelling; None if not known."""
    if name in acts():
        return name
    pattern, groups = act_pattern()
    match = pattern.fullmatch(name.strip())
    return groups[match.lastgroup] if match and match.lastgroup else None


_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
# Between the letters of an abbreviation: dot, space, the sign ॰, or the zero that stands in for it.
_DOT = r"(?:[.॰०0]\s?|\s)?"
_TAIL = (
    r"(?:\s*[.॰०0](?=[\s,;/)]|$))?"
    r"(?:\s*(?:Act|Code|एक्ट|अधिनियम|संहिता)\b\.?|\s*(?:एक्ट|अधिनियम))?"
    r"(?:\s*,?\s*(?:of\s+)?(?:18|19|20)\d\d(?![\d(]))?"
)


def _pattern(spelling: str) -> str:
    """A regular expression for one spelling; short capitals may be dotted (I.P.C.), Hindi ones too."""
    if re.fullmatch(r"[A-Z]{2,5}", spelling):
        return r"\.?\s?".join(spelling) + r"\.?"
    if spelling in _HINDI_LETTERWISE:
        return _DOT.join(_HINDI_LETTERWISE[spelling]) + r"(?:[.॰०0](?!\d))?"
    parts = (r"[.\s]+" if part.isspace() else re.escape(part) for part in re.split(r"(\s+)", spelling))
    return "".join(parts)


# Hindi abbreviations by spoken letter: भा.द.वि., भा०द०वि०, भा0द0वि0 and भादवि are one word.
_HINDI_LETTERWISE = {
    "भान्यासं": ("भा", "न्या", "सं"),
    "भादवि": ("भा", "द", "वि"),
    "भादंवि": ("भा", "दं", "वि"),
    "भादसं": ("भा", "द", "सं"),
    "भादंसं": ("भा", "दं", "सं"),
    "भानासुसं": ("भा", "ना", "सु", "सं"),
    "दप्रसं": ("द", "प्र", "सं"),
    "दंप्रसं": ("दं", "प्र", "सं"),
}


@functools.cache
def act_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression that finds any act (longest spelling first) and the code of each named group."""
    spelled = sorted(
        ((spelling, act.code) for act in acts().values() for spelling in act.spellings),
        key=lambda pair: (-len(pair[0]), pair),
    )
    groups: dict[str, str] = {}
    choices = []
    for number, (spelling, code) in enumerate(spelled):
        name = f"a{number}"
        groups[name] = code
        edge = r"(?![A-Za-z])" if not _DEVANAGARI.search(spelling) else r"(?![\u0900-\u097f])"
        choices.append(f"(?P<{name}>{_pattern(spelling)}{edge})")
    start = r"(?<![A-Za-z\u0900-\u097f])"
    return re.compile(start + "(?:" + "|".join(choices) + ")" + _TAIL, re.IGNORECASE), groups
