"""Cases clubbed on a day on which both were heard: what of the one number is the other's, and what stays its own."""

from __future__ import annotations

from typing import Any

from projections.files.fold import fold
from projections.files.status import status
from projections.linking.model import CONTINUES
from schemas.event import Event
from tests.projections.files.world import (
    CNR,
    FIR,
    OTHER_CNR,
    P1,
    accused,
    case_input,
    event,
    identifier,
    in_order,
    link,
    ref,
    sections,
)

CLUBBED = link(CONTINUES, OTHER_CNR, CNR)


def of(who: str, *events: Event) -> dict[str, Any]:
    given = case_input(CLUBBED, identifiers=(FIR, CNR, OTHER_CNR))
    return status(fold(given, in_order(events)).document, who)


def test_a_case_clubbed_with_his_gives_him_no_date_of_its_own() -> None:
    day = "2025-02-10"
    found = of(
        P1,
        event("court.BailApplied", CNR, "2025-01-02", accused=accused(P1)),
        event("court.CasesClubbed", CNR, day, clubbed=[identifier(OTHER_CNR)]),
        event("court.HearingHeld", CNR, day, hearing_date=day, next_date="2025-03-01"),
        event("court.HearingHeld", OTHER_CNR, day, seq=2, hearing_date=day, next_date="2025-03-09"),
    )
    assert found["hearing"]["next"]["value"] == "2025-03-01"


def test_charges_framed_under_the_number_that_is_clubbed_that_day_stand() -> None:
    old, new = f"CIS_PARTY:{OTHER_CNR}:1", f"CIS_PARTY:{CNR}:3"
    charge = {"accused": accused(old), "sections": sections("BNS2023 303(2)")}
    mapping = [{"old": ref(old), "new": ref(new)}]
    found = of(
        new,
        event("court.CognizanceTaken", OTHER_CNR, "2025-01-20", accused=[accused(old)]),
        # Of both the day is all that is known; the day's order puts the clubbing first.
        event("court.CasesClubbed", CNR, "2025-02-10", clubbed=[identifier(OTHER_CNR)], mapping=mapping),
        event("court.ChargesFramed", OTHER_CNR, "2025-02-10", charges=[charge]),
    )
    assert found["stage"]["value"] == "CHARGES_FRAMED"
