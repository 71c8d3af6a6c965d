"""Rows as departments' systems have them: one sound document for each mapping, and strategies of messy ones."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from connectors.mappings.book import Book
from connectors.mappings.revisions import Poll

Json = dict[str, Any]

BOOK = Book.of(
    {
        "state": "BR",
        "district": "PAT",
        "stations": {
            "Kotwali": "PATKOT",
            "कोतवाली": "PATKOT",
            "34567012": "PATKOT",
            "Gandhi Maidan": "PATGAN",
        },
        "courts": {"Chief Judicial Magistrate, Patna": "BRPA01-CJM"},
        "jails": {"Model Central Jail": "BR-0123"},
    }
)

CASE_STATUS: Json = {
    "cino": "BRPA010001232025",
    "date_of_filing": "10-01-2025",
    "dt_regis": "2025-01-12",
    "type_name_reg": "G.R. Case",
    "reg_no": "123",
    "reg_year": "2025",
    "fir_no": "१२",
    "police_station": "कोतवाली थाना",
    "fir_year": "2025",
    "acts": {
        "act1": {"actname": "Indian Penal Code", "section": "302,34"},
        "act2": {"actname": "आर्म्स एक्ट", "section": "27"},
    },
    "historyofcasehearing": {
        "sr_no1": {
            "judge_name": "Chief Judicial Magistrate", "business_date": "12-01-2025",
            "hearing_date": "20-01-2025", "purpose_of_listing": "Appearance",
        },
        "sr_no2": {
            "judge_name": "A. Person", "business_date": "२०/०१/२०२५", "hearing_date": "",
            "purpose_of_listing": "आरोप गठन",
        },
    },
    "interimorder": {"sr_no1": {"order_no": "1", "order_date": "12-01-2025", "order_details": "Bail Order"}},
    "date_first_list": "12-01-2025",
    "date_next_list": "03-02-2025",
    "pend_disp": "P",
}  # fmt: skip
FIR: Json = {
    "police_station": "Kotwali PS", "district_code": "PAT", "fir_no": "0123/2025", "fir_year": 2025,
    "fir_date": "31/01/2025", "fir_time": "14:05", "fir_type": "", "acts": [{"act": "IPC", "section": "302/34"}],
    "occurrence_from": "30-01-2025 22:30", "info_received": "31 जनवरी 2025 13:50", "gd_no": "12", "gd_date": "31.01.25",
    "beat_no": "B-4", "io_code": "IO-77",
    "accused": [
        {"name": "Ramnath Pyavro", "father_name": "Shivnath Pyavro", "age": "about 34", "sex": "पुरुष",
         "village": "Nagla"},
        {"accused_code": "A2", "name": "मोहन प्याव्रो", "alias": "Munna, Chhotu"},
    ],
    "victims": [{"name": "not read"}],
}  # fmt: skip
ARREST: Json = {
    "ps_code": "PATKOT", "fir_no": "123", "fir_year": "2025", "accused_code": "A1", "name": "Ramnath Pyavro",
    "arrest_date": "01-02-2025", "arrest_time": "6:30 PM", "acts": "103(1) BNS", "outcome": "Forwarded to Court",
    "relative_informed": "01-02-2025 19:00", "grounds_given": "01-02-2025 18:45", "is_child": "No",
}  # fmt: skip
REPORT: Json = {
    "ps_code": "PATKOT", "fir_no": "123", "fir_year": "2025", "report_no": "CS 45/2025", "report_date": "28-04-2025",
    "report_type": "Charge Sheet", "cnr": "BRPA01-000123-2025", "court_name": "chief judicial magistrate patna",
    "accused": [{"accused_code": "1", "outcome": "Sent up", "acts": "103(1), 3(5) BNS"}],
}  # fmt: skip
INMATE: Json = {
    "prisoner_id": "BR/0123/45678", "jail_name": "Model Central Jail", "utp_no": "456/2025", "name": "Ramnath Pyavro",
    "admission_date": "02-02-2025", "admission_time": "17:40", "category": "Under Trial", "sections": "103(1) BNS",
    "cases": [{"fir_no": "123", "police_station": "Kotwali", "fir_year": "2025", "from_date": "02-02-2025"}],
    "release_date": "01-06-2025", "release_ground": "On Bail",
}  # fmt: skip
WARRANT: Json = {
    "prisoner_id": "BR-0123-45678", "jail_code": "BR-0123", "warrant_no": "W/12", "issued_on": "02-02-2025",
    "valid_to": "16-02-2025", "fir_no": "123", "police_station": "Kotwali", "fir_year": "25",
}  # fmt: skip
ENTRY: Json = {
    "entry_id": "77", "entry": "Defect", "entry_date": "03-05-2025", "cnr": "BRPA010001232025", "defect_no": "D1",
    "defect_code": "fsl report missing", "prosecutor_post": "APP-PAT-1", "due_on": "10-05-2025",
}  # fmt: skip
INCIDENT: Json = {
    "event_no": "1234", "event_date": "31-01-2025", "call_time": "01:10", "event_type": "Assault", "channel": "Call",
    "latitude": "25.6093", "longitude": 85.1376, "ps_code": "PATKOT", "unit": "DELTA-7",
    "dispatched_at": "31-01-2025 01:14", "arrived_at": "31-01-2025 01:31", "closed_at": "31-01-2025 03:00",
    "action_taken": "FIR registered", "fir_no": "123", "fir_year": "2025",
}  # fmt: skip
COMPLAINT: Json = {
    "ack_no": "30501250012345", "complaint_date": "15-03-2025 10:20", "channel": "1930", "category": "Financial Fraud",
    "amount": "₹ 1,50,000/-", "police_station": "कोतवाली", "accounts": [{"bank": "X Bank", "account_no": "0011 2233"}],
    "holds": [
        {"hold_no": "H1", "bank": "X Bank", "account_no": "00112233", "amount": "40000", "held_at": "15-03-2025 12:00"}
    ],
    "zero_fir_no": "7", "zero_fir_year": "2025", "zero_fir_date": "15-03-2025", "sign_by": "18-03-2025",
    "signed_at": "17-03-2025", "fir_no": "88", "fir_year": "2025",
}  # fmt: skip

DOCUMENTS: dict[str, Json] = {
    "ecourts-case-status": CASE_STATUS,
    "cctns-iif1": FIR,
    "cctns-iif3": ARREST,
    "cctns-iif5": REPORT,
    "eprisons-inmate": INMATE,
    "eprisons-warrant": WARRANT,
    "eprosecution": ENTRY,
    "erss-112": INCIDENT,
    "ncrp": COMPLAINT,
}

_TEXTS = st.sampled_from(
    ["", "-", "NA", "0", "1", "12", "०१-०२-२०२५", "05-02-2025", "31-02-2025", "2025-13-01", "IPC", "302/34", "Bail",
     "थाना", "\x00", "\ud800", "999999999999999999", "BRPA010009992025", "Kotwali", "A1", "D", "P", "99999999"]
)  # fmt: skip
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**20), st.floats(allow_nan=True), _TEXTS, st.text(max_size=12)
)
JSON = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(_TEXTS, st.text(max_size=6)), inner, max_size=3),
    ),
    max_leaves=8,
)


@st.composite
def broken(draw: st.DrawFn, document: Json) -> Any:
    """The document with some of its values, at any depth, replaced by anything or taken out."""
    changed: Any = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 4))):
        node, key = changed, draw(st.sampled_from(sorted(changed)))
        while isinstance(node[key], dict | list) and node[key] and draw(st.booleans()):
            node = node[key]
            key = draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        if draw(st.booleans()):
            node[key] = draw(JSON)
        elif len(node) > 1:
            del node[key]
        if not changed:
            break
    return changed


def poll(day: int, source: str = "court.cis/POLL") -> Poll:
    """A poll at the evening of a day counted from 1 July 2025."""
    return Poll(source, datetime(2025, 7, 1, 15, tzinfo=UTC).replace(day=1 + day % 28), b"a key of the tests")
