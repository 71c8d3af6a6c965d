"""A sheet: blocks of labelled lines, each of which knows its sources. How it looks is decided here alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ops.cli.shown.words import Words

Json = dict[str, Any]
_LABEL = 21


@dataclass(frozen=True, slots=True)
class Line:
    """`said`: the Facts or entries that the text tells; of each, the event is named when sources are asked for."""

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
class Sources:
    """The events of a file, by id."""

    words: Words
    events: Mapping[str, Json]

    @classmethod
    def of(cls, words: Words, document: Json) -> Sources:
        """Those of a stored document."""
        return cls(words, {event["id"]: event for event in document["events"]})

    def lines(self, said: Json) -> Iterable[str]:
        """What a Fact or an entry rests on, what others said instead, and who said the same."""
        if said.get("event") is not None:
            yield self._event(said["event"])
        for other in said.get("others", ()):
            told = self.words(
                "said_by", by=self.words.code(other["by"]), value=self.words.value(other["value"])
            )
            yield f"{told} — {self._event(other['event'])}"
        for same in said.get("agreed", ()):
            yield f"{self.words('x.agreed', by=self.words.code(same['by']))} — {self._event(same['event'])}"

    def _event(self, event_id: str) -> str:
        event = self.events.get(event_id)
        if event is None:
            return event_id
        told = self.words(
            "x.source",
            type=event["type"],
            by=self.words.code(event["department"]),
            happened=self.words.moment(event["occurred_at"]),
            recorded=self.words.moment(event["recorded_at"]),
        )
        return f"{told} [{event_id}]"


def rendered(blocks: Iterable[Block], sources: Sources | None) -> RenderableType:
    """Blocks as a table without lines; `sources` set: what each line rests on stands under it."""
    parts: list[RenderableType] = []
    for block in blocks:
        if not block.lines:
            continue
        parts += [Text(""), Text(block.title, style="bold cyan"), _grid(block, sources)]
    return Group(*parts)


def _grid(block: Block, sources: Sources | None) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_LABEL, overflow="fold")
    grid.add_column(overflow="fold")
    previous = ""
    for line in block.lines:
        grid.add_row(
            Text("" if line.label == previous else f"  {line.label}", style="dim"),
            Text(line.text, style=line.style),
        )
        previous = line.label
        if sources is not None:
            for said in line.said:
                for told in sources.lines(said):
                    grid.add_row(Text(""), Text(f"↳ {told}", style="dim"))
    return grid
