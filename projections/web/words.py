"""The languages of the pages: Babel's catalogues for what the templates say, projections.shown for what records say."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from fastapi import Request

from projections.shown.words import Words, identifier

Language = Literal["hi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("hi", "en")
COOKIE: Final = "language"


@cache
def translations(language: Language) -> NullTranslations:
    """The catalogue of a language; English is what the templates are written in."""
    if language == "en":
        return NullTranslations()
    packaged = resources.files("projections.web").joinpath(f"locale/{language}/LC_MESSAGES/messages.po")
    with packaged.open("rb") as text:
        catalogue = read_po(text, locale=language)
    made = io.BytesIO()
    write_mo(made, catalogue)
    made.seek(0)
    return Translations(made)


def language_of(request: Request) -> Language:
    """The language that was chosen, else that of the browser, else Hindi."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return "hi" if chosen == "hi" else "en"
    asked = request.headers.get("accept-language", "").lower()
    at = {code: asked.find(code) for code in LANGUAGES}
    return "en" if at["en"] >= 0 and (at["hi"] < 0 or at["en"] < at["hi"]) else "hi"


@dataclass(frozen=True, slots=True)
class Speech:
    """Values as a page of one language shows them."""

    language: Language
    words: Words

    @classmethod
    def of(cls, language: Language) -> Speech:
        """Of a language."""
        return cls(language, Words(language))

    def number(self, value: float) -> str:
        """With India's grouping of digits: 12,34,567."""
        return format_decimal(value, locale=f"{self.language}_IN")

    def day(self, value: date | str | None) -> str:
        """A civil day as 31-01-2026."""
        return "" if value is None else self.words.day(value)

    def moment(self, value: datetime | str | None) -> str:
        """A moment as India's clocks showed it."""
        return "" if value is None else self.words.moment(value)

    def cell(self, value: Any) -> str:
        """Any value of a board's row."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.words("yes" if value else "no")
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, datetime):
            return self.words.moment(value)
        if isinstance(value, date):
            return self.words.day(value)
        if isinstance(value, list):
            return self.sections([str(one) for one in value]) if value else ""
        text = str(value)
        if ":" in text:
            return identifier(text)
        return self.words.written(text)

    def sections(self, texts: list[str]) -> str:
        """Sections by the acts' short names, for a narrow column: "BNS 303(2), 115(2)"."""
        return Words("en").sections(texts)
