"""Reads single values as clerks and old systems write them: text, numbers, dates, yes and no.

Total: a value of any JSON kind is read, is empty (None or ""), or raises UnreadableError; nothing is guessed. A date
is always day before month, as in India; the digits and month names may be Hindi.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Final, NamedTuple

from connectors.mappings.troubles import Trouble, UnreadableError
from schemas.event import KOLKATA

INDIA: Final = timezone(KOLKATA)
_DIGITS: Final = {ord("०") + digit: str(digit) for digit in range(10)}
_DASHES: Final = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
#: What stands where nothing is known.
_EMPTY: Final = frozenset(
    {
        "", "-", "--", "---", "na", "n/a", "n.a.", "nil", "null", "none", "unknown", "not known", "not available",
        "0000-00-00", "00-00-0000", "00/00/0000", "0000-00-00 00:00:00", "अज्ञात", "नहीं", "निल", "लागू नहीं",
    }
)  # fmt: skip
_YES: Final = frozenset({"y", "yes", "true", "t", "1", "हाँ", "हां", "जी हाँ"})
_NO: Final = frozenset({"n", "no", "false", "f", "0", "नहीं", "नही", "ना"})
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january जनवरी", "feb february फरवरी फ़रवरी", "mar march मार्च", "apr april अप्रैल", "may मई",
            "jun june जून", "jul july जुलाई", "aug august अगस्त", "sep sept september सितंबर सितम्बर",
            "oct october अक्टूबर अक्तूबर", "nov november नवंबर नवम्बर", "dec december दिसंबर दिसम्बर",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_INDIAN: Final = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})", re.ASCII)
_NAMED: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]*([^\W\d_]+[^\s\d\-/.,]*)[\s\-/.,]+(\d{4}|\d{2})", re.IGNORECASE
)
_TIME: Final = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*(am|pm|a\.m\.|p\.m\.|hrs?|बजे)?\s*(z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_BETWEEN: Final = re.compile(r"[\s,T]*(?:at|समय|बजे)?[\s,T]*", re.IGNORECASE)
#: Two digits of a year: up to this one of our century.
_OUR_CENTURY: Final = 69
#: No record of ours is of another year; a calendar's ends would not bear a change of zone.
_YEARS: Final = range(1900, 2101)


class When(NamedTuple):
    """A moment, and how exactly it is known: "MINUTE", or "DAY" at midnight of that day in India."""

    at: datetime
    precision: str

    @property
    def day(self) -> date:
        """The civil day in India."""
        return self.at.astimezone(INDIA).date()


def text(value: Any, field: str) -> str:
    """The text in one line: composed, blanks joined, controls out; "" where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        raise UnreadableError(Trouble.SHAPE_UNKNOWN, field)
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet's number
    plain = unicodedata.normalize("NFC", str(value)).translate(_DASHES)
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zs", "Zl", "Zp") else c for c in plain)
    plain = " ".join(plain.split())
    return "" if plain.casefold() in _EMPTY else plain


def ascii_digits(plain: str) -> str:
    """Devanagari digits as ours."""
    return plain.translate(_DIGITS)


def number(value: Any, field: str) -> int | None:
    """A whole number of at most fifteen digits, not negative; grouping commas and a currency sign are no matter."""
    if isinstance(value, bool):
        raise UnreadableError(Trouble.NUMBER_UNREADABLE, field)
    plain = ascii_digits(text(value, field))
    if not plain:
        return None
    found = re.fullmatch(
        r"(?:₹|rs\.?|inr|रु\.?)?\s*([\d,]{1,19})(?:\.0{0,2})?\s*(?:/-)?", plain, re.IGNORECASE | re.ASCII
    )
    digits = found[1].replace(",", "") if found else ""
    if not digits or len(digits) > 15:
        raise UnreadableError(Trouble.NUMBER_UNREADABLE, field)
    return int(digits)


