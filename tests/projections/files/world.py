"""A small world for the folds: events by short words, and the input of a file around them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from projections.files.state import FileInput, SetAside
from projections.linking.model import ACCUSED_IS, HELD_UNDER, TRIED_IN, Link
from schemas.catalogue import CATALOGUE
from schemas.complete import complete
from schemas.event import Event, sort_key
from schemas.plain import from_plain

Json = dict[str, Any]

FIR = "FIR:BR-PATKOT-2025-0123"
OTHER_FIR = "FIR:BR-PATKOT-2025-0200"
CNR = "CNR:BRPA010001232025"
OTHER_CNR = "CNR:BRPA010007772025"
PID = "PID:BR-0123-45678"
OTHER_PID = "PID:BR-0123-99999"
A1 = f"CCTNS_CODE:{FIR}:A1"
A2 = f"CCTNS_CODE:{FIR}:A2"
P1 = f"CIS_PARTY:{CNR}:1"
P2 = f"CIS_PARTY:{CNR}:2"

_SPACE = UUID("12345678-1234-5678-1234-567812345678")


def identifier(text: str) -> Json:
    kind, _, value = text.partition(":")
    return {"kind": kind, "value": value}


def ref(text: str) -> Json:
    scheme, _, rest = text.partition(":")
    scope, _, code = ("", "", rest) if scheme == "PID" else rest.rpartition(":")
    return {"scheme": scheme, "scope": scope, "code": code}


def person(name: str, relative: str, **parts: Any) -> Json:
    return {"name": name, "relative_name": relative, **parts}


def accused(text: str, *same_as: str, person: Json | None = None) -> Json:
    return {"ref": ref(text), "same_as": [ref(other) for other in same_as], "person": person}


def hold(case: str, who: str | None = None, begin: str | None = None, end: str | None = None) -> Json:
    named = None if who is None else ref(who)
    return {"identifier": identifier(case), "accused": named, "from_date": begin, "to_date": end}


def sections(*texts: str) -> list[Json]:
    return [{"act": act, "section": section} for act, _, section in (text.partition(" ") for text in texts)]


def event(kind_: str, anchor: str, on: str, /, *, seq: int = 1, **body: Any) -> Event:
    """An event of which the day is known; its id follows from its content and `seq`."""
    event_id = uuid5(_SPACE, f"{kind_}|{anchor}|{on}|{seq}|{sorted(body.items())!r}")
    line: Json = {
        "type": kind_,
        "envelope": {
            "event_id": str(event_id),
            "source": f"{CATALOGUE[kind_].department}.tests/1",
            "source_seq": seq,
            "source_record": f"{kind_}/{seq}",
            "occurred_at": f"{on}T00:00:00+05:30",
            "recorded_at": f"{on}T20:00:00+05:30",
            "anchor": identifier(anchor),
        },
        **body,
    }
    return of_record(kind_, complete(kind_, from_plain(line)[1], b"tests"))


def of_record(kind: str, record: Json) -> Event:
    """The event of a complete record."""
    envelope = record["envelope"]
    return Event(
        type=kind,
        event_id=envelope["event_id"],
        digest=b"\0" * 32,
        anchor=f"{envelope['anchor']['kind']}:{envelope['anchor']['value']}",
        claims=tuple(f"{c['kind']}:{c['value']}" for c in envelope["claims"]),
        supersedes=None,
        source=envelope["source"],
        source_epoch=envelope["source_epoch"],
        source_seq=envelope["source_seq"],
        source_record=envelope["source_record"],
        occurred_at=envelope["occurred_at"],
        recorded_at=envelope["recorded_at"],
        sort_key=sort_key(kind, f"{CATALOGUE[kind].department}.events", envelope),
        writer=b"\0" * 32,
        body=record,
    )


def link(kind: str, a: str, b: str, **fields: Any) -> Link:
    """A link that stands and is followed, between anchored ends, unless `fields` say otherwise."""
    known: Json = {
        "standing": True, "followed": True, "confirmed": False, "a_anchored": True, "b_anchored": True,
    } | fields  # fmt: skip
    return Link(kind, a, b, **known)


def asserted(one: str, other: str) -> Link:
    a, b = sorted((one, other))
    return link(ACCUSED_IS, a, b)


def rejected(one: str, other: str) -> Link:
    a, b = sorted((one, other))
    return link(ACCUSED_IS, a, b, standing=False, followed=False)


TRIED = link(TRIED_IN, FIR, CNR)
HELD = link(HELD_UNDER, PID, FIR)


def case_input(
    *links: Link, identifiers: Iterable[str] = (FIR, CNR, PID), set_aside: tuple[SetAside, ...] = ()
) -> FileInput:
    """The CaseFile of FIR, with its court number and one prisoner."""
    every = sorted({TRIED, HELD, *links}, key=lambda one: (one.kind, one.a, one.b))
    return FileInput(FIR, frozenset(identifiers), tuple(every), set_aside)


def in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda e: e.sort_key)


def life() -> list[Event]:
    """Two accused of one case: A1 in jail with bail granted and not acted on, A2 on police bail. In order."""
    ram = person("Ram Kumar", "Shyam Lal")
    mohan = person("Mohan Das", "Sohan Das")
    return in_order(
        [
            event(
                "police.FirRegistered", FIR, "2025-01-01", district="PAT", police_station="PATKOT", fir_number="123",
                year=2025, fir_kind="REGULAR", sections=sections("BNS 303(2)"),
                accused=[accused(A1, person=ram), accused(A2, person=mohan)],
            ),
            event("police.ArrestMade", FIR, "2025-01-02", accused=accused(A1), outcome="FORWARDED"),
            event("police.ArrestMade", FIR, "2025-01-02", seq=2, accused=accused(A2), outcome="POLICE_BAIL"),
            event(
                "court.RemandOrdered", CNR, "2025-01-03", accused=accused(P1, A1), court="BRPA01",
                custody_kind="JUDICIAL", from_date="2025-01-03", to_date="2025-01-16", next_date="2025-01-16",
                jail="BR-0123",
            ),
            event(
                "prison.Admitted", PID, "2025-01-03", jail="BR-0123", cases=[hold(FIR)], utp_no="U/1",
                category="UNDERTRIAL", person=person("RAM  KUMAR", "Shyam Lal"), warrant_valid_to="2025-01-16",
                next_date="2025-01-16",
            ),
            event(
                "court.HearingHeld", CNR, "2025-01-16", court="BRPA01", hearing_date="2025-01-16",
                purpose="PRODUCTION", next_date="2025-01-30",
            ),
            event(
                "court.HearingAdjourned", CNR, "2025-01-30", court="BRPA01", hearing_date="2025-01-30",
                asked_by="PROSECUTION", reason="WITNESS_ABSENT", next_date="2025-02-13",
            ),
            event(
                "court.BailApplied", CNR, "2025-01-20", accused=accused(P1), bail_kind="REGULAR", application_no="B1"
            ),
            event("court.BailApplied", CNR, "2025-01-21", accused=accused(P2, A2), bail_kind="REGULAR"),
            event("court.BailRejected", CNR, "2025-01-22", accused=accused(P2), bail_kind="REGULAR"),
            event(
                "court.BailGranted", CNR, "2025-01-24", accused=accused(P1), court="BRPA01", bail_kind="REGULAR",
                bond_kind="BAIL_BOND", sureties_required=2, order_number="O/1",
            ),
            event(
                "prison.NotReleasedReason", PID, "2025-01-28", jail="BR-0123", cases=[hold(FIR)], reason="NO_SURETY"
            ),
            event(
                "police.FinalReportSubmitted", FIR, "2025-02-01", kind="CHARGE_SHEET", report_number="CS/1",
                accused=[
                    {"accused": accused(A1), "outcome": "SENT_UP", "sections": sections("BNS 303(2)", "BNS 3(5)")},
                    {"accused": accused(A2), "outcome": "NOT_SENT_UP", "reason": "NO_EVIDENCE"},
                ],
            ),
            event(
                "court.ChargeSheetConsumed", CNR, "2025-02-04", court="BRPA01", kind="CHARGE_SHEET",
                report_number="CS/1", received_in_court_at="2025-02-03T11:00:00+05:30",
                accused=[{"accused": accused(P1), "outcome": "SENT_UP", "sections": sections("BNS 303(2)")}],
            ),
            event("prosecution.CaseAllotted", CNR, "2025-02-05", prosecutor=office(), court="BRPA01"),
            event("prosecution.DefectRaised", FIR, "2025-02-02", defect_no="D1", defect_code="NO_FSL_REPORT"),
        ]
    )  # fmt: skip


def office() -> Json:
    return {"kind": "APP", "code": "APP-PAT-1", "district": "PAT"}
