"""Each kind of disorder occurs at its rate, and shows in the events; without a rate it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from ops.simulate import CALM, Disorder, Settings, World, simulate
from schemas.content import digest_of

Json = dict[str, Any]
Shows = Callable[[World], bool]


def envelopes(world: World) -> list[Json]:
    return [record["envelope"] for _, record in world.events]


def has(*events: str) -> Shows:
    return lambda world: set(events) <= {event for event, _ in world.events}


def link(event: str, kind: str) -> Shows:
    return lambda world: any(e == event and r["link_kind"] == kind for e, r in world.events)


def held_in_place_of(text: str) -> Shows:
    return lambda world: any(
        event == "hub.LinkAsserted" and text in (record["in_place_of"] or {"value": ""})["value"]
        for event, record in world.events
    )


def one_id_with_two_contents(world: World) -> bool:
    digests: dict[Any, set[bytes]] = {}
    for event, record in world.events:
        digests.setdefault(record["envelope"]["event_id"], set()).add(digest_of(event, record))
    return any(len(found) > 1 for found in digests.values())


def one_content_under_two_ids(world: World) -> bool:
    ids: dict[bytes, set[Any]] = {}
    for event, record in world.events:
        ids.setdefault(digest_of(event, record), set()).add(record["envelope"]["event_id"])
    return any(len(found) > 1 for found in ids.values())


def sent_twice(world: World) -> bool:
    return max(Counter(envelope["event_id"] for envelope in envelopes(world)).values()) > 1


def out_of_order(world: World) -> bool:
    recorded = [envelope["recorded_at"] for envelope in envelopes(world)]
    return recorded != sorted(recorded)


def keyed_late(world: World) -> bool:
    return any(e["recorded_at"] - e["occurred_at"] > timedelta(days=3) for e in envelopes(world))


def day_alone(world: World) -> bool:
    return any(
        record["envelope"]["occurred_precision"] == "DAY"
        for event, record in world.events
        if event.startswith("police")
    )


def corrected(world: World) -> bool:
    return any(e["supersedes"] for e in envelopes(world)) and not has("common.Retracted")(world)


def correction_before_its_target(world: World) -> bool:
    seen: set[str] = set()
    early = set()
    for envelope in envelopes(world):
        if envelope["supersedes"] and envelope["supersedes"] not in seen:
            early.add(envelope["supersedes"])
        seen.add(str(envelope["event_id"]))
    return bool(early & seen)


def renumbered(kind: str) -> Shows:
    return lambda world: any(
        event == "police.FirTransferred" and record["envelope"]["anchor"]["kind"] == kind
        for event, record in world.events
    )


def court_without_fir(world: World) -> bool:
    return any(
        event.startswith("court.")
        and not any(c["kind"] in ("FIR", "ZERO_FIR", "EXCISE_CASE") for c in record["envelope"]["claims"])
        for event, record in world.events
    )


def court_with_dummy(world: World) -> bool:
    return any(
        event.startswith("court.") and any(c["value"].endswith("-0000") for c in record["envelope"]["claims"])
        for event, record in world.events
    )


def two_of_one_name(world: World) -> bool:
    """In one FIR two codes under one name and one father's name."""
    codes: dict[tuple[str, str, str], set[str]] = {}
    for event, record in world.events:
        if event in ("police.ArrestMade", "police.AntecedentsReported") and record["accused"]["person"]:
            ref, person = record["accused"]["ref"], record["accused"]["person"]
            codes.setdefault((ref["scope"], person["name"], person["relative_name"]), set()).add(ref["code"])
        elif event == "police.FirRegistered":
            for accused in record["accused"]:
                ref, person = accused["ref"], accused["person"]
                codes.setdefault((ref["scope"], person["name"], person["relative_name"]), set()).add(
                    ref["code"]
                )
    return any(len(found) > 1 for found in codes.values())


def both_jails(world: World) -> bool:
    """After a transfer, a row of the old jail, and later its withdrawal."""
    moved: dict[str, str] = {}
    claiming = set()
    for event, record in sorted(world.events, key=lambda e: e[1]["envelope"]["occurred_at"]):
        envelope = record["envelope"]
        if event == "prison.TransferredIn":
            moved[envelope["anchor"]["value"]] = record["from_jail"]
        elif event == "prison.WarrantReceived" and moved.get(envelope["anchor"]["value"]) == record["jail"]:
            claiming.add(str(envelope["event_id"]))
    withdrawn = {r["envelope"]["supersedes"] for e, r in world.events if e == "common.Retracted"}
    return bool(claiming & withdrawn)


