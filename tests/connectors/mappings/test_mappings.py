"""Native mappings: what each reads, and that nothing makes one raise or lose a row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.mappings.drafting import Mapped
from connectors.mappings.revisions import History, take
from connectors.mappings.table import MAPPINGS
from connectors.mappings.troubles import Trouble
from tests.connectors.mappings.samples import (
    ARREST,
    BOOK,
    CASE_STATUS,
    COMPLAINT,
    DOCUMENTS,
    FIR,
    INCIDENT,
    INMATE,
    JSON,
    REPORT,
    broken,
    poll,
)

Json = dict[str, Any]


def mapped(name: str, document: Any) -> Mapped:
    return MAPPINGS[name](document, BOOK)


def rows(found: Mapped) -> dict[str, tuple[str, Json]]:
    return {row.key: (row.type, row.record) for row in found.rows}


def troubles(found: Mapped) -> dict[str, Trouble]:
    return {part.key: part.trouble for part in found.quarantined}


@pytest.mark.parametrize("name", sorted(MAPPINGS))
def test_the_sample_of_each_system_is_read_without_a_word_lost(name: str) -> None:
    found = mapped(name, DOCUMENTS[name])
    taken = take(History(), found, poll(1))
    assert [(part.key, part.trouble, part.field) for part in taken.quarantined] == []
    assert len(taken.events) == len(found.rows) > 0
    assert found.scope


@pytest.mark.parametrize("name", sorted(MAPPINGS))
@given(document=st.data())
@settings(max_examples=60, deadline=None)
def test_no_shape_makes_a_mapping_raise_and_none_vanishes(name: str, document: st.DataObject) -> None:
    given_document = document.draw(st.one_of(JSON, broken(DOCUMENTS[name])))
    found = mapped(name, given_document)
    taken = take(History(), found, poll(1))
    assert taken.events or taken.quarantined
    assert len(taken.events) + len(taken.quarantined) >= len(found.rows)


def test_what_utf_8_and_json_cannot_hold_is_read_as_far_as_it_goes() -> None:
    taken = take(History(), mapped("ncrp", {**DOCUMENTS["ncrp"], "accounts": {"\ud800": None}}), poll(1))
    assert taken.events
    assert [part.key for part in taken.quarantined] == ["account/\ufffd"]
    assert History.loads(taken.history.dumps()) == taken.history
    endless = take(History(), mapped("ncrp", {**DOCUMENTS["ncrp"], "amount": 10**30}), poll(1))
    assert [part.row["amount"] for part in endless.quarantined] == ["1" + "0" * 30]


def test_a_cis_case_becomes_registration_hearings_listings_and_orders() -> None:
    found = rows(mapped("ecourts-case-status", CASE_STATUS))
    assert {key: event for key, (event, _) in found.items()} == {
        "registration": "court.CaseRegistered",
        "hearing/sr_no1": "court.HearingHeld",
        "hearing/sr_no2": "court.HearingHeld",
        "list/first": "court.HearingListed",
        "list/next": "court.HearingListed",
        "order/sr_no1": "court.OrderUploaded",
    }
    held = found["hearing/sr_no2"][1]
    assert (held["hearing_date"], held["purpose"], held["next_date"]) == (date(2025, 1, 20), "CHARGE", None)
    assert held["envelope"]["claims"] == [{"kind": "FIR", "value": "BR-PATKOT-2025-0012"}]
    assert [f"{s['act']} {s['section']}" for s in found["registration"][1]["sections"]] == [
        "IPC1860 302", "IPC1860 34", "ARMS1959 27",
    ]  # fmt: skip


def test_a_judge_is_a_post_and_a_persons_name_goes_no_further() -> None:
    found = rows(mapped("ecourts-case-status", CASE_STATUS))
    assert found["hearing/sr_no1"][1]["judge"] == {"kind": "JUDGE", "code": "BRPA01-CJM", "district": ""}
    assert found["hearing/sr_no2"][1]["judge"] is None
    assert "A. Person" not in str(found)


def test_a_case_of_an_unknown_station_goes_on_without_its_fir_and_the_row_says_why() -> None:
    found = mapped("ecourts-case-status", {**CASE_STATUS, "police_station": "Nowhere"})
    assert troubles(found) == {"fir": Trouble.STATION_UNKNOWN}
    assert all(row.record["envelope"]["claims"] == [] for row in found.rows)
    assert len(found.rows) == 6


@pytest.mark.parametrize(
    ("fields", "manner"),
    [
        ({"disposal_type": "Contested--ACQUITTED"}, "ACQUITTED"),
        ({"disposal_type": "Uncontested--COMPROMISED"}, "COMPOUNDED"),
        ({"disposal_type": "दोषसिद्ध"}, "CONVICTED"),
        ({"disposal_type": "Filed"}, "OTHER"),
        ({"disposal_type": ""}, "UNKNOWN"),
    ],
)
def test_a_disposal_has_its_manner(fields: Json, manner: str) -> None:
    ended = {**CASE_STATUS, "pend_disp": "Disposed", "date_of_decision": "05-02-2025", **fields}
    event, record = rows(mapped("ecourts-case-status", ended))["disposal"]
    assert (event, record["manner"]) == ("court.CaseDisposed", manner)


def test_a_pending_case_with_a_date_of_decision_contradicts_itself() -> None:
    found = mapped("ecourts-case-status", {**CASE_STATUS, "date_of_decision": "05-02-2025"})
    assert troubles(found) == {"disposal": Trouble.CONTRADICTION}


def test_an_fir_after_the_new_code_names_the_section_that_took_the_old_ones_place() -> None:
    found = mapped("cctns-iif1", FIR)
    record = rows(found)["fir"][1]
    assert [(s["act"], s["section"]) for s in record["sections"]] == [
        ("BNS2023", "103(1)"),
        ("BNS2023", "3(5)"),
    ]
    assert "BNS 103(1)" in found.notes[0].english
    assert "भा.न्या.सं. 103(1)" in found.notes[0].hindi


def test_an_fir_of_an_older_offence_keeps_the_penal_code() -> None:
    record = rows(mapped("cctns-iif1", {**FIR, "occurrence_from": "30-06-2024 23:00"}))["fir"][1]
    assert [s["act"] for s in record["sections"]] == ["IPC1860", "IPC1860"]


def test_an_fir_is_read_with_hindi_dates_its_diary_entry_and_its_accused() -> None:
    record = rows(mapped("cctns-iif1", FIR))["fir"][1]
    assert record["envelope"]["occurred_at"] == datetime(2025, 1, 31, 8, 35, tzinfo=UTC)
    assert record["envelope"]["occurred_precision"] == "MINUTE"
    assert record["information_received_at"] == datetime(2025, 1, 31, 8, 20, tzinfo=UTC)
    assert record["arose_from"] == [{"kind": "GD", "value": "BR-PATKOT-20250131-0012"}]
    one, two = record["accused"]
    assert (one["ref"]["code"], one["person"]["age_stated"], one["person"]["gender"]) == ("A1", 34, "M")
    assert (two["ref"]["code"], two["person"]["name"], two["person"]["name_native"]) == (
        "A2",
        "",
        "मोहन प्याव्रो",
    )
    assert two["person"]["aliases"] == ["Munna", "Chhotu"]
    assert record["victims"] == ["V1"]
    assert "not read" not in str(record)


@pytest.mark.parametrize(
    ("sections", "sensitivity"),
    [
        ("64 BNS", "SENSITIVE_FIR"),
        ("8 POCSO", "CHILD_VICTIM"),
        ("303(2) BNS", "NORMAL"),
        ("376 IPC", "SENSITIVE_FIR"),
    ],
)
def test_an_fir_of_a_sexual_offence_is_sensitive(sections: str, sensitivity: str) -> None:
    record = rows(mapped("cctns-iif1", {**FIR, "acts": sections}))["fir"][1]
    assert record["envelope"]["sensitivity"] == sensitivity


def test_an_act_that_nobody_knows_is_passed_on_as_written() -> None:
    found = mapped("cctns-iif1", {**FIR, "acts": [{"act": "Treasure Trove Act", "section": "20"}]})
    assert rows(found)["fir"][1]["sections"] == [
        {"act": "Treasure Trove Act", "section": "20", "variant": None}
    ]
    assert len(found.notes) == 1


def test_an_arrest_without_a_time_is_known_by_the_day() -> None:
    record = rows(mapped("cctns-iif3", {**ARREST, "arrest_time": ""}))["arrest"][1]
    assert record["envelope"]["occurred_precision"] == "DAY"
    assert record["accused"]["ref"] == {
        "scheme": "CCTNS_CODE",
        "scope": "FIR:BR-PATKOT-2025-0123",
        "code": "A1",
    }
    assert (record["outcome"], record["is_child"]) == ("FORWARDED", False)


def test_a_time_that_cannot_be_read_does_not_hold_up_the_arrest() -> None:
    found = mapped("cctns-iif3", {**ARREST, "grounds_given": "yesterday"})
    assert troubles(found) == {"grounds_given": Trouble.DATE_UNREADABLE}
    assert rows(found)["arrest"][1]["grounds_in_writing_at"] is None


def test_a_final_report_with_an_accused_of_unknown_outcome_waits_as_a_whole() -> None:
    accused = [{**REPORT["accused"][0], "outcome": "perhaps"}]
    found = mapped("cctns-iif5", {**REPORT, "accused": accused})
    assert (found.rows, troubles(found)) == ((), {"": Trouble.CODE_UNKNOWN})


def test_an_admission_whose_case_cannot_be_told_stands_all_the_same() -> None:
    found = mapped(
        "eprisons-inmate", {**INMATE, "cases": [{"fir_no": "123", "police_station": "?", "fir_year": "2025"}]}
    )
    assert troubles(found) == {"cases/1": Trouble.STATION_UNKNOWN}
    assert rows(found)["admission"][1]["cases"] == []
    assert rows(found)["release"][1]["ground"] == "BAIL"


def test_a_hold_ends_with_the_release() -> None:
    record = rows(mapped("eprisons-inmate", INMATE))["release"][1]
    assert record["cases"][0]["to_date"] == date(2025, 6, 1)


def test_a_112_call_is_followed_from_its_vehicle_to_its_fir() -> None:
    found = rows(mapped("erss-112", INCIDENT))
    assert [event for event, _ in found.values()] == [
        "emergency.IncidentReported", "emergency.UnitDispatched", "emergency.UnitArrived", "emergency.IncidentClosed",
    ]  # fmt: skip
    reported = found["incident"][1]
    assert (reported["latitude_e6"], reported["longitude_e6"]) == (25_609_300, 85_137_600)
    assert found["closed"][1]["led_to"] == [{"kind": "FIR", "value": "BR-PATKOT-2025-0123"}]


def test_an_account_number_goes_no_further_than_its_digest() -> None:
    found = mapped("ncrp", COMPLAINT)
    assert "00112233" not in str(found) and "0011 2233" not in str(found)  # noqa: PT018
    held = rows(found)["hold/1"][1]
    assert held["account_digest"] == rows(found)["complaint"][1]["accounts"][0]["account_digest"]
    assert rows(found)["complaint"][1]["amount"] == 150_000
    assert rows(found)["signed"][1]["fir"] == {"kind": "FIR", "value": "BR-PATKOT-2025-0088"}
