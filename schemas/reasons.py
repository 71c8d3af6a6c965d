"""Why an event is refused: one reason each, with what it means and what to do.

A reason is shown to the department that sent the event and stored beside what was set aside, so its symbol
never changes. Details name fields and what was expected; they never repeat a value, which could be a person's
name.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Explained(StrEnum):
    """A set of reasons; `str(reason)` is the symbol, `reason.sentence` says what it means and what to do."""

    sentence: str

    def __new__(cls, symbol: str, sentence: str) -> Self:
        reason = str.__new__(cls, symbol)
        reason._value_ = symbol
        reason.sentence = sentence
        return reason


class Reason(Explained):
    """Why an event by itself is not sound."""

    NOT_FRAMED = (
        "NOT_FRAMED",
        "The value is empty or not in Confluent wire format; encode it with a registered schema.",
    )
    SCHEMA_NOT_FOUND = (
        "SCHEMA_NOT_FOUND",
        "The registry knows no schema of this id; register the schema, and the hub reads it within a minute.",
    )
    TYPE_UNKNOWN = (
        "TYPE_UNKNOWN",
        "The schema is of no event in the catalogue; use one of its events or add the new one there first.",
    )
    SCHEMA_UNREADABLE = (
        "SCHEMA_UNREADABLE",
        "The writer's schema is no Avro schema that can be read; register a compatible one, send it again.",
    )
    MALFORMED = (
        "MALFORMED",
        "The body does not fit its own schema: truncated, overlong or no Avro; encode it anew.",
    )
    WRONG_TOPIC = ("WRONG_TOPIC", "Events of this type do not stand on this topic; send it to its own topic.")
    KEY_MISMATCH = (
        "KEY_MISMATCH",
        "The record's key is not the canonical text of the anchor; send it again under the anchor's text.",
    )
    IDENTIFIER_INVALID = (
        "IDENTIFIER_INVALID",
        "An identifier or a reference to an accused is not in canonical spelling; correct it at the source.",
    )
    ANCHOR_NOT_ALLOWED = (
        "ANCHOR_NOT_ALLOWED",
        "This type is not anchored in an identifier of this kind; anchor it in the publisher's own record.",
    )
    CLAIM_NOT_ALLOWED = (
        "CLAIM_NOT_ALLOWED",
        "The event claims an identifier that it cannot join to its anchor; leave the claim out.",
    )
    CLAIM_MISSING = (
        "CLAIM_MISSING",
        "A joining identifier of the body does not stand among the claims; let the publisher complete them.",
    )
    DATE_ABSURD = (
        "DATE_ABSURD",
        "A date is impossible: before 1950, after its own recording, or beyond any calendar; correct it.",
    )
    NUL_IN_TEXT = (
        "NUL_IN_TEXT",
        "A text holds a NUL character, which no database keeps; remove it at the source.",
    )
    TEXT_TOO_LONG = ("TEXT_TOO_LONG", "A text is longer than 64 kB; documents are carried by their digest.")
    SOURCE_INVALID = (
        "SOURCE_INVALID",
        "Source or source record is empty, or epoch or sequence is below 1; number the event at its source.",
    )
    SUPERSEDES_INVALID = (
        "SUPERSEDES_INVALID",
        "What the event corrects or takes back is missing or is no event id; name the event that is meant.",
    )
    LINK_IMPOSSIBLE = (
        "LINK_IMPOSSIBLE",
        "A link of this kind cannot join these two identifiers, or the first is not the anchor; correct it.",
    )
    OFFICE_MISSING = (
        "OFFICE_MISSING",
        "A human decision names no office, or a repair not two different ones; say who decided.",
    )
    TARGET_INVALID = (
        "TARGET_INVALID",
        "A decision or repair does not say what it is about; give event id and whole corrected event.",
    )
    PLAIN_INVALID = (
        "PLAIN_INVALID",
        "The line is no event in plain form: a field is unknown, missing or of another kind; correct it.",
    )


class FaultError(ValueError):
    """A record breaks the contract: why, and where. It carries no value of the record."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
