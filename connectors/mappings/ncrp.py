"""Complaint of the National Cyber-crime Reporting Portal (NCRP, helpline 1930), with holds and the e-zero-FIR.

    {"ack_no", "complaint_date", "channel", "category", "sub_category", "incident_date", "amount", "district_code",
     "police_station" or "ps_code", "accounts": [{"bank", "account_no", "layer", "amount"}],
     "holds": [{"hold_no", "bank", "account_no", "layer", "amount", "held_at", "released_on", "released_to"}],
     "zero_fir_no", "zero_fir_year", "zero_fir_date", "sign_by", "signed_at", "fir_no", "fir_year", "lapsed_on",
     "lapse_reason"}

Account numbers become digests here and go no further; the complainant is not read.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from connectors.mappings.book import Book
from connectors.mappings.drafting import Draft, Identifier, Record, mapping
from connectors.mappings.fields import Fields
from connectors.mappings.persons import fir_of, station_of
from connectors.mappings.reading import ascii_digits
from connectors.mappings.sections import act_rows, sections_of
from connectors.mappings.troubles import Trouble, UnreadableError

_CHANNELS: Final = {
    "": "", "1930": "HELPLINE_1930", "helpline": "HELPLINE_1930", "call": "HELPLINE_1930", "portal": "PORTAL",
    "web": "PORTAL", "website": "PORTAL", "online": "PORTAL", "station": "STATION", "thana": "STATION",
    "थाना": "STATION",
}  # fmt: skip


@mapping
def complaint(draft: Draft, document: Any, book: Book) -> None:
    """One complaint: scope is its acknowledgement number."""
    row = Fields(document)
    ack = book.identifier("NCRP_ACK", row.needed("ack_no", "acknowledgement_no", "complaint_no"), "ack_no")
    draft.scope = f"{ack['kind']}:{ack['value']}"
    received = row.joined("complaint_date", "complaint_time") or row.when_needed(
        "received_at", "date_of_complaint"
    )
    station = ""
    with draft.part("police_station", row.value("police_station", "ps_code")):
        if row.text("ps_code", "police_station", "ps", "ps_name"):
            station = station_of(row, book)
    draft.add(
        "complaint", "cyber.ComplaintReceived", ack, received,
        {
            "channel": book.code("channel", row.text("channel", "mode"), _CHANNELS, "channel"),
            "category": _code(row.text("category")),
            "sub_category": _code(row.text("sub_category", "subcategory")),
            "received_at": received.at,
            "incident_at": draft.moment(row, "incident_date", "incident_at", "transaction_date"),
            "amount": row.number("amount", "fraud_amount", "amount_lost"),
            "accounts": _accounts(draft, row),
            "district": row.text("district_code") or book.district,
            "police_station": station,
        },
    )  # fmt: skip
    for key, entry in row.rows("holds", "lien", "action_taken"):
        with draft.part(f"hold/{key}", entry):
            _hold(draft, ack, Fields(entry, f"hold/{key}"), f"hold/{key}")
    if row.text("zero_fir_no", "e_zero_fir_no"):
        given = {
            name: row.value(name) for name in ("zero_fir_no", "zero_fir_year", "zero_fir_date", "sign_by")
        }
        with draft.part("zero_fir", given):
            _zero_fir(draft, ack, row, book, station)


def _zero_fir(draft: Draft, ack: Identifier, row: Fields, book: Book, station: str) -> None:
    if not station:
        raise UnreadableError(Trouble.FIELD_MISSING, "police_station")
    number = row.text("zero_fir_no", "e_zero_fir_no")
    zero = book.fir(station, number, row.number("zero_fir_year", "fir_year"), "zero_fir_no", "ZERO_FIR")
    created = row.when_needed("zero_fir_date", "e_zero_fir_date")
    pairs = act_rows(act for _, act in row.rows("acts", "sections"))
    draft.add(
        "zero_fir", "cyber.EZeroFirCreated", ack, created,
        {
            "zero_fir": zero, "police_station": station, "created_at": created.at,
            "amount": row.number("amount", "fraud_amount", "amount_lost"), "sign_by": row.day("sign_by"),
            "sections": sections_of(draft, pairs, created.day),
        },
        claims=[zero],
    )  # fmt: skip
    with draft.part("signed", {name: row.value(name) for name in ("signed_at", "fir_no", "fir_year")}):
        signed = row.when("signed_at", "signed_on")
        if signed is not None:
            fir = fir_of(row, book) if row.text("fir_no", "fir_number") else None
            draft.add(
                "signed", "cyber.EZeroFirSigned", ack, signed,
                {"zero_fir": zero, "fir": fir, "signed_at": signed.at, "police_station": station},
                claims=[zero, *([fir] if fir else [])],
            )  # fmt: skip
    with draft.part("lapsed", {name: row.value(name) for name in ("lapsed_on", "lapse_reason")}):
        lapsed = row.when("lapsed_on")
        if lapsed is not None:
            draft.add(
                "lapsed", "cyber.EZeroFirLapsed", ack, lapsed,
                {"zero_fir": zero, "lapsed_on": lapsed.day, "reason": _code(row.text("lapse_reason"))},
                claims=[zero],
            )  # fmt: skip


def _hold(draft: Draft, ack: Identifier, line: Fields, key: str) -> None:
    held = line.when_needed("held_at", "hold_date", "lien_date")
    draft.add(
        key, "cyber.AmountHeld", ack, held,
        {
            "hold_no": line.text("hold_no", "lien_no"), "bank": _code(line.text("bank", "bank_name")),
            "account_digest": _digest(line), "layer": line.number("layer"),
            "amount": line.number("amount", "hold_amount"), "held_at": held.at,
            "released_on": line.day("released_on"), "released_to": _code(line.text("released_to")),
        },
    )  # fmt: skip


def _accounts(draft: Draft, row: Fields) -> list[Record]:
    found = []
    for key, entry in row.rows("accounts", "suspect_accounts"):
        with draft.part(f"account/{key}", _unnumbered(entry)):
            line = Fields(entry, f"account/{key}")
            digest = _digest(line)
            if digest:
                found.append(
                    {
                        "bank": _code(line.text("bank", "bank_name")), "account_digest": digest,
                        "layer": line.number("layer"), "amount": line.number("amount"),
                    }
                )  # fmt: skip
    return found


def _digest(line: Fields) -> str:
    number = "".join(ascii_digits(line.text("account_no", "account_number")).split())
    if not number:
        return ""
    return hashlib.sha256(f"{_code(line.text('bank', 'bank_name'))} {number}".encode()).hexdigest()


def _unnumbered(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {name: value for name, value in entry.items() if "account" not in str(name).casefold()}


def _code(written: str) -> str:
    return "_".join(written.upper().replace("-", " ").split())
