"""ePrisons: a row of the inmates' register, and a row of the register of warrants.

Inmate:
    {"prisoner_id", "jail_code" or "jail_name", "utp_no", "ward", "name", "father_name", …, "admission_date",
     "admission_time", "category", "admitted_from", "court_name", "warrant_no", "warrant_valid_to", "next_date",
     "cases": [{"fir_no", "police_station", "fir_year", "cnr", "from_date", "to_date"}] or these fields in the row,
     "sections", "release_date", "release_time", "release_ground", "release_order_no"}
Warrant:
    {"prisoner_id", "jail_code", "warrant_no", "issued_on", "valid_to", "until_trial_ends", "next_date", "court_name",
     the case as above, "sections"}

A case that cannot be told is left out of the admission, which stands all the same: that he is inside is known.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from connectors.mappings.book import Book
from connectors.mappings.drafting import Draft, Identifier, Record, mapping, office
from connectors.mappings.fields import Fields
from connectors.mappings.persons import fir_of, person
from connectors.mappings.sections import act_rows, of_children, sections_of

_CATEGORIES: Final = {
    "": "UNKNOWN", "undertrial": "UNDERTRIAL", "under trial": "UNDERTRIAL", "utp": "UNDERTRIAL", "ut": "UNDERTRIAL",
    "विचाराधीन": "UNDERTRIAL", "विचाराधीन बंदी": "UNDERTRIAL", "convict": "CONVICT", "convicted": "CONVICT",
    "सजायाफ्ता": "CONVICT", "दोषसिद्ध": "CONVICT", "detenue": "DETENUE", "detenu": "DETENUE", "निरुद्ध": "DETENUE",
    "civil": "CIVIL", "civil prisoner": "CIVIL", "सिविल": "CIVIL",
}  # fmt: skip
_GROUNDS: Final = {
    "bail": "BAIL", "on bail": "BAIL", "जमानत": "BAIL", "ज़मानत": "BAIL", "acquitted": "ACQUITTED",
    "acquittal": "ACQUITTED", "दोषमुक्त": "ACQUITTED", "बरी": "ACQUITTED", "discharged": "DISCHARGED",
    "उन्मोचित": "DISCHARGED", "sentence served": "SENTENCE_SERVED", "sentence completed": "SENTENCE_SERVED",
    "expiry of sentence": "SENTENCE_SERVED", "सजा पूर्ण": "SENTENCE_SERVED", "final form": "FINAL_FORM", "other": "OTHER",
    "अन्य": "OTHER",
}  # fmt: skip


@mapping
def inmate(draft: Draft, document: Any, book: Book) -> None:
    """One admission: scope is the prisoner in that jail, with the day of admission."""
    row = Fields(document)
    pid, jail = _prisoner(row, book)
    admitted = row.joined("admission_date", "admission_time") or row.when_needed(
        "adm_date", "date_of_admission"
    )
    draft.scope = f"INMATE:{pid['value']}:{jail}:{admitted.day.isoformat()}"
    sections = _sections(draft, row)
    cases = _cases(draft, row, book)
    sensitivity = "CHILD_VICTIM" if of_children(sections) else "NORMAL"
    keeper = office("JAIL_SUPERINTENDENT", jail, book.district)
    draft.add(
        "admission", "prison.Admitted", pid, admitted,
        {
            "jail": jail,
            "utp_no": row.text("utp_no", "utp_number", "prisoner_no"),
            "ward": row.text("ward", "barrack", "ward_no"),
            "person": person(row),
            "category": book.code(
                "category", row.text("category", "prisoner_type", "बंदी_प्रकार"), _CATEGORIES, "category"
            ),
            "cases": cases,
            "admitted_from": row.text("admitted_from").upper(),
            "court": book.court(row.text("court_code", "court_name", "court")),
            "warrant_number": row.text("warrant_no", "warrant_number"),
            "warrant_valid_to": _lenient_day(draft, row, "warrant_valid_to", "warrant_valid_till", "valid_upto"),
            "until_trial_ends": bool(row.flag("until_trial_ends")),
            "next_date": _lenient_day(draft, row, "next_date", "next_hearing_date"),
            "sections": sections,
        },
        sensitivity=sensitivity, actor=keeper,
    )  # fmt: skip
    with draft.part("release", {name: row.value(name) for name in ("release_date", "release_ground")}):
        released = row.joined("release_date", "release_time")
        if released is not None:
            ended = [one | {"to_date": one["to_date"] or released.day} for one in cases]
            ground = book.code(
                "release_ground", row.needed("release_ground", "release_type"), _GROUNDS, "release_ground"
            )
            draft.add(
                "release", "prison.Released", pid, released,
                {
                    "jail": jail, "cases": ended, "ground": ground,
                    "order_number": row.text("release_order_no", "order_no"),
                },
                sensitivity=sensitivity, actor=keeper,
            )  # fmt: skip


@mapping
def warrant(draft: Draft, document: Any, book: Book) -> None:
    """One warrant: scope is the prisoner and the warrant's number."""
    row = Fields(document)
    pid, jail = _prisoner(row, book)
    number = row.needed("warrant_no", "warrant_number")
    issued = row.when_needed("issued_on", "issue_date", "warrant_date")
    draft.scope = f"WARRANT:{pid['value']}:{'/'.join(number.split())}"
    sections = _sections(draft, row)
    draft.add(
        "warrant", "prison.WarrantReceived", pid, row.when("received_on", "received_date") or issued,
        {
            "jail": jail,
            "cases": _cases(draft, row, book),
            "court": book.court(row.text("court_code", "court_name", "court")),
            "warrant_number": number,
            "issued_on": issued.day,
            "valid_to": _lenient_day(draft, row, "valid_to", "valid_till", "valid_upto"),
            "until_trial_ends": bool(row.flag("until_trial_ends")),
            "next_date": _lenient_day(draft, row, "next_date", "next_hearing_date"),
            "sections": sections,
        },
        sensitivity="CHILD_VICTIM" if of_children(sections) else "NORMAL",
        actor=office("JAIL_SUPERINTENDENT", jail, book.district),
    )  # fmt: skip


