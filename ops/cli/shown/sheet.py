"""How blocks of lines look on a terminal; decided here alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from projections.shown.block import Block, Sources
from projections.shown.words import Words

Json = dict[str, Any]
_LABEL = 21


def more(words: Words, cursor: str | None) -> list[RenderableType]:
    """Where the next page is, if there is one; in one piece, so that it can be copied."""
    if cursor is None:
        return []
    # In a group: a bare text would be wrapped whatever it says itself.
    return [Group(Text(words("h.next", cursor=cursor), style="dim", no_wrap=True, overflow="ignore"))]


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
                for told in _sources(sources, said):
                    grid.add_row(Text(""), Text(f"↳ {told}", style="dim"))
    return grid


def _sources(sources: Sources, said: Json) -> Iterable[str]:
    for one in sources.of_fact(said):
        told = one.told if one.told == one.event else f"{one.told} [{one.event}]"
        yield f"{one.said} — {told}" if one.said else told
