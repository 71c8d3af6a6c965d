"""Small, dense worlds for the store: few identifiers, so that everything meets everything.

A world is a list of records as a broker would hand them on: events of several departments over a handful of FIRs, CNRs
and PIDs, with doubles, ids used twice, aliases, corrections of corrections, rings, retractions, foreign corrections,
reviewers' decisions and their undoing, repairs, and bytes that are no event at all. They need not make sense as lives
of cases: the store must not depend on sense.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from projections.store.intake import Intake
from projections.store.ports import RawRecord
from schemas.catalogue import CATALOGUE
from schemas.codec import Decoder, Encoder
from schemas.complete import complete
from schemas.plain import from_plain
from schemas.writers import table_of_all

SALT_KEY = b"a key of the tests"
START = datetime(2025, 3, 1, 4, 30, tzinfo=UTC)
TABLE = table_of_all()
ENCODER = Encoder(TABLE.id_of)

FIRS = ["BR-PATKOT-2025-0001", "BR-PATKOT-2025-0002", "BR-PATKOT-2025-0003"]
CNRS = ["BRPA010000012025", "BRPA010000022025", "BRPA010000032025"]
PTNS = ["BRPA01-2025-000001"]
PIDS = ["BR-0123-00001", "BR-0123-00002", "BR-0123-00003"]
GDS = ["BR-PATKOT-20250601-0001"]
NAMES = [("Rakep Zumal", "Tolen Zumal"), ("Rakep Zumal", "Beshu Zumal"), ("Mivan Dorpal", "Sutel Dorpal")]
OFFICE = {"kind": "SCRB", "code": "SCRB-PAT", "district": "PAT"}
OTHER = {"kind": "REGISTRAR", "code": "CJM-PAT", "district": "PAT"}


def new_intake() -> Intake:
    """An intake as a worker has one, on the schemas of this checkout."""

    def unknown(mark: bytes) -> str:
        raise AssertionError(f"a schema that the decoder never met: {mark.hex()}")

    decoder = Decoder(TABLE)
    for i in range(1, 1000):
        try:
            decoder.learn(TABLE(i))
        except LookupError:
            break
    return Intake(decoder, unknown)


def identifier(kind: str, value: str) -> dict[str, str]:
    return {"kind": kind, "value": value}


def police_ref(fir: str, code: str) -> dict[str, str]:
    return {"scheme": "CCTNS_CODE", "scope": f"FIR:{fir}", "code": code}


def party(cnr: str, code: str) -> dict[str, str]:
    return {"scheme": "CIS_PARTY", "scope": f"CNR:{cnr}", "code": code}


def person(draw: st.DrawFn) -> dict[str, Any] | None:
    name, relative = draw(st.sampled_from(NAMES))
    return draw(st.sampled_from([None, {"name": name, "relative_name": relative, "relation": "S/O"}]))


@dataclass(frozen=True)
class Line:
    """One event before it is numbered: its type and the parts that make it what it is."""

    type: str
    anchor: dict[str, str]
    claims: tuple[tuple[str, str], ...]
    body: dict[str, Any]


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """An event of any of the departments, over the few identifiers."""
    fir, cnr, pid = draw(st.sampled_from(FIRS)), draw(st.sampled_from(CNRS)), draw(st.sampled_from(PIDS))
    code = draw(st.sampled_from(["A1", "A2"]))
    number = draw(st.sampled_from(["1", "2"]))
    court_claims = draw(
        st.sampled_from(
            [(), (("FIR", fir),), (("FIR", fir), ("PTN", PTNS[0])), (("CNR", draw(st.sampled_from(CNRS))),)]
        )
    )
    court_claims = tuple(c for c in court_claims if c != ("CNR", cnr))
    same = draw(st.sampled_from([[], [police_ref(fir, code)]]))
    accused = {"ref": party(cnr, number), "same_as": same, "person": person(draw)}
    police = {"ref": police_ref(fir, code), "person": person(draw)}
    hold = {
        "identifier": identifier("FIR", fir),
        "accused": draw(st.sampled_from([None, police_ref(fir, code)])),
    }
    case = draw(st.sampled_from([hold, {"identifier": identifier("CNR", cnr)}]))
    at_court = identifier("CNR", cnr)
    match draw(st.integers(0, 15)):
        case 0 | 1:
            return Line(
                "police.FirRegistered", identifier("FIR", fir), (), {"district": "PAT", "accused": [police]}
            )
        case 2:
            became = draw(st.sampled_from([f for f in FIRS if f != fir]))
            return Line(
                "police.FirTransferred", identifier("FIR", fir), (), {"became": identifier("FIR", became)}
            )
        case 3:
            gd = draw(st.booleans())
            anchor = identifier("GD", GDS[0]) if gd else identifier("FIR", fir)
            return Line("police.ArrestMade", anchor, (("FIR", fir),) if gd else (), {"accused": police})
        case 4:
            return Line(
                "court.HearingHeld", at_court, court_claims, {"hearing_date": "2025-04-02", "purpose": "x"}
            )
        case 5:
            return Line("court.RemandOrdered", at_court, court_claims, {"accused": accused, "jail": "JL1"})
        case 6:
            return Line(
                "court.BailGranted", at_court, court_claims, {"accused": accused, "bail_kind": "REGULAR"}
            )
        case 7:
            return Line(
                "court.RemandOrdered", identifier("PTN", PTNS[0]), (("FIR", fir),),
                {"accused": {"ref": {"scheme": "CIS_PARTY", "scope": f"PTN:{PTNS[0]}", "code": number}}},
            )  # fmt: skip
        case 8:
            into = draw(st.sampled_from([c for c in CNRS if c != cnr]))
            mapping = [{"old": party(cnr, "1"), "new": party(into, "1")}]
            body = {"split_into": [identifier("CNR", into)], "mapping": mapping}
            return Line("court.CaseSplit", at_court, court_claims, body)
        case 9 | 10:
            body = {"jail": "JL1", "person": person(draw), "cases": [case]}
            return Line("prison.Admitted", identifier("PID", pid), (), body)
        case 11:
            return Line("prison.Released", identifier("PID", pid), (), {"jail": "JL1", "cases": [case]})
        case 12:
            report = identifier("REPORT_NO", "BR-PATPO-2025-00001")
            body = {"accused": accused, "case": identifier("CNR", cnr), "report_kind": "PRE_SENTENCE"}
            return Line("probation.ReportRequested", report, (), body)
        case 13 | 14:
            return draw(beside(fir, police, accused, at_court))
        case _:
            return draw(decided(fir, cnr, pid, code, number))


@st.composite
def beside(
    draw: st.DrawFn, fir: str, police: dict[str, Any], accused: dict[str, Any], at_court: dict[str, str]
) -> Line:
    """An event of a department beside police, court and prison, whose record the case is reached from."""
    case = identifier("FIR", fir)
    call, ack = identifier("INCIDENT_112", "BR-20250301-0000001"), identifier("NCRP_ACK", "30501250000001")
    lines: list[Line] = [
        Line("emergency.IncidentReported", call, (), {"district": "PAT"}),
        Line("emergency.IncidentClosed", call, (), {"led_to": [case]}),
        Line("cyber.ComplaintReceived", ack, (), {"amount": 5}),
        Line("cyber.EZeroFirSigned", ack, (), {"fir": case}),
        Line("citizen.ApplicationDecided", identifier("APPLICATION_NO", "BR-2025-0000001"), (),
             {"service": "MISSING_PERSON", "led_to": [case]}),
        Line("forensics.ExhibitReceived", identifier("FSL_NO", "BR-FSLPAT-2025-00001"), (), {"case": case}),
        Line("economic.PropertyAttached", case, (), {"order_number": "1", "accused": [police]}),
        Line("economic.AttachmentConfirmed", at_court, (("FIR", fir),), {"order_number": "1", "result": "CONFIRMED"}),
        Line("probation.SupervisionStarted", identifier("ORDER_NO", "BR-PATPO-2025-00001"), (),
             {"accused": accused, "case": at_court, "next_contact_due": "2025-05-01"}),
        Line("prison.HeadcountTaken", identifier("JAIL", "BR-0123"), (), {"capacity": 5, "lines": [
            {"category": "UNDERTRIAL", "group": "MALE", "n": draw(st.integers(0, 9)), "capacity": 5}]}),
        Line("excise.ExciseCaseRegistered", identifier("EXCISE_CASE", "BR-PATEXC-2025-0001"), (),
             {"arose_from": [call]}),
    ]  # fmt: skip
    return draw(st.sampled_from(lines))


@st.composite
def decided(draw: st.DrawFn, fir: str, cnr: str, pid: str, code: str, number: str) -> Line:
    """A reviewer's decision on one of the links that the events claim, or might."""
    kind, left, right, more = draw(
        st.sampled_from(
            [
                ("HELD_UNDER", identifier("PID", pid), identifier("FIR", fir), {}),
                ("TRIED_IN", identifier("CNR", cnr), identifier("FIR", fir), {}),
                (
                    "ACCUSED_IS", identifier("FIR", fir), identifier("CNR", cnr),
                    {"left_accused": police_ref(fir, code), "right_accused": party(cnr, number)},
                ),
            ]
        )
    )  # fmt: skip
    verb = draw(st.sampled_from(["Asserted", "Confirmed", "Rejected", "Undone"]))
    body: dict[str, Any] = {"left": left, "right": right, "link_kind": kind, "reviewer": OFFICE} | more
    if verb == "Asserted":
        body["reviewer"] = draw(st.sampled_from([OFFICE, None]))
        if kind == "HELD_UNDER":
            misnamed = draw(st.sampled_from([None, *(f for f in FIRS if f != fir)]))
            body["in_place_of"] = misnamed and identifier("FIR", misnamed)
    if verb == "Undone":
        body["decision"] = str(UUID(int=draw(st.integers(1, 12)) << 64))
    return Line(f"hub.Link{verb}", left, (), body)


