"""What makes an event valid beyond its Avro types: one check, used by the publisher before and by the hub
after.

It is pure: it looks at the record alone, compares its dates with one another and never with a clock of ours.
(That texts hold no NUL and are not too long is checked where they are walked anyway, in content.py.)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from schemas.accused import is_canonical_ref
from schemas.catalogue import CATALOGUE, EventType
from schemas.event import event_id_of
from schemas.identifiers import KINDS, MATCH
from schemas.loader import definitions
from schemas.reasons import FaultError, Reason
from schemas.rules import RULES

Record = dict[str, Any]
Check = Callable[[Any], None]
Claimed = Callable[[Record], list[Any]]

EARLIEST_OCCURRED: Final = datetime(1950, 1, 1, tzinfo=UTC)
EARLIEST_RECORDED: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST_RECORDED: Final = datetime(2100, 1, 1, tzinfo=UTC)
# A source that knows only the day may write its last hour, and clocks differ.
_AHEAD: Final = timedelta(days=1)


class Checked(NamedTuple):
    """Found on the way: canonical texts of anchor and claims (sorted, unique), and what is superseded."""

    anchor: str
    claims: tuple[str, ...]
    supersedes: UUID | None


def check(event: str, record: Record) -> Checked:
    """Checks a complete record of a type that is in the catalogue. Raises FaultError."""
    line = CATALOGUE[event]
    envelope = record["envelope"]
    if not envelope["source"] or not envelope["source_record"]:
        raise FaultError(
            Reason.SOURCE_INVALID, "envelope.source and envelope.source_record must not be empty"
        )
    if envelope["source_epoch"] < 1 or envelope["source_seq"] < 1:
        raise FaultError(Reason.SOURCE_INVALID, "envelope.source_epoch and envelope.source_seq start at 1")
    _check_dates(envelope["occurred_at"], envelope["recorded_at"])
    anchor = _canonical(envelope["anchor"], "envelope.anchor")
    claims = _check_claims(line, envelope, anchor)
    body_check, claimed = _compiled(event)
    body_check(record)
    for identifier in claimed(record):
        if f"{identifier['kind']}:{identifier['value']}" not in claims:
            paths = ", ".join(line.claim_paths)
            raise FaultError(
                Reason.CLAIM_MISSING, f"each identifier in {paths} must stand in envelope.claims"
            )
    for rule in RULES.get(event, ()):
        rule(record)
    return Checked(anchor, claims, _supersedes(line, envelope["supersedes"]))


def claimed_in(event: str, record: Record) -> list[Any]:
    """The identifiers of the body that must stand among the claims."""
    return _compiled(event)[1](record)


def _check_dates(occurred_at: datetime, recorded_at: datetime) -> None:
    if not EARLIEST_RECORDED <= recorded_at < LATEST_RECORDED:
        raise FaultError(Reason.DATE_ABSURD, "envelope.recorded_at must lie between 2000 and 2100")
    if not EARLIEST_OCCURRED <= occurred_at <= recorded_at + _AHEAD:
        raise FaultError(Reason.DATE_ABSURD, "envelope.occurred_at must lie from 1950 to recorded_at")


def _check_claims(line: EventType, envelope: Record, anchor: str) -> tuple[str, ...]:
    anchor_kind = envelope["anchor"]["kind"]
    if anchor_kind not in line.anchors:
        raise FaultError(
            Reason.ANCHOR_NOT_ALLOWED, f"{line.name} is anchored in {', '.join(sorted(line.anchors))}"
        )
    claims = envelope["claims"]
    if not claims:
        return ()
    allowed = _claimable(line.name, anchor_kind)
    texts = set()
    for claim in claims:
        text = _canonical(claim, "envelope.claims")
        if claim["kind"] not in allowed or text == anchor:
            raise FaultError(
                Reason.CLAIM_NOT_ALLOWED, f"{line.name} of {anchor_kind} cannot claim this {claim['kind']}"
            )
        texts.add(text)
    return tuple(sorted(texts))


@cache
def _claimable(event: str, anchor_kind: str) -> frozenset[str]:
    line = CATALOGUE[event]
    return frozenset(kind for kind in line.claims if line.link_kind(anchor_kind, kind) is not None)


def _supersedes(line: EventType, text: str | None) -> UUID | None:
    if text is None:
        if line.needs_supersedes:
            raise FaultError(
                Reason.SUPERSEDES_INVALID, f"{line.name} must name in envelope.supersedes what it takes back"
            )
        return None
    found = event_id_of(text)
    if found is None:
        raise FaultError(Reason.SUPERSEDES_INVALID, "envelope.supersedes must be an event id")
    return found


def _canonical(identifier: Record, path: str) -> str:
    kind, value = identifier["kind"], identifier["value"]
    match = MATCH.get(kind)
    if match is None:
        raise FaultError(Reason.IDENTIFIER_INVALID, f"{path}: unknown kind of identifier")
    if match(value) is None:
        raise FaultError(Reason.IDENTIFIER_INVALID, f"{path}: {kind} is written like {KINDS[kind].example}")
    return f"{kind}:{value}"


def _identifier_check(path: str) -> Check:
    def checked(identifier: Record) -> None:
        _canonical(identifier, path)

    return checked


def _reference_check(path: str) -> Check:
    def checked(ref: Any) -> None:
        if not is_canonical_ref(ref):
            raise FaultError(
                Reason.IDENTIFIER_INVALID,
                f"{path}: scheme, scope and code must fit, as in docs/identifiers.md",
            )

    return checked


@cache
def _compiled(event: str) -> tuple[Check, Claimed]:
    """The walk over the identifiers of an event's body, and the getter of those that must be claimed."""
    check_body = _record_check("sangam." + event, "", skip=frozenset({"envelope"})) or (lambda record: None)
    getters = [_getter(path) for path in CATALOGUE[event].claim_paths]
    return check_body, lambda record: [found for getter in getters for found in getter(record)]


def _getter(path: str) -> Claimed:
    head, _, rest = path.partition(".")
    name = head.removesuffix("[]")
    many = head.endswith("[]")

    def get(record: Record) -> list[Any]:
        values = record[name] if many else [record[name]]
        return [value[rest] if rest else value for value in values if value is not None]

    return get


def _record_check(full_name: str, path: str, skip: frozenset[str] = frozenset()) -> Check | None:
    """The check of all identifiers inside a record; None where it can hold none."""
    if full_name == "sangam.common.Identifier":
        return _identifier_check(path)
    if full_name == "sangam.common.AccusedRef":
        return _reference_check(path)
    inner = []
    for field in definitions()[full_name].get("fields", []):
        below = f"{path}.{field['name']}" if path else field["name"]
        found = None if field["name"] in skip else _type_check(field["type"], below)
        if found is not None:
            inner.append((field["name"], found))
    if not inner:
        return None

    def checked(record: Record) -> None:
        for name, found in inner:
            value = record[name]
            if value is not None:
                found(value)

    return checked


def _type_check(node: Any, path: str) -> Check | None:
    if isinstance(node, list):
        checks = [found for branch in node if (found := _type_check(branch, path)) is not None]
        return checks[0] if checks else None
    if isinstance(node, str):
        return _record_check(node, path) if node in definitions() else None
    if node["type"] == "array":
        each = _type_check(node["items"], path + "[]")
        if each is None:
            return None

        def checked(values: list[Any]) -> None:
            for value in values:
                each(value)

        return checked
    return None