def flag(value: Any, field: str) -> bool | None:
    """Yes or no, in English or Hindi; None where nothing is known."""
    if isinstance(value, bool):
        return value
    raw = " ".join(value.split()).casefold() if isinstance(value, str) else None
    if raw in _NO:  # "नहीं" is no as an answer, and nothing as a text
        return False
    plain = text(value, field).casefold()
    if not plain:
        return None
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise UnreadableError(Trouble.CODE_UNKNOWN, field)


def when(value: Any, field: str) -> When | None:
    """A date, with or without a time; None where nothing is known. Without a zone the time is India's."""
    if isinstance(value, date) and value.year not in _YEARS:
        raise UnreadableError(Trouble.DATE_UNREADABLE, field)
    if isinstance(value, datetime):
        if value.tzinfo is None and value.time() == time(0):
            return _day(value.date())
        aware = value if value.tzinfo else value.replace(tzinfo=INDIA)
        return When(aware.astimezone(UTC), "MINUTE")
    if isinstance(value, date):
        return _day(value)
    plain = ascii_digits(text(value, field))
    if not plain:
        return None
    found = _date_at_start(plain, field)
    if found is None:
        raise UnreadableError(Trouble.DATE_UNREADABLE, field)
    day, rest = found
    if not rest:
        return _day(day)
    clock, zone = _clock(rest, field)
    if clock == time(0) and zone is None and re.fullmatch(r"0?0[:.]00[:.]00.*", rest):
        return _day(day)  # a system that knows no time writes midnight, to the second
    return When(datetime.combine(day, clock, zone or INDIA).astimezone(UTC), "MINUTE")


def day(value: Any, field: str) -> date | None:
    """The civil day of a date; a time that stands with it is passed over."""
    found = when(value, field)
    return found.day if found else None


def moment(value: Any, field: str) -> datetime | None:
    """The moment of a date; midnight where only the day is known."""
    found = when(value, field)
    return found.at if found else None


def joined(date_value: Any, time_value: Any, field: str) -> When | None:
    """A date in one field and its time in another, as forms have it; an unreadable time is a trouble, none is none."""
    found = when(date_value, field)
    clock = ascii_digits(text(time_value, field))
    if found is None or not clock:
        return found
    at, zone = _clock(clock, field)
    return When(datetime.combine(found.day, at, zone or INDIA).astimezone(UTC), "MINUTE")


def _day(found: date) -> When:
    return When(datetime.combine(found, time(0), INDIA).astimezone(UTC), "DAY")


def _date_at_start(plain: str, field: str) -> tuple[date, str] | None:
    for pattern, order in ((_ISO, (1, 2, 3)), (_INDIAN, (3, 2, 1)), (_NAMED, (3, 2, 1))):
        found = pattern.match(plain)
        if found is None:
            continue
        rest = plain[found.end() :]
        if rest[:1].isdigit():
            continue
        year, month, dayno = (found[place] for place in order)
        named = _MONTHS.get(month.casefold()) if not month.isdigit() else int(month)
        if named is None:
            continue
        try:
            found_day = date(_year(year), named, int(dayno))
        except ValueError:
            raise UnreadableError(Trouble.DATE_UNREADABLE, field) from None
        if found_day.year not in _YEARS:
            raise UnreadableError(Trouble.DATE_UNREADABLE, field)
        return found_day, _BETWEEN.sub("", rest, count=1)
    return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= _OUR_CENTURY else 1900)


def _clock(plain: str, field: str) -> tuple[time, timezone | None]:
    found = _TIME.fullmatch(plain.strip())
    if found is None:
        raise UnreadableError(Trouble.DATE_UNREADABLE, field)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[4] or "").replace(".", "").casefold()
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise UnreadableError(Trouble.DATE_UNREADABLE, field)
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute, second), _zone(found[5])
    except ValueError:
        raise UnreadableError(Trouble.DATE_UNREADABLE, field) from None


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written in "zZ":
        return UTC
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))
