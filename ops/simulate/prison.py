"""The jails: admission, holds, production, transfer, leave and release of one person under several cases."""

from __future__ import annotations

from random import Random

from ops.simulate import court, reviewer
from ops.simulate.engine import Simulation
from ops.simulate.names import full_name
from ops.simulate.rows import Json, Row, identifier, office, reference, sections
from ops.simulate.state import Case, Hold, Party, Person


def _source(jail: str) -> str:
    return f"prison.eprisons/{jail}"


def _row(
    sim: Simulation, person: Person, event: str, body: Json, parties: list[Party], *, jail: str | None = None,
    late: float = 0.0, day: int | None = None, withdrawn: bool = False, chance: Random | None = None,
) -> Row:  # fmt: skip
    jail = jail or person.jail
    assert jail is not None and person.pid is not None  # noqa: S101, PT018
    holds = [person.holds[party] for party in parties]
    if sim.day >= 0:
        for party in parties:
            sim.use(party, person.pid)
            if (named := person.holds[party].accused) is not None:
                sim.use(party, named)
    secrecy = max((party.case.sensitivity for party in parties), default="NORMAL")
    return sim.emit(
        event, _source(jail), person.pid, {"jail": jail, **body}, claims=[hold.identifier for hold in holds],
        actor=office("JAIL_SUPERINTENDENT", jail, person.district.code), late=late, day=day, sensitivity=secrecy,
        withdrawn=withdrawn, chance=chance,
    )  # fmt: skip


def cases(sim: Simulation, person: Person, parties: list[Party], until: int | None = None) -> list[Json]:
    """CaseReferences of these holds; `until` is the last day of those that end."""
    return [
        {
            "identifier": identifier(person.holds[party].identifier),
            "accused": reference(named) if (named := person.holds[party].accused) else None,
            "from_date": sim.date(person.holds[party].since),
            "to_date": None if until is None else sim.date(until),
        }
        for party in parties
    ]


def admit(sim: Simulation, party: Party, came_from: str = "COURT", valid_to: int | None = None) -> None:
    """Custody in this case begins: an admission, or one more case for a person who is inside."""
    person, case = party.person, party.case
    if party in person.holds or person.interim:
        return
    if person.pid is None:
        jail = sim.rng.choice(person.district.jails)
        person.pid = f"PID:{jail}-{sim.number('PID' + jail):05d}"
        if sim.fate.strikes("alias"):
            person.alias = full_name(sim.fate.rng, person.gender, person.relative)
    if person.alias is not None:
        reviewer.review(sim, party)
    arriving = not person.holds
    if arriving:
        person.jail = person.jail or sim.rng.choice(person.district.jails)
        jail = person.jail
        person.utp_no = f"{jail}-{sim.date(sim.day).year}-{sim.number('UTP' + jail):05d}"
    misnamed = _begin_hold(sim, party)
    party.taken(sim.day)
    details: Json = {"next_date": None if party.next_day is None else sim.date(party.next_day)}
    if arriving:
        details |= {
            "utp_no": person.utp_no, "ward": f"W{sim.between(1, 9)}", "category": "UNDERTRIAL",
            "person": sim.describe(person, person.alias), "admitted_from": came_from,
            "court": party.docket.court.code if party.docket else "",
            "warrant_number": f"W/{sim.number('warrant')}", "sections": sections(case.sections),
            "warrant_valid_to": None if valid_to is None else sim.date(valid_to),
            "biometric_token": f"B{sim.number('biometric'):08d}", "cases": cases(sim, person, [party]),
        }  # fmt: skip
        _row(sim, person, "prison.Admitted", details, [party])
        if sim.chance(0.08):
            sim.at(sim.day + sim.between(8, 70), 8.5, transfer, person)
        if sim.day >= 0 and sim.fate.strikes("phantom"):
            false = {"ground": "OTHER", "cases": cases(sim, person, [party], sim.day + 1)}
            gone = _row(sim, person, "prison.Released", false, [party], day=sim.day + 1, withdrawn=True)
            sim.retract(gone, sim.fate.rng.randrange(2, 9), "WRONG_PERSON")
    else:
        body = {"change": "ADDED", "reason": "NEW_WARRANT", "cases": cases(sim, person, [party]), **details}
        _row(sim, person, "prison.CaseHoldChanged", body, [party])
    if misnamed is not None and sim.day >= 0:
        reviewer.hold(sim, party, misnamed)