# kind -> the rate tried, what it needs beside it, and how it shows
KINDS: dict[str, tuple[float, Disorder, Shows]] = {
    "late": (0.3, CALM, keyed_late),
    "shuffled": (0.3, CALM, out_of_order),
    "day_only": (0.3, CALM, day_alone),
    "bulk": (0.5, CALM, out_of_order),
    "resent": (0.2, CALM, sent_twice),
    "resent_anew": (0.2, CALM, one_content_under_two_ids),
    "id_reused": (0.2, CALM, one_id_with_two_contents),
    "corrected": (0.2, CALM, corrected),
    "correction_first": (0.4, Disorder(corrected=0.3), correction_before_its_target),
    "restored": (0.5, CALM, lambda world: any(e["source_epoch"] == 2 for e in envelopes(world))),
    "phantom": (0.2, CALM, has("common.Retracted")),
    "two_jails": (0.8, CALM, both_jails),
    "zero_fir": (0.3, CALM, renumbered("ZERO_FIR")),
    "transferred": (0.3, CALM, renumbered("FIR")),
    "late_fir": (0.3, CALM, court_without_fir),
    "wrong_claim": (0.3, CALM, link("hub.LinkRejected", "TRIED_IN")),
    "court_dummy_fir": (0.3, CALM, court_with_dummy),
    "clubbed": (0.6, CALM, has("court.CasesClubbed")),
    "opening_balance": (0.4, CALM, has("prison.OpeningBalance")),
    "same_name": (0.5, CALM, two_of_one_name),
    "split": (0.5, CALM, has("court.CaseSplit")),
    "alias": (0.3, CALM, link("hub.LinkAsserted", "ACCUSED_IS")),
    "misspelt_fir": (0.5, CALM, lambda w: held_in_place_of("-4")(w) and link("hub.LinkRejected", "HELD_UNDER")(w)),
    "missing_station": (0.3, CALM, held_in_place_of("UNKNOWN")),
    "dummy_fir": (0.3, CALM, held_in_place_of("-0000")),
    "mistaken_review": (0.5, Disorder(alias=0.4), has("hub.LinkRejected", "hub.LinkUndone")),
    "proposed": (0.5, Disorder(alias=0.4), has("hub.LinkConfirmed")),
    "wrong_proposal": (0.5, CALM, link("hub.LinkRejected", "ACCUSED_IS")),
}  # fmt: skip


def test_every_kind_is_tried() -> None:
    assert set(KINDS) == {field.name for field in fields(Disorder)}


@pytest.fixture(scope="module")
def calm() -> World:
    return simulate(Settings(100, 120, 4, CALM))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_occurs_at_its_rate_and_shows(kind: str, calm: World) -> None:
    rate, beside, shows = KINDS[kind]
    world = simulate(Settings(100, 120, 4, replace(beside, **{kind: rate})))
    chances = world.chances[kind]
    assert chances > 0
    # Within four standard deviations of a binomial, or two strikes where there are few chances.
    allowed = max(2.0, 4 * (chances * rate * (1 - rate)) ** 0.5)
    assert world.struck[kind] == pytest.approx(chances * rate, abs=allowed)
    assert shows(world)
    assert not shows(calm)


def test_of_two_contents_under_one_id_the_true_one_has_the_smaller_digest() -> None:
    settings = Settings(60, 120, 4, Disorder(id_reused=0.3))
    true = {
        record["envelope"]["event_id"]: digest_of(event, record)
        for event, record in simulate(replace(settings, disorder=CALM)).events
    }
    least: dict[Any, bytes] = {}
    for event, record in simulate(settings).events:
        digest, event_id = digest_of(event, record), record["envelope"]["event_id"]
        least[event_id] = min(digest, least.get(event_id, digest))
    assert least == true


def test_what_is_corrected_ends_as_it_was_from_the_start() -> None:
    settings = Settings(60, 120, 4, Disorder(corrected=0.5))
    first = {
        record["envelope"]["source_record"]: (event, record)
        for event, record in simulate(replace(settings, disorder=CALM)).events
    }
    last: dict[str, Json] = {}
    for _, record in simulate(settings).events:
        envelope = record["envelope"]
        if envelope["supersedes"] or envelope["source_record"] not in last:
            last[envelope["source_record"]] = record
    assert last.keys() == first.keys()
    for key, record in last.items():
        event, calm = first[key]
        same = {**record, "envelope": {**record["envelope"], "supersedes": None}}
        assert digest_of(event, same) == digest_of(event, calm)
