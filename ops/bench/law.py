"""Speed of the law: accused a second through all clocks on one core, dates and reasons, without sentences.

`python -m ops.bench.law` prints one line of JSON: the median round, and the best one (what other work on the
machine takes away shows in between). The mix is that of a district: mostly one or two sections, a gap in
custody now and then, half of the cases charge-sheeted, some with bail granted and not released. Every accused has
dates of his own, so that no cached answer is measured twice.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from datetime import date, timedelta

from projections.law import reference
from projections.law.facts import (
    Antecedents,
    Arrest,
    Bail,
    Custody,
    CustodyEnd,
    CustodyKind,
    CustodyStart,
    Disposal,
    Facts,
    Remand,
    Report,
    SectionsSet,
    Stage,
    Step,
)
from projections.law.registry import clocks_of_accused
from schemas.sections import parse

ROUNDS, CASES = 10, 3_000
SEED = 479
STRINGS = (
    "303(2) BNS",
    "115(2)/126(2)/352/351(2)/3(5) BNS",
    "109(1)/3(5) BNS, 27 Arms Act",
    "103(1)/3(5) BNS",
    "85/80(2) BNS, 3/4 DP Act",
    "30(a) Bihar Excise Act",
    "20(b)(ii)(B) NDPS",
    "20(b)(ii)(C) NDPS",
    "309(4) BNS",
    "318(4)/336(3)/338/340(2) BNS",
    "64(1) BNS, 4/6 POCSO",
    "25(1B)a/26/35 Arms Act",
)


def accused(rng: random.Random, number: int) -> Facts:
    """One made-up accused with facts of his own."""
    arrest = date(2024, 7, 1) + timedelta(days=rng.randrange(700))
    remand = arrest + timedelta(days=1)
    read = parse(rng.choice(STRINGS))
    custody = [Custody(arrest, CustodyStart.ARREST, "arrest", by_jail=True)]
    if rng.random() < 0.2:
        out = arrest + timedelta(days=rng.randrange(10, 50))
        back = out + timedelta(days=rng.randrange(2, 30))
        custody = [
            Custody(arrest, CustodyStart.ARREST, "arrest", out, CustodyEnd.INTERIM, "out", True),
            Custody(back, CustodyStart.RETURN, "back", by_jail=True),
        ]
    sheet = remand + timedelta(days=rng.randrange(40, 100))
    granted = (Bail(sheet, "REGULAR", "granted"),) if rng.random() < 0.06 else ()
    searched = Antecedents(remand, "searched", registers=frozenset({"CCTNS", "COURT"}), searched_on=remand)
    return Facts(
        f"A{number}",
        fir_on=arrest,
        fir_event="fir",
        sections=(SectionsSet(arrest, Stage.FIR, read.sections, "fir", read.unread),),
        arrests=(Arrest(arrest, "arrest"),),
        remands=(
            Remand(remand, CustodyKind.POLICE, "first", until=remand + timedelta(days=3)),
            Remand(
                remand + timedelta(days=3), CustodyKind.JUDICIAL, "second", until=remand + timedelta(days=16)
            ),
        ),
        custody=tuple(custody),
        filings=(Report(sheet, Disposal.SENT_UP, "sheet"),) if rng.random() < 0.5 else (),
        bail_granted=granted,
        antecedents=(searched,) if rng.random() < 0.5 else (),
        steps={"court.CognizanceTaken": (Step(sheet, "cognizance"),)},
    )


def main() -> None:
    """Print how many accused a second went through all clocks."""
    law = reference.load()
    rng = random.Random(SEED)
    rates, clocks = [], 0
    for _ in range(ROUNDS):
        everyone = [accused(rng, number) for number in range(CASES)]
        started = time.process_time()
        clocks += sum(len(clocks_of_accused(one, law)) for one in everyone)
        rates.append(CASES / (time.process_time() - started))
    result = {
        "accused": ROUNDS * CASES,
        "clocks_each": round(clocks / (ROUNDS * CASES), 1),
        "accused_per_second_median": round(statistics.median(rates)),
        "accused_per_second_best": round(max(rates)),
        "required": 5_000,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
