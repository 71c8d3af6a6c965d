"""Blocks of labelled lines, each of which knows its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from projections.shown.words import Words

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """`said`: the Facts or entries that the text tells; of each, the event is named when sources are asked for.

    `style`: "" for what is settled, "yellow" for what is in doubt or missing, "red" for what is overdue, "dim".
    """

    label: str
    text: str
    said: Sequence[Json] = ()
    style: str = ""


@dataclass(slots=True)
class Block:
    """Lines under one title; a block without lines is not shown."""

    title: str
    lines: list[Line] = field(default_factory=list)

    def add(self, label: str, text: str | None, *said: Json | None, style: str = "") -> None:
        """Add a line, unless there is nothing to tell."""
        if text:
            self.lines.append(Line(label, text, [one for one in said if one is not None], style))


@dataclass(frozen=True, slots=True)
class Source:
    """One event that a line rests on; `said`: what its department says instead, where it differs."""

    event: str
    told: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """The events of a file, by id."""

    words: Words
    events: Mapping[str, Json]

    @classmethod
    def of(cls, words: Words, document: Json) -> Sources:
        """Those of a stored document."""
        return cls(words, {event["id"]: event for event in document["events"]})

    def of_fact(self, said: Json) -> Iterable[Source]:
        """What a Fact or an entry rests on, what others said instead, and who said the same."""
        if said.get("event") is not None:
            yield Source(said["event"], self.event(said["event"]))
        for other in said.get("others", ()):
            by, value = self.words.code(other["by"]), self.words.value(other["value"])
            yield Source(
                other["event"], self.event(other["event"]), self.words("said_by", by=by, value=value)
            )
        for same in said.get("agreed", ()):
            agreed = self.words("x.agreed", by=self.words.code(same["by"]))
            yield Source(same["event"], self.event(same["event"]), agreed)

    def event(self, event_id: str) -> str:
        """An event in one line; its id alone where the file does not list it."""
        event = self.events.get(event_id)
        if event is None:
            return event_id
        return self.words(
            "x.source",
            type=event["type"],
            by=self.words.code(event["department"]),
            happened=self.words.moment(event["occurred_at"]),
            recorded=self.words.moment(event["recorded_at"]),
        )
