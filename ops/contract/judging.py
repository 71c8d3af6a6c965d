"""Samples of a department judged: each line as the hub would see it, before anything is published.

Pure: the moment is handed in. A line is an event in plain form, or a row of a file with its mapping.
Each event is encoded and decoded by the code that the publisher and the hub use, so what is shown is what would be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from connectors.filedrop.spec import Spec
from connectors.filedrop.tables import Line
from connectors.filedrop.taking import shown
from connectors.mappings.drafting import Note
from connectors.mappings.revisions import History, Poll, take
from connectors.outbox.drafts import Draft, draft, draft_of_plain
from projections.linking.claims import joins
from projections.linking.model import Graph
from projections.linking.roots import roots
from schemas.catalogue import CATALOGUE
from schemas.codec import Decoder, Encoder, Refused
from schemas.compat import conflicts, kept_versions
from schemas.event import Event
from schemas.loader import schema_of, schema_text
from schemas.plain import to_plain
from schemas.reasons import FaultError
from schemas.reasons_hindi import meaning_hindi

Json = dict[str, Any]

#: Ids and salts of samples follow from this key, which is no secret: they are not those of the department.
_KEY: Final = b"contract check"
_TYPES: Final = tuple(CATALOGUE)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, or a part of it."""

    reason: str
    where: str
    english: str
    hindi: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An event that a line makes. `joins` are (kind of link, the other identifier); `files` the roots that it reaches
    once those identifiers are known too."""

    type: str
    topic: str
    key: str
    source: str
    event: Json
    joins: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


@dataclass(slots=True)
class Sample:
    """One line."""

    line: int
    given: Any
    events: list[Shown] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Compatibility:
    """An event type of the samples beside every version of its schema that was ever in use."""

    type: str
    versions: int
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The whole."""

    name: str
    at: datetime
    samples: tuple[Sample, ...]
    compatibility: tuple[Compatibility, ...]

    @property
    def sound(self) -> bool:
        """Whether there is at least one event, nothing at fault, and no version in conflict."""
        return (
            any(sample.events for sample in self.samples)
            and not any(sample.faults for sample in self.samples)
            and not any(one.conflicts for one in self.compatibility)
        )


def judge_events(name: str, lines: Iterable[Line], at: datetime, own: Json | None = None) -> Judgement:
    """Judge events in plain form. `own`: the Avro schema that the department's program writes with."""
    return _judged(name, at, own, (_judge_event(line) for line in lines))


def judge_rows(
    name: str, lines: Iterable[Line], spec: Spec, at: datetime, own: Json | None = None
) -> Judgement:
    """Judge rows of a file through its mapping."""
    return _judged(name, at, own, (_judge_row(line, spec, at) for line in lines))


def _judged(name: str, at: datetime, own: Json | None, samples: Iterable[Sample]) -> Judgement:
    found = tuple(samples)
    types = sorted({one.type for sample in found for one in sample.events})
    compatibility = [_compatibility(event, schema_of(event)) for event in types]
    if own is not None:
        event = f"{own.get('namespace', '')}.{own.get('name', '')}".removeprefix("sangam.")
        compatibility.append(_compatibility(event, own))
    return Judgement(name, at, found, tuple(compatibility))


def _compatibility(event: str, schema: Json) -> Compatibility:
    if event not in CATALOGUE:
        return Compatibility(event, 0, (f"{event}: no event of the catalogue",))
    versions = [schema_of(event), *kept_versions(event)]
    found = dict.fromkeys(reason for version in versions for reason in conflicts(schema, version))
    return Compatibility(event, len({json.dumps(version) for version in versions}), tuple(found))


def _judge_event(line: Line) -> Sample:
    sample = Sample(line.number, line.row)
    if line.fault is not None:
        sample.faults.append(Fault(str(line.fault), "line", line.fault.english, line.fault.hindi))
        return sample
    envelope = line.row.get("envelope") if isinstance(line.row, dict) else None
    numbered = isinstance(envelope, dict) and "source_seq" in envelope
    try:
        _see(sample, draft_of_plain(line.row, _KEY, numbered))
    except FaultError as fault:
        sample.faults.append(_fault(fault))
    return sample


def _judge_row(line: Line, spec: Spec, at: datetime) -> Sample:
    sample = Sample(line.number, shown(line.row))
    if line.fault is not None:
        sample.faults.append(Fault(str(line.fault), "row", line.fault.english, line.fault.hindi))
        return sample
    mapped = spec.map(line.row)
    taken = take(History(), mapped, Poll(spec.source, at, _KEY))
    sample.notes = mapped.notes
    for part in taken.quarantined:
        where = f"{part.key}: {part.field}" if part.key else part.field
        sample.faults.append(Fault(str(part.trouble), where, part.trouble.english, part.trouble.hindi))
    for event, record in taken.events:
        try:
            _see(sample, draft(event, record, _KEY))
        except FaultError as fault:
            sample.faults.append(_fault(fault))
    return sample


def _fault(fault: FaultError) -> Fault:
    return Fault(str(fault.reason), fault.detail, fault.reason.sentence, meaning_hindi(str(fault.reason)))


def _see(sample: Sample, made: Draft) -> None:
    """The event as the hub would decode it."""
    message = Encoder(_TYPES.index).encode(made.type, made.record)
    decoder = Decoder(lambda number: schema_text(_TYPES[number]))
    try:
        event = decoder.decode(made.topic, message.key, message.value, message.headers)
    except Refused as refused:  # what the publisher's check lets through and the hub does not
        reason = refused.reason
        sample.faults.append(Fault(str(reason), refused.detail, reason.sentence, meaning_hindi(str(reason))))
        return
    linked, files = _reach(event)
    sample.events.append(
        Shown(
            event.type,
            made.topic,
            message.key.decode(),
            event.source,
            to_plain(event.type, event.body),
            linked,
            files,
        )
    )


def _reach(event: Event) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    graph = Graph(anchored={event.anchor, *event.claims})
    linked = []
    for join in joins(event):
        graph.add(join.key.kind, join.key.a, join.key.b)
        linked.append((join.key.kind, join.key.b if join.by_a else join.key.a))
    return tuple(linked), tuple(sorted(roots(event.anchor, graph)))
