"""Facts from the short notation of the worked cases, so that a case reads like a file note.

Dates are ISO; a moment is an ISO date-time in Indian time. "2025-01-03..2025-02-01 interim" is an interval
of custody. Every made-up event id says what it is, so that a test can see where an input came from.
"""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

from projections.law import reference
from projections.law.calendar import KOLKATA, Calendar
from projections.law.facts import (
    Adjournment,
    AgeFact,
    Antecedents,
    Application479,
    Arrest,
    Bail,
    Continued,
    Custody,
    CustodyEnd,
    CustodyKind,
    CustodyStart,
    Delay,
    Disposal,
    Extension,
    Facts,
    JailDate,
    NotReleased,
    OtherCase,
    Remand,
    Report,
    SectionsSet,
    Stage,
    Step,
)
from schemas.sections import Section, parse

# Every year's holidays known, so that only cases about an incomplete calendar see CALENDAR_INCOMPLETE.
CALENDAR = Calendar(
    "test", {date(2025, 3, 14): "Holi", date(2025, 8, 15): "Independence Day"}, frozenset(range(1990, 2060))
)
REFERENCE = dataclasses.replace(reference.load(), calendar=CALENDAR)
PACKAGED = reference.load()

_ENDS = {
    "release": CustodyEnd.RELEASE,
    "interim": CustodyEnd.INTERIM,
    "escape": CustodyEnd.ESCAPE,
    "death": CustodyEnd.DEATH,
}


def day(text: str) -> date:
    """The civil date of an ISO date or date-time."""
    return date.fromisoformat(text[:10])


def at(text: str) -> datetime | None:
    """The moment, where the text has an hour."""
    return datetime.fromisoformat(text).replace(tzinfo=KOLKATA) if len(text) > 10 else None


def facts(note: dict[str, Any]) -> Facts:
    """Facts of one accused from a note (keys below)."""
    arrests = [one if isinstance(one, dict) else {"at": one} for one in _many(note.get("arrest"))]
    return Facts(
        accused="CCTNS_CODE:FIR:BR-PATKOT-2025-0123:A1",
        fir_on=day(note["fir"]) if note.get("fir") else None,
        fir_event="FirRegistered" if note.get("fir") else None,
        offence_on=day(note["offence"]) if note.get("offence") else None,
        offence_event="FirRegistered" if note.get("offence") else None,
        sections=_sections(note),
        arrests=tuple(_arrest(one) for one in arrests),
        remands=tuple(_remand(text, n) for n, text in enumerate(_many(note.get("remand")))),
        custody=tuple(_custody(note)),
        claims=tuple(_report(text, "FinalReportSubmitted") for text in _many(note.get("claimed"))),
        filings=tuple(_report(text, "ChargeSheetConsumed") for text in _many(note.get("filed"))),
        bail_applied=tuple(
            Bail(day(w), k.upper(), "BailApplied", at(w)) for w, k in map(_two, _many(note.get("applied")))
        ),
        bail_granted=tuple(
            Bail(day(w), k.upper(), "BailGranted", at(w)) for w, k in map(_two, _many(note.get("granted")))
        ),
        antecedents=tuple(_antecedents(text) for text in _many(note.get("antecedents"))),
        delays=tuple(
            Delay(day(a), day(b), "DelayAttributed") for a, b in map(_span, _many(note.get("delays")))
        ),
        extensions=tuple(
            Extension(day(on), rule, day(until), "TimeExtended")
            for on, rule, until in note.get("extended", ())
        ),
        continued=tuple(
            Continued(day(on), rule, "DetentionContinued") for on, rule in note.get("continued", ())
        ),
        adjournments=tuple(
            Adjournment(day(on), by, beyond, f"HearingAdjourned-{on}")
            for on, by, beyond in note.get("adjourned", ())
        ),
        jail_dates=tuple(_jail_date(on, until) for on, until in note.get("jail", ())),
        applied_479=tuple(
            Application479(day(on), basis, "Section479Applied") for on, basis in note.get("s479", ())
        ),
        not_released=tuple(
            NotReleased(day(on), code, "NotReleasedReason") for on, code in note.get("why", ())
        ),
        ages=tuple(
            AgeFact(day(on), child, determined, "AgeClaimed")
            for on, child, determined in note.get("ages", ())
        ),
        convicted=Step(day(note["convicted"]), "JudgmentDelivered") if note.get("convicted") else None,
        steps={
            name: tuple(
                Step(day(one[0]), name, at(one[0]), one[1])
                if isinstance(one, list)
                else Step(day(one), name, at(one))
                for one in _many(found)
            )
            for name, found in note.get("steps", {}).items()
        },
    )


