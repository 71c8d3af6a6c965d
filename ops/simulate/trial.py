"""From the charge sheet's arrival in court to judgment: consumption, cognizance, charges, hearings, disposal."""

from __future__ import annotations

from ops.simulate import bail, court, joining, prison, probation, prosecution, remand
from ops.simulate.engine import Simulation
from ops.simulate.rows import Json, sections
from ops.simulate.state import CHARGES, Case, Docket, Party

_REASONS = ("WITNESS_ABSENT", "COUNSEL_ABSENT", "ACCUSED_NOT_PRODUCED", "NO_TIME", "STRIKE")
_PURPOSE = {"APPEARANCE": "APPEARANCE", "CHARGE": "FRAMING_OF_CHARGE", "EVIDENCE": "EVIDENCE"}


def consume(sim: Simulation, case: Case, parties: list[Party], kind: str, series: str = "ORIGINAL") -> None:
    """The court takes the police report into its system, and gives the case its CNR if it has none."""
    docket = court.open_docket(sim, case)
    if docket.closed:
        return
    if docket.cnr is None:
        docket.cnr = court.new_cnr(sim, docket)
    lines: list[Json] = []
    for party in parties:
        if party.docket is None:
            court.enter(sim, docket, party)
        named = party.docket or docket
        if named is not docket:
            continue
        sent = party.outcome == "SENT_UP"
        lines.append({
            "accused": court.accused(sim, docket, party, claim=True), "outcome": party.outcome, "reason": "",
            "sections": sections(party.sections) if sent else [],
        })  # fmt: skip
    body = {
        "received_in_court_at": sim.moment(sim.day, 0), "received_precision": "DAY", "kind": kind, "series": series,
        "report_number": case.report_no, "accused": lines, "case_number": f"GR/{sim.number('GR')}",
    }  # fmt: skip
    court.row(sim, docket, "court.ChargeSheetConsumed", body, judge=False)
    for party in parties:
        if party.docket is docket and party.outcome == "SENT_UP" and party.received is None:
            party.received = sim.day
    if kind == "FINAL_FORM":
        sim.at(sim.day + sim.between(10, 40), 16.25, accept_final_form, docket)
        return
    for party in parties:
        if party.outcome == "NOT_SENT_UP":
            bail.set_free(sim, party, "FINAL_FORM")
    if series == "ORIGINAL":
        sim.at(sim.day + sim.between(1, 5), 10, prosecution.allot, docket)
        docket.next_day = sim.day + sim.between(4, 15)
        sim.at(docket.next_day - 1, 8, cause_list, docket)
        joining.plan(sim, docket)


def accept_final_form(sim: Simulation, docket: Docket) -> None:
    """The court accepts the final form: the case ends for all."""
    docket.closed = True
    for party in docket.cases[0].parties:
        party.stage = "DISPOSED"
        bail.set_free(sim, party, "FINAL_FORM")
    court.row(sim, docket, "court.CaseDisposed", {"manner": "FINAL_FORM_ACCEPTED", "accused": []})


def cause_list(sim: Simulation, docket: Docket) -> None:
    """The day before: the list tells that the case is on it."""
    if docket.closed or docket.next_day is None:
        return
    day = docket.next_day
    everybody = docket.cases[0].single
    body = {
        "hearing_date": sim.date(day), "starts_at": sim.moment(day, 10 * 3600 + 1800), "hall": str(sim.between(1, 9)),
        "item": str(sim.between(1, 90)), "purpose": _PURPOSE[docket.stage], "mode": "HYBRID",
        "accused": [] if everybody else [court.accused(sim, docket, party) for party in docket.parties],
    }  # fmt: skip
    court.row(sim, docket, "court.HearingListed", body, judge=False, extra=joining.wrong_claim(sim, docket))
    _tell(docket, day)
    sim.at(day, 13, hearing, docket)


def _tell(docket: Docket, day: int) -> None:
    docket.fixed_day = day
    for party in docket.parties:
        party.next_day = day


def fix(sim: Simulation, docket: Docket, day: int) -> None:
    """The next hearing is fixed: for the case and all its parties."""
    docket.next_day = day
    _tell(docket, day)
    sim.at(day - 1, 8, cause_list, docket)


