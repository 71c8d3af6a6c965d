"""Events for the tests: the least valid event of each type, and a Hypothesis strategy of valid ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from schemas.catalogue import CATALOGUE
from schemas.complete import complete
from schemas.identifiers import KINDS
from schemas.loader import definitions
from schemas.plain import from_plain
from schemas.rules import KEPT_APART

Record = dict[str, Any]
SALT_KEY = b"a key of the tests"
FIR = {"kind": "FIR", "value": "BR-PATKOT-2025-0123"}
CNR = {"kind": "CNR", "value": "BRPA010001232025"}
PID = {"kind": "PID", "value": "BR-0123-45678"}
A1 = {"scheme": "CCTNS_CODE", "scope": "FIR:BR-PATKOT-2025-0123", "code": "A1"}
PARTY_1 = {"scheme": "CIS_PARTY", "scope": "CNR:BRPA010001232025", "code": "1"}
OFFICE = {"kind": "CJM", "code": "CJM-PAT", "district": "PAT"}
OTHER_OFFICE = {"kind": "SP", "code": "SP-PAT", "district": "PAT"}
EVENT_ID = "0b7e8c1e-6a55-4d0c-9a39-1f3d2b1c0d11"
_LINK: Record = {"left": PID, "right": FIR, "link_kind": "HELD_UNDER", "reviewer": OFFICE}
# What an event needs beyond its identity to be valid.
_NEEDED: dict[str, Record] = {
    "hub.LinkAsserted": _LINK,
    "hub.LinkConfirmed": _LINK,
    "hub.LinkRejected": _LINK,
    "hub.LinkUndone": _LINK | {"decision": EVENT_ID},
    "hub.EventDiscarded": {"target": EVENT_ID, "proposed_by": OFFICE, "approved_by": OTHER_OFFICE},
    "hub.RepairProposed": {"target": EVENT_ID, "proposed_by": OFFICE},
    "hub.RepairApproved": {
        "target": EVENT_ID,
        "proposed_by": OFFICE,
        "approved_by": OTHER_OFFICE,
        "corrected_value": "000000000100",
        "corrected_topic": "court.events",
        "corrected_key": "CNR:BRPA010001232025",
    },
}


def topic_of(event: str) -> str:
    return min(CATALOGUE[event].topics)


def plain(event: str, **fields: Any) -> Record:
    """The least valid event of a type in plain form; `fields` replace those of its body, `envelope` is merged."""
    line = CATALOGUE[event]
    kind = "PID" if line.department == "hub" else min(line.anchors)
    envelope: Record = {
        "event_id": "7d0a4a5e-3c0b-4f6f-8a51-6c1f1f0f7a01",
        "source": f"{topic_of(event).partition('.')[0]}.tests/1",
        "source_seq": 7,
        "source_record": "row-7",
        "occurred_at": "2025-03-01T10:30:00+05:30",
        "recorded_at": "2025-03-01T18:00:00+05:30",
        "anchor": {"kind": kind, "value": KINDS[kind].example},
    }
    if line.needs_supersedes:
        envelope["supersedes"] = EVENT_ID
    body: Record = {"type": event, **_NEEDED.get(event, {})}
    names = {field["name"] for field in definitions()["sangam." + event]["fields"] if "default" not in field}
    if "accused" in names:
        body["accused"] = {"ref": A1 if line.department == "police" else PARTY_1}
    return body | fields | {"envelope": envelope | fields.get("envelope", {})}


def sample(event: str, **fields: Any) -> Record:
    """The complete record of `plain(event, **fields)`."""
    return complete(event, from_plain(plain(event, **fields))[1], SALT_KEY)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))
_LEAF = {
    "string": TEXTS,
    "boolean": st.booleans(),
    "int": st.integers(-(2**31), 2**31 - 1),
    "long": st.integers(-(2**63), 2**63 - 1),
    "bytes": st.binary(max_size=8),
    "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    "timestamp-micros": MOMENTS,
    "uuid": st.uuids(),
}


# Cached, as all strategies below: to build them anew for each draw takes longer than to draw.
@cache
def _canonical(kind: str) -> st.SearchStrategy[Record]:
    values = st.from_regex(KINDS[kind].pattern.replace(r"\d", "[0-9]"), fullmatch=True)
    return values.map(lambda value: {"kind": kind, "value": value})


def _values(node: Any) -> st.SearchStrategy[Any]:
    if isinstance(node, list):
        return st.none() | _values(node[1])
    if isinstance(node, dict):
        if node["type"] == "array":
            return st.lists(_values(node["items"]), max_size=2)
        return _LEAF[node["logicalType"]]
    if node in _LEAF:
        return _LEAF[node]
    return named_values(node)


@cache
def named_values(node: str) -> st.SearchStrategy[Any]:
    if node == "sangam.common.Identifier":
        return st.sampled_from(["GD", "FIR", "CNR", "PID"]).flatmap(_canonical)
    if node == "sangam.common.AccusedRef":
        return st.sampled_from([A1, PARTY_1, {"scheme": "PID", "scope": "", "code": PID["value"]}])
    definition = definitions()[node]
    if definition["type"] == "enum":
        return st.sampled_from(definition["symbols"])
    return st.fixed_dictionaries({field["name"]: _values(field["type"]) for field in definition["fields"]})


@cache
def _body_values(event: str) -> st.SearchStrategy[Record]:
    """Any values for the fields of an event's body, but for those that join or that it needs as they are."""
    line = CATALOGUE[event]
    kept = {path.partition(".")[0].removesuffix("[]") for path in line.claim_paths} | {"envelope"}
    fields = definitions()["sangam." + event]["fields"] if line.department != "hub" else []
    return st.fixed_dictionaries({f["name"]: _values(f["type"]) for f in fields if f["name"] not in kept})


