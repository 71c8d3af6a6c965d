"""Limits of inquiry and trial: BNSS s.230, 232, 250/262, 251/263, 258, 346, 480(6), and POCSO s.35.

In a case whose FIR was before 1 July 2024 these carry SAVINGS_531: High Courts differ on which code governs
the later stages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from projections.law.clock import Clock, Moment, given
from projections.law.clocks.investigation import TWO_YEARS, rape
from projections.law.clocks.limits import (
    APPLIES,
    BEFORE_BNSS,
    Limit,
    Verdict,
    answered,
    first,
    steps,
)
from projections.law.clocks.limits import (
    clocks as limit_clocks,
)
from projections.law.facts import Step
from projections.law.matter import Matter

COGNIZANCE = "court.CognizanceTaken"
_COURT_DOUBT = "offence table: which court tries the sections"
ADJOURNMENTS_ALLOWED = 2
WAIT_480 = 60


def sessions(matter: Matter) -> Verdict:
    """Triable by the Court of Session alone: the magistrate commits."""
    alone = matter.liability.sessions
    if alone is None:
        return Verdict(None, _COURT_DOUBT)
    return APPLIES if alone else Verdict(False, "not triable by the Court of Session alone")


def magistrates_warrant_case(matter: Matter) -> Verdict:
    """A warrant case on a police report before a magistrate (BNSS chapter XX)."""
    liability = matter.liability
    if liability.magistrate is False:
        return Verdict(False, "not tried by a magistrate")
    if liability.highest <= TWO_YEARS:
        return Verdict(False, "a summons case")
    if liability.magistrate and liability.lowest > TWO_YEARS:
        return APPLIES
    return Verdict(None, _COURT_DOUBT)


def not_magistrate(matter: Matter) -> Verdict:
    """s.258: trial before a Court of Session (a Special Court is one)."""
    magistrate = matter.liability.magistrate
    if magistrate is None:
        return Verdict(None, _COURT_DOUBT)
    return Verdict(False, "tried by a magistrate") if magistrate else APPLIES


def _pocso_cognizance(matter: Matter) -> Sequence[Step]:
    """POCSO s.35: cognizance of any offence under that Act."""
    stated, taken = matter.current, matter.facts.first(COGNIZANCE)
    if taken and stated and any(section.act == "POCSO2012" for section in stated.sections):
        return [taken]
    return []


def _copies_start(matter: Matter) -> Sequence[Step]:
    """s.230: from the later of appearance and cognizance; nothing until both are there."""
    facts = matter.facts
    both = (facts.first(COGNIZANCE), facts.first("court.AppearanceRecorded"))
    if both[0] is None or both[1] is None:
        return []
    return [max((step for step in both if step), key=lambda step: step.on)]


def _first_charge_hearing(matter: Matter) -> Sequence[Step]:
    held = [step for step in matter.facts.steps.get("court.HearingHeld", ()) if step.ref == "charge"]
    return [min(held, key=lambda step: step.on)] if held else []


def _sheet(matter: Matter) -> Sequence[Step]:
    sheet = matter.sent_up
    return [Step(sheet.on, sheet.event)] if sheet else []


def _child_heard(matter: Matter, start: Step) -> Sequence[Step]:
    heard = matter.facts.steps.get("court.WitnessExamined", ())
    return [step for step in heard if step.ref == "child" and step.on >= start.on]


_JUDGMENT = answered("court.JudgmentDelivered")
_ENDED = steps("court.CaseDisposed", "court.Discharged")

LIMITS: tuple[Limit, ...] = (
    Limit(
        "230.copies",
        "BNSS 230",
        _copies_start,
        answered("court.CopiesSupplied"),
        "copies supplied",
        days=14,
        later_stage=True,
        stops=_ENDED,
    ),
    Limit(
        "232.committal",
        "BNSS 232",
        first(COGNIZANCE),
        answered("court.CaseCommitted"),
        "committed",
        days=90,
        applies=sessions,
        later_stage=True,
        stops=_ENDED,
        extension="232",
        extension_days=180,
    ),
    Limit(
        "250(1).discharge-application",
        "BNSS 250(1)",
        first("court.CaseCommitted"),
        answered("court.DischargeApplied"),
        "applied",
        days=60,
        later_stage=True,
        stops=steps("court.ChargesFramed", "court.CaseDisposed", "court.Discharged"),
    ),
    Limit(
        "262(1).discharge-application",
        "BNSS 262(1)",
        first("court.CopiesSupplied"),
        answered("court.DischargeApplied"),
        "applied",
        days=60,
        applies=magistrates_warrant_case,
        later_stage=True,
        stops=steps("court.ChargesFramed", "court.CaseDisposed", "court.Discharged"),
    ),
    Limit(
        "251(1)/263(1).charge",
        "BNSS 251(1)(b) / 263(1)",
        _first_charge_hearing,
        answered("court.ChargesFramed"),
        "charge framed",
        days=60,
        later_stage=True,
        stops=_ENDED,
    ),
    Limit(
        "258(1).judgment",
        "BNSS 258(1)",
        first("court.ArgumentsConcluded"),
        _JUDGMENT,
        "judgment delivered",
        days=30,
        applies=not_magistrate,
        later_stage=True,
        stops=steps("court.CaseDisposed"),
        extension="258",
        extension_days=45,
    ),
    Limit(
        "346(1).rape-trial",
        "BNSS 346(1), proviso",
        _sheet,
        _JUDGMENT,
        "judgment delivered",
        months=2,
        applies=rape,
        later_stage=True,
        stops=_ENDED,
    ),
    Limit(
        "pocso-35.evidence",
        "POCSO 35(1)",
        _pocso_cognizance,
        _child_heard,
        "child's evidence recorded",
        days=30,
        stops=_ENDED,
        flags=("UNVERIFIED_LAW",),
    ),
    Limit(
        "pocso-35.trial",
        "POCSO 35(2)",
        _pocso_cognizance,
        _JUDGMENT,
        "judgment delivered",
        months=12,
        stops=_ENDED,
        flags=("UNVERIFIED_LAW",),
    ),
)


# The events that the limits read as steps.
STEPS = frozenset(
    (
        COGNIZANCE,
        "court.AppearanceRecorded",
        "court.ArgumentsConcluded",
        "court.CaseCommitted",
        "court.CaseDisposed",
        "court.ChargesFramed",
        "court.CopiesSupplied",
        "court.Discharged",
        "court.DischargeApplied",
        "court.HearingHeld",
        "court.JudgmentDelivered",
        "court.WitnessExamined",
    )
)


def limits(matter: Matter) -> Iterator[Clock]:
    """Every limit of inquiry and trial that started."""
    yield from limit_clocks(matter, LIMITS)


def adjournments(matter: Matter) -> Iterator[Clock]:
    """s.346(2), fourth proviso: at most two adjournments to one party; what was beyond its control does not
    count.
    """
    given_out = matter.facts.adjournments
    if not given_out:
        return
    if matter.before_bnss:
        yield matter.clock("346(2).adjournments", "BNSS 346(2)", applies=False, reasons=(BEFORE_BNSS,))
        return
    counted: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    nameless = False
    for one in given_out:
        if one.beyond_control:
            continue
        if one.asked_by is None:
            nameless = True
        elif one.beyond_control is None:
            doubtful[one.asked_by] += 1
        else:
            counted[one.asked_by] += 1
    over = sorted(party for party, n in counted.items() if n > ADJOURNMENTS_ALLOWED)
    maybe = sorted(
        party
        for party in doubtful
        if party not in over and counted[party] + doubtful[party] > ADJOURNMENTS_ALLOWED
    )
    missing = [f"court.HearingAdjourned.beyond_control: {party}" for party in maybe]
    total = sum(counted.values()) + sum(doubtful.values())
    if nameless and total + sum(one.asked_by is None for one in given_out) > ADJOURNMENTS_ALLOWED:
        missing.append("court.HearingAdjourned.asked_by")
    yield matter.clock(
        "346(2).adjournments",
        "BNSS 346(2)",
        start_event=given_out[0].event,
        start_date=given_out[0].on,
        length=f"{ADJOURNMENTS_ALLOWED} per party",
        inputs={
            "counted": given(dict(sorted(counted.items())), *(one.event for one in given_out)),
            "not_known": given(dict(sorted(doubtful.items()))),
        },
        missing=tuple(missing),
        reasons=tuple(over),
        flags=(("ADJOURNMENTS_OVER_TWO",) if over else ()) + matter.savings,
    )


def bail_480(matter: Matter) -> Iterator[Clock]:
    """s.480(6): a magistrate's trial of a non-bailable offence not over in 60 days from the first date for
    evidence.

    The accused must have been in custody throughout; written reasons to keep him stop it.
    """
    listed = [step for step in matter.facts.steps.get("court.HearingListed", ()) if step.ref == "evidence"]
    if not listed:
        return
    start = min(listed, key=lambda step: step.on)
    rule, law = "480(6).bail", "CrPC 437(6)" if matter.before_bnss else "BNSS 480(6)"
    liability, held = matter.liability, matter.held
    due = start.on + timedelta(days=WAIT_480)
    inputs = {
        "first_date_for_evidence": given(start.on, start.event),
        "gaps": matter.gaps_input(None),
    }
    why = None
    if liability.bailable is True:
        why = "every section is bailable"
    elif liability.magistrate is False:
        why = "not tried by a magistrate"
    elif not matter.ever_inside:
        why = "never in custody"
    elif any(gap.first <= due and gap.last >= start.on for gap in held.gaps) or (
        held.since is not None and (held.since > start.on or (held.left and held.left.on < start.on))
    ):
        why = "custody was broken"
    if why is not None:
        yield matter.clock(rule, law, applies=False, reasons=(why,), inputs=inputs, flags=matter.savings)
        return
    missing = list(held.missing)
    if liability.bailable is None:
        missing.append("offence table: whether every section is bailable")
    if liability.magistrate is None:
        missing.append(_COURT_DOUBT)
    if held.since is None and not missing:
        missing.append("prison.Admitted")
    judgment = matter.facts.first("court.JudgmentDelivered") or matter.facts.first("court.CaseDisposed")
    over = [
        Moment(one.on, one.event, "written reasons to refuse bail")
        for one in matter.facts.continued
        if one.rule == "480(6)"
    ]
    if matter.released:
        over.append(matter.released)
    yield matter.clock(
        rule,
        law,
        start_event=start.event,
        start_date=start.on,
        length=f"{WAIT_480} days",
        due_date=due,
        accrues_on=due + timedelta(days=1),
        met_by=Moment(judgment.on, judgment.event, "trial over") if judgment and judgment.on <= due else None,
        stopped_by=min(over, key=lambda one: one.on, default=None),
        inputs=inputs,
        missing=tuple(missing),
        flags=matter.savings,
    )