def other_case(note: dict[str, Any]) -> OtherCase:
    """Another case of what may be the same person."""
    return OtherCase(
        note["case"],
        note.get("source", "police.cctns/PS-1"),
        day(note.get("as_of", "2025-12-01")),
        note.get("confirmed", True),
        note.get("pending", True),
        note.get("holds"),
        tuple(_custody(note)),
    )


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _two(text: str) -> tuple[str, str]:
    first, _, rest = text.partition(" ")
    return first, rest


def _span(text: str) -> tuple[str, str]:
    first, _, last = text.partition("..")
    return first, last


def _sections(note: dict[str, Any]) -> tuple[SectionsSet, ...]:
    stated = note.get("sections", [])
    rows = [[note.get("fir") or "2025-01-01", "FIR", stated]] if isinstance(stated, str) else stated
    made = []
    for on, stage, text in rows:
        read = parse(text)
        named = tuple(
            Section(one.act, one.section, note.get("variants", {}).get(str(one))) for one in read.sections
        )
        made.append(SectionsSet(day(on), Stage[stage], named, f"sections-{stage}-{on}", read.unread))
    return tuple(made)


def _arrest(note: dict[str, Any]) -> Arrest:
    grounds = note.get("grounds")
    return Arrest(
        day(note["at"]),
        "ArrestMade",
        at(note["at"]),
        at(grounds) if grounds else None,
        note.get("language"),
        note.get("understood"),
        note.get("journey"),
        note.get("released", False),
    )


def _jail_date(on: str, until: str) -> JailDate:
    """ "trial" in place of a day: until the trial ends."""
    endless = until == "trial"
    return JailDate(day(on), None if endless else day(until), "WarrantReceived", endless)


def _remand(text: str, number: int) -> Remand:
    """ "2025-01-04", "2025-01-04 police ..2025-01-07", "2025-01-04T11:00 judicial executive", "2025-01-04
    trial".
    """
    when, *words = text.split()
    since = until = None
    for word in words:
        if ".." in word:
            first, last = _span(word)
            since, until = (day(first) if first else None), (day(last) if last else None)
    return Remand(
        day(when),
        next((kind for kind in CustodyKind if kind.value.lower() in words), CustodyKind.JUDICIAL),
        f"RemandOrdered-{number}",
        at(when),
        since,
        until,
        "trial" in words,
        "executive" in words,
    )


def _custody(note: dict[str, Any]) -> list[Custody]:
    made = []
    for number, text in enumerate(_many(note.get("in"))):
        span, _, rest = text.partition(" ")
        words = rest.split()
        first, last = _span(span)
        how = CustodyStart.ARREST if number == 0 else CustodyStart.RETURN
        for one in CustodyStart:
            if one.value.split()[0] in words:
                how = one
        ended = next((_ENDS[word] for word in words if word in _ENDS), CustodyEnd.RELEASE if last else None)
        made.append(
            Custody(
                day(first) if first else None,
                how,
                f"custody-{number}",
                day(last) if last else None,
                ended,
                f"end-{number}" if last else None,
                "nojail" not in words,
                "fine" in words,
            )
        )
    return made


def _report(text: str, event: str) -> Report:
    """ "2025-03-01 SENT_UP", "2025-03-01T10:00 SENT_UP incomplete", "2025-03-01 form", "2025-03-01 unsaid"."""
    when, *words = text.split()
    disposal = next((Disposal(word) for word in words if word in Disposal.__members__), None)
    complete = False if "incomplete" in words else (True if "complete" in words else None)
    return Report(day(when), disposal, event, at(when), "form" in words, "latest" in words, complete)


def _antecedents(text: str) -> Antecedents:
    """ "2025-01-10 CCTNS COURT", "2025-01-10 convicted IPC1860:379", "2025-01-10 COURT searched=2024-12-01"."""
    when, *words = text.split()
    searched = next((word.split("=")[1] for word in words if word.startswith("searched=")), when)
    convictions = tuple(Section(*word.split(":")) for word in words if ":" in word)
    return Antecedents(
        day(when),
        "AntecedentsReported",
        convictions,
        "convicted" in words,
        frozenset(word for word in words if word in ("CCTNS", "COURT")),
        None if searched == "unknown" else day(searched),
    )
