"""CCTNS integrated investigation form IIF-5, the final report (BNSS s.193): a row for each report.

{"police_station" or "ps_code", "fir_no", "fir_year", "report_no", "report_date", "report_type", "series",
 "final_form_reason", "investigation_complete", "court_name", "cnr", "icjs_no", "filed_at",
 "accused": [{"accused_code", "outcome", "reason", "acts": […], "name", …}]}
"""

from __future__ import annotations

from typing import Any, Final

from connectors.mappings.book import Book
from connectors.mappings.drafting import Draft, Identifier, Record, mapping, office
from connectors.mappings.fields import Fields
from connectors.mappings.persons import accused, fir_of, station_of
from connectors.mappings.sections import act_rows, of_children, sections_of

_KINDS: Final = {
    "charge sheet": "CHARGE_SHEET", "chargesheet": "CHARGE_SHEET", "cs": "CHARGE_SHEET", "आरोप पत्र": "CHARGE_SHEET",
    "आरोपपत्र": "CHARGE_SHEET", "final form": "FINAL_FORM", "ff": "FINAL_FORM", "fr": "FINAL_FORM",
    "final report": "FINAL_FORM", "closure": "FINAL_FORM", "closure report": "FINAL_FORM", "frt": "FINAL_FORM",
    "अंतिम प्रपत्र": "FINAL_FORM", "अंतिम प्रतिवेदन": "FINAL_FORM",
}  # fmt: skip
_SERIES: Final = {
    "": "ORIGINAL", "original": "ORIGINAL", "मूल": "ORIGINAL", "supplementary": "SUPPLEMENTARY",
    "supplimentary": "SUPPLEMENTARY", "पूरक": "SUPPLEMENTARY", "अनुपूरक": "SUPPLEMENTARY",
}  # fmt: skip
_OUTCOMES: Final = {
    "sent up": "SENT_UP", "charge sheeted": "SENT_UP", "chargesheeted": "SENT_UP", "आरोपित": "SENT_UP",
    "प्रेषित": "SENT_UP", "not sent up": "NOT_SENT_UP",
    "not charge sheeted": "NOT_SENT_UP", "not chargesheeted": "NOT_SENT_UP",
    "अप्रेषित": "NOT_SENT_UP", "अनारोपित": "NOT_SENT_UP", "pending": "PENDING", "under investigation": "PENDING",
    "अनुसंधान जारी": "PENDING", "लंबित": "PENDING",
}  # fmt: skip


@mapping
def final_report(draft: Draft, document: Any, book: Book) -> None:
    """One report: scope is the FIR and the report's number."""
    row = Fields(document)
    fir = fir_of(row, book)
    number = row.needed("report_no", "final_report_no", "fr_no", "cs_no")
    submitted = row.joined("report_date", "report_time") or row.when_needed(
        "fr_date", "cs_date", "submitted_on"
    )
    draft.scope = f"REPORT:{fir['kind']}:{fir['value']}:{'/'.join(number.split())}"
    district = row.text("district_code", "district_cd") or book.district
    court_case = None
    with draft.part("cnr", row.value("cnr", "cino")):
        court_case = _court_case(row, book)
    persons = _accused(draft, row, book, fir)
    draft.add(
        "report", "police.FinalReportSubmitted", fir, submitted,
        {
            "kind": book.code("report_type", row.needed("report_type", "fr_type", "type"), _KINDS, "report_type"),
            "final_form_reason": row.text("final_form_reason", "closure_reason"),
            "report_number": number,
            "series": book.code("report_series", row.text("series", "original_supplementary"), _SERIES, "series"),
            "investigation_complete": row.flag("investigation_complete"),
            "accused": persons,
            "filed_at": draft.moment(row, "filed_at", "filed_in_court", "court_receipt_dt"),
            "icjs_number": row.text("icjs_no", "icjs_number"),
            "court": book.court(row.text("court_code", "court_name")),
            "court_case": court_case,
        },
        sensitivity="CHILD_VICTIM" if any(of_children(one["sections"]) for one in persons) else "NORMAL",
        actor=office("SHO", f"SHO-{station_of(row, book)}", district),
    )  # fmt: skip


def _court_case(row: Fields, book: Book) -> Identifier | None:
    written = row.text("cnr", "cino")
    return book.identifier("CNR", written, "cnr") if written else None


def _accused(draft: Draft, row: Fields, book: Book, fir: Identifier) -> list[Record]:
    """Whom the report names. One who cannot be read makes the report say too little: the whole waits."""
    found = []
    for key, entry in row.rows("accused", "accused_details"):
        line = Fields(entry, f"accused/{key}")
        pairs = act_rows(act for _, act in line.rows("acts", "act_sections", "sections"))
        found.append(
            {
                "accused": accused(line, fir),
                "outcome": book.code(
                    "accused_outcome",
                    line.needed("outcome", "status", "charge_sheet_status"),
                    _OUTCOMES,
                    "outcome",
                ),
                "reason": line.text("reason", "not_sent_up_reason"),
                "sections": sections_of(draft, pairs),
            }
        )
    return found
