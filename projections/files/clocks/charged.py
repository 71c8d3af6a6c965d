"""Under which sections: the lists that stood one after another, for one accused and for the case as a whole.

A list that an alteration or an arrest states is of this accused, also where the alteration names nobody, for then it
is about all. Of one report, the department whose report it is goes before the one that took it in.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from projections.files.clocks.days import day_of
from projections.law.facts import SectionsSet, Stage
from schemas.acts import code_of
from schemas.sections import Section, of_record

if TYPE_CHECKING:
    from projections.files.status.view import View

Json = dict[str, Any]

_STAGES = {"FIR": Stage.ACCUSED, "FINAL_REPORT": Stage.FINAL_REPORT, "CHARGES": Stage.CHARGES}


def of_accused(view: View) -> tuple[SectionsSet, ...]:
    """Every list of sections that concerns the accused of a view."""
    found = [*of_case(view)]
    for entry in view.entries("arrests"):
        if "sections" in entry:
            _add(found, entry, Stage.ACCUSED)
    # Of two lists of one day the one that was written later holds.
    found.sort(key=lambda one: view.place(one.event))
    stated = view.entries("stated")
    own_report = any(one["stage"] == "FINAL_REPORT" and one["by"] != "court" for one in stated)
    for entry in stated:
        if own_report and entry["stage"] == "FINAL_REPORT" and entry["by"] == "court":
            continue
        _add(found, entry, _STAGES[entry["stage"]])
    return tuple(found)


def of_case(view: View) -> tuple[SectionsSet, ...]:
    """The lists of the FIR itself, and those that alter it for all."""
    stated = [entry for part in view.document["police"].values() for entry in part.get("stated", ())]
    if len(view.document["police"]) > 1:
        stated.sort(key=lambda entry: view.place(entry["event"]))
    found: list[SectionsSet] = []
    for entry in stated:
        _add(found, entry, Stage.ACCUSED if entry["altered"] else Stage.FIR)
    return tuple(found)


def _add(found: list[SectionsSet], entry: Json, stage: Stage) -> None:
    on = day_of(entry["on"])
    if on is not None:
        sections, unread = read(tuple(entry["sections"]))
        found.append(SectionsSet(on, stage, sections, entry["event"], unread))


@functools.lru_cache(maxsize=65536)
def read(texts: tuple[str, ...]) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """Sections as a document writes them ("BNS 303(2)", a variant in brackets), and what nobody can read."""
    sections: dict[Section, None] = {}
    unread: dict[str, None] = {}
    for text in texts:
        parsed = _one(text)
        sections.update(dict.fromkeys(parsed[0]))
        unread.update(dict.fromkeys(parsed[1]))
    return tuple(sections), tuple(unread)


def _one(text: str) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    plain, bracket, variant = text.removesuffix("]").partition(" [")
    if not bracket:
        plain, variant = text, ""
    # The name of an act may hold spaces, and so may a section: the longest name that is an act's is it.
    words = plain.split(" ")
    for at in range(len(words) - 1, 0, -1):
        act = " ".join(words[:at])
        if code_of(act):
            parsed = of_record(act, " ".join(words[at:]), variant or None)
            return parsed.sections, parsed.unread
    return (), (plain.strip(),)
