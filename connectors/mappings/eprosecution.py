"""e-Prosecution: one register, a row for each entry of a case, `entry` says which.

    {"entry_id", "entry": ALLOTMENT | SCRUTINY | SCRUTINY_CLOSED | DEFECT | DEFECT_CURED | OPINION | PROCEEDINGS,
     "entry_date", "cnr" or "ptn" or the FIR's fields, "district_code", "prosecutor_post", "prosecutor_kind",
     "court_name", "report_no", "due_on", "defect_no", "defect_code", "from_date", "to_date", "result", "subject",
     "opinion", "hearing_date", "purpose", "proceeding", "next_date"}

The row is anchored in the court's number, before there is one in the FIR; the other is a claim.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from connectors.mappings.book import Book
from connectors.mappings.drafting import Draft, Identifier, Record, mapping, office
from connectors.mappings.fields import Fields
from connectors.mappings.persons import fir_of
from connectors.mappings.reading import When
from connectors.mappings.troubles import Trouble, UnreadableError

_ENTRIES: Final = {
    "allotment": "CaseAllotted", "case allotment": "CaseAllotted", "आवंटन": "CaseAllotted", "scrutiny": "ScrutinyOpened",
    "scrutiny opened": "ScrutinyOpened", "जाँच": "ScrutinyOpened", "scrutiny closed": "ScrutinyClosed",
    "defect": "DefectRaised", "defect raised": "DefectRaised", "त्रुटि": "DefectRaised", "defect cured": "DefectCured",
    "त्रुटि निराकरण": "DefectCured", "opinion": "OpinionGiven", "मंतव्य": "OpinionGiven",
    "proceedings": "ProceedingsRecorded", "proceeding": "ProceedingsRecorded", "कार्यवाही": "ProceedingsRecorded",
}  # fmt: skip


@mapping
def entry(draft: Draft, document: Any, book: Book) -> None:
    """One entry of the register: scope is its number."""
    row = Fields(document)
    draft.scope = f"ENTRY:{row.needed('entry_id', 'id')}"
    event = book.code("entry", row.needed("entry", "entry_type"), _ENTRIES, "entry")
    on = row.when_needed("entry_date", "date")
    anchor, claims = _numbers(draft, row, book)
    district = row.text("district_code") or book.district
    prosecutor = office(
        row.text("prosecutor_kind").upper() or "APP", row.text("prosecutor_post", "prosecutor_code"), district
    )
    body = _BODIES[event](row, book, prosecutor, on)
    draft.add("entry", f"prosecution.{event}", anchor, on, body, claims=claims, actor=prosecutor)


def _numbers(draft: Draft, row: Fields, book: Book) -> tuple[Identifier, list[Identifier]]:
    found: list[Identifier] = []
    for kind, names in (("CNR", ("cnr", "cino")), ("PTN", ("ptn",))):
        written = row.text(*names)
        if written:
            found.append(book.identifier(kind, written, names[0]))
    if row.text("fir_no", "fir_number"):
        if not found:
            return fir_of(row, book), []
        with draft.part("fir", {name: row.value(name) for name in ("fir_no", "police_station", "fir_year")}):
            found.append(fir_of(row, book))
    if not found:
        raise UnreadableError(Trouble.FIELD_MISSING, "cnr")
    return found[0], found[1:]


def _allotted(row: Fields, book: Book, prosecutor: Record | None, on: When) -> Record:
    return {
        "prosecutor": prosecutor, "court": _court(row, book), "from_date": row.day("from_date") or on.day,
        "to_date": row.day("to_date"),
    }  # fmt: skip


def _scrutiny(row: Fields, book: Book, prosecutor: Record | None, on: When) -> Record:
    return {
        "prosecutor": prosecutor, "report_number": row.text("report_no"),
        "received_on": row.day("received_on") or on.day, "due_on": row.day("due_on"),
    }  # fmt: skip


def _scrutiny_closed(row: Fields, book: Book, prosecutor: Record | None, on: When) -> Record:
    return {
        "prosecutor": prosecutor, "report_number": row.text("report_no"), "closed_on": on.day,
        "result": _code(row, "result"),
    }  # fmt: skip


def _defect(row: Fields, book: Book, prosecutor: Record | None, on: When) -> Record:
    return {
        "prosecutor": prosecutor, "defect_no": row.needed("defect_no"), "defect_code": _code(row, "defect_code"),
        "report_number": row.text("report_no"), "due_on": row.day("due_on"),
    }  # fmt: skip


def _cured(row: Fields, book: Book, prosecutor: Record | None, on: When) -> Record:
    return {
        "defect_no": row.needed("defect_no"), "defect_code": _code(row, "defect_code"), "cured_on": on.day,
        "cured_by": prosecutor,
    }  # fmt: skip


def _opinion(row: Fields, book: Book, prosecutor: Record | None, on: When) -> Record:
    return {
        "opinion_no": row.text("opinion_no"), "subject": _code(row, "subject"), "opinion": _code(row, "opinion"),
        "prosecutor": prosecutor, "given_on": on.day,
    }  # fmt: skip


def _proceedings(row: Fields, book: Book, prosecutor: Record | None, on: When) -> Record:
    return {
        "hearing_date": row.day("hearing_date") or on.day, "court": _court(row, book), "prosecutor": prosecutor,
        "purpose": _code(row, "purpose"), "proceeding": _code(row, "proceeding"),
        "witnesses_present": row.number("witnesses_present"), "witnesses_examined": row.number("witnesses_examined"),
        "witnesses_sent_back": row.number("witnesses_sent_back"), "next_date": row.day("next_date"),
        "next_purpose": _code(row, "next_purpose"),
    }  # fmt: skip


def _court(row: Fields, book: Book) -> str:
    return book.court(row.text("court_code", "court_name", "court"))


def _code(row: Fields, name: str) -> str:
    return "_".join(row.text(name).upper().split())


_BODIES: Final[dict[str, Callable[[Fields, Book, Record | None, When], Record]]] = {
    "CaseAllotted": _allotted,
    "ScrutinyOpened": _scrutiny,
    "ScrutinyClosed": _scrutiny_closed,
    "DefectRaised": _defect,
    "DefectCured": _cured,
    "OpinionGiven": _opinion,
    "ProceedingsRecorded": _proceedings,
}
