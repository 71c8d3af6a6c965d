"""CCTNS integrated investigation form IIF-3, arrest and court surrender: a row for each accused (BNSS s.35-58).

{"police_station" or "ps_code", "fir_no", "fir_year", "accused_code", "name", "father_name", …, "arrest_date",
 "arrest_time", "place_code", "gd_no", "gd_date", "acts": […], "officer_code", "relative_informed", "relative_relation",
 "medical_examination", "grounds_given", "grounds_language", "grounds_understood", "journey_minutes", "outcome",
 "is_child"}
"""

from __future__ import annotations

from typing import Any, Final

from connectors.mappings.book import Book
from connectors.mappings.drafting import Draft, Identifier, Record, mapping, office
from connectors.mappings.fields import Fields
from connectors.mappings.iif1 import gd_entry
from connectors.mappings.persons import accused, fir_of, station_of
from connectors.mappings.sections import act_rows, of_children, sections_of
from schemas.accused import text_of_ref

_OUTCOMES: Final = {
    "": "UNKNOWN", "forwarded": "FORWARDED", "forwarded to court": "FORWARDED", "judicial custody": "FORWARDED",
    "remanded": "FORWARDED", "न्यायालय अग्रसारित": "FORWARDED", "अग्रसारित": "FORWARDED", "police bail": "POLICE_BAIL",
    "bail": "POLICE_BAIL", "released on bail": "POLICE_BAIL", "थाना जमानत": "POLICE_BAIL", "जमानत": "POLICE_BAIL",
    "notice": "NOTICE", "notice 35 3": "NOTICE", "notice 41a": "NOTICE", "41a": "NOTICE", "35 3": "NOTICE",
    "नोटिस": "NOTICE",
}  # fmt: skip


@mapping
def arrest(draft: Draft, document: Any, book: Book) -> None:
    """One arrest: scope is the accused under his FIR, and the day of arrest where he was arrested more than once."""
    row = Fields(document)
    fir = fir_of(row, book)
    who = accused(row, fir)
    arrested = row.joined("arrest_date", "arrest_time") or row.when_needed("arrest_dt", "date_of_arrest")
    number = row.text("arrest_srno", "arrest_no", "surrender_no") or "1"
    draft.scope = f"ARREST:{text_of_ref(who['ref'])}:{number}"
    station = station_of(row, book)
    district = row.text("district_code", "district_cd") or book.district
    sections = _sections(draft, row)
    draft.add(
        "arrest", "police.ArrestMade", fir, arrested,
        {
            "accused": who,
            "place": row.text("place_code", "beat_no", "arrest_place_code"),
            "district": district,
            "gd": _gd(draft, row, book, station),
            "sections": sections,
            "arresting_officer": office("IO", row.text("officer_code", "io_code"), district),
            "relative_informed_at": draft.moment(row, "relative_informed", "relative_informed_dt"),
            "relative_relation": row.text("relative_relation"),
            "medically_examined_at": draft.moment(row, "medical_examination", "medical_exam_dt"),
            "grounds_in_writing_at": draft.moment(row, "grounds_given", "grounds_given_dt"),
            "grounds_language": row.text("grounds_language"),
            "grounds_understood": row.flag("grounds_understood"),
            "journey_minutes": row.number("journey_minutes"),
            "outcome": book.code("arrest_outcome", row.text("outcome", "arrest_outcome"), _OUTCOMES, "outcome"),
            "is_child": row.flag("is_child", "juvenile", "is_juvenile"),
        },
        sensitivity="CHILD_VICTIM" if of_children(sections) else "NORMAL",
        actor=office("SHO", f"SHO-{station}", district),
    )  # fmt: skip


def _sections(draft: Draft, row: Fields) -> list[Record]:
    with draft.part("acts", row.value("acts", "act_sections", "sections")):
        return sections_of(
            draft, act_rows(entry for _, entry in row.rows("acts", "act_sections", "sections"))
        )
    return []


def _gd(draft: Draft, row: Fields, book: Book, station: str) -> Identifier | None:
    number = row.text("gd_no", "gd_entry_no", "sanha_no")
    if number:
        with draft.part("gd", {"gd_no": number, "gd_date": row.value("gd_date", "gd_dt")}):
            return gd_entry(row, book, station, number)
    return None
