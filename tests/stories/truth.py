"""A simulated world's truth held against the hub's files: what is asked, and what must be the answer.

Three questions for every accused of the truth: are all his references joined as one accused, and none of another's;
is his merged status the truth; and does every fact in it come from an event that is about him, or about his whole case?
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple, cast

from connectors.publisher import topic_of
from ops.simulate.world import World
from projections.files.status import status
from projections.store.ports import RawRecord
from schemas.accused import text_of_ref
from schemas.events import AccusedRef
from schemas.identifiers import text_of
from tests.projections.store.worlds import ENCODER

Json = dict[str, Any]

APPENDED_MS = 1_760_000_000_000
"""When the tests' log took its first record in; nothing that is compared may depend on it."""


OF_THE_WHOLE_CASE = frozenset({"police.FirRegistered", "court.HearingHeld"})
"""They name some of the accused (who was known, who was present), and yet are facts of all: sections, the hearing."""


class Difference(NamedTuple):
    """Where the hub's answer about one accused is not the truth."""

    root: str
    accused: str
    field: str
    hub: Any
    truth: Any


def records_of(world: World) -> list[RawRecord]:
    """The world's events as a log holds them, in the order in which they arrived."""
    found = []
    for n, (kind, record) in enumerate(world.events):
        key, value, headers = ENCODER.encode(kind, record)
        found.append(RawRecord(topic_of(kind, record), 0, 0, APPENDED_MS + n, key, value, list(headers)))
    return found


def differences(world: World, document_of: Callable[[str], Json | None]) -> tuple[int, list[Difference]]:
    """How many accused were compared, and every difference. `document_of(root)`: the hub's file, if there is one."""
    # The truth is that of the end of the last day: a hearing of that day is no next hearing any more.
    day = world.truth.as_of + timedelta(days=1)
    told_of = _who_is_told_of(world)
    truths: defaultdict[str, list[Json]] = defaultdict(list)
    for truth in world.truth.accused():
        truths[truth["fir"]].append(truth)
    found: list[Difference] = []
    for root, accused in truths.items():
        document = document_of(root) or {"accused": ()}
        for truth in accused:
            found += _of_one(document, truth, day, told_of)
    return sum(map(len, truths.values())), found


def _of_one(
    document: Json, truth: Json, day: date, told_of: dict[str, frozenset[str]]
) -> Iterator[Difference]:
    where = (truth["fir"], truth["accused"])
    his = {*truth["references"]}
    groups = [a for a in document["accused"] if his & {*a["references"]}]
    if len(groups) != 1:
        yield Difference(*where, "accused", [a["references"] for a in groups], truth["references"])
        return
    found = status(document, groups[0]["id"], day)
    for field, value in as_the_truth_has_it(found).items():
        if value != truth[field]:
            yield Difference(*where, field, value, truth[field])
    if truth["law"] is not None:
        for field, value in law_as_the_truth_has_it(found).items():
            if value != truth["law"][field]:
                yield Difference(*where, field, value, truth["law"][field])
    for event in sorted(_events_in(found)):
        named = told_of[event]
        if named and not named & his:
            yield Difference(*where, "fact of another", event, sorted(named))


def as_the_truth_has_it(found: Json) -> Json:
    """A status, of it what the simulator keeps."""
    custody = found["custody"]
    return {
        "references": found["references"],
        "custody": {key: _value(custody[key]) for key in ("inside", "jail", "since")},
        "sections": _value(found["sections"]) or [],
        "sections_stage": found["sections_stage"],
        "bail": {key: found["bail"][key] for key in ("state", "kind", "granted_on")},
        "hearing": {key: _value(found["hearing"][key]) for key in ("last", "next")},
        "stage": _value(found["stage"]),
    }


def law_as_the_truth_has_it(found: Json) -> Json:
    """The clocks of a status, of them the days on which rights accrue."""
    accrues = {clock["rule"]: clock["accrues_on"] for clock in found["clocks"]}
    waits = [
        clock["start_date"]
        for clock in found["clocks"]
        if clock["rule"] == "bail-not-released.one-month" and clock["stopped_by"] is None
    ]
    over = _value(found["stage"]) in ("JUDGED", "DISCHARGED", "DISPOSED")
    return {
        "not_released_since": waits[0] if waits and not over else None,
        "default_bail": accrues.get("default-bail"),
        "one_third": accrues.get("479.one-third"),
        "half": accrues.get("479.half"),
        "full": accrues.get("479.full"),
    }


def _value(fact: Json | None) -> Any:
    return None if fact is None else fact["value"]


def _who_is_told_of(world: World) -> dict[str, frozenset[str]]:
    """Event id -> the references of all accused whom it names; none: it is about the case."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for kind, record in world.events:
        envelope = record["envelope"]
        named = set() if kind in OF_THE_WHOLE_CASE else set(_references_in(record))
        if envelope["anchor"]["kind"] == "PID":
            named.add(text_of(envelope["anchor"]))
        told[str(envelope["event_id"])] |= named
    return {event: frozenset(named) for event, named in told.items()}


def _references_in(value: Any) -> Iterator[str]:
    for part in _dicts_in(value):
        if part.keys() == {"scheme", "scope", "code"}:
            yield text_of_ref(cast(AccusedRef, part))


def _events_in(value: Any) -> Iterator[str]:
    for part in _dicts_in(value):
        if isinstance(part.get("event"), str):
            yield part["event"]


def _dicts_in(value: Any) -> Iterable[Json]:
    todo = [value]
    while todo:
        at = todo.pop()
        if isinstance(at, dict):
            yield at
            todo.extend(at.values())
        elif isinstance(at, list | tuple):
            todo.extend(at)
