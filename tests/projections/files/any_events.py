"""Hypothesis strategies: any events of a small case, and any input around them. Few references, so that all meet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from projections.files.state import FileInput
from projections.linking.claims import ACTS_ONLY
from projections.linking.model import CONTINUES, HELD_UNDER, TRIED_IN
from schemas.catalogue import CATALOGUE
from schemas.event import Event
from tests.projections.files.world import (
    A1,
    A2,
    CNR,
    FIR,
    HELD,
    OTHER_CNR,
    OTHER_FIR,
    OTHER_PID,
    P1,
    P2,
    PID,
    TRIED,
    accused,
    asserted,
    event,
    hold,
    identifier,
    in_order,
    link,
    of_record,
    person,
    rejected,
    sections,
)
from tests.schemas.samples import records

Json = dict[str, Any]

NAMES = ("Rakep Zumal", "Mivan Dorpal", "Hesti Qorban")
RELATIVES = ("Tolen Zumal", "Sutel Dorpal")
REFS = (A1, A2, P1, P2, f"CIS_PARTY:{OTHER_CNR}:1", f"CCTNS_CODE:{OTHER_FIR}:A1", PID, OTHER_PID)
_FIRST = date(2025, 1, 1)

_days = st.integers(0, 30).map(lambda n: (_FIRST + timedelta(days=n)).isoformat())
_some_day = st.none() | _days
_sections = st.lists(
    st.sampled_from(["BNS 303(2)", "BNS 115(2)", "NDPS 20(b)"]), max_size=2, unique=True
).map(lambda texts: sections(*texts))
_persons = st.none() | st.builds(person, st.sampled_from(NAMES), st.sampled_from(RELATIVES))


@st.composite
def _accused(draw: st.DrawFn, department: str) -> Json:
    own = {"police": (A1, A2), "court": (P1, P2, REFS[4])}.get(department, REFS)
    same_as = draw(st.lists(st.sampled_from(REFS), max_size=1))
    return accused(draw(st.sampled_from(own)), *same_as, person=draw(_persons))


@st.composite
def _holds(draw: st.DrawFn) -> list[Json]:
    cases = draw(
        st.lists(st.sampled_from([FIR, CNR, OTHER_FIR, "FIR:BR-PATKOT-2025-9999"]), max_size=2, unique=True)
    )
    return [
        hold(case, draw(st.sampled_from([None, A1, A2, P1])), draw(_some_day), draw(st.none() | _days))
        for case in cases
    ]


_POLICE = ("FirRegistered", "SectionsAltered", "ArrestMade", "FinalReportSubmitted", "FirTransferred",
           "AntecedentsReported")  # fmt: skip
_COURT = (
    "RemandOrdered", "BailApplied", "BailGranted", "BailRejected", "BailCancelled", "HearingListed", "HearingHeld",
    "HearingAdjourned", "ChargeSheetConsumed", "CognizanceTaken", "ChargesFramed", "Discharged", "CaseDisposed",
    "ReleaseWarrantIssued", "CaseSplit", "CasesClubbed", "JudgmentDelivered", "Surrendered", "BondAccepted",
)  # fmt: skip
_PRISON = (
    "OpeningBalance", "Admitted", "WarrantReceived", "CaseHoldChanged", "TransferredOut", "TransferredIn",
    "ProducedInCourt", "NotProduced", "InterimReleased", "Returned", "ReleaseRefused", "NotReleasedReason", "Released",
    "Escaped", "Recaptured", "Died", "Hospitalised", "RemissionCredited",
)  # fmt: skip
_OTHERS = (
    "prosecution.CaseAllotted", "prosecution.DefectRaised", "prosecution.DefectCured", "probation.ReportRequested",
    "probation.ReportSubmitted", "excise.ExciseArrestMade", "excise.ExciseFinalReportSubmitted",
    "economic.PropertyAttached", "economic.AttachmentConfirmed", "legalaid.LawyerAssigned", "emergency.IncidentClosed",
    "cyber.AmountHeld", "citizen.ApplicationMoved", "forensics.ReportIssued",
)  # fmt: skip
#: The anchors of departments whose records are reached from the case.
_RECORDS = {
    "probation": "REPORT_NO:BR-PAT-2025-00001",
    "excise": "EXCISE_CASE:BR-PATEXC-2025-0001",
    "economic": FIR,
    "legalaid": CNR,
    "emergency": "INCIDENT_112:BR-20250101-0000001",
    "cyber": "NCRP_ACK:30501250000001",
    "citizen": "APPLICATION_NO:BR-2025-0000001",
    "forensics": "FSL_NO:BR-FSLPAT-2025-00001",
}
TYPES = (
    *(f"police.{n}" for n in _POLICE), *(f"court.{n}" for n in _COURT), *(f"prison.{n}" for n in _PRISON), *_OTHERS,
)  # fmt: skip


@st.composite
def any_event(draw: st.DrawFn, seq: int) -> Event:
    """One event of the case, of any type, about anybody."""
    kind = draw(st.sampled_from(TYPES))
    department, _, name = kind.partition(".")
    body: Json = {}
    if department == "police":
        anchor = FIR
        body = _police(draw, name)
    elif department == "prison":
        anchor = draw(st.sampled_from([PID, OTHER_PID]))
        body = _prison(draw, name)
    elif department == "court":
        anchor = draw(st.sampled_from([CNR, CNR, OTHER_CNR]))
        body = _court(draw, name)
    elif department == "prosecution":
        anchor = draw(st.sampled_from([CNR, FIR]))
        if "Defect" in name:
            body = {"defect_no": draw(st.sampled_from(["D1", "D2"]))}
    else:
        anchor = _RECORDS[department]
        body = _other(draw, kind)
    return event(kind, anchor, draw(_days), seq=seq, **body)


def _other(draw: st.DrawFn, kind: str) -> Json:
    match kind:
        case "probation.ReportRequested":
            return {"accused": draw(_accused("probation")), "due_on": draw(_some_day)}
        case "excise.ExciseFinalReportSubmitted":
            return {"kind": "CHARGE_SHEET", "accused": _reports(draw, "police")}
        case "economic.PropertyAttached":
            return {"order_number": "1", "accused": draw(st.lists(_accused("police"), max_size=2))}
        case "economic.AttachmentConfirmed":
            return {"order_number": draw(st.sampled_from(["1", "2"])), "decided_on": draw(_some_day)}
        case "citizen.ApplicationMoved":
            return {"service": draw(st.sampled_from(["UNKNOWN", "MISSING_PERSON", "SECRET_TIP"]))}
        case "emergency.IncidentClosed" | "cyber.AmountHeld" | "forensics.ReportIssued":
            return {}
    return {"accused": draw(_accused("police"))}


def _police(draw: st.DrawFn, name: str) -> Json:
    if name == "ArrestMade":
        outcome = draw(st.sampled_from(["FORWARDED", "POLICE_BAIL", "UNKNOWN"]))
        return {"accused": draw(_accused("police")), "sections": draw(_sections), "outcome": outcome}
    if name == "AntecedentsReported":
        return {"accused": draw(_accused("police")), "registers_searched": ["CCTNS", "COURT"],
                "searched_on": draw(_some_day)}  # fmt: skip
    if name == "FinalReportSubmitted":
        return {"kind": "CHARGE_SHEET", "accused": _reports(draw, "police")}
    if name == "FirTransferred":
        return {"to_police_station": "PATGAR"}
    few = st.lists(_accused("police"), max_size=2)
    return {"accused": draw(few), "sections": draw(_sections)}


def _reports(draw: st.DrawFn, department: str) -> list[Json]:
    return [
        {
            "accused": one,
            "outcome": draw(st.sampled_from(["SENT_UP", "PENDING"])),
            "sections": draw(_sections),
        }
        for one in draw(st.lists(_accused(department), max_size=2))
    ]


def _court(draw: st.DrawFn, name: str) -> Json:
    one, few = _accused("court"), st.lists(_accused("court"), max_size=2)
    body: Json = {"court": draw(st.sampled_from(["", "BRPA01", "BRPA02"]))}
    if name.startswith("Hearing"):
        body["hearing_date"] = draw(_some_day)
        body["purpose"] = draw(st.sampled_from(["", "CHARGE", "EVIDENCE", "APPEARANCE"]))
        if name == "HearingListed":
            body["accused"] = draw(few)
        else:
            body["next_date"] = draw(_some_day)
    elif name == "ChargeSheetConsumed":
        body |= {"kind": "CHARGE_SHEET", "accused": _reports(draw, "court")}
    elif name in ("CognizanceTaken", "CaseDisposed"):
        body["accused"] = draw(few)
    elif name == "ChargesFramed":
        body["charges"] = [{"accused": a, "sections": draw(_sections)} for a in draw(few)]
    elif name == "JudgmentDelivered":
        body["verdicts"] = [{"accused": a, "result": "CONVICTED"} for a in draw(few)]
    elif name in ("CaseSplit", "CasesClubbed"):
        both = draw(st.lists(st.sampled_from(REFS[2:5]), min_size=2, max_size=2, unique=True))
        body["mapping"] = [{"old": accused(both[0])["ref"], "new": accused(both[1])["ref"]}]
    else:
        body["accused"] = draw(one)
        if name == "Surrendered":
            body["taken_into_custody"] = draw(st.booleans())
        if name == "RemandOrdered":
            body["custody_kind"] = draw(st.sampled_from(["UNKNOWN", "POLICE", "JUDICIAL"]))
            body |= {"to_date": draw(_some_day), "next_date": draw(_some_day), "jail": "BR-0123"}
    return body


def _prison(draw: st.DrawFn, name: str) -> Json:
    body: Json = {"jail": draw(st.sampled_from(["BR-0123", "BR-0124"]))}
    if name not in ("TransferredOut", "Hospitalised"):
        body["cases"] = draw(_holds())
    if name in ("Admitted", "OpeningBalance", "TransferredIn"):
        body["person"] = draw(_persons)
    if name in ("Admitted", "WarrantReceived", "ProducedInCourt", "NotProduced"):
        body["next_date"] = draw(_some_day)
    if name == "CaseHoldChanged":
        body["change"] = draw(st.sampled_from(["ADDED", "ENDED", "ALTERED"]))
    return body


@st.composite
def any_events(draw: st.DrawFn, max_size: int = 14) -> list[Event]:
    """Events of the case in the order of their sort keys."""
    count = draw(st.integers(1, max_size))
    return in_order(draw(any_event(seq)) for seq in range(1, count + 1))


@st.composite
def any_input(draw: st.DrawFn) -> FileInput:
    """The CaseFile of FIR with some of the links that can lie around it."""
    pairs = draw(st.lists(st.lists(st.sampled_from(REFS), min_size=2, max_size=2, unique=True), max_size=2))
    decided = {frozenset(pair): draw(st.sampled_from([asserted, rejected])) for pair in pairs}
    links = {TRIED, HELD, *(make(*sorted(pair)) for pair, make in decided.items())}
    links |= draw(
        st.sets(
            st.sampled_from(
                [
                    link(HELD_UNDER, PID, CNR),
                    link(HELD_UNDER, OTHER_PID, CNR),
                    link(HELD_UNDER, OTHER_PID, OTHER_FIR),
                    link(TRIED_IN, OTHER_FIR, CNR),
                    link(TRIED_IN, OTHER_FIR, OTHER_CNR),
                    link(CONTINUES, OTHER_CNR, CNR),
                ]
            )
        )
    )
    ordered = tuple(sorted(links, key=lambda one: (one.kind, one.a, one.b)))
    return FileInput(FIR, frozenset({FIR, CNR, OTHER_CNR, PID, OTHER_PID, *_RECORDS.values()}), ordered, ())


@st.composite
def any_event_of_the_contract(draw: st.DrawFn) -> Event:
    """A valid event of any type that can be in a file, with any content that its schema allows."""
    kind = draw(st.sampled_from(sorted(set(CATALOGUE) - ACTS_ONLY)))
    record = draw(records(kind))
    anchors = {"FIR": FIR, "CNR": CNR, "PID": PID}
    anchor = record["envelope"]["anchor"]
    anchor = identifier(anchors.get(anchor["kind"], f"{anchor['kind']}:{anchor['value']}"))
    return of_record(kind, {**record, "envelope": {**record["envelope"], "anchor": anchor}})
