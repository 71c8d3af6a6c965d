"""A source's own words: which code a police station, court, jail or office has. Data of a mapping, never code.

Names are looked up without regard to capitals, marks and the words for "police station", in both scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from connectors.mappings.reading import ascii_digits
from connectors.mappings.troubles import Trouble, UnreadableError
from schemas.identifiers import HOME_STATE, IdentifierError, parse

Identifier = dict[str, str]

_STATION_WORDS: Final = re.compile(
    r"\b(?:p\.?\s?s\.?|police\s+station|police\s+thana|thana)(?=\W|$)|पुलिस\s+स्टेशन|पुलिस\s+थाना|थाना",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,15}", re.ASCII)
_FIR_NUMBER: Final = re.compile(
    r"(?:\D{0,20}?)0*(\d{1,6})\s*(?:(?:/|\bof\b|-)\s*((?:19|20)?\d{2}))?", re.IGNORECASE | re.ASCII
)


def name_key(written: str) -> str:
    """A name as it is looked up: composed, small letters, without marks."""
    plain = ascii_digits(unicodedata.normalize("NFC", written)).casefold()
    kept = "".join(c if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc") else " " for c in plain)
    return " ".join(kept.split())


def station_key(written: str) -> str:
    """A station's name as it is looked up: "P.S. Kotwali", "KOTWALI THANA" and "Kotwali" are one."""
    return name_key(_STATION_WORDS.sub(" ", written))


@dataclass(frozen=True, slots=True)
class Book:
    """The tables of one source. `codes` are further tables by field, such as the codes of a defect."""

    state: str = HOME_STATE
    district: str = ""
    stations: Mapping[str, str] = field(default_factory=dict)
    courts: Mapping[str, str] = field(default_factory=dict)
    jails: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @staticmethod
    def of(tables: Mapping[str, Any]) -> Book:
        """The book of a mapping's TOML: `state`, `district`, and tables `stations`, `courts`, `jails`, `codes`."""
        return Book(
            state=str(tables.get("state", HOME_STATE)),
            district=str(tables.get("district", "")),
            stations={station_key(name): code for name, code in tables.get("stations", {}).items()},
            courts={name_key(name): code for name, code in tables.get("courts", {}).items()},
            jails={name_key(name): code for name, code in tables.get("jails", {}).items()},
            codes={
                of: {name_key(name): code for name, code in table.items()}
                for of, table in tables.get("codes", {}).items()
            },
        )

    def station(self, code: str, name: str, field: str) -> str:
        """The station's code, from the code that the row gives, else from its name. Raises UnreadableError."""
        for written in (code, name):
            known = self.stations.get(station_key(written)) if written else None
            if known:
                return known
        plain = code.strip().upper()
        if _CODE.fullmatch(plain):
            return plain
        if name.strip() in self.stations.values():
            return name.strip()
        if code or name:
            raise UnreadableError(Trouble.STATION_UNKNOWN, field)
        raise UnreadableError(Trouble.FIELD_MISSING, field)

    def fir(self, station: str, number: str, year: int | None, field: str, kind: str = "FIR") -> Identifier:
        """The FIR of that number in the station's register of that year; "123/2025" may name the year itself."""
        found = _FIR_NUMBER.fullmatch(ascii_digits(number))
        if found is None:
            raise UnreadableError(Trouble.IDENTIFIER_UNREADABLE if number else Trouble.FIELD_MISSING, field)
        if year is not None and year < 100:
            year += 2000
        named = found[2]
        if named is not None:
            own = int(named) if len(named) == 4 else 2000 + int(named)
            if year is not None and own != year:
                raise UnreadableError(Trouble.CONTRADICTION, field)
            year = own
        if year is None:
            raise UnreadableError(Trouble.FIELD_MISSING, "year of " + field)
        return self.identifier(kind, f"{self.state}-{station}-{year}-{int(found[1]):04d}", field)

    def identifier(self, kind: str, written: str, field: str) -> Identifier:
        """An identifier in any of its spellings. Raises UnreadableError."""
        if not written:
            raise UnreadableError(Trouble.FIELD_MISSING, field)
        try:
            found = parse(ascii_digits(written), kind, self.state)
        except IdentifierError:
            raise UnreadableError(Trouble.IDENTIFIER_UNREADABLE, field) from None
        return {"kind": found["kind"], "value": found["value"]}

    def court(self, written: str, otherwise: str = "") -> str:
        """A court's code, by its name or code; `otherwise` where nobody knows it."""
        known = self.courts.get(name_key(written))
        if known:
            return known
        try:
            return parse(written, "COURT", self.state)["value"]
        except IdentifierError:
            return otherwise

    def jail(self, written: str, field: str) -> str:
        """A jail's code. Raises UnreadableError."""
        known = self.jails.get(name_key(written))
        return known or self.identifier("JAIL", written, field)["value"]

    def code(self, table: str, written: str, own: Mapping[str, str], field: str) -> str:
        """A word's code: by the source's table of that name, else by the mapping's own. Raises UnreadableError."""
        key = name_key(written)
        found = self.codes.get(table, {}).get(key) or own.get(key)
        if found is None:
            raise UnreadableError(Trouble.CODE_UNKNOWN, field)
        return found
