"""One sentence, in Hindi or English, that a lawyer can check against the section. Made when read, never stored.

The words are data (`data/words.json`), so that they can be mended without touching a rule. A sentence says which
rule appears to be met and what is missing; it never says that anyone must be released.
"""

from __future__ import annotations

import functools
import json
from datetime import date
from importlib import resources
from typing import Any, Literal

from projections.law.clock import Clock, Reading, Status, read

Language = Literal["en", "hi"]


@functools.cache
def words() -> dict[str, Any]:
    """The packaged words, read once."""
    text = resources.files("projections.law").joinpath("data/words.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def sentence(clock: Clock, day: date, language: Language) -> str:
    """What a clock says on a day, with the dates in Indian order (DD-MM-YYYY)."""
    said = words()
    reading = read(clock, day)
    fields = _fields(clock, reading, language)
    notes = [*reading.flags, *clock.reasons]
    return str(
        said["sentence"][language].format(
            title=title_of(clock.rule, language),
            law=clock.law,
            core=_core(clock, language, fields),
            day=indian(day),
            status=_status(clock, reading.status, language).format(**fields),
            review=said["review"][language].format(missing=", ".join(reading.missing))
            if reading.missing
            else "",
            notes=said["notes"][language].format(notes=", ".join(note(one, language) for one in notes))
            if notes
            else "",
        )
    )


def title_of(rule: str, language: Language) -> str:
    """What a rule is called."""
    said = words()
    rule_words = said["rules"].get(rule)
    return str((rule_words["title"] if rule_words else said["limits"][rule])[language])


def note(code: str, language: Language) -> str:
    """The words of a flag or a reason; a party's name or a reason without an entry stands as it is."""
    said = words()
    entry = said["flags"].get(code) or said["reasons"].get(code)
    return str(entry[language]) if entry else code


def indian(day: date | None) -> str:
    """A date in Indian order."""
    return day.strftime("%d-%m-%Y") if day else "-"


def _core(clock: Clock, language: Language, fields: dict[str, Any]) -> str:
    said = words()
    rule = said["rules"].get(clock.rule)
    dated = clock.due_date is not None or clock.rule in (
        "346(2).adjournments",
        "176(3).forensic-visit",
        "468.set-off",
    )
    if not clock.applies or not dated:
        return str(said["no_date"][language]) if clock.applies else note_none(language)
    template = rule["core"] if rule else said["limit"]
    return str(template[language].format(**fields))


def note_none(language: Language) -> str:
    """What stands in place of dates where a rule does not apply."""
    return str(words()["status"]["NOT_APPLICABLE"][language])


def _status(clock: Clock, status: Status, language: Language) -> str:
    said = words()
    own = said["rules"].get(clock.rule, {}).get(status.value)
    return str((own or said["status"][status.value])[language])


def _fields(clock: Clock, reading: Reading, language: Language) -> dict[str, Any]:
    inputs = {name: one["value"] for name, one in clock.inputs.items()}
    counted = inputs.get("counted") or {}
    return {
        "start": indian(clock.start_date),
        "due": indian(clock.due_date),
        "accrues": indian(clock.accrues_on),
        "met": indian(clock.met_by.on if clock.met_by else None),
        "stopped": indian(clock.stopped_by.on if clock.stopped_by else None),
        "left": reading.days_left,
        "length": _length(clock.length, language),
        "used": inputs.get("days_used"),
        "remaining": inputs.get("days_left"),
        "set_off": inputs.get("days"),
        "counted": ", ".join(f"{party} {n}" for party, n in counted.items())
        or words()["not_known"][language],
    }


def _length(length: str | None, language: Language) -> str:
    """ "60 days", "1/3 of 36 months" in words."""
    if length is None:
        return "-"
    units = words()["length"]
    parts = length.split()
    if parts[0] in units:  # "1/3 of 36 months"
        return str(units[parts[0]][language].format(n=parts[2]))
    if len(parts) == 2 and parts[1] in units:
        return str(units[parts[1]][language].format(n=parts[0]))
    return length
