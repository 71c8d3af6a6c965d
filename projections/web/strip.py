"""One accused's time as a drawn strip: custody, bail, hearings, due dates; an SVG that says the same in words.

y 18 custody bars · y 40 bail · y 58 hearings and due dates · a line for the day
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from markupsafe import Markup, escape

from projections.shown.words import Words

Json = dict[str, Any]

_WIDTH, _HEIGHT, _LEFT, _RIGHT = 720, 96, 8, 8
_BAIL: Final = {"GRANTED": "good", "REJECTED": "bad", "CANCELLED": "bad", "APPLIED": "plain"}
_URGENT: Final = frozenset({"RUNNING", "DUE_SOON", "DUE", "LAPSED"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on one day: which row, how it is drawn, and what it is in words."""

    on: date
    row: str
    look: str
    told: str


@dataclass(frozen=True, slots=True)
class Span:
    """Custody from a day to a day, or to the day of reading."""

    begin: date
    end: date
    open: bool


def spans(status: Json, day: date) -> list[Span]:
    """When he was inside, as far as it is known."""
    found = []
    for spell in status["custody"]["spells"]:
        if "from" in spell:
            begin = date.fromisoformat(spell["from"])
            end = date.fromisoformat(spell["to"]) if "to" in spell else day
            found.append(Span(begin, max(begin, end), "to" not in spell))
    return found


def marks(status: Json, words: Words) -> list[Mark]:
    """What happened or is due on a day."""
    found = [
        Mark(_day(entry["on"]), "bail", _BAIL[entry["what"]], words.code(entry["what"]))
        for entry in status["bail"]["history"]
        if entry["what"] in _BAIL
    ]
    found += [
        Mark(_day(entry["date"]), "hearing", "plain", words("adjourned"))
        for entry in status["hearing"]["adjournments"]
        if "date" in entry
    ]
    for name, look in (("last", "plain"), ("next", "next")):
        fact = status["hearing"][name]
        if fact is not None:
            found.append(Mark(_day(fact["value"]), "hearing", look, words(name)))
    for clock in status["clocks"]:
        if clock["due_date"] is not None and clock["status"] in _URGENT:
            late = "bad" if clock["status"] in ("DUE", "LAPSED") else "due"
            found.append(Mark(_day(clock["due_date"]), "due", late, clock["law"]))
    return sorted(found, key=lambda mark: (mark.on, mark.row, mark.told))


def strip(status: Json, day: date, words: Words, title: str) -> Markup:
    """The drawing, or nothing where nothing has a day."""
    held, known = spans(status, day), marks(status, words)
    days = [day, *(span.begin for span in held), *(mark.on for mark in known)]
    first, last = min(days) - timedelta(days=7), max(days) + timedelta(days=7)
    if len(days) == 1:
        return Markup()
    scale = _Scale(first, last)
    parts = [
        *_months(scale),
        *(
            f'<rect class="held{" open" if span.open else ""}" x="{scale.x(span.begin):.1f}" y="16"'
            f' width="{max(2.0, scale.x(span.end) - scale.x(span.begin)):.1f}" height="14" rx="2"/>'
            for span in held
        ),
        *(_drawn(mark, scale) for mark in known),
        f'<line class="today" x1="{scale.x(day):.1f}" x2="{scale.x(day):.1f}" y1="6" y2="78"/>',
    ]
    told = [
        words("span", begin=words.day(span.begin), end="…" if span.open else words.day(span.end))
        for span in held
    ] + [f"{words.day(mark.on)}: {mark.told}" for mark in known]
    # Every text in it is escaped.
    return Markup(  # noqa: S704
        f'<svg class="strip" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" preserveAspectRatio="xMidYMid meet">'
        f"<title>{escape(title)}</title><desc>{escape('; '.join(told))}</desc>{''.join(parts)}</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, on: date) -> float:
        whole = (self.last - self.first).days
        return _LEFT + (on - self.first).days / whole * (_WIDTH - _LEFT - _RIGHT)


def _months(scale: _Scale) -> Iterable[str]:
    """A line at the first of each month, or of each quarter or year where there are many; with its name below."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    step = 1 if months <= 9 else 3 if months <= 27 else 12
    at = date(scale.first.year, scale.first.month, 1)
    while at <= scale.last:
        if at >= scale.first and (at.month - 1) % step == 0:
            x = scale.x(at)
            yield f'<line class="month" x1="{x:.1f}" x2="{x:.1f}" y1="6" y2="78"/>'
            if x < _WIDTH - 50:
                yield f'<text class="month" x="{x + 3:.1f}" y="91">{at:%m-%Y}</text>'
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)


def _drawn(mark: Mark, scale: _Scale) -> str:
    x = scale.x(mark.on)
    told = f"<title>{escape(mark.told)} {mark.on:%d-%m-%Y}</title>"
    if mark.row == "bail":
        return f'<path class="{mark.look}" d="M{x:.1f} 35l6 7-6 7-6-7z">{told}</path>'
    if mark.row == "hearing":
        return f'<circle class="{mark.look}" cx="{x:.1f}" cy="60" r="4">{told}</circle>'
    return f'<path class="{mark.look}" d="M{x:.1f} 66l6 10h-12z">{told}</path>'


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