def hearing(sim: Simulation, docket: Docket) -> None:
    """A day in court."""
    if docket.closed or docket.next_day != sim.day:
        return
    came = [prison.produce(sim, party, docket.court.code) for party in docket.parties if party.inside]
    produced = all(came)
    docket.last_day = sim.day
    purpose = _PURPOSE[docket.stage]
    following = sim.day + sim.between(7, 21)
    if sim.chance(0.5 if produced else 0.75):
        _adjourn(sim, docket, purpose, following, produced)
        fix(sim, docket, following)
    elif docket.stage == "EVIDENCE" and docket.held >= docket.target and joining.settled(docket):
        _judge(sim, docket)
    else:
        joining.club(sim, docket)
        split = joining.split(sim, docket)
        go_on(sim, docket, purpose, following)
        if split is not None:
            go_on(sim, split, purpose, sim.day + sim.between(7, 21))
            _remand(sim, split)
    _remand(sim, docket)


def _remand(sim: Simulation, docket: Docket) -> None:
    if docket.closed or docket.next_day is None or docket.next_day <= sim.day:
        return
    for party in docket.parties:
        if party.inside and not party.over and not party.person.convict:
            remand.order(sim, party, docket.next_day)
            prison.warrant(sim, party, docket.next_day)


def _adjourn(sim: Simulation, docket: Docket, purpose: str, following: int, produced: bool) -> None:
    body = {
        "hearing_date": sim.date(sim.day), "purpose": purpose, "next_date": sim.date(following),
        "asked_by": sim.rng.choice(("PROSECUTION", "DEFENCE", "COURT", "OTHER")), "next_purpose": purpose,
        "reason": sim.rng.choice(_REASONS) if produced else "ACCUSED_NOT_PRODUCED", "beyond_control": False,
    }  # fmt: skip
    court.row(sim, docket, "court.HearingAdjourned", body)
    if body["asked_by"] == "DEFENCE":
        for party in court.listed(docket):
            if party.inside and sim.law.random() < 0.15:
                _attribute(sim, docket, party, following - 1)
    if sim.day >= 0 and sim.fate.strikes("phantom"):
        false = body | {"hearing_date": sim.date(sim.day + 2), "next_date": sim.date(sim.day + 45)}
        row = court.row(sim, docket, "court.HearingAdjourned", false, withdrawn=True)
        sim.retract(row, sim.fate.rng.randrange(2, 9))


def _attribute(sim: Simulation, docket: Docket, party: Party, last: int) -> None:
    """An order lays the delay at the accused's door, BNSS s.479(1), Explanation."""
    body = {
        "accused": court.accused(sim, docket, party), "from_date": sim.date(sim.day), "to_date": sim.date(last),
        "reason": "ADJOURNMENT_AT_HIS_INSTANCE",
    }  # fmt: skip
    court.row(sim, docket, "court.DelayAttributed", body, chance=sim.law)
    party.delays.append((sim.day, last))


def go_on(sim: Simulation, docket: Docket, purpose: str, following: int) -> None:
    """The hearing takes place, and the case goes a step on."""
    docket.held += 1
    docket.last_day = sim.day
    fix(sim, docket, following)
    if docket.stage == "APPEARANCE":
        docket.stage = "CHARGE"
    elif docket.held >= 2:
        frame(sim, docket)
    _cognizance(sim, docket)
    held(sim, docket, purpose, following)


def held(sim: Simulation, docket: Docket, purpose: str, following: int | None) -> None:
    """The row of a hearing that took place."""
    body = {
        "hearing_date": sim.date(sim.day), "purpose": purpose, "mode": "HYBRID", "stage": docket.stage,
        "present": [court.accused(sim, docket, party) for party in court.listed(docket) if not party.inside],
        "next_date": None if following is None else sim.date(following), "next_purpose": _PURPOSE[docket.stage],
    }  # fmt: skip
    court.row(sim, docket, "court.HearingHeld", body)


def _cognizance(sim: Simulation, docket: Docket) -> None:
    """Cognizance of those who were sent up since the last hearing."""
    new = [party for party in court.listed(docket) if party.stage == "CHARGE_SHEETED"]
    if not new:
        return
    for party in new:
        party.stage = "COGNIZANCE"
    everybody = docket.cases[0].single and len(new) == len(docket.cases[0].parties)
    body = {
        "accused": [] if everybody else [court.accused(sim, docket, party) for party in new],
        "sections": sections(new[0].sections), "next_date": sim.date(docket.next_day or sim.day),
        "case_number": f"T/{sim.number('T')}",
    }  # fmt: skip
    court.row(sim, docket, "court.CognizanceTaken", body)


