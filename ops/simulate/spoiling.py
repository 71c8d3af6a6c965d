"""Makes a row wrong: another name, section, jail, date or case than the true one. Valid all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Final

from ops.simulate.names import family_name, full_name
from ops.simulate.rows import Json, identifier

# Types that a clerk can put under another's number without naming an identifier of it elsewhere.
_MISFILED: Final = frozenset({
    "court.RemandOrdered", "court.BailApplied", "court.BailGranted", "court.BailRejected", "court.HearingHeld",
    "court.HearingAdjourned", "prison.WarrantReceived", "prison.ProducedInCourt", "police.ArrestMade",
})  # fmt: skip


def spoil(event: str, record: Json, rng: Random, anchors: Collection[str]) -> Json:
    """A copy of the record with one or two things wrong. `anchors`: numbers of other cases of the same source."""
    wrong = deepcopy(record)
    ways = ["occurred"]
    persons = list(_persons(wrong))
    if persons:
        ways += ["name", "name"]
    if wrong.get("sections"):
        ways.append("sections")
    if wrong.get("jail"):
        ways.append("jail")
    ways += [name for name in ("next_date", "hearing_date", "until") if isinstance(wrong.get(name), date)]
    claimed = {f"{claim['kind']}:{claim['value']}" for claim in wrong["envelope"]["claims"]}
    own = wrong["envelope"]["anchor"]
    others = sorted({
        anchor
        for anchor in anchors
        if anchor.startswith(own["kind"] + ":") and anchor not in claimed and identifier(anchor) != own
    })  # fmt: skip
    if event in _MISFILED and others:
        ways.append("anchor")
    for way in rng.sample(ways, min(len(ways), rng.randint(1, 2))):
        if way == "name":
            _misname(rng.choice(persons), rng)
        elif way == "sections":
            wrong["sections"] = [{"act": "BNS2023", "section": f"{rng.randrange(100, 300)}", "variant": None}]
        elif way == "jail":
            wrong["jail"] = f"BR-{rng.randrange(9000, 9999)}"
        elif way == "anchor":
            wrong["envelope"]["anchor"] = identifier(rng.choice(others))
        elif way == "occurred":
            wrong["envelope"]["occurred_at"] -= timedelta(days=rng.randint(1, 20))
        else:
            wrong[way] += timedelta(days=rng.randint(1, 40))
    return wrong


def _persons(node: object) -> Iterator[Json]:
    """Every description in a record."""
    if isinstance(node, dict):
        if "relative_name" in node:
            yield node
        else:
            for value in node.values():
                yield from _persons(value)
    elif isinstance(node, list):
        for value in node:
            yield from _persons(value)


def _misname(person: Json, rng: Random) -> None:
    name = full_name(rng, "M", family_name(rng))
    person["name"], person["name_native"] = name
