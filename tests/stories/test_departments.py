"""One story of each department, through the real broker: what it publishes, where it is read, on whose board it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import orjson
import psycopg
import pytest

from ops.base.settings import Settings
from projections.questions.boards import board
from projections.store import generation
from projections.store.reading import Reader
from tests.projections.store.worlds import new_intake
from tests.stories.sent import Hub, Json

pytestmark = pytest.mark.stack

FIR, CALLED = "FIR:BR-PATKOT-2025-0123", "INCIDENT_112:BR-20250131-0001234"
CNR, SESSIONS = "CNR:BRPA010001232025", "CNR:BRPA010002342025"
CHEATED, ACK, LAPSING = "FIR:BR-PATCYB-2025-0040", "NCRP_ACK:30501250012345", "NCRP_ACK:30501250012346"
ZERO, UNSIGNED = "ZERO_FIR:BR-PATCYB-2025-0031", "ZERO_FIR:BR-PATCYB-2025-0032"
TIP, CERTIFICATE = "APPLICATION_NO:BR-2025-0000001", "APPLICATION_NO:BR-2025-0000002"
EXCISE, EXCISE_PID = "EXCISE_CASE:BR-PATEXC-2025-0088", "PID:BR-0123-00088"
FSL, REPORT, ORDER = (
    "FSL_NO:BR-FSLPAT-2025-00123",
    "REPORT_NO:BR-PATPO-2025-00012",
    "ORDER_NO:BR-PATPO-2025-00007",
)
JAIL, PID = "JAIL:BR-0123", "PID:BR-0123-45678"
TODAY = date(2025, 9, 1)


def an(text: str) -> Json:
    kind, _, value = text.partition(":")
    return {"kind": kind, "value": value}


def accused(case: str, code: str = "A1", **person: str) -> Json:
    scheme = "CIS_PARTY" if case.startswith("CNR") else "CCTNS_CODE"
    ref = {"scheme": scheme, "scope": case, "code": code}
    return {"ref": ref, "person": person} if person else {"ref": ref}


class Telling:
    """Events of one after the other day, numbered by source."""

    def __init__(self) -> None:
        self.events: list[Json] = []

    def tell(self, kind: str, anchor: str, on: str, *claims: str, **body: Any) -> None:
        place = len(self.events) + 1
        envelope = {
            "event_id": str(uuid5(NAMESPACE_URL, f"story {place}")), "source": f"{kind.partition('.')[0]}.stories/1",
            "source_seq": place, "source_record": f"row-{place}", "occurred_at": on,
            "recorded_at": f"{on[:10]}T23:00:00+05:30", "anchor": an(anchor), "claims": [an(claim) for claim in claims],
            **({"occurred_precision": "MINUTE"} if "T" in on else {}),
        }  # fmt: skip
        self.events.append({"type": kind, "envelope": envelope, **body})


def stories() -> list[Json]:
    """What the departments publish, department by department."""
    said = Telling()
    tell = said.tell
    for kind, at, body in (
        (
            "IncidentReported",
            "2025-01-31T20:00:00+05:30",
            {"received_at": "2025-01-31T20:00:00+05:30", "district": "PAT"},
        ),
        ("UnitDispatched", "2025-01-31T20:03:00+05:30", {"unit": "PAT-ERV-14"}),
        (
            "UnitArrived",
            "2025-01-31T20:17:00+05:30",
            {"unit": "PAT-ERV-14", "arrived_at": "2025-01-31T20:17:00+05:30"},
        ),
        (
            "IncidentClosed",
            "2025-01-31T22:00:00+05:30",
            {"action_taken": "FIR_REGISTERED", "led_to": [an(FIR)]},
        ),
    ):
        tell(f"emergency.{kind}", CALLED, at, **body)

    tell(
        "police.FirRegistered",
        FIR,
        "2025-02-01",
        police_station="PATKOT",
        district="PAT",
        sections=[{"act": "BNS2023", "section": "103(1)"}],
        accused=[accused(FIR, name="Rakep Zumal", village="Dorpatola")],
    )
    tell("police.InvestigatorChanged", FIR, "2025-02-05", investigator={"kind": "IO", "code": "IO-7"})
    tell("police.SeizureMade", FIR, "2025-02-02", seizure_list_number="SL-12", items=[{"kind": "WEAPON"}])
    tell(
        "police.ExhibitSent",
        FIR,
        "2025-02-07",
        seizure_list_number="SL-12",
        exhibit_no="MR-12/1",
        laboratory="FSLPAT",
    )
    tell("police.ProcessExecuted", FIR, "2025-06-20", process_id="PR-1", result="NOT_SERVED")

    tell(
        "forensics.ExhibitReceived",
        FSL,
        "2025-02-09",
        case=an(FIR),
        exhibit_no="MR-12/1",
        laboratory="FSLPAT",
        accused_in_custody=True,
        received_on="2025-02-09",
    )
    tell(
        "forensics.ReportIssued",
        FSL,
        "2025-03-10",
        case=an(FIR),
        opinion_class="POSITIVE",
        laboratory="FSLPAT",
    )

    tell("court.HearingHeld", CNR, "2025-04-01", FIR, hearing_date="2025-04-01", court="BRPA01-CJM")
    tell(
        "court.CaseCommitted",
        CNR,
        "2025-04-02",
        court="BRPA01-CJM",
        to_court="BRPA01-DJ1",
        became=an(SESSIONS),
    )
    tell(
        "court.ProcessIssued",
        SESSIONS,
        "2025-06-10",
        court="BRPA01-DJ1",
        process_id="PR-1",
        process_kind="SUMMONS",
    )

    tell("prosecution.SanctionSought", SESSIONS, "2025-04-10", sanction_no="S-1", law="ARMS 39")
    tell("prosecution.SanctionReceived", FIR, "2025-05-10", sanction_no="S-1", result="GIVEN")

    hold = [{"identifier": an(FIR), "accused": accused(FIR)["ref"], "from_date": "2025-02-03"}]
    tell("prison.Admitted", PID, "2025-02-03", jail="BR-0123", cases=hold, person={"name": "Rakep Zumal"})
    tell("prison.Escaped", PID, "2025-03-01", jail="BR-0123", cases=hold, from_where="COURT")
    tell("prison.Recaptured", PID, "2025-03-09", jail="BR-0123", cases=hold)
    tell(
        "prison.HeadcountTaken",
        JAIL,
        "2025-08-31",
        capacity=100,
        lines=[{"category": "UNDERTRIAL", "group": "MALE", "n": 121, "capacity": 80}],
    )

    tell("legalaid.LawyerAssigned", FIR, "2025-02-06", accused=accused(FIR), pid=an(PID), lawyer_kind="LADC")

    tell(
        "cyber.ComplaintReceived",
        ACK,
        "2025-01-25T12:00:00+05:30",
        amount=185000,
        incident_at="2025-01-25T09:30:00+05:30",
        received_at="2025-01-25T12:00:00+05:30",
    )
    tell(
        "cyber.AmountHeld",
        ACK,
        "2025-01-25T13:00:00+05:30",
        amount=120000,
        hold_no="1",
        held_at="2025-01-25T13:00:00+05:30",
    )
    tell("cyber.EZeroFirCreated", ACK, "2025-01-25T20:00:00+05:30", zero_fir=an(ZERO), sign_by="2025-01-28")
    tell("cyber.EZeroFirSigned", ACK, "2025-01-27T11:00:00+05:30", zero_fir=an(ZERO), fir=an(CHEATED))
    tell("police.FirRegistered", CHEATED, "2025-01-27", police_station="PATCYB", arose_from=[an(ZERO)])
    tell("cyber.ComplaintReceived", LAPSING, "2025-01-25T12:00:00+05:30", amount=640000)
    tell(
        "cyber.EZeroFirCreated",
        LAPSING,
        "2025-01-25T20:00:00+05:30",
        zero_fir=an(UNSIGNED),
        sign_by="2025-01-28",
    )
    tell(
        "cyber.EZeroFirLapsed",
        LAPSING,
        "2025-01-29",
        zero_fir=an(UNSIGNED),
        lapsed_on="2025-01-29",
        reason="NOT_SIGNED",
    )

    tell("economic.CaseTakenOver", CHEATED, "2025-02-10", order_number="EOU/1", unit="EOU-BR")
    tell(
        "economic.PropertyAttached",
        CHEATED,
        "2025-02-25",
        order_number="ATT/1",
        total_value=3450000,
        confirmation_due="2025-03-27",
        accused=[accused(CHEATED)],
    )
    tell(
        "economic.AttachmentConfirmed",
        CHEATED,
        "2025-03-20",
        order_number="ATT/1",
        result="CONFIRMED",
        decided_on="2025-03-20",
    )

    for number, service in ((TIP, "SECRET_TIP"), (CERTIFICATE, "CHARACTER_CERTIFICATE")):
        tell(
            "citizen.ApplicationSubmitted",
            number,
            "2025-08-01T10:00:00+05:30",
            service=service,
            promised_on="2025-08-15",
            office={"kind": "SHO", "code": "SHO-PATKOT"},
        )
    tell(
        "citizen.ApplicationMoved",
        CERTIFICATE,
        "2025-08-04T10:00:00+05:30",
        service="CHARACTER_CERTIFICATE",
        step="ENQUIRY",
    )
    tell(
        "citizen.ApplicationDecided",
        CERTIFICATE,
        "2025-08-20T10:00:00+05:30",
        service="CHARACTER_CERTIFICATE",
        decision="GRANTED",
        decided_on="2025-08-20",
    )

    tell(
        "excise.ExciseCaseRegistered",
        EXCISE,
        "2025-07-01",
        police_station="PATEXC",
        district="PAT",
        case_number="88",
        sections=[{"act": "BPEA2016", "section": "30"}],
    )
    tell(
        "excise.ExciseArrestMade",
        EXCISE,
        "2025-07-01",
        accused=accused(EXCISE, name="Mivan Dorpal"),
        outcome="FORWARDED",
    )
    tell(
        "prison.Admitted",
        EXCISE_PID,
        "2025-07-02",
        jail="BR-0123",
        cases=[{"identifier": an(EXCISE), "accused": accused(EXCISE)["ref"], "from_date": "2025-07-02"}],
    )

    officer = {"kind": "PROBATION_OFFICER", "code": "PO-PAT-01"}
    party = accused(SESSIONS, "1", name="Hesti Qorban", village="Tolagarh")
    tell(
        "probation.ReportRequested",
        REPORT,
        "2025-08-01",
        accused=party,
        case=an(SESSIONS),
        officer=officer,
        report_kind="PRE_SENTENCE",
        due_on="2025-08-20",
    )
    tell(
        "probation.SupervisionStarted",
        ORDER,
        "2025-08-01",
        accused=party,
        case=an(SESSIONS),
        officer=officer,
        next_contact_due="2025-08-31",
        ends_on="2026-08-01",
    )
    tell(
        "probation.ContactLogged",
        ORDER,
        "2025-08-30",
        accused=party,
        kept=True,
        contacted_on="2025-08-30",
        next_contact_due="2025-09-30",
        officer=officer,
    )
    return said.events  # fmt: skip


@pytest.fixture(scope="module")
def hub(stack: Settings, postgres: str) -> Hub:
    name = f"departments_{uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    database = f"{postgres.rpartition('/')[0]}/{name}"
    made = Hub(Settings(kafka=stack.require_kafka(), registry=stack.require_registry(), database=database))
    made.project(*(made.encoded(plain) for plain in stories()))
    return made


@pytest.fixture
def reader(hub: Hub) -> Iterator[Reader]:
    with generation.connect(hub.settings.require_database(), hub.name) as conn:
        yield Reader(conn, new_intake().revive)


def file(hub: Hub, root: str) -> Json:
    content = hub.file(root)
    assert content is not None, root
    found: Json = orjson.loads(content)
    assert not found["incomplete"]
    return found


def row(reader: Reader, name: str, root: str, **filters: str) -> Json:
    found = [one for one in board(reader, name, filters, None, None, 100, TODAY).rows if one["root"] == root]
    assert len(found) == 1, found
    return found[0]


def test_emergency_a_call_is_followed_to_its_fir_and_on_to_the_trial(hub: Hub, reader: Reader) -> None:
    call = row(reader, "emergency", CALLED)
    assert (call["minutes"], call["unit"], call["led_to"], call["answered"]) == (
        17,
        "PAT-ERV-14",
        [FIR],
        True,
    )
    case = file(hub, FIR)
    assert case["origins"][CALLED]["closed"]["action_taken"] == "FIR_REGISTERED"
    assert case["court"][CNR]["hearings"]
    assert FIR not in file(hub, CALLED)["identifiers"]


def test_citizen_an_application_is_followed_to_its_decision_beyond_the_promised_date(
    reader: Reader, hub: Hub
) -> None:
    decided = row(reader, "portal", CERTIFICATE)
    assert (decided["decision"], decided["decided_on"], decided["promised_on"]) == (
        "GRANTED", date(2025, 8, 20), date(2025, 8, 15),
    )  # fmt: skip
    assert row(reader, "portal", TIP, late="yes")["days_left"] == -17
    assert file(hub, TIP)["kind"] == "REQUEST"
    assert [root for (root,) in hub.rows("SELECT root FROM file WHERE %s = ANY(identifiers)", TIP)] == [TIP]


def test_cyber_a_complaint_is_followed_from_the_hold_to_the_fir_or_the_lapse(
    reader: Reader, hub: Hub
) -> None:
    signed, lapsed = row(reader, "cyber", ACK), row(reader, "cyber", LAPSING)
    assert (signed["held"], signed["hours"], signed["signed_on"]) == (120000, 3, date(2025, 1, 27))
    assert (signed["open"], CHEATED in signed["led_to"]) == (False, True)
    assert (lapsed["held"], lapsed["lapsed_on"], lapsed["open"]) == (0, date(2025, 1, 29), False)
    assert file(hub, CHEATED)["origins"][ACK]["received"]["amount"] == 185000


def test_economic_an_attachment_is_followed_to_the_courts_decision(reader: Reader) -> None:
    order = row(reader, "attachments", CHEATED)
    assert (order["value"], order["result"], order["police_station"]) == (3450000, "CONFIRMED", "PATCYB")
    assert order["stage"] == "INVESTIGATION"


def test_police_who_investigates_and_what_was_not_served(hub: Hub) -> None:
    case = file(hub, FIR)
    assert case["police"][FIR]["investigators"][-1]["investigator"]["code"] == "IO-7"
    assert [entry["result"] for entry in case["processes"]["PR-1"]["executed"]] == ["NOT_SERVED"]


def test_forensics_an_exhibit_is_followed_from_seizure_to_report(hub: Hub, reader: Reader) -> None:
    exhibits = file(hub, FIR)["exhibits"]
    assert exhibits["seizures"][0]["seizure_list_number"] == exhibits["sent"][0]["seizure_list_number"]
    assert exhibits["laboratory"][FSL]["report"]["opinion_class"] == "POSITIVE"
    assert row(reader, "forensics", FSL, open="no")["case_no"] == FIR


def test_excise_a_case_stands_as_a_police_case(hub: Hub, reader: Reader) -> None:
    held = row(reader, "undertrials", EXCISE)
    assert (held["fir"], held["police_station"], held["since"]) == (EXCISE, "PATEXC", date(2025, 7, 2))
    assert held["person"]["name"] == "Mivan Dorpal"


def test_court_a_committed_case_goes_on_under_its_new_number(hub: Hub) -> None:
    case = file(hub, FIR)
    assert case["court"][CNR]["committed"][-1]["became"] == SESSIONS
    assert case["processes"]["PR-1"]["issued"]["process_kind"] == "SUMMONS"
    assert hub.file(SESSIONS) is None


def test_prison_an_escape_breaks_custody_and_a_jail_is_as_full_as_counted(hub: Hub, reader: Reader) -> None:
    spells = file(hub, FIR)["references"][PID]["custody"]["spells"]
    assert [(spell["from"], spell.get("to")) for spell in spells] == [
        ("2025-02-03", "2025-03-01"),
        ("2025-03-09", None),
    ]
    (jail,) = board(reader, "occupancy", {"jail": "BR-0123"}, None, None, 10, TODAY).rows
    assert (jail["n"], jail["capacity"], jail["percent"], jail["undertrials"]) == (121, 100, 121, 2)


def test_prosecution_a_sanction_meets_its_request_under_any_number_of_the_case(hub: Hub) -> None:
    parts = file(hub, FIR)["prosecution"]
    assert parts[SESSIONS]["sanctions"]["S-1"]["sought"]["law"] == "ARMS 39"
    assert parts[FIR]["sanctions"]["S-1"]["received"]["result"] == "GIVEN"


def test_probation_a_report_is_overdue_and_a_contact_moves_the_next(reader: Reader, hub: Hub) -> None:
    late = row(reader, "probation", REPORT, overdue="yes")
    assert (late["days_left"], late["person"]["village"]) == (-12, "Tolagarh")
    assert row(reader, "probation", ORDER)["due_on"] == date(2025, 9, 30)
    (load,) = board(reader, "probation_load", {}, None, None, 10, TODAY).rows
    assert (load["officer"], load["reports"], load["reports_overdue"], load["orders"]) == (
        "PO-PAT-01",
        1,
        1,
        1,
    )
    assert file(hub, FIR)["probation"][REPORT]["requested"]["due_on"] == "2025-08-20"


def test_legal_aid_a_lawyer_stands_by_the_accused(hub: Hub) -> None:
    references = file(hub, FIR)["references"]
    (assigned,) = references[f"CCTNS_CODE:{FIR}:A1"]["legal_aid"]
    assert assigned["lawyer_kind"] == "LADC"