@st.composite
def worlds(draw: st.DrawFn, most: int = 40) -> list[RawRecord]:
    """A world's records, in the order in which they happened to be sent; offsets are given when they are appended."""
    found: list[RawRecord] = []
    made: list[tuple[str, dict[str, Any]]] = []
    for n in range(draw(st.integers(4, most))):
        way = draw(st.integers(0, 16)) if made else 15
        line = draw(lines())
        day = draw(st.integers(0, 9))
        known = found[-1].timestamp_ms if found else 1_740_000_000_000
        stamp = known + draw(st.sampled_from([0, 1, 60_000]))
        if way == 0:
            found.append(draw(st.sampled_from(found))._replace(timestamp_ms=stamp))
            continue
        if way == 1:
            value = draw(st.sampled_from([b"", b"\0\0\0\0\1garbage", b"no Avro", b"\0\x7f\0\0\0x"]))
            found.append(raw(f"{line.type.partition('.')[0]}.events", f"FIR:{FIRS[0]}", value, stamp))
            continue
        if way == 16:
            # Cut off; but its headers name it, so that it may come again, be corrected, repaired or taken back.
            head = envelope(line, draw(st.integers(1, n + 2)), day)
            found.append(cut_off(encoded({"type": line.type, "envelope": head, **line.body}, stamp)))
            continue
        plain: dict[str, Any] = {"type": line.type, "envelope": envelope(line, n + 1, day), **line.body}
        if way in (2, 3, 4, 5) and made:
            plain = draw(follow_up(plain, made, way))
        elif way == 6:
            # One id with two contents.
            plain["envelope"]["event_id"] = made[-1][1]["envelope"]["event_id"]
        elif way == 7:
            # The same content under another id: an alias.
            type_, body = made[draw(st.integers(0, len(made) - 1))]
            again = {**body["envelope"], "event_id": str(UUID(int=(n + 100) << 64)), "source_seq": n + 1}
            plain = {**body, "type": type_, "envelope": again}
        made.append((plain["type"], plain))
        found.append(encoded(plain, stamp))
    return found


