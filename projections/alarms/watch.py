"""What in a CaseFile may come to an alarm, read from its document. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from projections.alarms.reason import Reason, reasons_of
from projections.files.clocks.kept import OF_CASE, every
from projections.law.clock import Clock

Json = dict[str, Any]


def watched(document: Json) -> Iterator[tuple[Clock, Reason]]:
    """Every clock that may come to an alarm, with what it may come to one for."""
    written = {one["id"]: _written(document, one["references"]) for one in document["accused"]}
    for clock in every(document):
        if clock.start_event is None:
            continue
        # Of a start event that names nobody (an FIR against unknown persons, cognizance of a case) the alarm is the
        # case's, one for all accused whose clocks run alike.
        accused = (
            "" if clock.accused == OF_CASE else written.get(clock.accused, {}).get(clock.start_event, "")
        )
        for reason in reasons_of(clock, accused):
            yield clock, reason


def _written(document: Json, references: list[str]) -> dict[str, str]:
    """Event id -> the reference by which it names this accused; the least, where it uses several."""
    found: dict[str, str] = {}
    for ref in sorted(references, reverse=True):
        for event in _events(document["references"].get(ref, {})):
            found[event] = ref
    return found


def _events(node: Any) -> Iterator[str]:
    """The event ids in what departments said under one reference."""
    if isinstance(node, dict):
        for name, inner in node.items():
            if isinstance(inner, str):
                if name in ("event", "opened", "closed", "first"):
                    yield inner
            else:
                yield from _events(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _events(inner)
