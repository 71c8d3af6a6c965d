"""The board of the cyber unit: what can still be saved."""

from __future__ import annotations

from typing import Any, Final

from projections.boards.board import Column, Row
from projections.boards.listing import Filter, How, Listing, Reckoned, Sort
from projections.boards.picking import day, first_day, linked, moment, moment_day, on
from projections.linking.model import AROSE_FROM

Json = dict[str, Any]


def rows(root: str, document: Json) -> list[Row]:
    """One row a complaint. `hours`: from the loss, else from the complaint, to the first hold; `held`: what is held
    now, in rupees."""
    received = document.get("received", {})
    holds = document.get("held", ())
    created = document.get("created", {})
    signed = document.get("signed", {})
    lapsed = document.get("lapsed", {})
    since = moment(received, "incident_at") or moment(received, "received_at")
    held_at = min((entry["held_at"] for entry in holds if "held_at" in entry), default=None)
    until = moment({"at": held_at}, "at") if held_at is not None else None
    hours = None
    if since is not None and until is not None:
        hours = max(int((until - since).total_seconds()) // 3600, 0)
    return [
        (
            root,
            received.get("district"),
            received.get("police_station") or created.get("police_station"),
            received.get("category"),
            received.get("sub_category"),
            first_day(document),
            received.get("amount"),
            _held(holds),
            hours,
            created.get("zero_fir") or signed.get("zero_fir") or lapsed.get("zero_fir"),
            day(created, "sign_by"),
            moment_day(signed, "signed_at") or day(signed, "on"),
            on(lapsed, "lapsed_on"),
            sorted({*linked(document, AROSE_FROM), *([signed["fir"]] if "fir" in signed else ())}),
            not signed and not lapsed,
        )
    ]


def _held(holds: Any) -> int:
    """Rupees under hold: of one hold number the last entry counts, and none that was lifted."""
    last: dict[Any, Json] = {}
    for place, entry in enumerate(holds):
        last[entry.get("hold_no", place)] = entry
    return sum(entry.get("amount", 0) for entry in last.values() if "released_on" not in entry)


CYBER: Final = Listing(
    name="cyber",
    title=("Cyber complaints: what can still be saved", "साइबर शिकायतें: क्या बचाया जा सकता है"),
    table="board_cyber",
    reads_kinds=frozenset({"NCRP_ACK"}),
    columns=(
        Column("root", "text", ("Acknowledgement", "पावती")),
        Column("district", "text", ("District", "जिला")),
        Column("police_station", "text", ("Police station", "थाना")),
        Column("category", "text", ("Category", "श्रेणी")),
        Column("sub_category", "text", ("Sub-category", "उपश्रेणी")),
        Column("received_on", "date", ("Received", "प्राप्त"), needed=True),
        Column("amount", "int8", ("Amount lost (₹)", "गई राशि (₹)")),
        Column("held", "int8", ("Held (₹)", "रोकी गई (₹)"), needed=True),
        Column("hours", "int4", ("Hours to the hold", "रोक तक घंटे")),
        Column("zero_fir", "text", ("e-zero-FIR", "ई-ज़ीरो प्राथमिकी")),
        Column("sign_by", "date", ("Sign by", "हस्ताक्षर तक")),
        Column("signed_on", "date", ("Signed", "हस्ताक्षरित")),
        Column("lapsed_on", "date", ("Lapsed", "व्यपगत")),
        Column("led_to", "text[]", ("Led to", "दर्ज मामला"), needed=True),
        Column("open", "bool", ("Open", "खुली"), needed=True),
    ),
    filters=(
        Filter("district", ("District", "जिला"), "district"),
        Filter("police_station", ("Police station", "थाना"), "police_station"),
        Filter("category", ("Category", "श्रेणी"), "category"),
        Filter("open", ("Neither signed nor lapsed", "न हस्ताक्षरित न व्यपगत"), "open", How.YES),
        Filter("zero_fir", ("Has an e-zero-FIR", "ई-ज़ीरो प्राथमिकी है"), "zero_fir", How.YES),
    ),
    sorts=(
        Sort("sign_by", ("Sign-by date", "हस्ताक्षर की अंतिम तिथि"), ("sign_by",)),
        Sort("amount", ("Greatest loss first", "सबसे बड़ी हानि पहले"), ("amount",), down=True),
        Sort("latest", ("Latest first", "नवीनतम पहले"), ("received_on",), down=True),
    ),
    reckoned=(Reckoned("days_left", ("Days to sign", "हस्ताक्षर के शेष दिन"), "sign_by", left=True),),
    make=rows,
)