@st.composite
def follow_up(
    draw: st.DrawFn, plain: dict[str, Any], made: list[tuple[str, dict[str, Any]]], way: int
) -> dict[str, Any]:
    """A correction, retraction or repair of an event made before, or of one that is still to come."""
    type_, target = made[draw(st.integers(0, len(made) - 1))]
    at = target["envelope"]
    target_id = draw(st.sampled_from([at["event_id"], str(UUID(int=draw(st.integers(1, 40)) << 64))]))
    plain["envelope"]["source"] = draw(st.sampled_from([at["source"], at["source"], "prison.foreign/1"]))
    if way == 2 and not type_.startswith("hub."):
        department = at["source"].partition(".")[0]
        return {
            "type": "common.Retracted",
            "envelope": plain["envelope"]
            | {
                "anchor": at["anchor"],
                "claims": [],
                "supersedes": target_id,
                "source": f"{department}.tests/1",
            },
            "reason": "it never happened",
        }
    if way == 3:
        correction = {**plain, "envelope": {**plain["envelope"], "supersedes": target_id}}
        carried = encoded(correction, 0)
        return {
            "type": "hub.RepairApproved",
            "envelope": {**plain["envelope"], "claims": [], "event_id": str(UUID(int=(at["source_seq"] + 500) << 64)),
                         "source": "hub.repairs/1", "source_record": f"repair {plain['envelope']['source_record']}"},
            "target": target_id,
            "corrected_topic": carried.topic,
            "corrected_key": (carried.key or b"").decode(),
            "corrected_value": (carried.value or b"").hex(),
            "proposed_by": OFFICE,
            "approved_by": OTHER,
        }  # fmt: skip
    return {**target, "type": type_, "envelope": {**plain["envelope"], "supersedes": target_id,
            "anchor": at["anchor"], "claims": at["claims"]}}  # fmt: skip