def frame(sim: Simulation, docket: Docket) -> None:
    """Charges are framed; one in thirty is discharged."""
    docket.stage = "EVIDENCE"
    charges: list[Json] = []
    for party in court.listed(docket):
        if party.stage != "COGNIZANCE":
            continue
        if sim.chance(0.03) and len(docket.parties) > 1:
            party.stage = "DISCHARGED"
            gone = {
                "accused": court.accused(sim, docket, party), "sections": sections(party.sections),
                "reason": "NO_PRIMA_FACIE_CASE",
            }  # fmt: skip
            court.row(sim, docket, "court.Discharged", gone)
            bail.set_free(sim, party, "DISCHARGED")
            continue
        if party.sections_stage is None:
            party.sections = party.case.sections
        if len(party.sections) > 1 and sim.chance(0.15):
            party.sections = party.sections[1:]
        party.sections_stage, party.stage = "CHARGES", "CHARGES_FRAMED"
        party.history.append((sim.day, CHARGES, party.sections))
        charges.append({
            "accused": court.accused(sim, docket, party), "sections": sections(party.sections),
            "plea": "CLAIMS_TRIAL",
        })  # fmt: skip
    if charges:
        following = docket.next_day
        body: Json = {"charges": charges, "next_date": None if following is None else sim.date(following)}
        court.row(sim, docket, "court.ChargesFramed", body)


def _judge(sim: Simulation, docket: Docket) -> None:
    """Judgment for all who were charged; those who were not go on only if somebody must still be tried."""
    docket.held += 1
    tried = [party for party in court.listed(docket) if party.stage == "CHARGES_FRAMED"]
    docket.closed = True
    docket.next_day = None
    convicted = [party for party in tried if sim.chance(0.3)]
    verdicts: list[Json] = []
    for party in tried:
        result = "CONVICTED" if party in convicted else "ACQUITTED"
        party.stage = "JUDGED"
        verdicts.append({
            "accused": court.accused(sim, docket, party), "result": result,
            "charges": [{"section": section, "result": result} for section in sections(party.sections)],
        })  # fmt: skip
    held(sim, docket, "JUDGMENT", None)
    if verdicts:
        court.row(sim, docket, "court.JudgmentDelivered", {"verdicts": verdicts})
    for party in tried:
        if party in convicted:
            _sentence(sim, docket, party)
        else:
            bail.set_free(sim, party, "ACQUITTED")
    sim.at(sim.day + sim.rng.choice((0, 0, 1, 3)), 16.25, _dispose, docket, tried, bool(convicted))


def _sentence(sim: Simulation, docket: Docket, party: Party) -> None:
    party.person.convict = True
    years = sim.between(1, 7)
    body = {
        "accused": court.accused(sim, docket, party), "sections": sections(party.sections),
        "imprisonment": "RIGOROUS", "term_years": years, "term_months": 0, "term_days": 0, "fine": 5000,
        "fine_default_days": 30, "concurrent": True, "set_off_days": sim.between(0, 90),
    }  # fmt: skip
    court.row(sim, docket, "court.SentencePassed", body)
    if party.inside and sim.chance(0.4):
        bail.set_free(sim, party, "SENTENCE_SERVED")
    elif not party.inside and sim.chance(0.4):
        probation.supervise(sim, party, docket)


def _dispose(sim: Simulation, docket: Docket, tried: list[Party], convicted: bool) -> None:
    for party in tried:
        party.stage = "DISPOSED"
    everybody = docket.cases[0].single and len(tried) == len(docket.cases[0].parties)
    body = {
        "manner": "CONVICTED" if convicted else "ACQUITTED",
        "accused": [] if everybody else [court.accused(sim, docket, party) for party in tried],
    }  # fmt: skip
    if tried:
        court.row(sim, docket, "court.CaseDisposed", body)


def open_hearing(sim: Simulation, docket: Docket) -> None:
    """The first hearing that the log knows of, in a case from before."""
    go_on(sim, docket, "FRAMING_OF_CHARGE", sim.day + sim.between(7, 21))
    _remand(sim, docket)
