"""Sections of law as rows have them, to records of sangam.common.Section. Nothing is left out.

What is not understood stands in the record as it was written: the hub shows it as unread. An offence committed since
the Bharatiya Nyaya Sanhita is in force (1 July 2024; s.358 BNS, s.531 BNSS keep the old law for what was before) can
not be one of the Penal Code: where exactly one section answers to the old one it is read as that, and the report says
so; else it stays as written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from connectors.mappings import reading
from connectors.mappings.drafting import Draft
from schemas.acts import code_of
from schemas.correspondence import BNS, IPC, table
from schemas.sections import Section, parse

Record = dict[str, Any]

BNS_IN_FORCE: Final = date(2024, 7, 1)
_CHILDREN: Final = "POCSO2012"


def sections_of(
    draft: Draft, written: Iterable[tuple[str, str]], offence_on: date | None = None
) -> list[Record]:
    """Sections of pairs (act, sections) as written; `offence_on` is the day of the offence where it is known."""
    found: list[Section] = []
    for act, text in written:
        found += _read(draft, act, text)
    if offence_on is not None and offence_on >= BNS_IN_FORCE:
        found = [_of_today(draft, section) for section in found]
    return [
        {"act": section.act, "section": section.section, "variant": None} for section in dict.fromkeys(found)
    ]


def act_rows(entries: Iterable[Any], act_field: str = "actname") -> list[tuple[str, str]]:
    """Pairs (act, sections) of rows {actname, section}, or of single texts "302/34 IPC". Raises UnreadableError."""
    pairs = []
    for entry in entries:
        if isinstance(entry, dict):
            named = {str(name).casefold(): value for name, value in entry.items()}
            act = reading.text(named.get(act_field) or named.get("act") or named.get("act_name"), "act")
            section = reading.text(named.get("section") or named.get("sections"), "section")
            if act or section:
                pairs.append((act, section))
        else:
            text = reading.text(entry, "sections")
            if text:
                pairs.append(("", text))
    return pairs


def of_children(sections: Iterable[Record]) -> bool:
    """Whether they are of the act that protects children, whose files are sensitive."""
    return any(section["act"] == _CHILDREN for section in sections)


def _read(draft: Draft, act: str, text: str) -> list[Section]:
    code = code_of(act) if act else None
    read = parse(text, code) if code or not act else parse(f"{text} {act}")
    if not read.unread and read.sections:
        return list(read.sections)
    if act and code is None:
        draft.note(
            "An act is not in the table of acts; its sections are passed on as written.",
            "एक अधिनियम सूची में नहीं है; उसकी धाराएँ जैसी लिखी हैं वैसी ही भेजी गईं।",
        )
        return [Section(act, text)]
    draft.note(
        "A section cannot be read; it is passed on as written.",
        "एक धारा पढ़ी नहीं जा सकी; जैसी लिखी है वैसी ही भेजी गई।",
    )
    return [*read.sections, *(Section(act if code is None else code, word) for word in read.unread)]


def _of_today(draft: Draft, section: Section) -> Section:
    if section.act != IPC:
        return section
    exact = [line.bns for line in table() if line.ipc == section.section]
    if len(exact) != 1 or not exact[0]:
        draft.note(
            f"IPC {section.section} is named for an offence after 1 July 2024; it is passed on as written.",
            f"1 जुलाई 2024 के बाद के अपराध में भा.दं.सं. {section.section} लिखा है; जैसा लिखा है वैसा ही भेजा गया।",
        )
        return section
    draft.note(
        f"IPC {section.section} is named for an offence after 1 July 2024; it is read as BNS {exact[0]}.",
        f"1 जुलाई 2024 के बाद के अपराध में भा.दं.सं. {section.section} लिखा है; इसे भा.न्या.सं. {exact[0]} पढ़ा गया।",
    )
    return Section(BNS, exact[0])