def envelope(line: Line, n: int, day: int) -> dict[str, Any]:
    occurred = START + timedelta(days=day, minutes=n % 3)
    return {
        "event_id": str(UUID(int=n << 64)),
        "source": f"{line.type.partition('.')[0]}.tests/1",
        "source_seq": n,
        "source_record": f"row-{n}",
        "occurred_at": occurred.isoformat(),
        "occurred_precision": "DAY" if n % 2 else "MINUTE",
        "recorded_at": (occurred + timedelta(hours=n % 5)).isoformat(),
        "anchor": line.anchor,
        "claims": [identifier(kind, value) for kind, value in line.claims],
        "sensitivity": "NORMAL",
    }


def encoded(plain: dict[str, Any], stamp: int) -> RawRecord:
    """An event in plain form as a record of its topic."""
    type_, record = from_plain(plain)
    message = ENCODER.encode(type_, complete(type_, record, SALT_KEY))
    department = record["envelope"]["source"].partition(".")[0]
    topics = CATALOGUE[type_].topics
    topic = next(iter(topics)) if len(topics) == 1 else f"{department}.events"
    return RawRecord(topic, 0, 0, stamp, message.key, message.value, [(n, v) for n, v in message.headers])


def cut_off(record: RawRecord) -> RawRecord:
    """The record without its end: it cannot be read, but its headers still say whose it is."""
    return record._replace(value=(record.value or b"")[:-1])


def raw(topic: str, key: str, value: bytes, stamp: int) -> RawRecord:
    return RawRecord(topic, 0, 0, stamp, key.encode(), value, [])