@cache
def _office() -> st.SearchStrategy[Any]:
    return _values(["null", "sangam.common.Office"])


@st.composite
def records(draw: st.DrawFn, event: str) -> Record:
    """A valid, complete record of an event type with any content. Joining fields of its body keep their least form."""
    line = CATALOGUE[event]
    record = sample(event) | draw(_body_values(event))
    envelope = record["envelope"]
    recorded_at = draw(MOMENTS)
    anchor = draw(st.sampled_from(sorted(line.anchors)).flatmap(_canonical))
    if line.department != "hub":
        envelope["anchor"] = anchor
    claimable = sorted(kind for kind in line.claims if line.link_kind(envelope["anchor"]["kind"], kind))
    claims = draw(st.lists(st.sampled_from(claimable).flatmap(_canonical), max_size=3)) if claimable else []
    envelope |= {
        "event_id": draw(st.uuids()),
        "source_record": draw(TEXTS.filter(bool)),
        "source_epoch": draw(st.integers(1, 9)),
        "source_seq": draw(st.integers(1, 2**60)),
        "recorded_at": recorded_at,
        "occurred_at": recorded_at - draw(st.timedeltas(timedelta(0), timedelta(days=9000))),
        "occurred_precision": draw(st.sampled_from(["INSTANT", "MINUTE", "DAY"])),
        "sensitivity": draw(_values("sangam.common.Sensitivity")),
        "actor": draw(_office()),
        "claims": [claim for claim in claims if claim != envelope["anchor"]],
    }
    if record.get("service") in KEPT_APART:
        envelope["claims"] = []
    if not line.needs_supersedes:
        envelope["supersedes"] = draw(st.none() | st.uuids().map(str))
    return complete(event, record, SALT_KEY)


@cache
def any_event() -> st.SearchStrategy[tuple[str, Record]]:
    """An event type and a valid record of it."""
    each = [st.tuples(st.just(name), records(name)) for name in sorted(CATALOGUE)]
    return st.sampled_from(each).flatmap(lambda strategy: strategy)