def _begin_hold(sim: Simulation, party: Party) -> str | None:
    """Write the hold as the jail does; the identifier if it is not the case's own."""
    person, case, docket = party.person, party.case, party.docket
    assert docket is not None  # noqa: S101
    draw = sim.rng.random()
    named: str | None = None
    if draw < 0.3 or not case.published:
        hold = Hold(docket.anchor, None, sim.day)
        if sim.chance(0.4):
            hold.accused = court.party_ref(docket, party)
        person.holds[party] = hold
        return None
    known = case.known_as
    if sim.chance(0.35):
        named = next((ref for ref in party.refs if ref.startswith(f"CCTNS_CODE:{known}:")), None)
    person.holds[party] = Hold(known, named, sim.day)
    if not known.startswith("FIR:"):
        return None
    wrong = _misname(sim, party, known)
    # One wrong number for two cases of one man: nobody could tell his holds apart, no reviewer either.
    if wrong is None or person.misnamed.setdefault(wrong, case) is not case:
        return None
    person.holds[party] = Hold(wrong, None, sim.day)
    reviewer.review(sim, party)
    return wrong


def _misname(sim: Simulation, party: Party, known: str) -> str | None:
    case = party.case
    head, _, number = known.rpartition("-")
    if sim.fate.strikes("misspelt_fir"):
        # Some misspell it into another's FIR: the hold lands in a stranger's file until it is rejected.
        other = sim.fate.rng.choice(sim.cases[-50:])
        if sim.fate.rng.random() < 0.4 and _strange(party, other):
            if sim.day >= 0:
                reviewer.not_held(sim, party, other.fir)
            return other.fir
        return f"{head}-{(int(number) + 4000) % 10_000:04d}"
    if sim.fate.strikes("missing_station"):
        return f"FIR:BR-UNKNOWN-{head.rpartition('-')[2]}-{number}"
    if sim.fate.strikes("dummy_fir"):
        return court.dummy_fir(sim, case)
    return None


def _strange(party: Party, other: Case) -> bool:
    """Another case with an FIR of its own, in which this person is no accused."""
    return (
        other is not party.case
        and other.fir.startswith("FIR:")
        and other.fir == other.known_as
        and all(known.person is not party.person for known in other.parties)
    )


def open_balance(sim: Simulation, person: Person) -> None:
    """Who is inside when the first day begins, or on leave and to come back."""
    if not person.holds:
        return
    if not person.interim:
        parties = list(person.holds)
        body = {
            "utp_no": person.utp_no, "ward": f"W{sim.between(1, 9)}", "category": "UNDERTRIAL",
            "person": sim.describe(person, person.alias), "cases": cases(sim, person, parties),
            "admitted_on": sim.date(min(hold.since for hold in person.holds.values())),
        }  # fmt: skip
        _row(sim, person, "prison.OpeningBalance", body, parties)
    for party, hold in person.holds.items():
        if person.interim:
            # No row will say who he is: he comes back under the number that the jail once wrote, misspelt or not.
            reviewer.review(sim, party)
        if hold.identifier != party.case.known_as and hold.identifier.startswith("FIR:"):
            reviewer.hold(sim, party, hold.identifier)
            if any(case.fir == hold.identifier for case in sim.cases):
                reviewer.not_held(sim, party, hold.identifier)


def warrant(sim: Simulation, party: Party, valid_to: int) -> None:
    """The remand warrant reached the jail."""
    body = {
        "cases": cases(sim, party.person, [party]), "warrant_number": f"W/{sim.number('warrant')}",
        "court": party.docket.court.code if party.docket else "", "issued_on": sim.date(sim.day),
        "valid_to": sim.date(valid_to), "next_date": sim.date(valid_to), "sections": sections(party.sections),
    }  # fmt: skip
    _row(sim, party.person, "prison.WarrantReceived", body, [party])


def produce(sim: Simulation, party: Party, court_code: str) -> bool:
    """Bring him before the court, or fail to; whether he was there."""
    came = sim.chance(0.85)
    body: Json = {
        "cases": cases(sim, party.person, [party]), "court": court_code, "hearing_date": sim.date(sim.day),
        "mode": "VIDEO" if sim.chance(0.6) else "IN_PERSON",
    }  # fmt: skip
    if not came:
        body["reason"] = sim.rng.choice(("NO_ESCORT", "ILLNESS", "LINK_FAILED"))
    _row(sim, party.person, "prison.ProducedInCourt" if came else "prison.NotProduced", body, [party])
    return came


def order_received(sim: Simulation, party: Party, order: str, kind: str) -> None:
    """A release order reached the jail."""
    body = {
        "cases": cases(sim, party.person, [party]), "court": party.docket.court.code if party.docket else "",
        "bail_kind": kind, "order_number": order, "channel": sim.rng.choice(("ELECTRONIC", "FASTER", "HAND")),
        "sections": sections(party.sections),
    }  # fmt: skip
    _row(sim, party.person, "prison.ReleaseOrderReceived", body, [party])