def _prisoner(row: Fields, book: Book) -> tuple[Identifier, str]:
    pid = book.identifier("PID", row.needed("prisoner_id", "pid", "inmate_id"), "prisoner_id")
    return pid, book.jail(row.needed("jail_code", "jail_name", "jail"), "jail_code")


def _sections(draft: Draft, row: Fields) -> list[Record]:
    with draft.part("sections", row.value("sections", "acts", "act_sections")):
        return sections_of(
            draft, act_rows(entry for _, entry in row.rows("sections", "acts", "act_sections"))
        )
    return []


def _cases(draft: Draft, row: Fields, book: Book) -> list[Record]:
    """The cases under which he is held: by FIR, else by CNR."""
    lines = list(row.rows("cases", "case_details")) or [("row", row.row)]
    found: list[Record] = []
    for key, entry in lines:
        with draft.part(f"cases/{key}", entry):
            line = Fields(entry, f"cases/{key}")
            case = _case(draft, line, book, f"cases/{key}/fir")
            if case is None or any(one["identifier"] == case for one in found):
                continue
            found.append(
                {
                    "identifier": case,
                    "accused": None,
                    "from_date": line.day("from_date", "custody_from"),
                    "to_date": line.day("to_date", "custody_to"),
                }
            )
    return found


def _case(draft: Draft, line: Fields, book: Book, key: str) -> Identifier | None:
    cnr = line.text("cnr", "cino", "cnr_no")
    if line.text("fir_no", "fir_number"):
        if not cnr:
            return fir_of(line, book)
        with draft.part(key, {name: line.value(name) for name in ("fir_no", "police_station", "fir_year")}):
            return fir_of(line, book)
    if cnr:
        return book.identifier("CNR", cnr, "cnr")
    excise = line.text("excise_case", "excise_case_no")
    return book.identifier("EXCISE_CASE", excise, "excise_case") if excise else None


def _lenient_day(draft: Draft, row: Fields, *names: str) -> date | None:
    found = draft.moment(row, *names)
    return row.day(*names) if found is not None else None
