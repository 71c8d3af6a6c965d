"""CCTNS integrated investigation form IIF-1, the FIR (BNSS s.173), as a row of the station's system.

    {"district_code", "police_station" or "ps_code", "fir_no", "fir_year", "fir_date", "fir_time", "fir_type",
     "acts": [{"act", "section"}], "occurrence_from", "occurrence_to", "info_received", "gd_no", "gd_date", "beat_no",
     "io_code", "sensitive", "accused": [{"accused_code", "name", "father_name", …}], "victims": […],
     "zero_fir_no", "zero_fir_ps", "zero_fir_year", "incident_112_no", "ncrp_ack_no", "portal_application_no"}

Of victims only their number is read, of the complainant and the statement nothing.
"""

from __future__ import annotations

import re
from typing import Any, Final

from connectors.mappings.book import Book
from connectors.mappings.drafting import Draft, Identifier, Record, mapping, office
from connectors.mappings.fields import Fields
from connectors.mappings.persons import accused, fir_of, station_of
from connectors.mappings.reading import INDIA, ascii_digits
from connectors.mappings.sections import act_rows, of_children, sections_of
from connectors.mappings.troubles import Trouble, UnreadableError

_KINDS: Final = {
    "": "REGULAR", "regular": "REGULAR", "normal": "REGULAR", "fir": "REGULAR", "नियमित": "REGULAR", "zero": "ZERO",
    "zero fir": "ZERO", "0 fir": "ZERO", "शून्य": "ZERO", "जीरो": "ZERO", "ज़ीरो": "ZERO", "जीरो एफआईआर": "ZERO",
    "e fir": "E_FIR", "efir": "E_FIR", "ई एफआईआर": "E_FIR",
}  # fmt: skip
# Sexual offences, whose FIRs are sensitive: BNS s.64-79, and the sections of the Penal Code that they replace.
_SEXUAL: Final = {"BNS2023": {*range(63, 80)}, "IPC1860": {354, 376, 509}}


@mapping
def fir(draft: Draft, document: Any, book: Book) -> None:
    """One FIR: scope is the FIR."""
    row = Fields(document)
    kind = book.code("fir_type", row.text("fir_type", "fir_kind", "type_of_fir"), _KINDS, "fir_type")
    anchor = fir_of(row, book, "ZERO_FIR" if kind == "ZERO" else "FIR")
    draft.scope = f"{anchor['kind']}:{anchor['value']}"
    registered = row.joined("fir_date", "fir_time") or row.when_needed("reg_dt", "registration_date", "date")
    offence_from = draft.moment(row, "occurrence_from", "offence_from_date", "date_from")
    sections = _sections(draft, row, offence_from.astimezone(INDIA).date() if offence_from else None)
    station = station_of(row, book)
    district = row.text("district_code", "district_cd") or book.district
    arose = _origins(draft, row, book, station)
    draft.add(
        "fir", "police.FirRegistered", anchor, registered,
        {
            "district": district,
            "police_station": station,
            "fir_number": anchor["value"].rpartition("-")[2],
            "year": int(anchor["value"].split("-")[2]),
            "fir_kind": kind,
            "sections": sections,
            "offence_from": offence_from,
            "offence_to": draft.moment(row, "occurrence_to", "offence_to_date", "date_to"),
            "information_received_at": draft.moment(row, "info_received", "info_recd_dt", "information_received_at"),
            "place_of_occurrence": row.text("beat_no", "beat", "place_code"),
            "investigator": office("IO", row.text("io_code", "io_pis_no", "investigator_code"), district),
            "accused": _accused(draft, row, anchor),
            "victims": [f"V{number}" for number, _ in enumerate(row.rows("victims", "victim"), start=1)],
            "arose_from": arose,
        },
        sensitivity=_sensitivity(row, sections),
        actor=office("SHO", f"SHO-{station}", district),
    )  # fmt: skip


def _sections(draft: Draft, row: Fields, offence_on: Any) -> list[Record]:
    given = row.value("acts", "act_sections", "sections", "धाराएँ", "धारा")
    with draft.part("acts", given):
        pairs = act_rows(entry for _, entry in row.rows("acts", "act_sections", "sections", "धाराएँ", "धारा"))
        return sections_of(draft, pairs, offence_on)
    return []


def _accused(draft: Draft, row: Fields, anchor: Identifier) -> list[Record]:
    """Those who are named; one who has no code gets the number of his line, as the form counts."""
    found: list[Record] = []
    codes: set[str] = set()
    for key, entry in row.rows("accused", "accused_details"):
        with draft.part(f"accused/{key}", entry):
            line = Fields(entry, f"accused/{key}")
            if not line.text("accused_code", "accused_sr_no", "accused_srno", "accused_no", "sr_no", "srno"):
                line = Fields({**line.row, "accused_code": re.sub(r"\D", "", key)}, line.path)
            one = accused(line, anchor)
            if one["ref"]["code"] in codes:
                raise UnreadableError(Trouble.CONTRADICTION, "accused_code")
            codes.add(one["ref"]["code"])
            found.append(one)
    return found


def _origins(draft: Draft, row: Fields, book: Book, station: str) -> list[Identifier]:
    """What the FIR arose from: each that cannot be read is left out alone."""
    found: list[Identifier] = []
    gd_no = row.text("gd_no", "gd_entry_no", "sanha_no")
    if gd_no:
        with draft.part("gd", {"gd_no": gd_no, "gd_date": row.value("gd_date", "gd_dt")}):
            found.append(gd_entry(row, book, station, gd_no))
    if row.text("zero_fir_no"):
        with draft.part(
            "zero_fir", {name: row.value(name) for name in ("zero_fir_no", "zero_fir_ps", "zero_fir_year")}
        ):
            ps = book.station(row.text("zero_fir_ps_code"), row.text("zero_fir_ps"), "zero_fir_ps")
            found.append(
                book.fir(ps, row.text("zero_fir_no"), row.number("zero_fir_year"), "zero_fir_no", "ZERO_FIR")
            )
    for name, kind in (
        ("incident_112_no", "INCIDENT_112"), ("ncrp_ack_no", "NCRP_ACK"), ("portal_application_no", "APPLICATION_NO"),
    ):  # fmt: skip
        with draft.part(name, row.value(name)):
            written = row.text(name)
            if written:
                found.append(book.identifier(kind, written, name))
    return found


def gd_entry(row: Fields, book: Book, station: str, number: str) -> Identifier:
    """The entry of that number in the station's diary of that day. Raises UnreadableError."""
    on = row.day("gd_date", "gd_dt", "sanha_date")
    digits = ascii_digits(number)
    if on is None:
        raise UnreadableError(Trouble.FIELD_MISSING, "gd_date")
    return book.identifier("GD", f"{book.state}-{station}-{on:%Y%m%d}-{digits.strip().zfill(4)}", "gd_no")


def _sensitivity(row: Fields, sections: list[Record]) -> str:
    if of_children(sections):
        return "CHILD_VICTIM"
    if row.flag("sensitive", "is_sensitive") or any(_sexual(section) for section in sections):
        return "SENSITIVE_FIR"
    return "NORMAL"


def _sexual(section: Record) -> bool:
    found = re.match(r"[0-9]+", section["section"])
    return found is not None and int(found[0]) in _SEXUAL.get(section["act"], ())