def refuse(sim: Simulation, party: Party, order: str) -> None:
    """Warrant and order differ in a section."""
    section = party.sections[0] if party.sections else ""
    body = {
        "cases": cases(sim, party.person, [party]), "court": party.docket.court.code if party.docket else "",
        "order_number": order, "reason": "MISMATCH",
        "mismatches": [
            {"field": "section", "warrant_says": section + "(i)", "order_says": section}
        ],
    }  # fmt: skip
    _row(sim, party.person, "prison.ReleaseRefused", body, [party])


def still_inside(sim: Simulation, party: Party, reason: str, until: int | None = None) -> None:
    """Why he was granted bail and is inside; `until` is the last day of this hold where another goes on."""
    body = {"cases": cases(sim, party.person, [party], until), "reason": reason}
    _row(sim, party.person, "prison.NotReleasedReason", body, [party])


def tell_legal_services(sim: Simulation, party: Party) -> None:
    """The District Legal Services Authority is told of one who has bail and is inside for a week."""
    body = {
        "cases": cases(sim, party.person, [party]), "informed_on": sim.date(sim.day), "reason": "NO_SURETY",
        "to_office": office("DLSA", f"DLSA-{party.person.district.code}", party.person.district.code),
    }  # fmt: skip
    _row(sim, party.person, "prison.LegalServicesInformed", body, [party], chance=sim.law)


def end(sim: Simulation, party: Party, ground: str, kind: str = "UNKNOWN", order: str = "") -> None:
    """Custody in this case ends: he goes, or another case still holds him."""
    person = party.person
    if party not in person.holds:
        return
    held = cases(sim, person, [party], sim.day)
    if len(person.holds) == 1 and not person.interim:
        body = {"cases": held, "ground": ground, "bail_kind": kind, "order_number": order}
        _row(sim, person, "prison.Released", body, [party])
    else:
        change = {"change": "ENDED", "cases": held, "reason": "BAIL" if ground == "BAIL" else "ACQUITTAL"}
        _row(sim, person, "prison.CaseHoldChanged", change, [party])
        if ground == "BAIL" and not person.interim:
            still_inside(sim, party, "OTHER_CASE_CUSTODY", sim.day)
    del person.holds[party]
    party.let_go(sim.day)
    if not person.holds:
        person.jail = None
        person.interim = False


def leave(sim: Simulation, party: Party, until: int, order: str) -> None:
    """Out on interim bail, to return."""
    body = {
        "cases": cases(sim, party.person, [party]), "bail_kind": "INTERIM", "until": sim.date(until),
        "order_number": order,
    }  # fmt: skip
    _row(sim, party.person, "prison.InterimReleased", body, [party])
    party.person.interim = True
    party.let_go(sim.day)


def come_back(sim: Simulation, party: Party, *, late: bool) -> None:
    """Back from interim bail: custody begins anew."""
    person = party.person
    if party not in person.holds or not person.interim:
        return
    person.interim = False
    person.holds[party].since = sim.day
    party.taken(sim.day)
    _row(sim, person, "prison.Returned", {"cases": cases(sim, person, [party]), "late": late}, [party])


def transfer(sim: Simulation, person: Person) -> None:
    """Move a prisoner to the district's other jail within a day."""
    if not person.holds or person.interim:
        return
    old = person.jail
    assert old is not None  # noqa: S101
    new = next(jail for jail in person.district.jails if jail != old)
    order = f"T/{sim.number('transfer')}"
    parties = list(person.holds)
    both = sim.day >= 0 and sim.fate.strikes("two_jails")
    out = {"to_jail": new, "reason": "OVERCROWDING", "order_number": order}
    _row(
        sim,
        person,
        "prison.TransferredOut",
        out,
        [],
        jail=old,
        late=sim.fate.rng.randrange(4, 12) if both else 0.0,
    )
    person.jail = new
    person.utp_no = f"{new}-{sim.date(sim.day).year}-{sim.number('UTP' + new):05d}"
    body = {
        "utp_no": person.utp_no, "ward": f"W{sim.between(1, 9)}", "from_jail": old, "order_number": order,
        "person": sim.describe(person, person.alias), "cases": cases(sim, person, parties),
    }  # fmt: skip
    _row(sim, person, "prison.TransferredIn", body, parties)
    if both:
        # The old jail's clerk goes on writing for a man who left; he withdraws it when he learns so.
        claim = {"cases": cases(sim, person, parties[:1]), "warrant_number": f"W/{sim.number('warrant')}"}
        row = _row(
            sim,
            person,
            "prison.WarrantReceived",
            claim,
            parties[:1],
            jail=old,
            day=sim.day + 1,
            withdrawn=True,
        )
        sim.retract(row, sim.fate.rng.randrange(3, 9), "WRONG_PERSON")
