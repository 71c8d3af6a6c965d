"""The police's part of a life: registration, transfer, sections, arrest, antecedents, final report."""

from __future__ import annotations

from ops.simulate import bail, court, prosecution, remand, trial
from ops.simulate.engine import Simulation
from ops.simulate.names import skeleton
from ops.simulate.offences import OFFENCES, Offence
from ops.simulate.places import District
from ops.simulate.rows import Json, Row, identifier, office, sections
from ops.simulate.state import FINAL_REPORT, FIR, OWN, Case, Party

_HOW_MANY = (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4)
#: What an excise station writes in the place of the police's rows; its own series, and no more than these.
_EXCISE = {
    "police.FirRegistered": "excise.ExciseCaseRegistered",
    "police.ArrestMade": "excise.ExciseArrestMade",
    "police.FinalReportSubmitted": "excise.ExciseFinalReportSubmitted",
}
_FINAL_FORMS = ("INSUFFICIENT_EVIDENCE", "MISTAKE_OF_FACT", "TRUE_BUT_NO_CLUE", "FALSE")


def _source(station: str) -> str:
    return f"police.cctns/PS-{station}"


def _row(sim: Simulation, case: Case, event: str, body: Json, **more: object) -> Row:
    district, source, head = case.district.code, _source(case.station), "SHO"
    if case.excise:
        event, source, head = _EXCISE[event], f"excise.iems/ES-{case.station}", "EXCISE_INSPECTOR"
        body = {name: value for name, value in body.items() if name not in ("fir_kind", "victims")}
        if "fir_number" in body:
            body["case_number"] = body.pop("fir_number")
    return sim.emit(
        event, source, case.fir, body, actor=office(head, f"{head}-{case.station}", district),
        sensitivity=case.sensitivity, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _new_fir(sim: Simulation, station: str, kind: str = "FIR") -> str:
    year = sim.date(sim.day).year
    return f"{kind}:BR-{station}-{year}-{sim.number(f'{kind}{station}{year}'):04d}"


def open_case(sim: Simulation, district: District) -> Case:
    """A new FIR and whom it will turn out to be against; three of four FIRs have somebody."""
    offence: Offence = sim.rng.choice(OFFENCES)
    station = sim.rng.choice(district.stations)
    zero = sim.fate.strikes("zero_fir")
    # Every second case of liquor or drugs is an excise station's.
    excise = not zero and offence.sections[0].startswith(("BPEA", "NDPS")) and sim.number("excise") % 2 == 0
    fir = _new_fir(sim, station, "ZERO_FIR" if zero else "EXCISE_CASE" if excise else "FIR")
    case = Case(
        district, station, fir, fir, offence.sections, sim.day, offence.sensitivity, icjs=sim.chance(0.6)
    )
    sim.cases.append(case)
    if not sim.chance(0.75):
        return case
    taken: set[tuple[str, str]] = set()
    for place in range(sim.rng.choice(_HOW_MANY)):
        person = sim.somebody(district, station)
        looks = (skeleton(person.name), skeleton(person.relative))
        if looks in taken or any(party.person is person for party in case.parties):
            continue
        taken.add(looks)
        case.parties.append(Party(person, case, f"A{place + 1}", offence.sections))
    alone = all(party.person.cases == 1 for party in case.parties[:2])
    if len(case.parties) > 1 and alone and sim.fate.strikes("same_name"):
        _name_alike(sim, case)
    return case


def _name_alike(sim: Simulation, case: Case) -> None:
    one, other = case.parties[:2]
    # Both leave the pool, so that the likeness stays inside this case.
    known = sim.people[case.district.code]
    for party in (one, other):
        known.remove(party.person)
    other.person.name, other.person.relative = one.person.name, one.person.relative
    court.review_case(sim, case)


def register(sim: Simulation, district: District) -> None:
    """An FIR is registered, and the investigation begins."""
    case = open_case(sim, district)
    named = case.parties if sim.chance(0.7) else []
    known = [sim.accused(party, party.police_ref) for party in named]
    _registered(sim, case, known, [])
    if case.fir.startswith("ZERO_FIR"):
        sim.at(sim.day + sim.between(1, 6), 10, transfer, case)
    elif sim.fate.strikes("transferred"):
        sim.at(sim.day + sim.between(4, 15), 10, transfer, case)
    if sim.chance(0.25):
        sim.at(sim.day + sim.between(3, 20), 11.5, alter, case)
    for party in case.parties:
        if sim.chance(0.75):
            sim.at(sim.day + int(sim.rng.expovariate(0.2)), sim.between(5, 22), arrest, party)
        elif sim.chance(0.1):
            sim.at(sim.day + sim.between(5, 30), 11.75, anticipate, party)
    sim.at(sim.day + sim.between(25, 80), 10.5, close, case)


def _registered(sim: Simulation, case: Case, known: list[Json], arose: list[str]) -> None:
    _, _, tail = case.fir.partition(":")
    day = sim.date(sim.day)
    zero = case.fir.startswith("ZERO")
    body = {
        "district": case.district.code, "police_station": case.station, "fir_number": tail.rpartition("-")[2],
        "year": day.year, "fir_kind": "ZERO" if zero else "REGULAR", "sections": sections(case.sections),
        "offence_from": sim.moment(case.born - 1, 40_000), "offence_to": sim.moment(case.born - 1, 46_000),
        "information_received_at": sim.moment(case.born, 7 * 3600),
        "place_of_occurrence": f"BEAT-{sim.between(1, 20)}", "accused": known,
        "investigator": office("IO", f"IO-{case.station}-{sim.between(1, 5)}", case.district.code),
        "victims": [f"V{sim.number('victim')}"], "arose_from": [identifier(text) for text in arose],
    }  # fmt: skip
    _row(sim, case, "police.FirRegistered", body, claims=arose)
    case.history.append((sim.day, FIR, case.sections))


def transfer(sim: Simulation, case: Case) -> None:
    """Another station takes the case over and gives it its own number and its own order of accused."""
    if case.reported or case.excise:
        return
    old, before = case.fir, case.station
    district = case.district
    after = sim.rng.choice([station for station in district.stations if station != before])
    became = _new_fir(sim, after)
    body = {
        "became": identifier(became), "from_police_station": before, "to_police_station": after,
        "to_district": district.code, "reason": "JURISDICTION", "ordered_on": sim.date(sim.day),
    }  # fmt: skip
    _row(sim, case, "police.FirTransferred", body, claims=[became])
    earlier = {party: party.police_ref for party in case.parties if party.police_ref in party.refs}
    case.fir, case.station = became, after
    codes = [party.code for party in case.parties]
    sim.rng.shuffle(codes)
    for party, code in zip(case.parties, codes, strict=True):
        party.code = code
    known = [
        sim.accused(party, party.police_ref, [earlier[party]], described=True)
        for party in case.parties
        if party in earlier
    ]
    _registered(sim, case, known, [old] if old.startswith("ZERO") else [])


def alter(sim: Simulation, case: Case) -> None:
    """Investigation adds a section, for all accused."""
    if case.reported or case.excise or sim.day <= case.born:
        return
    added = next(offence.added for offence in OFFENCES if offence.sections == case.sections)
    case.sections = (*case.sections, added)
    for party in case.parties:
        party.sections = case.sections
    body = {
        "accused": [], "sections": sections(case.sections), "added": sections([added]),
        "reason": "INVESTIGATION", "reported_to_court_on": sim.date(sim.day + 1),
    }  # fmt: skip
    _row(sim, case, "police.SectionsAltered", body)
    case.history.append((sim.day, OWN, case.sections))


def arrest(sim: Simulation, party: Party) -> None:
    """An arrest: forwarded to court, one in twelve released on police bail."""
    case = party.case
    if party.person.interim or party.over or party in party.person.holds or party.outcome == "NOT_SENT_UP":
        return
    party.arrested = True
    district = case.district.code
    hour = sim.now % 86_400
    at = sim.moment(sim.day, hour)
    released = sim.chance(0.08)
    diary = f"GD:BR-{case.station}-{sim.date(sim.day):%Y%m%d}-{sim.number(f'GD{case.station}{sim.day}'):04d}"
    body = {
        "accused": sim.accused(party, party.police_ref), "place": f"BEAT-{sim.between(1, 20)}", "district": district,
        "gd": identifier(diary), "sections": sections(party.sections), "relative_informed_at": at,
        "arresting_officer": office("IO", f"IO-{case.station}-{sim.between(1, 5)}", district),
        "relative_relation": "FATHER", "medically_examined_at": at, "grounds_in_writing_at": at,
        "grounds_language": "HI", "grounds_understood": True, "journey_minutes": sim.between(20, 180),
        "outcome": "POLICE_BAIL" if released else "FORWARDED", "is_child": False,
    }  # fmt: skip
    _row(sim, case, "police.ArrestMade", body, claims=[diary], second=hour)
    party.history.append((sim.day, OWN, party.sections))
    party.taken(sim.day)
    if released and party.stays[-1].first == sim.day:
        party.stays[-1].last = sim.day
    if sim.chance(0.4):
        sim.at(sim.day + sim.between(2, 12), 12, antecedents, party)
    if not released:
        sim.at(sim.day + 1, 14, remand.first, party)
        sim.at(sim.day + sim.between(6, 30), 11.75, bail.consider, party)


def anticipate(sim: Simulation, party: Party) -> None:
    """He fears arrest and asks for anticipatory bail."""
    if party.arrested or party.over:
        return
    docket = court.open_docket(sim, party.case)
    court.enter(sim, docket, party)
    bail.apply(sim, party, docket, "ANTICIPATORY")


def antecedents(sim: Simulation, party: Party) -> None:
    """What the registers say of him; the police's, so of an excise station's accused nothing."""
    if party.case.excise:
        return
    body: Json = {
        "accused": sim.accused(party, party.police_ref),
        "registers_searched": ["CCTNS", "COURT"] if sim.law.random() < 0.7 else ["CCTNS"],
        "searched_on": sim.date(sim.day),
    }  # fmt: skip
    if sim.chance(0.15):
        party.convicted_before = True
        body["convictions"] = [
            {
                "court": court.open_docket(sim, party.case).court.code, "case_number": f"C/{sim.between(1, 900)}/2019",
                "sections": sections(["BNS2023 303(2)"]), "convicted_on": sim.date(-1500), "sentence": "SIX_MONTHS",
            }
        ]  # fmt: skip
    _row(sim, party.case, "police.AntecedentsReported", body)


def close(sim: Simulation, case: Case) -> None:
    """The investigation ends: the prosecutor looks at it, or it goes to court at once."""
    if case.fir.startswith("ZERO") or case.reported:
        return
    if case.parties and sim.chance(0.6) and case.docket is not None:
        ready = prosecution.scrutinise(sim, case)
        sim.at(sim.day + ready, 12.5, report, case)
    else:
        sim.at(sim.day, 12.5, report, case)


def report(sim: Simulation, case: Case) -> None:
    """The final report: a charge sheet in 73 of 100 FIRs."""
    if case.reported:
        return
    case.reported = True
    case.report_no = f"CS/{sim.number('CS' + case.station)}"
    if not case.parties or sim.chance(0.03):
        body = {
            "kind": "FINAL_FORM", "final_form_reason": sim.rng.choice(_FINAL_FORMS), "report_number": case.report_no,
            "series": "ORIGINAL", "investigation_complete": True, "accused": _lines(sim, case.parties, "NOT_SENT_UP"),
            "filed_at": sim.moment(sim.day, 45_000),
        }  # fmt: skip
        for party in case.parties:
            party.outcome = "NOT_SENT_UP"
        _row(sim, case, "police.FinalReportSubmitted", body)
        sim.at(sim.day + sim.between(1, 12), 13, trial.consume, case, case.parties, "FINAL_FORM")
        return
    charged = _charged(sim, case)
    lines: list[Json] = []
    for place, party in enumerate(case.parties):
        if place == 0 or sim.chance(0.9):
            party.outcome = "SENT_UP"
        else:
            party.outcome = "PENDING" if not party.arrested and sim.chance(0.5) else "NOT_SENT_UP"
        if party.outcome == "SENT_UP":
            party.sections, party.sections_stage, party.stage = charged, "FINAL_REPORT", "CHARGE_SHEETED"
            party.history.append((sim.day, FINAL_REPORT, charged))
        lines.extend(_lines(sim, [party], party.outcome))
    pending = [party for party in case.parties if party.outcome == "PENDING"]
    _row(sim, case, "police.FinalReportSubmitted", _sheet(sim, case, lines, not pending, "ORIGINAL"))
    sim.at(sim.day + sim.between(1, 12), 13, trial.consume, case, list(case.parties), "CHARGE_SHEET")
    for party in pending:
        sim.at(sim.day + sim.between(30, 60), 12.5, supplement, party)
    for party in case.parties:
        if (
            party.outcome == "SENT_UP"
            and not party.arrested
            and party.bail_state == "NONE"
            and sim.chance(0.4)
        ):
            sim.at(sim.day + sim.between(30, 70), 11.5, bail.surrender, party)


def supplement(sim: Simulation, party: Party) -> None:
    """A supplementary report sends up the one who was left open."""
    case = party.case
    docket = case.docket
    if docket is None or docket.closed or party.over or not docket.cnr:
        return
    party.outcome = "SENT_UP"
    party.sections, party.sections_stage, party.stage = _charged(sim, case), "FINAL_REPORT", "CHARGE_SHEETED"
    party.history.append((sim.day, FINAL_REPORT, party.sections))
    case.report_no = f"CS/{sim.number('CS' + case.station)}"
    lines = _lines(sim, [party], "SENT_UP")
    _row(sim, case, "police.FinalReportSubmitted", _sheet(sim, case, lines, True, "SUPPLEMENTARY"))
    sim.at(sim.day + sim.between(1, 12), 13, trial.consume, case, [party], "CHARGE_SHEET", "SUPPLEMENTARY")


def _charged(sim: Simulation, case: Case) -> tuple[str, ...]:
    if len(case.sections) > 1 and sim.chance(0.2):
        return case.sections[:-1]
    return case.sections


def _lines(sim: Simulation, parties: list[Party], outcome: str) -> list[Json]:
    return [
        {
            "accused": sim.accused(party, party.police_ref),
            "outcome": outcome,
            "reason": "" if outcome == "SENT_UP" else "NO_EVIDENCE",
            "sections": sections(party.sections) if outcome == "SENT_UP" else [],
        }
        for party in parties
    ]


def _sheet(sim: Simulation, case: Case, lines: list[Json], complete: bool, series: str) -> Json:
    return {
        "kind": "CHARGE_SHEET", "report_number": case.report_no, "series": series, "investigation_complete": complete,
        "accused": lines, "filed_at": sim.moment(sim.day, 45_000), "icjs_number": f"ICJS{sim.number('icjs'):08d}",
        "court": case.docket.court.code if case.docket else "",
    }  # fmt: skip
