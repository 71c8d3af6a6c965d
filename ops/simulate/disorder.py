"""The disorder that departments' systems show, as rates: one field a kind, 0 for none.

A rate is a share of the chances that this kind has (rows, cases, accused, transfers …), as each comment says.
What a kind does is in keying.py where it concerns rows, and where it happens in a life otherwise. The simulator
counts chances and strikes by these names (`Tally`), so that a test can hold a world to its rates.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Final


@dataclass(frozen=True, slots=True)
class Disorder:
    """Rates from 0 to 1. The default is none at all."""

    # Of all rows: how they are keyed and how they come.
    late: float = 0.0  # keyed days after it happened: backdated
    shuffled: float = 0.0  # arrives hours after it was recorded, behind later ones
    day_only: float = 0.0  # knows only the day
    bulk: float = 0.0  # of sources: pushes a whole day's rows at its end
    resent: float = 0.0  # sent twice with the same id
    resent_anew: float = 0.0  # sent twice under two ids
    id_reused: float = 0.0  # one id with two contents
    corrected: float = 0.0  # wrong at first, corrected later
    correction_first: float = 0.0  # of corrected rows: the correction arrives before what it corrects
    restored: float = 0.0  # of sources, once a month: restored from backup, a new epoch

    # What never happened.
    phantom: float = 0.0  # of remands, hearings and admissions: an event that never happened, retracted later
    two_jails: float = 0.0  # of transfers between jails: both claim the prisoner for days

    # Of cases.
    zero_fir: float = 0.0  # registered as zero FIR, renumbered when it is transferred
    transferred: float = 0.0  # an FIR that another station takes over under its own number
    late_fir: float = 0.0  # court rows have no FIR for weeks
    wrong_claim: float = 0.0  # a court row names another case's FIR
    court_dummy_fir: float = 0.0  # court rows name a dummy FIR
    clubbed: float = 0.0  # clubbed with another case of the same court
    opening_balance: float = 0.0  # began before the first event
    same_name: float = 0.0  # of cases with several accused: two with one name and one father's name

    # Of accused, and of their holds.
    split: float = 0.0  # of accused tried with others: his trial is split off
    alias: float = 0.0  # of admissions: under another name
    misspelt_fir: float = 0.0  # of holds that name an FIR: a number that is another's or nobody's
    missing_station: float = 0.0  # of holds that name an FIR: without the police station's code
    dummy_fir: float = 0.0  # of holds that name an FIR: a dummy shared by all

    # Of reviewers' links.
    mistaken_review: float = 0.0  # rejected by mistake, and undone
    proposed: float = 0.0  # a matcher proposes it first, and a reviewer confirms
    wrong_proposal: float = 0.0  # of accused in court: a matcher joins him to another, and a reviewer rejects


CALM: Final = Disorder()
USUAL: Final = Disorder(
    late=0.08, shuffled=0.05, day_only=0.3, bulk=0.3, resent=0.02, resent_anew=0.005, id_reused=0.001,
    corrected=0.01, correction_first=0.1, restored=0.01, phantom=0.003, two_jails=0.1, zero_fir=0.03,
    transferred=0.02, late_fir=0.15, wrong_claim=0.005, court_dummy_fir=0.01, clubbed=0.02, opening_balance=0.1,
    same_name=0.02, split=0.02, alias=0.04, misspelt_fir=0.04, missing_station=0.03, dummy_fir=0.03,
    mistaken_review=0.03, proposed=0.3, wrong_proposal=0.01,
)  # fmt: skip
HARSH: Final = Disorder(
    late=0.3, shuffled=0.3, day_only=0.6, bulk=0.5, resent=0.1, resent_anew=0.05, id_reused=0.02,
    corrected=0.08, correction_first=0.4, restored=0.2, phantom=0.05, two_jails=0.5, zero_fir=0.15,
    transferred=0.1, late_fir=0.35, wrong_claim=0.08, court_dummy_fir=0.08, clubbed=0.15, opening_balance=0.2,
    same_name=0.2, split=0.12, alias=0.15, misspelt_fir=0.15, missing_station=0.12, dummy_fir=0.15,
    mistaken_review=0.15, proposed=0.4, wrong_proposal=0.1,
)  # fmt: skip
PRESETS: Final = {"calm": CALM, "usual": USUAL, "harsh": HARSH}


@dataclass(slots=True)
class Tally:
    """Draws by rate, and counts chances and strikes by kind."""

    rates: Disorder
    rng: Random
    chances: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)

    def strikes(self, kind: str) -> bool:
        """Whether this kind of disorder strikes now."""
        rate: float = getattr(self.rates, kind)
        if rate <= 0.0:
            return False
        self.chances[kind] += 1
        if self.rng.random() >= rate:
            return False
        self.struck[kind] += 1
        return True
