"""Descriptions of persons and references to accused, as rows have them. Caste and religion are never read."""

from __future__ import annotations

import re
from typing import Any, Final

from connectors.mappings.book import Book, name_key
from connectors.mappings.drafting import Identifier
from connectors.mappings.fields import Fields
from connectors.mappings.reading import ascii_digits
from connectors.mappings.troubles import Trouble, UnreadableError

Record = dict[str, Any]

_LATIN: Final = re.compile(r"[A-Za-z]")
_RELATIONS: Final = {
    "father": "FATHER", "s o": "FATHER", "d o": "FATHER", "son of": "FATHER", "daughter of": "FATHER",
    "पिता": "FATHER", "पुत्र": "FATHER", "पुत्री": "FATHER", "mother": "MOTHER", "माता": "MOTHER", "माँ": "MOTHER",
    "husband": "SPOUSE", "w o": "SPOUSE", "wife of": "SPOUSE", "h o": "SPOUSE", "spouse": "SPOUSE", "wife": "SPOUSE",
    "पति": "SPOUSE", "पत्नी": "SPOUSE", "guardian": "GUARDIAN", "c o": "GUARDIAN", "care of": "GUARDIAN",
    "अभिभावक": "GUARDIAN",
}  # fmt: skip
_GENDERS: Final = {
    "m": "M", "male": "M", "पुरुष": "M", "पु": "M", "f": "F", "female": "F", "महिला": "F", "स्त्री": "F", "म": "F",
    "t": "T", "transgender": "T", "third gender": "T", "अन्य": "T", "उभयलिंगी": "T", "किन्नर": "T",
}  # fmt: skip
_CODE: Final = re.compile(r"(?:ACCUSED|A|अभियुक्त)?[\s\-.:#]*0*([1-9]\d{0,3})")


def accused(fields: Fields, case: Identifier, scheme: str = "CCTNS_CODE") -> Record:
    """sangam.common.Accused of a row: the code inside its case, and who he is. Raises UnreadableError."""
    return {"ref": reference(fields, case, scheme), "person": person(fields)}


def reference(fields: Fields, case: Identifier, scheme: str = "CCTNS_CODE") -> Record:
    """The reference of the row's accused code ("A1", "1", "Accused 1")."""
    written = fields.needed("accused_code", "accused_sr_no", "accused_srno", "accused_no", "sr_no", "srno")
    found = _CODE.fullmatch(ascii_digits(written).upper())
    if found is None:
        raise UnreadableError(Trouble.IDENTIFIER_UNREADABLE, "accused_code")
    letter = "A" if scheme == "CCTNS_CODE" else ""
    return {"scheme": scheme, "scope": f"{case['kind']}:{case['value']}", "code": letter + found[1]}


def person(fields: Fields) -> Record | None:
    """sangam.common.PersonDescription of a row; None where it describes nobody."""
    latin, native = _scripts(
        fields.text("name", "accused_name", "prisoner_name", "inmate_name", "full_name"),
        fields.text("name_hindi", "name_native", "accused_name_hindi", "नाम"),
    )
    if not latin and not native:
        return None
    aliases = (
        [fields.text("alias", "aliases", "alias_name", "उर्फ")]
        if not isinstance(fields.value("alias", "aliases"), list)
        else [str(entry) for entry in fields.value("alias", "aliases") if isinstance(entry, str)]
    )
    split = [part.strip() for alias in aliases for part in re.split(r"[,;@/]|\balias\b|उर्फ", alias)]
    return {
        "name": latin,
        "name_native": native,
        "relative_name": fields.text(
            "relative_name", "father_name", "father_husband_name", "guardian_name", "पिता_का_नाम"
        ),
        "relation": _relation(fields),
        "aliases": [part for part in split if part],
        "gender": _GENDERS.get(name_key(fields.text("gender", "sex", "लिंग")), ""),
        "birth_date": fields.day("date_of_birth", "dob", "birth_date"),
        "age_stated": _age(fields),
        "village": fields.text("village", "village_town", "locality", "ग्राम"),
        "police_station": fields.text("address_ps_code", "residence_ps_code"),
        "district": fields.text("address_district_code", "residence_district_code"),
    }


def _scripts(name: str, native: str) -> tuple[str, str]:
    """A name in Hindi letters belongs where names in the source's own script stand, whichever field it was in."""
    if name and not _LATIN.search(name):
        return "", native or name
    return name, native


def _relation(fields: Fields) -> str:
    written = fields.text("relation", "relation_type", "relation_with_accused", "संबंध")
    if written:
        return _RELATIONS.get(name_key(written), "")
    if fields.text("father_name"):
        return "FATHER"
    return ""


def _age(fields: Fields) -> int | None:
    written = ascii_digits(fields.text("age", "age_years", "आयु", "उम्र"))
    found = re.match(r"(?:about|approx\.?|लगभग|करीब)?\s*(\d{1,3})(?!\d)", written, re.IGNORECASE)
    return int(found[1]) if found else None


def station_of(fields: Fields, book: Book) -> str:
    """The row's police station. Raises UnreadableError."""
    return book.station(
        fields.text("ps_code", "ps_cd", "police_station_code", "police_station_cd"),
        fields.text("police_station", "ps", "ps_name", "police_station_name", "थाना"),
        "police_station",
    )


def fir_of(fields: Fields, book: Book, kind: str = "FIR") -> Identifier:
    """The FIR that the row names by station, number and year. Raises UnreadableError."""
    return book.fir(
        station_of(fields, book),
        fields.needed("fir_no", "fir_number", "fir_reg_no", "fir_num", "प्राथमिकी_संख्या", "कांड_संख्या"),
        fields.number("fir_year", "year", "reg_year", "वर्ष"),
        "fir_no",
        kind,
    )
