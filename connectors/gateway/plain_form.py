"""The body of a request as OpenAPI says it: events in plain form, with an example that can be sent."""

from __future__ import annotations

from typing import Any, Final

from connectors.gateway.body import JSON, LINES
from connectors.gateway.limits import MOST_EVENTS
from schemas.catalogue import CATALOGUE
from schemas.identifiers import KINDS

Json = dict[str, Any]

_IDENTIFIER: Final[Json] = {
    "type": "object",
    "required": ["kind", "value"],
    "properties": {"kind": {"enum": sorted(KINDS)}, "value": {"type": "string"}},
    "additionalProperties": False,
}
_MOMENT: Final[Json] = {
    "type": "string",
    "description": "ISO 8601; a day, or a moment; without a zone it is India's",
}
_ENVELOPE: Final[Json] = {
    "type": "object",
    "required": ["source", "source_record", "occurred_at", "recorded_at", "anchor"],
    "properties": {
        "event_id": {
            "type": "string",
            "format": "uuid",
            "description": "left out: derived from row and content",
        },
        "source": {"type": "string", "description": "one writer: department.system/writer"},
        "source_epoch": {"type": "integer", "minimum": 1},
        "source_seq": {
            "type": "integer",
            "minimum": 1,
            "description": "only of a source that numbers itself",
        },
        "source_record": {"type": "string", "description": "your own key of the row"},
        "occurred_at": _MOMENT,
        "occurred_precision": {"enum": ["INSTANT", "MINUTE", "DAY"], "default": "DAY"},
        "recorded_at": _MOMENT,
        "anchor": _IDENTIFIER,
        "claims": {"type": "array", "items": _IDENTIFIER},
        "supersedes": {"type": ["string", "null"], "description": "event_id of what this corrects"},
        "sensitivity": {"type": "string"},
        "actor": {"type": ["object", "null"]},
    },
    "additionalProperties": False,
}
_EVENT: Final[Json] = {
    "type": "object",
    "required": ["type", "envelope"],
    "description": "an event in plain form; its further fields are those of its type (docs/events.md)",
    "properties": {
        "type": {"enum": sorted(name for name, line in CATALOGUE.items() if line.department != "hub")},
        "envelope": _ENVELOPE,
    },
}
EXAMPLE: Final[Json] = {
    "type": "court.HearingHeld",
    "envelope": {
        "source": "court.cis/BRPA01",
        "source_record": "hearing/4711",
        "occurred_at": "2026-11-20",
        "recorded_at": "2026-11-20T17:05:00",
        "anchor": {"kind": "CNR", "value": "BRPA010001232025"},
    },
    "court": "BRPA01-CJM",
}
REQUEST: Final[Json] = {
    "required": True,
    "content": {
        JSON: {
            "schema": {
                "anyOf": [_EVENT, {"type": "array", "items": _EVENT, "minItems": 1, "maxItems": MOST_EVENTS}]
            },
            "examples": {
                "one": {"summary": "one event", "value": EXAMPLE},
                "several": {"summary": "several events", "value": [EXAMPLE]},
            },
        },
        LINES: {"schema": {"type": "string"}},
    },
}
