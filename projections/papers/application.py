"""The application under BNSS s.479(3): one page for each case of a prisoner in which a date of s.479 is reached.

It is offered to all who reach one-third, half or the whole term, except on a confirmed section that carries death or
life. It is prepared for the superintendent's decision and unsigned: it names every date with its arithmetic and the
source of every fact; a possible bar is a question for the Court, and what is not known is said.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from projections.boards.accused import court_of, number_of
from projections.files.clocks.intervals import intervals
from projections.files.status.course import sections
from projections.files.status.custody import custody
from projections.law import counting
from projections.law.clock import Clock, read
from projections.law.clocks.undertrial import FULL, HALF, THIRD
from projections.law.words import indian, note, sentence
from projections.questions.clocks import Clocks, OfAccused
from projections.questions.people import person_of

Json = dict[str, Any]

RULES: Final = (THIRD, HALF, FULL)
#: What the arithmetic rests on, in the order of the page: input -> English, Hindi.
_INPUTS: Final = {
    "custody_since": ("In custody since", "अभिरक्षा में कब से"),
    "offences": ("Number of offences", "अपराधों की संख्या"),
    "maximum_months": ("Longest term, months", "अधिकतम अवधि, माह"),
    "possible_months": ("As the sections may be read, months", "धाराओं के संभव अर्थ, माह"),
    "rests_on": ("Offence that decides", "निर्णायक अपराध"),
    "gaps": ("Days outside, left out", "बाहर रहने के दिन, घटाए गए"),
    "delays": (
        "Delay attributed by an order, left out of one-third and half",
        "आदेश से आरोपित विलंब, घटाया गया",
    ),
    "first_offender": ("First-time offender", "प्रथम अपराधी"),
}


def offered(clocks: tuple[Clock, ...], day: date) -> bool:
    """Whether an application is offered on a day: some date is reached, custody goes on, and no section excludes.

    An excluded clock does not apply and has no date; whatever bar the Court may find changes nothing here.
    """
    return any(
        clock.rule in RULES
        and clock.applies
        and clock.due_date is not None
        and clock.due_date <= day
        and (clock.stopped_by is None or clock.stopped_by.on > day)
        for clock in clocks
    )


def pages(answer: Clocks) -> list[Json]:
    """What the template needs, a page for each case in which the application is offered."""
    return [_page(answer, one) for one in answer.accused if offered(one.clocks, answer.day)]


def printed(answer: Clocks) -> str:
    """The pages as HTML, for printing. Raises ValueError where there is nothing to apply for."""
    found = pages(answer)
    if not found:
        raise ValueError(
            f"{answer.file.identifier}: no date of s.479 is reached in any case on {indian(answer.day)}"
        )
    return _environment().get_template("s479_application.html").render(pages=found, day=indian(answer.day))


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("projections.papers"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(answer: Clocks, one: OfAccused) -> Json:
    view, day = one.view, answer.day
    document = view.document
    references = view.accused["references"]
    held = custody(view)
    now, since_stage, _ = sections(view)
    clocks = [clock for rule in RULES for clock in one.clocks if clock.rule == rule]
    half = next((clock for clock in clocks if clock.rule == HALF), clocks[0])
    events = {event["id"]: event for event in document["events"]}
    cited: dict[str, int] = {}

    def source(event: str | None) -> int | None:
        return None if event is None or event not in events else cited.setdefault(event, len(cited) + 1)

    number = number_of(view)
    return {
        "root": document["root"],
        "accused": view.accused["id"],
        "references": references,
        "number": number,
        "court": court_of(view, number),
        "pid": [ref.removeprefix("PID:") for ref in references if ref.startswith("PID:")],
        "person": person_of(answer.file.descriptions, references),
        "jail": held["jail"]["value"] if held["jail"] is not None else None,
        "sections": [] if now is None else now["value"],
        "sections_stage": since_stage,
        "sections_source": None if now is None else source(now["event"]),
        "spans": [
            {
                "from": indian(span.first),
                "to": None if span.last == date.max else indian(span.last),
                "sources": [*filter(None, map(source, span.events))],
            }
            for span in counting.held(intervals(view)).spans
        ],
        "inputs": list(_inputs(half, source)),
        "clocks": [_clock(clock, day) for clock in clocks],
        "missing": sorted({text for clock in clocks for text in read(clock, day).missing}),
        "several": half.inputs.get("offences", {}).get("value") or 0,
        "others": one.others,
        "sources": [(number, events[event]) for event, number in cited.items()],
        "as_of": answer.file.freshness,
    }


def _inputs(clock: Clock, source: Any) -> Iterator[Json]:
    for name, (english, hindi) in _INPUTS.items():
        given = clock.inputs.get(name)
        if given is not None:
            yield {
                "en": english,
                "hi": hindi,
                "value": _shown(given["value"]),
                "sources": [*filter(None, map(source, given["events"]))],
            }


def _shown(value: Any) -> str:
    """A value of an input in words: days in Indian order, spans as from – to."""
    if value is None:
        return "not known / ज्ञात नहीं"
    if value is True or value is False:
        return "yes / हाँ" if value else "no / नहीं"
    if isinstance(value, list):
        parts = [
            " – ".join(map(_shown, one)) if isinstance(one, list) and len(one) == 2 else _shown(one)
            for one in value
        ]
        return "; ".join(parts) or "none / कोई नहीं"
    try:
        return indian(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _clock(clock: Clock, day: date) -> Json:
    reading = read(clock, day)
    share = clock.inputs.get("share", {}).get("value") or {}
    return {
        "rule": clock.rule,
        "law": clock.law,
        "share": share,
        "start": indian(clock.start_date),
        "due": indian(clock.due_date),
        "reached": clock.due_date is not None and clock.due_date <= day,
        "applies": clock.applies,
        "status": reading.status.value,
        "notes": [
            {"en": note(code, "en"), "hi": note(code, "hi")} for code in (*reading.flags, *clock.reasons)
        ],
        "en": sentence(clock, day, "en"),
        "hi": sentence(clock, day, "hi"),
    }
